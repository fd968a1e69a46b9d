"""Quiet hours of a person: local wall times, exact over clock changes."""

from datetime import datetime, time, timedelta

from desktop.domain.person import Person
from desktop.domain.worktime import Calendar

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LOOK_AHEAD = timedelta(days=2)


def quiet_until(person: Person, at: datetime) -> datetime | None:
    """When the person's quiet hours end, in UTC; None outside them, or where there are none.

    `quiet_to` before `quiet_from` means the next morning.
    """
    calendar = quiet_calendar(person)
    if calendar is None or not calendar.is_open(at):
        return None
    return calendar.openings(at, at + _LOOK_AHEAD)[0][1]


def quiet_calendar(person: Person) -> Calendar | None:
    """The person's quiet hours as a calendar that is open while they last."""
    begin, end = person.quiet_from, person.quiet_to
    if begin is None or end is None or begin == end:
        return None
    if begin < end:
        spans = [[_text(begin), _text(end)]]
    else:
        night = [[_text(begin), "24:00"]]
        spans = night if end == time() else [["00:00", _text(end)], *night]
    return Calendar.from_mapping({"zone": person.zone, "week": dict.fromkeys(_DAYS, spans)})


def _text(wall: time) -> str:
    return f"{wall:%H:%M}"
