"""Silence: how long each circle of people has heard nothing of an escalation, and how long that may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.contact import Circle
from desktop.domain.policy_score import Priority

#: How many times as long as a customer a circle may go without a word, by priority; missing: nobody waits.
ALLOWED: Mapping[Circle, Mapping[Priority, int]] = {
    Circle.CUSTOMER: {Priority.P1: 1, Priority.P2: 1, Priority.P3: 1, Priority.P4: 1},
    Circle.ACCOUNT: {Priority.P1: 2, Priority.P2: 2, Priority.P3: 2},
    Circle.ENGINEERS: {Priority.P1: 2, Priority.P2: 2, Priority.P3: 2},
    Circle.EXECUTIVE: {Priority.P1: 4, Priority.P2: 4},
}
#: From this share of what is allowed on somebody is about to feel forgotten.
_SOON = 0.75


class Feeling(StrEnum):
    """How somebody who waits for a word may feel."""

    INFORMED = "informed"
    WAITING = "waiting"
    FORGOTTEN = "forgotten"

    @property
    def word(self) -> str:
        """It on screen."""
        return {"informed": "Informed", "waiting": "About to feel forgotten", "forgotten": "Forgotten"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Silence:
    """How long one circle has heard nothing of one escalation.

    `heard_at` is None for never; silence then counts from `since_at`, when the desk knew of it. `due_at` is
    when they should have heard, None where nobody waits for a word or the clock stands.
    """

    escalation_id: int
    number: str
    title: str
    customer: str
    priority: Priority
    circle: Circle
    since_at: datetime
    heard_at: datetime | None
    due_at: datetime | None

    def length(self, at: datetime) -> timedelta:
        """How long it has been silent."""
        return max(at - self.since_at, timedelta())

    def used(self, at: datetime) -> float:
        """The share of what is allowed that has passed, 0 where nothing is."""
        if self.due_at is None:
            return 0.0
        allowed = (self.due_at - self.since_at).total_seconds()
        if allowed <= 0:
            return 1.0 if at < self.due_at else 2.0
        return max((at - self.since_at).total_seconds(), 0.0) / allowed

    def feeling(self, at: datetime) -> Feeling:
        """How they may feel by then."""
        if self.due_at is None:
            return Feeling.INFORMED
        if at >= self.due_at:
            return Feeling.FORGOTTEN
        return Feeling.WAITING if self.used(at) >= _SOON else Feeling.INFORMED


def worst_first(silences: Iterable[Silence], at: datetime) -> tuple[Silence, ...]:
    """Those who have waited longest beyond what is allowed first; the order of the circles settles ties."""
    order = {circle: i for i, circle in enumerate(Circle)}
    return tuple(
        sorted(silences, key=lambda one: (-one.used(at), one.since_at, order[one.circle], one.escalation_id))
    )
