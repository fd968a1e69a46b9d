"""Promises: times told to somebody outside, and whether they were kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PromiseKind(StrEnum):
    """What was promised for a time."""

    NEXT_UPDATE = "next_update"
    FIX_BY = "fix_by"
    REVIEW_BY = "review_by"
    CALL_BACK = "call_back"

    @property
    def word(self) -> str:
        """It as people read it."""
        return _WORDS[self]


_WORDS = {
    PromiseKind.NEXT_UPDATE: "Next update",
    PromiseKind.FIX_BY: "Fix",
    PromiseKind.REVIEW_BY: "Cause and prevention",
    PromiseKind.CALL_BACK: "Call back",
}


class PromiseState(StrEnum):
    """How a promise stands; a broken one stays broken, also when it was kept late."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Promise:
    """One time told to somebody outside.

    `owner_id` is who owned the escalation then; `sent_id` the message it stands in, None where it was said
    otherwise. `settled_at` is when it was kept or taken back; of a broken one, when it was kept too late.
    """

    id: int
    escalation_id: int
    number: str
    title: str
    customer_id: int
    customer: str
    kind: PromiseKind
    text: str
    made_at: datetime
    made_by: str
    owner_id: int | None
    owner: str
    due_at: datetime
    sent_id: int | None
    state: PromiseState
    broken_at: datetime | None = None
    settled_at: datetime | None = None
    settled_by: str = ""
    reason: str = ""

    def is_late(self, at: datetime) -> bool:
        """Whether somebody waits for it beyond its time."""
        is_open = self.state is PromiseState.OPEN and self.due_at <= at
        return is_open or (self.state is PromiseState.BROKEN and self.settled_at is None)


@dataclass(frozen=True, slots=True)
class Kept:
    """How many promises were kept of those whose time has come; taken back ones count for neither."""

    kept: int
    broken: int

    @property
    def total(self) -> int:
        """Those whose time has come."""
        return self.kept + self.broken

    @property
    def share(self) -> float | None:
        """The share that was kept, None where there is nothing to tell."""
        return self.kept / self.total if self.total else None


def kept_of(promises: Iterable[Promise]) -> Kept:
    """The kept and the broken among these."""
    states = [promise.state for promise in promises]
    return Kept(states.count(PromiseState.KEPT), states.count(PromiseState.BROKEN))
