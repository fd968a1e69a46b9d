"""What the page of the roster asks of the desk; every call is for the worker and in the operator's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from db.queries.schedule import VersionRow
from desktop.domain.person import Person
from desktop.domain.roster_check import Finding
from desktop.domain.roster_quality import Quality
from desktop.domain.team import Team
from desktop.domain.time_off import TimeOff
from desktop.services.roster_calendar import CalendarLink
from desktop.services.roster_cover import OverrideState
from desktop.services.roster_values import NewOverride, Preview, RosterShift, ScheduleState, SwapState
from desktop.services.time_off import LeaveDone


@dataclass(frozen=True, slots=True)
class RosterFound:
    """What the desk has: schedules that count, everybody by id, who is there, teams, swaps, who works here.

    `may_plan` and `may_cover` say whether the operator may change rotas, and single shifts of others.
    """

    schedules: tuple[ScheduleState, ...] = ()
    everybody: Mapping[int, Person] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    teams: tuple[Team, ...] = ()
    swaps: tuple[SwapState, ...] = ()
    operator: Person | None = None
    may_plan: bool = False
    may_cover: bool = False

    def name_of(self, person_id: int) -> str:
        """What to call somebody."""
        person = self.everybody.get(person_id)
        return person.name if person is not None else "somebody unknown"

    def schedule(self, schedule_id: int) -> ScheduleState | None:
        """One of the schedules."""
        return next((each for each in self.schedules if each.id == schedule_id), None)


class Lane(NamedTuple):
    """What one layer by itself gives, whether or not a higher one covers it; `shifts` name people by id."""

    schedule_id: int
    layer: str
    shifts: tuple[RosterShift, ...]


class Found(NamedTuple):
    """One thing to look at and the schedule it is in."""

    schedule_id: int
    schedule: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about some schedules from `start` to `end`: final shifts, layers, single changes, leave."""

    start: datetime
    end: datetime
    schedule_ids: tuple[int, ...] = ()
    shifts: tuple[RosterShift, ...] = ()
    lanes: tuple[Lane, ...] = ()
    overrides: tuple[OverrideState, ...] = ()
    away: tuple[TimeOff, ...] = ()
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """A rota that is only written: what it would give, how even, and what it moves where there was one."""

    sheet: Sheet
    quality: Quality
    preview: Preview | None


class Address(NamedTuple):
    """A calendar's address that was just made; without `url` the listener is off and nobody could read it."""

    url: str
    why_not: str = ""


class KeepsRoster(Protocol):
    """The roster of one desk."""

    def found(self) -> RosterFound:
        """Schedules, people, teams and swaps as they are now."""
        ...

    def sheet(self, schedule_ids: Sequence[int], start: datetime, end: datetime) -> Sheet:
        """What to paint of these schedules."""
        ...

    def quality(self, schedule_id: int, start: datetime, end: datetime) -> Quality:
        """Half coverage, half fairness, with everybody's hours."""
        ...

    def coming(self, schedule_id: int) -> Sequence[RosterShift]:
        """The shifts of a schedule that begin from now on, for some weeks; none that has begun."""
        ...

    # single shifts

    def preview(
        self, schedule_id: int, overrides: Sequence[NewOverride] = (), cancelled: Sequence[int] = ()
    ) -> Preview:
        """What such a change would move."""
        ...

    def preview_take(self, schedule_id: int, start: datetime, end: datetime) -> Preview:
        """What taking a time would move."""
        ...

    def preview_leave(self, entry: TimeOff) -> Sequence[tuple[str, Preview]]:
        """What time off would move, by the name of each schedule it moves something in."""
        ...

    def add_override(self, schedule_id: int, new: NewOverride) -> Sequence[int]:
        """Keep it; gives the ids.

        Raises: DeskError naming the field at fault; NotAllowed.
        """
        ...

    def cancel_overrides(self, ids: Sequence[int]) -> None:
        """Let them count no more from now on."""
        ...

    def take(self, schedule_id: int, start: datetime, end: datetime, why: str) -> Sequence[int]:
        """The operator is on call in place of whoever is; gives the ids of the overrides."""
        ...

    # swaps

    def ask_swap(
        self,
        schedule_id: int,
        other_id: int,
        shift: tuple[datetime, datetime],
        back: tuple[datetime, datetime] | None,
        note: str,
    ) -> SwapState:
        """Ask somebody to take a shift of the operator's."""
        ...

    def answer_swap(self, swap_id: int, *, accepts: bool, why: str) -> SwapState:
        """Agree or decline."""
        ...

    def withdraw_swap(self, swap_id: int) -> SwapState:
        """The operator wants it no more."""
        ...

    # time off

    def time_off(self) -> Sequence[TimeOff]:
        """Everybody's time off that is not over."""
        ...

    def add_leave(self, entry: TimeOff) -> LeaveDone:
        """Somebody is away; an entry with an id gets other times."""
        ...

    def remove_leave(self, entry: TimeOff) -> LeaveDone:
        """Somebody is not away after all."""
        ...

    def preview_import(self, person_id: int, path: str) -> LeaveDone:
        """What reading a calendar file would change."""
        ...

    def take_in(self, person_id: int, path: str) -> LeaveDone:
        """Read it."""
        ...


class KeepsRotas(Protocol):
    """The plans behind the shifts."""

    def trial(self, schedule_id: int, document: Mapping[str, Any], start: datetime, end: datetime) -> Trial:
        """What a rota would give; `schedule_id` is 0 for a new one.

        Raises: DeskError naming the fault's path.
        """
        ...

    def save(
        self, schedule_id: int, name: str, team: str, document: Mapping[str, Any], note: str, version: int
    ) -> ScheduleState:
        """Keep a new schedule (0), or a new version of one that was edited as `version`."""
        ...

    def put_away(self, schedule_id: int, *, is_active: bool) -> ScheduleState:
        """Let a schedule count no more, or again."""
        ...

    def versions(self, schedule_id: int) -> Sequence[VersionRow]:
        """Its versions, the newest first."""
        ...


class KeepsCalendars(Protocol):
    """Shifts for people's own calendars."""

    def write_calendar(self, path: str, *, person_id: int = 0, team: str = "") -> None:
        """Write somebody's shifts, or a team's, into a file."""
        ...

    def links(self) -> Sequence[CalendarLink]:
        """The addresses that may be read."""
        ...

    def add_link(self, *, person_id: int = 0, team: str = "") -> Address:
        """A new address, shown this once."""
        ...

    def end_link(self, link_id: int) -> None:
        """Nobody reads there any more."""
        ...


class RosterServices(NamedTuple):
    """Everything the page asks of the desk."""

    roster: KeepsRoster
    rotas: KeepsRotas
    calendars: KeepsCalendars
