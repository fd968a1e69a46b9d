"""Opening rules laid out on the line of real time, exact over every change of the clocks.

An interval runs from the first instant at which its zone's clock shows its start, or a later time, to the
last instant before which the clock shows less than its end. So a start that a clock change skips becomes
the first instant after it, an interval whose end comes twice runs to the second, and one whose hours are
skipped or repeated is as much shorter or longer as it really was.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from desktop.domain.instant import FIRST_US, LAST_US, US_PER_DAY, from_us, span_us
from desktop.domain.worktime_rules import ALL_DAY, Rules, Spans

#: Real time in microseconds since the epoch, half-open.
Stretch = tuple[int, int]
#: What shuts a calendar: nothing opens it, a holiday does, or a break in its hours.
Why = Literal["closed", "holiday", "break"]
#: A shut stretch of real time and what shuts it.
Reason = tuple[int, int, Why]

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_WALL_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the zero of wall times, which have no zone
#: No zone is further than this from UTC, so an instant's local date is at most this many days off.
_MARGIN_DAYS = 3
_EDGE_US = _MARGIN_DAYS * US_PER_DAY


class Layout:
    """The stretches of real time that some rules open, and why the others are shut."""

    def __init__(self, rules: Rules) -> None:
        self._zone = ZoneInfo(rules.zone)
        self._week = rules.week
        self._holidays = {day.toordinal() - _EPOCH_DAY for day in rules.holidays}
        self._dates = _by_day(rules.dates)
        self._breaks = _by_day(rules.breaks)
        #: Days (since 1970-01-01) the rules mention by date.
        self.named_days = sorted(self._holidays | self._dates.keys() | self._breaks.keys())

    def openings(self, lo: int, hi: int) -> list[Stretch]:
        """What is open within [lo, hi): in order, apart from one another, touching ones made one."""
        found: list[Stretch] = []
        days = range(lo // US_PER_DAY - _MARGIN_DAYS, hi // US_PER_DAY + _MARGIN_DAYS + 1)
        offsets = [self._offset_at(day * US_PER_DAY) for day in range(days.start - 1, days.stop + 2)]
        for i, day in enumerate(days):
            hours = self._hours(day)
            if not hours:
                continue
            offset = offsets[i]
            # The same offset from the midnight before the day to the one after it, in any zone.
            is_plain = offset == offsets[i + 1] == offsets[i + 2] == offsets[i + 3]
            if is_plain and day not in self._breaks:
                base = day * US_PER_DAY - offset
                found.extend((base + start, base + end) for start, end in hours)
            else:
                found.extend(self._open_on(day))
        return clipped(joined(found), lo, hi)

    def openings_of(self, days: Iterable[int]) -> list[Stretch]:
        """What is open on these days alone."""
        return joined([stretch for day in days for stretch in self._open_on(day)])

    def reasons(self, lo: int, hi: int) -> list[Reason]:
        """The stretches that holidays and breaks shut, at least those touching [lo, hi), in order."""
        found: list[Reason] = []
        for day in self.named_days:
            if not lo - _EDGE_US <= day * US_PER_DAY <= hi + _EDGE_US:
                continue
            if day in self._holidays:
                found.extend((start, end, "holiday") for start, end in self._laid_out(day, ALL_DAY))
            elif day in self._breaks:
                hours = self._laid_out(day, self._hours(day))
                for start, end in self._laid_out(day, self._breaks[day]):
                    found.extend((a, b, "break") for a, b in clipped(hours, start, end))
        return sorted(found)

    def _hours(self, day: int) -> Spans:
        if day in self._holidays:
            return ()
        spans = self._dates.get(day)
        return self._week[(day + 3) % 7] if spans is None else spans  # 1970-01-01 was a Thursday

    def _open_on(self, day: int) -> list[Stretch]:
        hours = self._laid_out(day, self._hours(day))
        for start, end in self._laid_out(day, self._breaks.get(day, ())):
            hours = sorted(clipped(hours, FIRST_US, start) + clipped(hours, end, LAST_US))
        return hours

    def _laid_out(self, day: int, spans: Spans) -> list[Stretch]:
        base = day * US_PER_DAY
        ends = ((self._first_at(base + start), self._last_before(base + end)) for start, end in spans)
        return [(start, end) for start, end in ends if start < end]

    def _first_at(self, wall_us: int) -> int:
        """The first instant at which the clock shows this wall time or a later one."""
        early, late = self._offsets_on(wall_us)
        return wall_us - early if early >= late else self._change_between(wall_us - late, wall_us - early)

    def _last_before(self, wall_us: int) -> int:
        """The instant up to which the clock, at its last pass, shows less than this wall time."""
        early, late = self._offsets_on(wall_us)
        if early < late:
            return self._change_between(wall_us - late, wall_us - early)
        second = wall_us - late
        # At the very time the clocks are put back to, the first pass was the last that came from below.
        is_put_back_to = early > late and self._offset_at(second - 1) != late
        return wall_us - early if is_put_back_to else second

    def _offsets_on(self, wall_us: int) -> tuple[int, int]:
        """Offsets from UTC on a wall time: before and after the change where it is skipped or comes twice."""
        wall_us = min(max(wall_us, FIRST_US + _EDGE_US), LAST_US - _EDGE_US)
        wall = _WALL_EPOCH + timedelta(microseconds=wall_us)
        return self._offset_of(wall), self._offset_of(wall.replace(fold=1))

    def _offset_at(self, at_us: int) -> int:
        at = from_us(min(max(at_us, FIRST_US + _EDGE_US), LAST_US - _EDGE_US))
        return self._offset_of(at.astimezone(self._zone))

    def _offset_of(self, wall: datetime) -> int:
        return span_us(self._zone.utcoffset(wall) or timedelta())

    def _change_between(self, before_us: int, after_us: int) -> int:
        """The first instant with the offset that holds at `after_us`, by bisection."""
        offset = self._offset_at(after_us)
        while after_us - before_us > 1:
            middle = (before_us + after_us) // 2
            if self._offset_at(middle) == offset:
                after_us = middle
            else:
                before_us = middle
        return after_us


def joined(stretches: list[Stretch]) -> list[Stretch]:
    """The same time in as few stretches as can be, in order."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def clipped(stretches: list[Stretch], lo: int, hi: int) -> list[Stretch]:
    """What of the stretches lies within [lo, hi)."""
    cut = ((max(start, lo), min(end, hi)) for start, end in stretches)
    return [(start, end) for start, end in cut if start < end]


def _by_day(entries: tuple[tuple[date, Spans], ...]) -> dict[int, Spans]:
    return {day.toordinal() - _EPOCH_DAY: spans for day, spans in entries}
