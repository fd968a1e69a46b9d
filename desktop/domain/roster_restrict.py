"""When a layer is on duty: days of the week, hours on the wall, holidays."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.instant import US_PER_DAY
from desktop.domain.roster_wall import WallTable
from desktop.domain.worktime_layout import Stretch, clipped, joined

#: The holidays of a country or a part of it (`DE-BY`) in a year.
HolidaysOf = Callable[[str, int], Iterable[date]]
#: Whether a day, counted from 1970-01-01, is a holiday of a country.
IsHoliday = Callable[[str, int], bool]

EVERY_DAY = frozenset(range(7))
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MARGIN_DAYS = 3


@dataclass(frozen=True, slots=True)
class Restriction:
    """One stretch of the day on some days; hours are wall times in microseconds since midnight.

    One whose end is at or before its start runs over midnight and belongs to the day it starts on: its
    weekday and whether that is a holiday decide. With `holidays` it is for holidays of that country alone,
    or with `only` False for all other days.
    """

    days: frozenset[int] = EVERY_DAY
    from_us: int = 0
    to_us: int = US_PER_DAY
    holidays: str = ""
    only: bool = True

    def is_on(self, day: int, is_holiday: IsHoliday) -> bool:
        """Whether it begins on a day, counted from 1970-01-01, which was a Thursday."""
        if (day + 3) % 7 not in self.days:
            return False
        return not self.holidays or is_holiday(self.holidays, day) == self.only


class Holidays:
    """The holidays of the countries a schedule names: as listed with it, else as asked for by year."""

    __slots__ = ("_asked", "_listed", "_of")

    def __init__(self, listed: Iterable[tuple[str, Iterable[date]]], of: HolidaysOf | None) -> None:
        self._listed = {name: frozenset(map(_number, days)) for name, days in listed}
        self._of = of
        self._asked: dict[tuple[str, int], frozenset[int]] = {}

    def is_holiday(self, name: str, day: int) -> bool:
        """Whether a day, counted from 1970-01-01, is a holiday there."""
        listed = self._listed.get(name)
        if listed is not None or self._of is None:
            return day in (listed or ())
        key = name, date.fromordinal(day + _EPOCH_DAY).year
        found = self._asked.get(key)
        if found is None:
            found = self._asked[key] = frozenset(map(_number, self._of(*key)))
        return day in found


def on_duty(
    restrictions: Sequence[Restriction], table: WallTable, is_holiday: IsHoliday, lo: int, hi: int
) -> list[Stretch]:
    """The stretches within [lo, hi) on which at least one restriction is on, in order and apart.

    Each runs from the first time its start is shown to the last time its end is.
    """
    found: list[Stretch] = []
    first, last = lo // US_PER_DAY - _MARGIN_DAYS, hi // US_PER_DAY + _MARGIN_DAYS
    for restriction in restrictions:
        days = [day for day in range(first, last + 1) if restriction.is_on(day, is_holiday)]
        length = restriction.to_us - restriction.from_us
        length += US_PER_DAY if length <= 0 else 0
        begins = [day * US_PER_DAY + restriction.from_us for day in days]
        starts = table.firsts(begins)
        found += zip(starts, [table.last(begin + length) for begin in begins], strict=True)
    return clipped(joined([(start, end) for start, end in found if start < end]), lo, hi)


def _number(day: date) -> int:
    return day.toordinal() - _EPOCH_DAY
