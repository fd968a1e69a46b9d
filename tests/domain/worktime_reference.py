"""A second, slow opinion on opening hours: looks at the clock on the wall minute by minute and counts."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
MARGIN = timedelta(days=4)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@lru_cache(maxsize=16)
def wall_minutes(zone: str, start: datetime, minutes: int) -> list[datetime]:
    """What the clock shows at each minute from `start` on."""
    place = ZoneInfo(zone)
    return [(start + i * MINUTE).astimezone(place).replace(tzinfo=None) for i in range(minutes)]


class MinuteCount:
    """Which minutes of some days are open, and every question answered by counting them.

    Right where all times of the rules and all clock changes fall on whole minutes.
    """

    def __init__(self, mapping: Mapping[str, Any], start: datetime, days: int) -> None:
        self.start = start
        self._mapping = mapping
        self._walls = wall_minutes(mapping["zone"], start - MARGIN, days * 1440 + 2 * (MARGIN // MINUTE))
        opened: set[int] = set()
        for i in range(-1, days + 1):
            opened |= self._open_minutes(start.date() + timedelta(days=i))
        self.is_open = [minute in opened for minute in range(days * 1440)]

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        if end < start:
            return -self.elapsed(end, start)
        total = timedelta()
        first, last = (start - self.start) // MINUTE, (end - self.start) // MINUTE
        for i in range(first, last + 1):
            if self.is_open[i]:
                minute = self.start + i * MINUTE
                total += min(end, minute + MINUTE) - max(start, minute)
        return total

    def due(self, start: datetime, target: timedelta) -> datetime:
        i = (start - self.start) // MINUTE
        at, left = start, target
        while True:
            minute_end = self.start + (i + 1) * MINUTE
            if self.is_open[i]:
                if left <= minute_end - at and (left or not target):
                    return at + left
                left -= minute_end - at
            at, i = minute_end, i + 1

    def due_before(self, start: datetime, target: timedelta) -> datetime:
        i = -((self.start - start) // MINUTE) - 1
        at, left = start, target
        while True:
            minute_start = self.start + i * MINUTE
            if self.is_open[i]:
                if left <= at - minute_start:
                    return at - left
                left -= at - minute_start
            at, i = minute_start, i - 1

    def _open_minutes(self, day: date) -> set[int]:
        if day.isoformat() in self._mapping.get("holidays", []):
            return set()
        hours = self._mapping.get("week", {}).get(WEEKDAYS[day.weekday()], [])
        if self._mapping.get("always"):
            hours = [["00:00", "24:00"]]
        hours = self._mapping.get("dates", {}).get(day.isoformat(), hours)
        breaks = self._mapping.get("breaks", {}).get(day.isoformat(), [])
        return self._shown(day, hours) - self._shown(day, breaks)

    def _shown(self, day: date, intervals: Sequence[Sequence[str]]) -> set[int]:
        """From the first minute showing the start or later to the last one showing less than the end."""
        found: set[int] = set()
        middle = (datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - self.start + MARGIN) // MINUTE
        near = range(middle - 2400, middle + 2400)
        for start, end in intervals:
            opens, shuts = _wall(day, start), _wall(day, end)
            first = next((i for i in near if self._walls[i] >= opens), near.stop)
            last = next((i for i in reversed(near) if self._walls[i] < shuts), near.start - 1)
            found.update(range(first, last + 1))
        return {i - MARGIN // MINUTE for i in found}


def _wall(day: date, text: str) -> datetime:
    hours, minutes = map(int, text.split(":"))
    return datetime(day.year, day.month, day.day) + timedelta(hours=hours, minutes=minutes)  # noqa: DTZ001
