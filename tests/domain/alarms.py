"""Alarms for tests: one about to be told, of a P2 escalation whose containment is at stake."""

from typing import Any

from desktop.domain.alarm import Concern, Situation, Told
from desktop.domain.instant import US_PER_SECOND
from tests.domain.policies import a_policy
from tests.factories import MONDAY_US

MINUTE = 60 * US_PER_SECOND
POLICY = a_policy()

_DEFAULTS: dict[str, Any] = {
    "alarm_id": 1,
    "escalation_id": 10,
    "commitment_id": 100,
    "subject": "commitment:100",
    "threshold": "breaching_soon",
    "step": 0,
    "due_us": MONDAY_US,
    "raised_us": MONDAY_US,
    "late_s": 0,
    "told": Told.UNDECIDED,
    "repeats": 0,
    "climb_us": MONDAY_US,
    "kind": "contain",
    "commitment_due_us": MONDAY_US + 15 * MINUTE,
    "reached_us": MONDAY_US,
    "is_first_breach": 1,
    "stopped": 0,
    "paused": 0,
    "resumed_us": 0,
    "number": "ESC-2026-0192",
    "title": "Checkout fails",
    "customer_id": 7,
    "customer": "Acme",
    "severity": 2,
    "priority": "P2",
    "owner_id": 0,
    "state": "triaged",
    "acknowledge_wanted": 1,
    "last_event_us": MONDAY_US - 60 * MINUTE,
    "snoozed_us": 0,
    "created_us": MONDAY_US - 225 * MINUTE,
    "policy_version": 1,
}


def a_concern(**fields: Any) -> Concern:
    """The alarm, with these fields instead."""
    return Concern(**{**_DEFAULTS, **fields})


def a_breach(**fields: Any) -> Concern:
    """The same promise, broken just now."""
    return a_concern(**{"threshold": "breached", "commitment_due_us": MONDAY_US, **fields})


def a_situation(now_us: int = MONDAY_US, **fields: Any) -> Situation:
    """Nothing special: no quiet hours, no company."""
    defaults: dict[str, Any] = {
        "now_us": now_us,
        "first_until_us": 0,
        "quiet": POLICY.quiet,
        "quiet_until_us": 0,
        "grouping": POLICY.grouping,
        "group_told_us": {},
    }
    return Situation(**{**defaults, **fields})
