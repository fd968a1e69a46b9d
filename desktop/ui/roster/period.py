"""The week, weeks or month in sight, in one time zone: its midnights, its words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from desktop.domain.instant import from_us, to_us
from desktop.ui.text import day

WEEK, MONTH, FOUR_WEEKS = "week", "month", "four weeks"
_LENGTHS = {WEEK: 7, FOUR_WEEKS: 28}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July",
           "August", "September", "October", "November", "December")  # fmt: skip


@dataclass(frozen=True)
class Period:
    """A week or four from Monday, or a month, as the calendar of `zone` has it."""

    unit: str
    first: date
    zone: ZoneInfo

    @classmethod
    def around(cls, at: datetime, unit: str, zone: ZoneInfo) -> "Period":
        """The week or month an instant lies in."""
        local = at.astimezone(zone).date()
        first = local.replace(day=1) if unit == MONTH else local - timedelta(days=local.weekday())
        return cls(unit, first, zone)

    def moved(self, by: int) -> "Period":
        """So many weeks or months later; negative for earlier."""
        if self.unit != MONTH:
            return Period(self.unit, self.first + timedelta(days=_LENGTHS[self.unit] * by), self.zone)
        years, month = divmod(self.first.year * 12 + self.first.month - 1 + by, 12)
        return Period(self.unit, date(years, month + 1, 1), self.zone)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Its dates."""
        end = self.moved(1).first
        return tuple(self.first + timedelta(days=n) for n in range((end - self.first).days))

    @cached_property
    def midnights(self) -> tuple[int, ...]:
        """The instants at which its dates begin, and that at which the last one ends."""
        return tuple(self.midnight(each) for each in (*self.days, self.moved(1).first))

    @property
    def start_us(self) -> int:
        return self.midnights[0]

    @property
    def end_us(self) -> int:
        return self.midnights[-1]

    @property
    def start(self) -> datetime:
        return from_us(self.start_us)

    @property
    def end(self) -> datetime:
        return from_us(self.end_us)

    def midnight(self, of: date) -> int:
        """When a date begins; where the clocks skip midnight, the first instant after."""
        return to_us(datetime(of.year, of.month, of.day, tzinfo=self.zone))

    def title(self) -> str:
        """`23–29 Nov 2026`, `November 2026`."""
        last = self.days[-1]
        if self.unit == MONTH:
            return f"{_MONTHS[self.first.month - 1]} {self.first.year}"
        if self.first.month == last.month:
            return f"{self.first.day}–{_day(last)} {last.year}"
        year = "" if self.first.year == last.year else f" {self.first.year}"
        return f"{_day(self.first)}{year} – {_day(last)} {last.year}"


def span_words(start_us: int, end_us: int, zone: ZoneInfo) -> str:
    """`Tue 24 Nov 08:00–16:00`, with the second day only where it is another one."""
    start, end = (from_us(at).astimezone(zone) for at in (start_us, end_us))
    if start.date() == end.date():
        return f"{day_words(start)} {start:%H:%M}–{end:%H:%M}"
    if start.date() + timedelta(days=1) == end.date() and end.hour == end.minute == 0:
        return f"{day_words(start)} {start:%H:%M}–24:00"
    return f"{day_words(start)} {start:%H:%M} – {day_words(end)} {end:%H:%M}"


def day_words(local: datetime | date) -> str:
    """`Tue 24 Nov`."""
    return f"{_DAYS[local.weekday()]} {_day(local)}"


def weekday(local: date) -> str:
    """`Tue`."""
    return _DAYS[local.weekday()]


def _day(local: date) -> str:
    return day(datetime(local.year, local.month, local.day, tzinfo=None))  # noqa: DTZ001 a date in words
