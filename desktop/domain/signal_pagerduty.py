"""Signals of anything that speaks the PagerDuty Events API v2.

Format: developer.pagerduty.com, "Events API v2": the table of parameters of "Trigger Events", and "Change
Events".
"""

from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.signal_generic import information, require_object
from desktop.domain.signal_time import instant_of
from desktop.domain.signal_type import (
    DESK,
    LONGEST_KEY,
    Json,
    Signal,
    SignalAction,
    text_of,
    title_of,
    understood,
)

SEVERITIES = ("critical", "error", "warning", "info")
_ACTIONS = {str(action): action for action in SignalAction if action is not SignalAction.INFO}
#: What an image or a link must have.
_PLACES = {"images": "src", "links": "href"}
#: The sender's credential: never shown, never a field.
_SECRET = "routing_key"


def read_pagerduty(value: Json) -> list[Signal]:
    """The one signal of an event; a change event is information.

    Images without `src` and links without `href` are dropped; a summary of more than 1024 characters is cut.

    Raises: DeskError with the path.
    """
    body = require_object(value, "")
    event = {name: entry for name, entry in body.items() if name != _SECRET}
    event |= {name: _named(event, name, part) for name, part in _PLACES.items() if name in event}
    if _is_change(event):
        return [information(event, _required(event["payload"], "summary"))]
    action = _ACTIONS.get(text_of(event.get("event_action")))
    if action is None:
        raise DeskError(
            "event_action is not one of trigger, acknowledge and resolve.",
            field="event_action",
            hint="Write it in small letters.",
        )
    return [_signal(event, action, _key(event, action))]


def _is_change(event: dict[str, Any]) -> bool:
    """A change event says neither what to do nor how grave it is."""
    payload = event.get("payload")
    return "event_action" not in event and isinstance(payload, dict) and "severity" not in payload


def _signal(event: dict[str, Any], action: SignalAction, key: str | None) -> Signal:
    payload = event.get("payload")
    if action is SignalAction.TRIGGER:
        payload = _checked(payload)
    elif not isinstance(payload, dict):
        payload = {}  # only a trigger needs one, and many clients send null
    details = payload.get("custom_details")
    desk = understood(
        {
            "severity": text_of(payload.get("severity")),
            "details": text_of(details),
            "customer": _customer(details),
        }
    )
    return Signal(
        action=action,
        dedup_key=key,
        title=title_of(text_of(payload.get("summary"))) or key or "",
        severity_hint=desk.get("severity", ""),
        occurred_at=instant_of(payload.get("timestamp")),
        fields=event | {DESK: desk},
    )


def _key(event: dict[str, Any], action: SignalAction) -> str | None:
    key = event.get("dedup_key")
    if key is not None and not isinstance(key, str):
        raise DeskError("dedup_key is not a text.", field="dedup_key", hint="Put it in quotes.")
    if key and len(key) > LONGEST_KEY:
        raise DeskError(
            f"dedup_key is longer than {LONGEST_KEY} characters.", field="dedup_key", hint="Send a short one."
        )
    key = (key or "").strip() or None
    if key is None and action is not SignalAction.TRIGGER:
        raise DeskError(
            f"dedup_key is missing: which alert to {action} is not said.",
            field="dedup_key",
            hint="Send the key of the trigger.",
        )
    return key


def _checked(payload: Json) -> dict[str, Any]:
    if not isinstance(payload, dict):
        raise DeskError(
            "payload is missing or not an object.",
            field="payload",
            hint="A trigger needs one with summary, source and severity.",
        )
    _required(payload, "summary")
    _required(payload, "source")
    if payload.get("severity") not in SEVERITIES:
        raise DeskError(
            "payload.severity is not one of the four.",
            field="payload.severity",
            hint=f"Send {', '.join(SEVERITIES[:-1])} or {SEVERITIES[-1]}.",
        )
    return payload


def _required(payload: dict[str, Any], name: str) -> str:
    text = payload.get(name)
    if not isinstance(text, str) or not title_of(text):
        raise DeskError(
            f"payload.{name} is missing, empty or not a text.", field=f"payload.{name}", hint="Send a text."
        )
    return text


def _named(event: dict[str, Any], name: str, part: str) -> list[Any]:
    """The images or links that say where they are."""
    entries = event[name]
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise DeskError(f"{name} is not a list.", field=name, hint="Send […].")
    return [entry for entry in entries if isinstance(entry, dict) and text_of(entry.get(part))]


def _customer(details: Json) -> str:
    return text_of(details.get("customer")) if isinstance(details, dict) else ""
