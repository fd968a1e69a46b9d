"""iCalendar (RFC 5545): shifts for people's calendars, and time off read from them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import icalendar
from dateutil.rrule import rruleset, rrulestr

from desktop.domain.errors import DeskError
from desktop.domain.time_off import LeaveEntry, LeaveRead, ShiftEntry
from desktop.domain.wording import one_line

_PRODUCT = "-//Escalation Desk//Roster//EN"
_REFRESH = timedelta(hours=1)
_LARGEST = 5 * 1_048_576
_MOST_ENTRIES = 5_000
_MOST_REPEATS = 1_000
_DAY = timedelta(days=1)
#: An event or a rule of repetition, by the names of the standard.
_Fields = Mapping[str, Any]
_Found = TypeVar("_Found")
#: What is raised where an event is not as the standard has it.
_FAULTS = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_FINER = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})


def write_shifts(name: str, entries: Iterable[ShiftEntry], made_at: datetime) -> bytes:
    """A calendar of shifts, its instants in UTC, so that no reader has to know a zone of ours."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", icalendar.vText(one_line(name)))
    calendar.add("name", icalendar.vText(one_line(name)))
    calendar.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        event = icalendar.Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", made_at.astimezone(UTC))
        event.add("dtstart", entry.start.astimezone(UTC))
        event.add("dtend", entry.end.astimezone(UTC))
        event.add("summary", entry.title)
        if entry.details:
            event.add("description", entry.details)
        event.add("transp", "TRANSPARENT")  # being on call does not make somebody busy
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def read_leave(data: bytes, zone: str, start: datetime, end: datetime) -> LeaveRead:
    """The events of a calendar that touch the time from `start` to `end`, each repetition on its own.

    Whole days and times without a zone are those of `zone`.

    Raises: DeskError for what is no calendar, or too large a one.
    """
    if len(data) > _LARGEST:
        raise DeskError("The calendar is larger than 5 MiB.", hint="Export a shorter time.")
    try:
        calendars = icalendar.Calendar.from_ical(data, multiple=True)
    except (ValueError, UnicodeDecodeError):
        raise _no_calendar() from None
    calendars = [calendar for calendar in calendars if calendar.name == "VCALENDAR"]
    if not calendars:
        raise _no_calendar()
    events: list[_Fields] = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    return _Reader(ZoneInfo(zone), start, end).read(events)


class _Reader:
    """Reads events one by one; what cannot be used is said and left out."""

    def __init__(self, zone: ZoneInfo, start: datetime, end: datetime) -> None:
        self._zone = zone
        self._start = start
        self._end = end
        self._skipped: list[str] = []

    def read(self, events: Sequence[_Fields]) -> LeaveRead:
        moved = {mark for event in events for mark in self._used(event, self._moved_from)}
        found: dict[str, LeaveEntry] = {}
        for event in events:
            for entry in self._used(event, partial(self._entries, moved)):
                found[entry.key] = entry
                if len(found) > _MOST_ENTRIES:
                    raise DeskError(
                        f"The calendar has more than {_MOST_ENTRIES} entries.", hint="Export a shorter time."
                    )
        entries = sorted(found.values(), key=lambda entry: (entry.start, entry.key))
        return LeaveRead(tuple(entries), tuple(dict.fromkeys(self._skipped)))

    def _used(self, event: _Fields, use: Callable[[_Fields], Iterator[_Found]]) -> list[_Found]:
        """All that comes of an event, or nothing of one at fault."""
        try:
            return list(use(event))
        except _FAULTS as error:
            self._skipped.append(f"“{_title(event)}” cannot be read: {error}.")
            return []

    def _moved_from(self, event: _Fields) -> Iterator[tuple[str, datetime]]:
        """Which repetition this event stands for."""
        if "RECURRENCE-ID" in event:
            yield _uid(event), self._instant(event["RECURRENCE-ID"].dt)

    def _entries(self, moved: set[tuple[str, datetime]], event: _Fields) -> Iterator[LeaveEntry]:
        begin, length = _span(event)
        uid, title = _uid(event), _title(event)
        is_cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
        for begins in self._starts(event, begin, length):
            at = self._instant(begins)
            name = _occurrence(event, at, self._instant)
            if name and "RECURRENCE-ID" not in event and (uid, at) in moved:
                continue
            end = self._instant(begins + length)
            if at < end and self._start < end and at < self._end:
                yield LeaveEntry(uid, at, end, title, name, is_cancelled)

    def _starts(self, event: _Fields, begin: date, length: timedelta) -> Iterator[date]:
        """When it begins, each time that matters; a series is counted on the wall clock of its own zone."""
        if "RRULE" not in event and "RDATE" not in event:
            yield begin
            return
        zone = begin.tzinfo if isinstance(begin, datetime) else None
        first = _wall(begin)
        # A day to either side: the walls of two zones are never further apart.
        lo = self._start.replace(tzinfo=None) - length - _DAY
        hi = self._end.replace(tzinfo=None) + _DAY
        rules = rruleset()
        if "RRULE" not in event:
            rules.rdate(first)
        for rule in _listed(event.get("RRULE")):
            rules.rrule(rrulestr(_bounded(rule, zone, hi), dtstart=first))
        for extra in _dates(event.get("RDATE")):
            rules.rdate(_wall_in(extra, zone))
        for left_out in _dates(event.get("EXDATE")):
            rules.exdate(_wall_in(left_out, zone))
        for count, wall in enumerate(rules.xafter(lo, inc=True)):
            if wall > hi or count == _MOST_REPEATS:
                return
            yield wall.replace(tzinfo=zone) if isinstance(begin, datetime) else wall.date()

    def _instant(self, at: date) -> datetime:
        if not isinstance(at, datetime):
            at = datetime.combine(at, time(), tzinfo=self._zone)
        return (at.replace(tzinfo=self._zone) if at.tzinfo is None else at).astimezone(UTC)


def _no_calendar() -> DeskError:
    return DeskError("This is no calendar.", field="file", hint="Choose an iCalendar file (.ics).")


def _title(event: _Fields) -> str:
    return " ".join(str(event.get("SUMMARY", "")).split()) or "Time off"


def _span(event: _Fields) -> tuple[date, timedelta]:
    """When it begins, in its own zone, and how long it lasts on the wall clock of that zone."""
    begin = event["DTSTART"].dt
    if "DTEND" in event:
        end = event["DTEND"].dt
        if isinstance(begin, datetime) and isinstance(end, datetime) and begin.tzinfo and end.tzinfo:
            return begin, end.astimezone(begin.tzinfo).replace(tzinfo=None) - begin.replace(tzinfo=None)
        return begin, end - begin
    if "DURATION" in event:
        return begin, event["DURATION"].dt
    return begin, timedelta() if isinstance(begin, datetime) else _DAY


def _uid(event: _Fields) -> str:
    uid = str(event.get("UID", "")).strip()
    if not uid:
        raise ValueError("it has no UID, by which it could be known again")
    return uid


def _occurrence(event: _Fields, at: datetime, instant: Callable[[date], datetime]) -> str:
    """Which one of a series it is; empty for what comes once."""
    if "RECURRENCE-ID" in event:
        at = instant(event["RECURRENCE-ID"].dt)
    elif "RRULE" not in event and "RDATE" not in event:
        return ""
    return f"{at:%Y%m%dT%H%M%SZ}"


def _bounded(rule: _Fields, zone: tzinfo | None, last: datetime) -> str:
    """A rule whose end is on the wall clock of the series, as its beginning is, and never later than `last`.

    Raises: ValueError for what would repeat without moving on, or oftener than time off does.
    """
    if str(rule["FREQ"][0]).upper() not in _FREQUENCIES or _FINER & rule.keys():
        raise ValueError("it repeats oftener than once a day")
    if int(rule.get("INTERVAL", [1])[0]) < 1:
        raise ValueError("it repeats without an interval")
    kept = icalendar.vRecur(rule)
    if "COUNT" not in kept:
        until = kept.get("UNTIL", [last])[0]
        wall = _wall_in(until, zone) if isinstance(until, datetime) else _end_of(until)
        kept["UNTIL"] = [min(wall, last)]
    data: bytes = kept.to_ical()  # type: ignore[no-untyped-call]
    return data.decode()


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59))


def _wall(at: date) -> datetime:
    return at.replace(tzinfo=None) if isinstance(at, datetime) else datetime.combine(at, time())


def _wall_in(at: date, zone: tzinfo | None) -> datetime:
    if isinstance(at, datetime) and at.tzinfo is not None and zone is not None:
        at = at.astimezone(zone)
    return _wall(at)


def _dates(value: object) -> Iterator[date]:
    for part in _listed(value):
        for each in part.dts:
            yield each.dt[0] if isinstance(each.dt, tuple) else each.dt


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
