"""What the roster hands to screens: schedules, merged shifts, previews, swaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from db.queries.schedule import ScheduleRow
from db.queries.shift_override import OverrideRow
from db.queries.swap import SwapRow
from desktop.domain.instant import from_us, to_us
from desktop.domain.person import Actor
from desktop.domain.roster_check import Finding
from desktop.domain.roster_difference import Difference
from desktop.services.roster_holidays import without_dates


@dataclass(frozen=True, slots=True)
class ScheduleState:
    """A schedule as it stands; `document` is what a person edits, its people are ids written as text."""

    id: int
    name: str
    team: str
    zone: str
    version: int
    is_active: bool
    document: Mapping[str, Any]
    note: str
    by: str
    at: datetime

    @classmethod
    def of(cls, row: ScheduleRow) -> "ScheduleState":
        """Of the row it is kept in."""
        document = without_dates(row.document)
        return cls(*row[:6], document, row.note, row.by, from_us(row.at_us))


class RosterShift(NamedTuple):
    """Some people on call together, by which schedule and which of its layers; `people` are ids."""

    start: datetime
    end: datetime
    people: tuple[int, ...]
    layer: str
    schedule_id: int
    schedule: str


class RosterGap(NamedTuple):
    """Nobody on call in a schedule; `away` are the ids of those who were planned and are off or taken out."""

    start: datetime
    end: datetime
    away: tuple[int, ...]
    schedule_id: int
    schedule: str


@dataclass(frozen=True, slots=True)
class NewOverride:
    """Somebody is put in, taken out or replaced for a time; people are ids, kinds those of the table."""

    start: datetime
    end: datetime
    add_id: int | None = None
    remove_id: int | None = None
    why: str = ""
    kind: str = "override"

    def row(self, schedule_id: int, at_us: int, by: Actor, swap_id: int | None = None) -> OverrideRow:
        """As it is kept."""
        return OverrideRow(
            0,
            schedule_id,
            to_us(self.start),
            to_us(self.end),
            self.add_id,
            self.remove_id,
            self.why,
            self.kind,
            swap_id,
            at_us,
            by.name,
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would move from `start` to `end`: who gains and loses, and what is new to look at.

    `sentences` say all of it; empty where everybody stays on call as before.
    """

    start: datetime
    end: datetime
    difference: Difference
    findings: tuple[Finding, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SwapState:
    """One swap: `asker_id` gives away `start` to `end`, perhaps for `back`; the other answers."""

    id: int
    schedule_id: int
    asker_id: int
    other_id: int
    start: datetime
    end: datetime
    back: tuple[datetime, datetime] | None
    state: str
    note: str
    ended_why: str
    asked_at: datetime

    @classmethod
    def of(cls, row: SwapRow) -> "SwapState":
        """Of the row it is kept in."""
        back = (from_us(row.back_from_us), from_us(row.back_to_us)) if row.back_from_us else None
        return cls(
            row.id,
            row.schedule_id,
            row.asker_id,
            row.other_id,
            from_us(row.from_us),
            from_us(row.to_us),
            back,
            row.state,
            row.note,
            row.ended_why,
            from_us(row.asked_us),
        )

    def overrides(self) -> tuple[NewOverride, ...]:
        """What it does to the schedule once both want it."""
        there = NewOverride(self.start, self.end, self.other_id, self.asker_id, self.note, "swap")
        if self.back is None:
            return (there,)
        return there, NewOverride(*self.back, self.asker_id, self.other_id, self.note, "swap")
