"""Puts people's calendars under their addresses on the listener, and makes the service behind them."""

from collections.abc import MutableMapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.adapters.listener.room import Room
    from desktop.services.desk import Desk
    from desktop.services.roster_calendar import RosterCalendar
    from desktop.services.time_off import TimeOffService


def add_calendars(rooms: "MutableMapping[str, Room]", desk: "Desk") -> None:
    """Answer `/v1/calendar/TOKEN.ics` from this desk's roster."""
    from desktop.adapters.listener.calendar_room import PATH, CalendarRoom

    rooms[PATH] = CalendarRoom(_Finder(desk).find).room()


def roster_calendar(desk: "Desk") -> "RosterCalendar":
    """What exports shifts; brings the library of calendars along."""
    from desktop.adapters.calendars import write_shifts
    from desktop.services.roster_calendar import RosterCalendar

    return RosterCalendar(store=desk.store, clock=desk.clock, write=write_shifts)


def time_off(desk: "Desk") -> "TimeOffService":
    """What keeps when people are away; brings the library of calendars along."""
    from desktop.adapters.calendars import read_leave
    from desktop.services.time_off import TimeOffService

    return TimeOffService(store=desk.store, clock=desk.clock, bus=desk.bus, read=read_leave)


class _Finder:
    """Makes the service when the first calendar is asked for: few desks are."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._calendar: RosterCalendar | None = None

    def find(self, token: str) -> bytes | None:
        """The calendar under a token."""
        if self._calendar is None:
            self._calendar = roster_calendar(self._desk)
        return self._calendar.under(token)
