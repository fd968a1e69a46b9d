"""What the load says on the screen."""

from collections.abc import Sequence
from datetime import datetime, time

from desktop.domain.burden import NIGHT_FROM_HOUR, NIGHT_TO_HOUR, WeekBurden
from desktop.services.load import PersonLoad, TeamWeek
from desktop.ui.text import counted, day

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def is_night(hour: int) -> bool:
    """Whether an hour of the clock on the wall is one of the night."""
    return hour >= NIGHT_FROM_HOUR or hour < NIGHT_TO_HOUR


def week_words(week: WeekBurden | TeamWeek) -> str:
    """Which week: the Monday it begins on."""
    return f"{day_of(week)} {week.week.year}"


def day_of(week: WeekBurden | TeamWeek) -> str:
    """The Monday: `Mon 16 Nov`."""
    at = datetime.combine(week.week, time())
    return f"Mon {day(at)}"


def number(value: float) -> str:
    """A figure without needless decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def index_words(week: WeekBurden) -> str:
    """The index with its parts: how it is added up."""
    said = f"Week of {day_of(week)}: index {number(week.index)}"
    parts = "; ".join(part_words(week))
    return f"{said}. {parts}." if week.index else f"{said}, nothing counted."


def part_words(week: WeekBurden) -> Sequence[str]:
    """Each part of the index, also those that came to nothing."""
    return [
        f"{part.name}: {part.times} × {number(part.weight)} = {number(part.points)}" for part in week.parts
    ]


def cell_words(row: int, hour: int, count: int) -> str:
    """One hour of the week, in a sentence."""
    night = ", night" if is_night(hour) else ""
    return f"{_LONG_DAYS[row]} {hour:02}:00 to {(hour + 1) % 24:02}:00{night}: {counted(count, 'page')}"


def map_summary(load: PersonLoad) -> str:
    """The heat-map in a sentence."""
    total = sum(map(sum, load.hours))
    if not total:
        return "No pages in this time."
    nights = sum(row[hour] for row in load.hours for hour in range(24) if is_night(hour))
    weekend = sum(map(sum, load.hours[5:]))
    most, at, hour = max((load.hours[row][hour], row, hour) for row in range(7) for hour in range(24))
    worst = f"most on {_LONG_DAYS[at]} from {hour:02}:00 ({most})"
    return f"{counted(total, 'page')}: {nights} at night, {weekend} on weekends, {worst}."
