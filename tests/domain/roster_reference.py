"""A second, slow opinion on rosters: walks minute by minute and looks at the clock on the wall."""

import calendar
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate, groupby
from typing import Any
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
MARGIN = timedelta(days=2)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TURNS = range(-400, 401)


@lru_cache(maxsize=32)
def wall_minutes(zone: str, start: datetime, minutes: int) -> list[datetime]:
    """What the clock shows at each minute from `start` on."""
    place = ZoneInfo(zone)
    return [(start + i * MINUTE).astimezone(place).replace(tzinfo=None) for i in range(minutes)]


class MinuteWalk:
    """Who is on call in every minute from `start`, for as many days.

    Right where all times are whole minutes and the window is within 400 turns of each layer's start.
    """

    def __init__(self, document: Mapping[str, Any], start: datetime, days: int) -> None:
        self.start = start
        self.minutes = days * 1440
        self._document = document
        planned: list[tuple[tuple[str, ...], str]] = [((), "")] * self.minutes
        for each in document["layers"]:
            for i, people in enumerate(self._layer(each)):
                if people:
                    planned[i] = (people, each["name"])
        self.answers = [self._changed(i, *answer) for i, answer in enumerate(planned)]

    def shifts(self) -> list[tuple[datetime, datetime, tuple[str, ...], str]]:
        found = []
        for answer, part in groupby(range(self.minutes), key=lambda i: self.answers[i]):
            minutes = list(part)
            if answer[0]:
                found.append((self._at(minutes[0]), self._at(minutes[-1] + 1), *answer))
        return found

    def _at(self, minute: int) -> datetime:
        return self.start + minute * MINUTE

    def _layer(self, each: Mapping[str, Any]) -> list[tuple[str, ...]]:
        margin = MARGIN // MINUTE
        zone = each.get("zone", self._document["zone"])
        walls = wall_minutes(zone, self.start - MARGIN, self.minutes + 2 * margin)
        handoffs = [_handoff(each, turn) for turn in TURNS]
        people = [tuple(group) for group in each["people"]]
        latest, turn, found = walls[0], 0, []
        for wall in walls:
            latest = max(latest, wall)
            while handoffs[turn + 1] <= latest:
                turn += 1
            found.append(people[(turn + TURNS.start) % len(people)] if people else ())
        if each.get("restrict"):
            duty = self._duty(each["restrict"], walls)
            found = [group if i in duty else () for i, group in enumerate(found)]
        return found[margin : margin + self.minutes]

    def _duty(self, restrictions: list[Mapping[str, Any]], walls: list[datetime]) -> set[int]:
        duty: set[int] = set()
        first = walls[0].date()
        for restriction in restrictions:
            for n in range(-1, (len(walls) // 1440) + 2):
                day = datetime.combine(first + timedelta(days=n), datetime.min.time())
                if WEEKDAYS[day.weekday()] not in restriction.get("days", WEEKDAYS):
                    continue
                begin = day + _time(restriction.get("from", "00:00"))
                end = day + _time(restriction.get("to", "24:00"))
                if end <= begin:
                    end += timedelta(days=1)
                starts = next((i for i, wall in enumerate(walls) if wall >= begin), len(walls))
                shown = [i for i, wall in enumerate(walls) if wall == end]
                after = next((i for i, wall in enumerate(walls) if wall >= end), len(walls))
                duty.update(range(starts, shown[-1] if shown else after))
        return duty

    def _changed(self, minute: int, people: tuple[str, ...], layer: str) -> tuple[tuple[str, ...], str]:
        at = self._at(minute)
        away = [each["person"] for each in self._document.get("time_off", []) if _is_on(each, at)]
        left = [person for person in people if person not in away]
        now = list(left)
        for each in self._document.get("overrides", []):
            if not _is_on(each, at):
                continue
            gone, come = each.get("remove"), each.get("add")
            place = now.index(gone) if gone in now else None
            if place is not None:
                now.remove(gone)
            if come is not None and come not in now:
                now.insert(len(now) if place is None else place, come)
        if not now:
            return (), ""
        return tuple(now), layer if all(person in left for person in now) else "override"


def _is_on(each: Mapping[str, str], at: datetime) -> bool:
    return _instant(each["from"]) <= at < _instant(each["to"])


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _time(text: str) -> timedelta:
    hours, minutes = map(int, text.split(":"))
    return timedelta(hours=hours, minutes=minutes)


def _handoff(each: Mapping[str, Any], turn: int) -> datetime:
    start = datetime.fromisoformat(each["start"])
    counts = each["every"]["count"]
    counts = counts if isinstance(counts, list) else [counts]
    rounds, step = divmod(turn, len(counts))
    units = rounds * sum(counts) + [0, *accumulate(counts)][step]
    unit = each["every"]["unit"]
    if unit != "month":
        return start + units * timedelta(**{unit + "s": 1})
    years, month = divmod(start.year * 12 + start.month - 1 + units, 12)
    day = min(start.day, calendar.monthrange(years, month + 1)[1])
    return start.replace(year=years, month=month + 1, day=day)
