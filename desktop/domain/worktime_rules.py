"""Opening rules as a person writes them, checked: weekly hours, dates, holidays and breaks of one zone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop.domain.errors import DeskError
from desktop.domain.instant import US_PER_DAY, US_PER_SECOND

#: Wall times within one date, in microseconds since its midnight: half-open, in order, not overlapping.
Spans = tuple[tuple[int, int], ...]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL_DAY: Spans = ((0, US_PER_DAY),)
_KEYS = ("name", "zone", "always", "week", "holidays", "dates", "breaks")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTERVAL_HINT = 'Write an interval as ["09:00", "17:30"]; it may end at "24:00".'


@dataclass(frozen=True, slots=True)
class Rules:
    """When a calendar is open, in wall time of its zone; equal and hashed by content.

    `week` holds Monday to Sunday; `dates` and `breaks` are in order of date.
    """

    name: str
    zone: str
    always: bool
    week: tuple[Spans, ...]
    holidays: frozenset[date] = frozenset()
    dates: tuple[tuple[date, Spans], ...] = ()
    breaks: tuple[tuple[date, Spans], ...] = ()

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "Rules":
        """The rules of a document; the form is the one `to_mapping` gives.

        Raises: DeskError naming the fault, with its path (`week.mon[1]`) in `field`.
        """
        _check_keys(mapping, "", _KEYS)
        always = _flag(mapping)
        if always == ("week" in mapping):
            raise _fault("week", "A calendar has either weekly hours or always: true.")
        if not always and "zone" not in mapping:
            raise _fault("zone", "The calendar names no time zone.", 'Add one, such as "Europe/Berlin".')
        return cls(
            name=_name(mapping.get("name", "")),
            zone=_zone(mapping.get("zone", "UTC")),
            always=always,
            week=(ALL_DAY,) * 7 if always else _week(mapping["week"]),
            holidays=_holidays(mapping.get("holidays", [])),
            dates=_by_date(mapping.get("dates", {}), "dates"),
            breaks=_by_date(mapping.get("breaks", {}), "breaks"),
        )

    def to_mapping(self) -> dict[str, Any]:
        """The same rules as a document of plain text, lists and mappings; empty parts are left out."""
        mapping: dict[str, Any] = {"name": self.name} if self.name else {}
        mapping["zone"] = self.zone
        if self.always:
            mapping["always"] = True
        else:
            mapping["week"] = {
                key: _written(spans) for key, spans in zip(WEEKDAYS, self.week, strict=True) if spans
            }
        if self.holidays:
            mapping["holidays"] = [day.isoformat() for day in sorted(self.holidays)]
        for key, entries in (("dates", self.dates), ("breaks", self.breaks)):
            if entries:
                mapping[key] = {day.isoformat(): _written(spans) for day, spans in entries}
        return mapping

    def working_day_us(self) -> int:
        """Length of the ordinary open day: the commonest of the week, the longest of equally common ones.

        The mean would make a day that no weekday has. Without weekly hours the dates stand in for the week.
        """
        lengths = [length for spans in self.week if (length := _length(spans))]
        if not lengths:
            lengths = [length for _, spans in self.dates if (length := _length(spans))]
        return max(lengths, key=lambda length: (lengths.count(length), length))


def time_text(wall_us: int) -> str:
    """A wall time as `09:00`, with seconds only where there are any; midnight at the end is `24:00`."""
    minutes, seconds = divmod(wall_us // US_PER_SECOND, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _written(spans: Spans) -> list[list[str]]:
    return [[time_text(start), time_text(end)] for start, end in spans]


def _fault(path: str, message: str, hint: str = "") -> DeskError:
    return DeskError(message, field=path, hint=hint)


def _check_keys(value: object, path: str, known: tuple[str, ...]) -> None:
    what = path or "The calendar"
    if not isinstance(value, Mapping):
        raise _fault(path, f"{what} is not a mapping of names to values.")
    for key in value:
        if key not in known:
            where = f"{path}.{key}" if path else str(key)
            raise _fault(where, f"{what} does not know {key!r}.", f"Known are {', '.join(known)}.")


def _flag(mapping: Mapping[str, Any]) -> bool:
    always = mapping.get("always", False)
    if not isinstance(always, bool):
        raise _fault("always", f"always is {always!r}, neither true nor false.")
    return always


def _name(value: object) -> str:
    if not isinstance(value, str):
        raise _fault("name", f"The calendar's name {value!r} is not text.")
    return value


def _zone(value: object) -> str:
    if isinstance(value, str):
        try:
            return ZoneInfo(value).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    raise _fault("zone", f"There is no time zone {value!r}.", 'Use a name such as "Europe/Berlin".')


def _week(value: object) -> tuple[Spans, ...]:
    _check_keys(value, "week", WEEKDAYS)
    assert isinstance(value, Mapping)
    return tuple(_spans(value.get(day, []), f"week.{day}") for day in WEEKDAYS)


def _holidays(value: object) -> frozenset[date]:
    if not isinstance(value, list | tuple):
        raise _fault("holidays", "holidays is not a list of dates.", 'Write ["2026-12-25", ...].')
    return frozenset(_date(entry, f"holidays[{i}]") for i, entry in enumerate(value))


def _by_date(value: object, path: str) -> tuple[tuple[date, Spans], ...]:
    if not isinstance(value, Mapping):
        raise _fault(path, f"{path} is not a mapping of dates to intervals.")
    entries: dict[date, Spans] = {}
    for key, intervals in value.items():
        where = f"{path}.{key}"
        day = _date(key, where)
        if day in entries:
            raise _fault(where, f"{path} names {day} twice.")
        entries[day] = _spans(intervals, where)
    return tuple(sorted(entries.items()))


def _date(value: object, path: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):  # YAML reads a bare date as one
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _fault(path, f"{path}: {value!r} is not a date.", "Write dates as 2026-12-25.")


def _spans(value: object, path: str) -> Spans:
    if not isinstance(value, list | tuple):
        raise _fault(path, f"{path} is not a list of intervals.", _INTERVAL_HINT)
    found = sorted((*_span(entry, f"{path}[{i}]"), i) for i, entry in enumerate(value))
    for (start, end, i), (next_start, next_end, j) in pairwise(found):
        if next_start < end:
            one = f"{time_text(start)}–{time_text(end)}"
            other = f"{time_text(next_start)}–{time_text(next_end)}"
            raise _fault(f"{path}[{max(i, j)}]", f"{path}: the intervals {one} and {other} overlap.")
    return tuple((start, end) for start, end, _ in found)


def _span(value: object, path: str) -> tuple[int, int]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise _fault(path, f"{path} is not an interval of two times.", _INTERVAL_HINT)
    start, end = _wall_time(value[0], path), _wall_time(value[1], path)
    if end == start:
        raise _fault(path, f"{path} ends when it begins, at {value[0]}.", _INTERVAL_HINT)
    if end < start:
        hint = "An interval that runs past midnight is two: one to 24:00, one from 00:00 of the next day."
        raise _fault(path, f"{path} runs backwards, from {value[0]} to {value[1]}.", hint)
    return start, end


def _wall_time(value: object, path: str) -> int:
    if value == "24:00":
        return US_PER_DAY
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _fault(path, f"{path}: {value!r} is not a time of day.", 'Write times in quotes, as "09:00".')
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * US_PER_SECOND
