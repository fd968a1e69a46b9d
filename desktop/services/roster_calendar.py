"""Shifts for people's own calendars: as a file, and under an address that only its holder knows."""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.queries import calendar_link as links
from db.queries import person as people
from db.queries import schedule as schedules
from db.queries.calendar_link import CalendarLinkRow
from db.queries.schedule import ScheduleRow
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.drill_mark import marked_line
from desktop.domain.errors import DeskError, NotAllowed, NotFound
from desktop.domain.instant import from_us, to_us
from desktop.domain.person import Actor
from desktop.domain.time_off import ShiftEntry
from desktop.services.drill_marking import mark_of
from desktop.services.roster_change import PLANS
from desktop.services.roster_read import of_team
from desktop.services.roster_values import RosterShift
from desktop.services.roster_view import merged, names_of

#: Writes a calendar: its name, its shifts, and when it is made.
WriteShifts = Callable[[str, Iterable[ShiftEntry], datetime], bytes]
_BACK, _AHEAD = timedelta(days=31), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class CalendarLink:
    """An address for one person's shifts or a team's; what makes it secret is shown once, when it is made."""

    id: int
    person_id: int
    team: str
    made_at: datetime
    made_by: str


class RosterCalendar:
    """Exports shifts as iCalendar, a month back and a year ahead."""

    def __init__(self, *, store: Store, clock: Clock, write: WriteShifts) -> None:
        """`write` is that of `adapters/calendars.py`."""
        self._store = store
        self._clock = clock
        self._write = write

    def of_person(self, person_id: int) -> bytes:
        """One person's shifts in all schedules.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return self._of_person(session, person_id)

    def of_team(self, team: str) -> bytes:
        """Everybody's shifts in the schedules of a team.

        Raises: NotFound for a team without a schedule.
        """
        with self._store.read() as session:
            return self._of_team(session, team)

    def links(self) -> tuple[CalendarLink, ...]:
        """The addresses that may be read, in the order they were made."""
        with self._store.read() as session:
            return tuple(map(_link, links.standing(session)))

    def add_link(self, by: Actor, *, person_id: int = 0, team: str = "") -> str:
        """A new address for a person's own shifts, or for a team's; gives the token, which is not kept.

        Raises: NotAllowed; DeskError unless exactly one of the two is named.
        """
        if bool(person_id) == bool(team):
            raise DeskError("A calendar is one person's or one team's.", hint="Choose one of them.")
        _check_right(by, person_id, team)
        token = secrets.token_urlsafe(32)
        with self._store.begin() as session:
            links.insert(session, hashed(token), person_id, team, to_us(self._clock.now()), by.name)
        return token

    def end_link(self, link_id: int, by: Actor) -> None:
        """Nobody reads under that address any more.

        Raises: NotAllowed; NotFound.
        """
        with self._store.begin() as session:
            row = links.get(session, link_id)
            if row is None:
                raise NotFound("There is no such address.", hint="Look at the list again.")
            _check_right(by, row.person_id, row.team)
            links.end(session, link_id, to_us(self._clock.now()))

    def under(self, token: str) -> bytes | None:
        """The calendar under an address; None where there is none, or not any more."""
        with self._store.read() as session:
            row = links.by_hash(session, hashed(token))
            if row is None:
                return None
            try:
                if row.person_id:
                    return self._of_person(session, row.person_id)
                return self._of_team(session, row.team)
            except NotFound:  # who left the desk has no shifts, and a team may have lost its rota
                return None

    def _of_person(self, session: Session, person_id: int) -> bytes:
        person = people.by_id(session, person_id)
        if person is None or not person.active:
            raise NotFound("There is nobody like that at the desk.", hint="Choose another person.")
        now = self._clock.now()
        shifts = _shifts(session, schedules.all_schedules(session), now)
        entries = [
            ShiftEntry(
                f"{shift.schedule_id}-{to_us(shift.start)}-{person_id}@escalation-desk",
                shift.start,
                shift.end,
                f"On call: {shift.schedule}",
                _details(session, shift, person_id),
            )
            for shift in shifts
            if person_id in shift.people
        ]
        return self._written(session, f"On call: {person.name}", entries, now)

    def _of_team(self, session: Session, team: str) -> bytes:
        rows = of_team(session, team) if team else ()
        if not rows:
            raise NotFound(f"{team or 'The team'} has no schedule.", hint="Choose another team.")
        now = self._clock.now()
        entries = [
            ShiftEntry(
                f"{shift.schedule_id}-{to_us(shift.start)}-team@escalation-desk",
                shift.start,
                shift.end,
                f"{names_of(session, shift.people)} on call: {shift.schedule}",
                f"Layer: {shift.layer}",
            )
            for shift in _shifts(session, rows, now)
        ]
        return self._written(session, f"On call: {team}", entries, now)

    def _written(self, session: Session, name: str, entries: list[ShiftEntry], now: datetime) -> bytes:
        """The file; shifts of a drill say so, for whoever takes them into a real calendar."""
        mark = mark_of(session)
        marked = [entry._replace(title=marked_line(entry.title, mark)) for entry in entries]
        return self._write(marked_line(name, mark), marked, now)


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _shifts(session: Session, rows: Iterable[ScheduleRow], now: datetime) -> list[RosterShift]:
    """Those that begin in the time; one that began before would have another name in each export."""
    return [shift for shift in merged(session, rows, now - _BACK, now + _AHEAD) if shift.start > now - _BACK]


def _details(session: Session, shift: RosterShift, person_id: int) -> str:
    others = [each for each in shift.people if each != person_id]
    together = f" Together with {names_of(session, others)}." if others else ""
    return f"Layer: {shift.layer}.{together}"


def _check_right(by: Actor, person_id: int, team: str) -> None:
    is_own = bool(person_id) and by.person_id == person_id
    if not is_own and not by.roles & PLANS:
        who = "who plans rotas" if team else "they themselves or who plans rotas"
        raise NotAllowed(f"Only {who} may do this.", hint="Ask a lead or the on-call leader.")


def _link(row: CalendarLinkRow) -> CalendarLink:
    return CalendarLink(row.id, row.person_id, row.team, from_us(row.made_us), row.made_by)
