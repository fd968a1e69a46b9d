"""Signals of any tool that posts JSON, read by a mapping."""

from datetime import datetime
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.signal_mapping import SignalMapping, word_of
from desktop.domain.signal_path import Path, path_of
from desktop.domain.signal_time import instant_of
from desktop.domain.signal_type import (
    DESK,
    UNDERSTOOD,
    Json,
    Signal,
    SignalAction,
    key_of,
    text_of,
    title_of,
    understood,
)

#: What a script can send without any mapping.
PLAIN = SignalMapping.from_mapping(
    {
        "title": "title or summary or subject or message or name",
        "key": "key or dedup_key or dedup or id",
        "state": "state or status or action",
        "resolve_when": ["resolve", "resolved", "ok", "up", "close", "closed", "recovered", "normal", "done"],
        "acknowledge_when": ["acknowledge", "acknowledged", "ack"],
        "ignore_when": ["info", "information", "test"],
        "severity": "severity or level or labels.severity",
        "priority": "priority",
        "details": "details or description or message or body",
        "customer": "customer or customer.name or organization or organization.name",
        "reference": "reference or ticket or ticket.id",
        "reporter": "reporter or reporter.name or reporter.email",
        "occurred_at": "occurred_at or timestamp or time or date",
    }
)


def read_generic(value: Json, mapping: SignalMapping) -> list[Signal]:
    """The signals of a body: one for an object, one for each object of a list.

    Raises: DeskError naming the path that holds no title.
    """
    if isinstance(value, list):
        return [_read_one(entry, mapping, f"[{place}]") for place, entry in enumerate(value)]
    return [_read_one(value, mapping, "")]


def by_mapping(value: dict[str, Any], mapping: SignalMapping, title: str) -> Signal:
    """The signal a mapping makes of an object that has this title; without a key the title stands for it."""
    desk = understood({word: _said(getattr(mapping, word), value) for word in UNDERSTOOD})
    return Signal(
        action=_action(value, mapping),
        dedup_key=key_of(_said(mapping.key, value)) or key_of(title),
        title=title,
        severity_hint=desk.get("severity") or desk.get("priority", ""),
        occurred_at=_occurred_at(value, mapping.occurred_at),
        fields=value | {DESK: desk},
    )


def information(value: dict[str, Any], title: str) -> Signal:
    """A signal that opens nothing by itself and belongs to no alert."""
    return Signal(SignalAction.INFO, None, title_of(title), "", None, value | {DESK: {}})


def require_object(value: Json, path: str) -> dict[str, Any]:
    """The value, which must be an object.

    Raises: DeskError.
    """
    if not isinstance(value, dict):
        raise DeskError(f"{path or 'The body'} is not a JSON object.", field=path, hint="Send {…} there.")
    return value


def _read_one(value: Json, mapping: SignalMapping, path: str) -> Signal:
    value = mapping.opened(require_object(value, path))
    if is_confirmation(value):
        return information(value, text_of(value["Type"]))
    title = title_of(_said(mapping.title or PLAIN.title, value))
    if not title:
        missing = (mapping.title or path_of("title")).text
        place = f"{path}.{missing}" if path else missing
        raise DeskError(
            f"The body does not say what happened: {place} is missing or empty.",
            field=place,
            hint="Send it, or set the mapping's title to another path.",
        )
    return by_mapping(value, mapping, title)


def is_confirmation(value: dict[str, Any]) -> bool:
    """Whether a body asks to confirm a subscription by a link, as Amazon SNS does before its first message.

    Format: docs.aws.amazon.com/sns, "Parsing Amazon SNS message formats".
    """
    kind = value.get("Type")
    return isinstance(kind, str) and kind.endswith("Confirmation") and "SubscribeURL" in value


def _said(path: Path | None, value: Json) -> str:
    return path.text_in(value) if path else ""


def _occurred_at(value: Json, path: Path | None) -> datetime | None:
    times = map(instant_of, path.values(value)) if path else iter(())
    return next((at for at in times if at), None)


def _action(value: dict[str, Any], mapping: SignalMapping) -> SignalAction:
    word = word_of(_said(mapping.state, value))
    if not word:
        return SignalAction.TRIGGER
    if word in mapping.resolve_when:
        return SignalAction.RESOLVE
    if word in mapping.acknowledge_when:
        return SignalAction.ACKNOWLEDGE
    return SignalAction.INFO if word in mapping.ignore_when else SignalAction.TRIGGER
