"""Time off: when somebody is away, as typed or as another calendar says it."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

#: Where an entry comes from.
TYPED, ICAL = "typed", "ical"


@dataclass(frozen=True, slots=True)
class TimeOff:
    """Somebody is away from `start` up to `end`, in UTC; `uid` names the entry in the calendar it is from."""

    id: int
    person_id: int
    start: datetime
    end: datetime
    reason: str = ""
    uid: str = ""
    source: str = TYPED


class LeaveEntry(NamedTuple):
    """An entry read from a calendar; `is_cancelled` takes one away that was read before.

    `occurrence` says which one of a series it is, empty for what comes once.
    """

    uid: str
    start: datetime
    end: datetime
    reason: str
    occurrence: str = ""
    is_cancelled: bool = False

    @property
    def key(self) -> str:
        """The name under which it is kept."""
        return f"{self.uid}#{self.occurrence}" if self.occurrence else self.uid


class LeaveRead(NamedTuple):
    """What a calendar holds; `skipped` are sentences about what could not be used."""

    entries: tuple[LeaveEntry, ...]
    skipped: tuple[str, ...] = ()


class ShiftEntry(NamedTuple):
    """A shift as a calendar shows it; `uid` is the same in each export of the same shift."""

    uid: str
    start: datetime
    end: datetime
    title: str
    details: str = ""
