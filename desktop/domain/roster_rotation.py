"""Rotations: whose turn it is, counted on the clock on the wall, forwards and backwards from the start.

A turn is numbered from 0, the one that begins at the rotation's start; those before it are negative.
"""

import calendar
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import accumulate

from desktop.domain.instant import US_PER_DAY, US_PER_SECOND, span_us

_WALL_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the zero of wall times, which have no zone
_EPOCH_DAY = _WALL_EPOCH.toordinal()
_BEFORE_ALL = -(10**12)


class Unit(StrEnum):
    """What the length of a turn is counted in."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_LENGTH_US = {
    Unit.HOUR: 3_600 * US_PER_SECOND,
    Unit.DAY: US_PER_DAY,
    Unit.WEEK: 7 * US_PER_DAY,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A group on call together; nobody for an empty slot.

    One that joins or leaves takes the turns that lie wholly within `first_day` to `last_day`, both included.
    """

    people: tuple[str, ...]
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class _Ring:
    """The places of the entries that take part from one turn on, and how far the ring is turned."""

    places: tuple[int, ...]
    phase: int = 0

    def place(self, turn: int) -> int:
        return self.places[(turn + self.phase) % len(self.places)]


class Rotation:
    """Entries that take turns of one length, or of several in alternation (4 days, 3 days).

    Months are added to the start's own day and clamped to the last day of each: 31 January, 28 February,
    31 March. Where somebody joins or leaves, the others go on in the order written from where they were:
    nobody is passed over and nobody comes twice.
    """

    __slots__ = ("_counts", "_entries", "_length_us", "_month", "_rings", "_start", "_steps", "_turns")

    def __init__(
        self, start: datetime, unit: Unit, counts: tuple[int, ...], entries: tuple[Entry, ...]
    ) -> None:
        self._start = wall_us(start)
        self._month = start if unit is Unit.MONTH else None
        self._length_us = 1 if unit is Unit.MONTH else _LENGTH_US[unit]
        self._counts = counts
        #: How many units into one round of the counts each turn begins, and the units of a whole round.
        self._steps = [0, *accumulate(counts)]
        self._entries = entries
        self._turns, self._rings = self._laid_out()

    def turn_at(self, wall: int) -> int:
        """The turn that a wall time falls into."""
        rounds, units = divmod(self._units_at(wall), self._steps[-1])
        return rounds * len(self._counts) + bisect_right(self._steps, units) - 1

    def bounds(self, first: int, last: int) -> list[int]:
        """The wall times at which the turns from `first` to `last` begin, in order."""
        if self._month is None and len(self._counts) == 1:
            length = self._length_us * self._counts[0]
            return list(range(self._start + first * length, self._start + last * length + 1, length))
        return [self._bound(turn) for turn in range(first, last + 1)]

    def people(self, first: int, last: int) -> list[tuple[str, ...]]:
        """Whose each turn from `first` to `last` is, in order; empty for an empty slot."""
        found: list[tuple[str, ...]] = []
        turn = first
        while turn <= last:
            i = bisect_right(self._turns, turn) - 1
            stop = min(self._turns[i + 1], last + 1) if i + 1 < len(self._turns) else last + 1
            found += self._served(self._rings[i], turn, stop)
            turn = stop
        return found

    def _served(self, ring: _Ring, turn: int, stop: int) -> list[tuple[str, ...]]:
        if not ring.places:
            return [()] * (stop - turn)
        groups = [self._entries[place].people for place in ring.places]
        begin = (turn + ring.phase) % len(groups)
        rounds = (begin + stop - turn) // len(groups) + 1
        return (groups * rounds)[begin : begin + stop - turn]

    def _bound(self, turn: int) -> int:
        rounds, step = divmod(turn, len(self._counts))
        units = rounds * self._steps[-1] + self._steps[step]
        return self._start + units * self._length_us if self._month is None else self._month_start(units)

    def _units_at(self, wall: int) -> int:
        """How many whole units have passed on the wall since the start; negative before it."""
        if self._month is None:
            return (wall - self._start) // self._length_us
        day = date.fromordinal(wall // US_PER_DAY + _EPOCH_DAY)
        units = (day.year - self._month.year) * 12 + day.month - self._month.month
        return units if self._month_start(units) <= wall else units - 1

    def _month_start(self, units: int) -> int:
        assert self._month is not None
        years, month = divmod(self._month.year * 12 + self._month.month - 1 + units, 12)
        day = min(self._month.day, calendar.monthrange(years, month + 1)[1])
        midnight = (date(years, month + 1, day).toordinal() - _EPOCH_DAY) * US_PER_DAY
        return midnight + self._start % US_PER_DAY

    def _taking_part(self, entry: Entry) -> tuple[int | None, int | None]:
        """The first turn of an entry, and the first one that is not its own any more; None for no bound."""
        first = last = None
        if entry.first_day is not None:
            wall = day_us(entry.first_day)
            first = self.turn_at(wall)
            first += self._bound(first) < wall
        if entry.last_day is not None:
            last = self.turn_at(day_us(entry.last_day) + US_PER_DAY)
        return first, last

    def _laid_out(self) -> tuple[list[int], list[_Ring]]:
        spans = [self._taking_part(entry) for entry in self._entries]
        cuts = sorted({0, *(turn for span in spans for turn in span if turn is not None)})
        turns = [_BEFORE_ALL, *cuts]
        places = [
            tuple(
                place
                for place, (first, last) in enumerate(spans)
                if (first is None or first <= turn) and (last is None or turn < last)
            )
            for turn in turns
        ]
        middle = turns.index(0)
        after = _forwards(places[middle:], turns[middle:])
        before = _backwards(places[:middle], turns[: middle + 1], after[0])
        return turns, before + after


def wall_us(wall: datetime) -> int:
    """A time without a zone as a wall time in microseconds."""
    return span_us(wall - _WALL_EPOCH)


def wall_of(us: int) -> datetime:
    """The time without a zone of a wall time."""
    return _WALL_EPOCH + timedelta(microseconds=us)


def day_us(day: date) -> int:
    """The midnight at which a date begins, as a wall time."""
    return (day.toordinal() - _EPOCH_DAY) * US_PER_DAY


def _forwards(places: list[tuple[int, ...]], turns: list[int]) -> list[_Ring]:
    """The rings from turn 0 on: each goes on with the first place after the last one served."""
    rings: list[_Ring] = []
    following = 0
    for i, ring in enumerate(places):
        if not ring:
            rings.append(_Ring(ring))
            continue
        found = _Ring(ring, bisect_left(ring, following) % len(ring) - turns[i])
        rings.append(found)
        if i + 1 < len(turns):
            following = found.place(turns[i + 1] - 1) + 1
    return rings


def _backwards(places: list[tuple[int, ...]], turns: list[int], first: _Ring) -> list[_Ring]:
    """The rings before turn 0: each ends with the last place before the one served after it."""
    rings: list[_Ring] = []
    served = first.place(0) if first.places else 0
    for i in reversed(range(len(places))):
        ring, last = places[i], turns[i + 1] - 1
        if not ring:
            rings.append(_Ring(ring))
            continue
        found = _Ring(ring, (bisect_left(ring, served) - 1) % len(ring) - last)
        rings.append(found)
        served = found.place(turns[i])
    return rings[::-1]
