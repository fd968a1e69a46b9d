"""What being on call costs each person: pages, nights, weekends, hours, days in a row, week by week.

Nights, weekends and weeks are those of the person's own clock on the wall.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple

from desktop.domain.instant import US_PER_DAY, US_PER_SECOND, to_us
from desktop.domain.roster import Shift
from desktop.domain.roster_people import by_person, day_runs, total_us
from desktop.domain.roster_rotation import day_us, wall_of
from desktop.domain.roster_wall import WallClock
from desktop.domain.worktime_layout import Stretch, clipped

#: Night on the clock on the wall (domain.md, Indicators): from 22:00 up to 06:00.
NIGHT_FROM_HOUR: Final = 22
NIGHT_TO_HOUR: Final = 6
#: Pages that come within this of the first count as one interruption.
SAME_INTERRUPTION_S: Final = 60
_HOUR: Final = timedelta(hours=1)
_HOUR_US: Final = 3_600 * US_PER_SECOND
_WEEK_US: Final = 7 * US_PER_DAY


class Page(NamedTuple):
    """A person was paged at an instant."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of the burnout index: for each page, on top for a night or weekend page, for each day in a row.

    domain.md (Indicators) names the parts and no figures. A page at night is set at three times one by day,
    one on a weekend at twice, and a day on call at one page; a desk that knows better sets its own.
    """

    page: float = 1.0
    night_page: float = 2.0
    weekend_page: float = 1.0
    day_in_a_row: float = 1.0


class Part(NamedTuple):
    """One part of the index: what is counted, how often it came, the points for each time."""

    name: str
    times: int
    weight: float

    @property
    def points(self) -> float:
        """What it adds to the index."""
        return self.times * self.weight


@dataclass(frozen=True, slots=True)
class WeekBurden:
    """One person's week, which begins on the Monday `week`.

    `pages` has night and weekend pages in it, and one may be both. `days_in_a_row` is the longest run of
    dates on call up to a day of this week, counted from before the week where it began there.
    """

    person: str
    week: date
    pages: int
    night_pages: int
    weekend_pages: int
    interruptions: int
    hours_on_call: float
    days_in_a_row: int
    parts: tuple[Part, ...]

    @property
    def index(self) -> float:
        """The burnout index: the points of all parts."""
        return sum(part.points for part in self.parts)


def burden(
    pages: Iterable[Page],
    shifts: Iterable[Shift],
    start: datetime,
    end: datetime,
    *,
    zone_of: Callable[[str], str],
    weights: Weights | None = None,
) -> list[WeekBurden]:
    """The weeks from the one of `start` to the last one begun before `end`, for everybody paged or on call.

    By person in the order of their names, then by week, quiet weeks too. Shifts from before `start` count for
    days in a row: give those of some weeks earlier.
    """
    paged: dict[str, list[datetime]] = {}
    for page in pages:
        paged.setdefault(page.person, []).append(page.at)
    on_call = by_person(sorted(shifts))
    clocks = _Clocks(zone_of)
    found: list[WeekBurden] = []
    for person in sorted(paged.keys() | on_call.keys()):
        one = _Person(person, clocks.of(person), sorted(paged.get(person, [])), on_call.get(person, []))
        weeks = one.weeks(start, end, weights or Weights())
        if any(week.pages or week.hours_on_call for week in weeks):
            found += weeks
    return found


def heat_map(pages: Iterable[Page], *, zone_of: Callable[[str], str]) -> tuple[tuple[int, ...], ...]:
    """How many pages came in each hour of the wall clock: Monday to Sunday, 24 hours each."""
    counts: Counter[tuple[int, int]] = Counter()
    clocks = _Clocks(zone_of)
    for page in pages:
        wall = _shown(clocks.of(page.person), page.at)
        counts[wall.weekday(), wall.hour] += 1
    return tuple(tuple(counts[day, hour] for hour in range(24)) for day in range(7))


def interruptions(paged_at: Iterable[datetime]) -> list[datetime]:
    """When somebody was torn away: pages up to 60 s after the first of an interruption belong to it."""
    found: list[datetime] = []
    for at in sorted(paged_at):
        if not found or at - found[-1] > timedelta(seconds=SAME_INTERRUPTION_S):
            found.append(at)
    return found


def is_night(wall: datetime) -> bool:
    """Whether it is night on the wall."""
    return wall.hour >= NIGHT_FROM_HOUR or wall.hour < NIGHT_TO_HOUR


def is_weekend(wall: datetime) -> bool:
    """Whether it is Saturday or Sunday on the wall."""
    return wall.weekday() >= 5


def pages_left(paged_at: Iterable[datetime], now: datetime, most: int) -> int:
    """How many more pages somebody may get now, where `most` are allowed within any hour; never below 0."""
    recent = sum(now - _HOUR < at <= now for at in paged_at)
    return max(most - recent, 0)


def free_at(paged_at: Iterable[datetime], now: datetime, most: int) -> datetime:
    """When the next page is allowed: `now`, or when the oldest that stand in its way are an hour old.

    `most` is at least 1.
    """
    recent = sorted(at for at in paged_at if now - _HOUR < at <= now)
    return now if len(recent) < most else recent[-most] + _HOUR


def first_free(
    people: Sequence[str], paged_at: Callable[[str], Iterable[datetime]], now: datetime, most: int
) -> str | None:
    """The first of the people, in the order asked, who may get a page now; None where nobody may."""
    return next((person for person in people if pages_left(paged_at(person), now, most)), None)


class _Clocks:
    """The clock of each person, one for all in a zone."""

    def __init__(self, zone_of: Callable[[str], str]) -> None:
        self._zone_of = zone_of
        self._clocks: dict[str, WallClock] = {}

    def of(self, person: str) -> WallClock:
        zone = self._zone_of(person)
        if zone not in self._clocks:
            self._clocks[zone] = WallClock(zone)
        return self._clocks[zone]


class _Person:
    """One person's pages and stretches on call, on their own clock."""

    def __init__(
        self, person: str, clock: WallClock, paged_at: list[datetime], on_call: list[Stretch]
    ) -> None:
        self._person = person
        self._clock = clock
        self._on_call = on_call
        self._walls = _by_week(_shown(clock, at) for at in paged_at)
        self._torn = _by_week(_shown(clock, at) for at in interruptions(paged_at))
        self._runs = day_runs(on_call, clock)

    def weeks(self, start: datetime, end: datetime, weights: Weights) -> list[WeekBurden]:
        monday, until = _monday(_shown(self._clock, start)), _shown(self._clock, end)
        found = []
        while wall_of(day_us(monday)) < until:
            found.append(self._week(monday, weights))
            monday += timedelta(weeks=1)
        return found

    def _week(self, monday: date, weights: Weights) -> WeekBurden:
        walls = self._walls.get(monday, [])
        pages, nights = len(walls), sum(map(is_night, walls))
        weekend, days = sum(map(is_weekend, walls)), self._days_in_a_row(monday)
        parts = (
            Part("pages", pages, weights.page),
            Part("night pages", nights, weights.night_page),
            Part("weekend pages", weekend, weights.weekend_page),
            Part("days in a row", days, weights.day_in_a_row),
        )
        torn = len(self._torn.get(monday, []))
        hours = self._on_call_us(monday) / _HOUR_US
        return WeekBurden(self._person, monday, pages, nights, weekend, torn, hours, days, parts)

    def _on_call_us(self, monday: date) -> int:
        begin = day_us(monday)
        table = self._clock.over(begin, begin + _WEEK_US)
        lo, hi = table.firsts([begin, begin + _WEEK_US])
        first = bisect_right(self._on_call, lo, key=itemgetter(1))
        stop = bisect_left(self._on_call, hi, first, key=itemgetter(0))
        return total_us(clipped(self._on_call[first:stop], lo, hi))

    def _days_in_a_row(self, monday: date) -> int:
        """The longest run up to a day of the week, from wherever it began."""
        first = day_us(monday) // US_PER_DAY
        last = first + 6
        near = bisect_left(self._runs, first, key=attrgetter("last"))
        stop = bisect_right(self._runs, last, near, key=attrgetter("first"))
        return max((min(run.last, last) - run.first + 1 for run in self._runs[near:stop]), default=0)


def _shown(clock: WallClock, at: datetime) -> datetime:
    at_us = to_us(at)
    return wall_of(clock.over(at_us, at_us).shown(at_us))


def _monday(wall: datetime) -> date:
    day = wall.date()
    return day - timedelta(days=day.weekday())


def _by_week(walls: Iterable[datetime]) -> dict[date, list[datetime]]:
    found: dict[date, list[datetime]] = {}
    for wall in walls:
        found.setdefault(_monday(wall), []).append(wall)
    return found
