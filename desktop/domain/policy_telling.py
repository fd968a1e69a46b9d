"""Reads and writes whom a policy document names, and when it lets alarms and clocks rest."""

from typing import Any

from desktop.domain.commitment import Kind
from desktop.domain.person import Role
from desktop.domain.policy_alarm import PauseReason, PauseRule, SnoozeRule
from desktop.domain.policy_node import Node, span_text
from desktop.domain.policy_score import Priority
from desktop.domain.policy_score_document import read_by_priority

OWNER = "owner"
_MOST_SNOOZED = 1000
_RECEIVER_HINT = (
    f"Write {OWNER}, role: with one of the roles, person: with a name, rotation: with a schedule,"
    " or team: with a team."
)
_NAMING = ("person", "rotation", "team")


def read_receivers(node: Node) -> tuple[str, ...]:
    """Whom to tell: `owner`, `role:ROLE`, or by name a person, rotation or team; at least one, none twice."""
    receivers = node.texts()
    for item in node.items():
        _check_receiver(item)
    return receivers


def read_pause(node: Node) -> PauseRule:
    """Which commitments may pause, why and how long."""
    parts = node.parts(("kinds", "reasons"))
    kinds = frozenset(item.choice(Kind) for item in parts["kinds"].items(least=0))
    reasons = tuple(_read_pause_reason(key, part) for key, part in parts["reasons"].entries())
    return PauseRule(kinds, reasons)


def write_pause(rule: PauseRule) -> dict[str, Any]:
    """The document of `read_pause`."""
    return {
        "kinds": [str(kind) for kind in Kind if kind in rule.kinds],
        "reasons": {
            reason.key: {
                "text": reason.text,
                **({"waiting_on": reason.waiting_on} if reason.waiting_on else {}),
                "limit": span_text(reason.limit),
            }
            for reason in rule.reasons
        },
    }


def read_snooze(node: Node) -> SnoozeRule:
    """How long alarms may be held back."""
    parts = node.parts(
        ("presets", "limits", "breached_limit", "past_breach_reasons", "warn_person_at", "warn_desk_at")
    )
    return SnoozeRule(
        presets=tuple(item.span() for item in parts["presets"].items()),
        limits={priority: part.span() for priority, part in read_by_priority(parts["limits"]).items()},
        breached_limit=parts["breached_limit"].span(),
        past_breach_reasons=parts["past_breach_reasons"].texts(),
        warn_person_at=parts["warn_person_at"].whole(1, _MOST_SNOOZED),
        warn_desk_at=parts["warn_desk_at"].whole(1, _MOST_SNOOZED),
    )


def write_snooze(rule: SnoozeRule) -> dict[str, Any]:
    """The document of `read_snooze`."""
    return {
        "presets": [span_text(span) for span in rule.presets],
        "limits": {str(priority): span_text(rule.limits[priority]) for priority in Priority},
        "breached_limit": span_text(rule.breached_limit),
        "past_breach_reasons": list(rule.past_breach_reasons),
        "warn_person_at": rule.warn_person_at,
        "warn_desk_at": rule.warn_desk_at,
    }


def _check_receiver(node: Node) -> None:
    receiver = node.text()
    form, colon, name = receiver.partition(":")
    if receiver == OWNER or (form in _NAMING and name.strip()):
        return
    if form != "role" or not colon:
        raise node.fault(f"“{receiver}” is nobody the desk could tell.", _RECEIVER_HINT)
    roles = [str(role) for role in Role if role is not Role.OWNER]
    if name not in roles:
        raise node.fault(f"there is no role “{name}”.", f"The roles are {', '.join(roles)}.")


def _read_pause_reason(key: str, node: Node) -> PauseReason:
    parts = node.parts(("text", "limit"), ("waiting_on",))
    waiting_on = parts["waiting_on"].text() if "waiting_on" in parts else ""
    return PauseReason(key, parts["text"].text(), waiting_on, parts["limit"].span())
