"""Shifts seen from the people: whose hours, how many, and over which days."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from desktop.domain.instant import US_PER_DAY, to_us
from desktop.domain.roster import Shift
from desktop.domain.roster_wall import WallClock
from desktop.domain.worktime_layout import Stretch, joined


class DayRun(NamedTuple):
    """Dates one after another on each of which somebody is on call at some time, counted from 1970-01-01."""

    first: int
    last: int
    start_us: int
    end_us: int

    @property
    def days(self) -> int:
        """How many dates."""
        return self.last - self.first + 1


def by_person(shifts: Iterable[Shift]) -> dict[str, list[Stretch]]:
    """When each person is on call: in order, touching shifts made one; people in order of their first."""
    found: dict[str, list[Stretch]] = {}
    for shift in shifts:
        for person in shift.people:
            found.setdefault(person, []).append((to_us(shift.start), to_us(shift.end)))
    return {person: joined(stretches) for person, stretches in found.items()}


def total_us(stretches: Iterable[Stretch]) -> int:
    """How long they last together."""
    return sum(end - start for start, end in stretches)


def day_runs(stretches: Sequence[Stretch], clock: WallClock) -> list[DayRun]:
    """The runs of dates that stretches touch on a clock on the wall, in order."""
    runs: list[DayRun] = []
    for start, end in stretches:
        table = clock.over(start, end)
        first, last = table.shown(start) // US_PER_DAY, table.shown(end - 1) // US_PER_DAY
        if runs and first <= runs[-1].last + 1:
            before = runs.pop()
            runs.append(DayRun(before.first, max(last, before.last), before.start_us, end))
        else:
            runs.append(DayRun(first, last, start, end))
    return runs
