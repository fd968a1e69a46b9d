"""The roster of one desk as its page asks for it; every call is for the worker, in the operator's name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.queries.schedule import VersionRow
from desktop.adapters.listener.calendar_room import PATH
from desktop.domain.errors import DeskError
from desktop.domain.person import Actor
from desktop.domain.roster import Schedule
from desktop.domain.roster_check import Fault, Finding
from desktop.domain.roster_quality import Quality, quality
from desktop.domain.time_off import TimeOff
from desktop.services.roster import RosterService
from desktop.services.roster_calendar import CalendarLink
from desktop.services.roster_change import COVERS, PLANS
from desktop.services.roster_holidays import lay_out_holidays, without_dates
from desktop.services.roster_values import NewOverride, Preview, RosterShift, ScheduleState, SwapState
from desktop.services.roster_view import ids_of
from desktop.services.team import TeamService
from desktop.services.time_off import LeaveDone
from desktop.services.time_off_import import LeavePlan
from desktop.ui.roster.ports import Address, Found, Lane, RosterFound, RosterServices, Sheet, Trial
from desktop.wiring.calendars import roster_calendar, time_off
from desktop.wiring.switching import operator_of

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.wiring.hearing import Hearing

_LISTENER_OFF = "The listener is off, so no calendar program could read it. Switch it on under Signals."
_LARGEST = 5 * 1_048_576
_WEEKS = timedelta(weeks=9)


class DeskRoster:
    """Schedules, swaps, leave and calendars of one desk."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._roster = RosterService(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._teams = TeamService(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._leave = time_off(desk)

    # ---- reading

    def found(self) -> RosterFound:
        """Schedules, people, teams and swaps as they are now."""
        everybody = self._desk.person.all()
        operator = self._desk.person.operator()
        roles = operator.roles if operator is not None else frozenset()
        return RosterFound(
            schedules=self._roster.schedules(),
            everybody={person.id: person for person in everybody},
            people=tuple(person for person in everybody if person.active),
            teams=tuple(state.team for state in self._teams.all()),
            swaps=self._roster.swaps.recent(),
            operator=operator,
            may_plan=bool(roles & PLANS),
            may_cover=bool(roles & COVERS),
        )

    def sheet(self, schedule_ids: Sequence[int], start: datetime, end: datetime) -> Sheet:
        """What to paint of these schedules."""
        states = [self._roster.get(schedule_id) for schedule_id in schedule_ids]
        return Sheet(
            start,
            end,
            tuple(schedule_ids),
            tuple(s for state in states for s in self._roster.final(start, end, schedule_id=state.id)),
            tuple(
                lane for state in states for lane in _lanes(state.document, state.id, state.name, start, end)
            ),
            tuple(each for state in states for each in self._roster.overrides(state.id, start, end)),
            self._leave.between(start, end),
            tuple(
                Found(state.id, state.name, finding)
                for state in states
                for finding in self._roster.warnings(state.id, start, end)
            ),
        )

    def quality(self, schedule_id: int, start: datetime, end: datetime) -> Quality:
        """Half coverage, half fairness, with everybody's hours."""
        return self._roster.quality(schedule_id, start, end)

    def coming(self, schedule_id: int) -> Sequence[RosterShift]:
        """The shifts of a schedule that begin from now on, for some weeks; none that has begun."""
        now = self._desk.clock.now()
        return [s for s in self._roster.final(now, now + _WEEKS, schedule_id=schedule_id) if s.start > now]

    # ---- single shifts

    def preview(
        self, schedule_id: int, overrides: Sequence[NewOverride] = (), cancelled: Sequence[int] = ()
    ) -> Preview:
        """What such a change would move."""
        return self._roster.preview(schedule_id, overrides=overrides, cancelled=cancelled)

    def preview_take(self, schedule_id: int, start: datetime, end: datetime) -> Preview:
        """What taking a time would move."""
        wanted = self._roster.taking(schedule_id, start, end, self._by())
        return self._roster.preview(schedule_id, overrides=wanted)

    def preview_leave(self, entry: TimeOff) -> Sequence[tuple[str, Preview]]:
        """What time off would move, by the name of each schedule it moves something in."""
        back = (entry.id,) if entry.id else ()
        seen = [
            (state.name, self._roster.preview(state.id, time_off=(entry,), back=back))
            for state in self._roster.schedules()
        ]
        return [(name, each) for name, each in seen if each.difference]

    def add_override(self, schedule_id: int, new: NewOverride) -> Sequence[int]:
        """Keep it; gives the ids."""
        return (self._roster.add_override(schedule_id, new, self._by()),)

    def cancel_overrides(self, ids: Sequence[int]) -> None:
        """Let them count no more from now on."""
        for override_id in ids:
            self._roster.cancel_override(override_id, self._by())

    def take(self, schedule_id: int, start: datetime, end: datetime, why: str) -> Sequence[int]:
        """The operator is on call in place of whoever is; gives the ids of the overrides."""
        return self._roster.take(schedule_id, start, end, self._by(), why)

    # ---- swaps

    def ask_swap(
        self,
        schedule_id: int,
        other_id: int,
        shift: tuple[datetime, datetime],
        back: tuple[datetime, datetime] | None,
        note: str,
    ) -> SwapState:
        """Ask somebody to take a shift of the operator's."""
        return self._roster.swaps.ask(schedule_id, other_id, shift, self._by(), back=back, note=note)

    def answer_swap(self, swap_id: int, *, accepts: bool, why: str) -> SwapState:
        """Agree or decline."""
        return self._roster.swaps.answer(swap_id, self._by(), accepts=accepts, why=why)

    def withdraw_swap(self, swap_id: int) -> SwapState:
        """The operator wants it no more."""
        return self._roster.swaps.withdraw(swap_id, self._by())

    # ---- time off

    def time_off(self) -> Sequence[TimeOff]:
        """Everybody's time off that is not over."""
        people = self._desk.person.all()
        found = [entry for person in people for entry in self._leave.of_person(person.id)]
        return sorted(found, key=lambda entry: (entry.start, entry.person_id))

    def add_leave(self, entry: TimeOff) -> LeaveDone:
        """Somebody is away; an entry with an id gets other times."""
        if not entry.id:
            return self._leave.add(entry, self._by())
        done = self._leave.edit(entry, self._by())
        return replace(done, plan=LeavePlan(added=done.plan.changed))

    def remove_leave(self, entry: TimeOff) -> LeaveDone:
        """Somebody is not away after all."""
        return self._leave.remove(entry, self._by())

    def preview_import(self, person_id: int, path: str) -> LeaveDone:
        """What reading a calendar file would change."""
        return self._leave.preview_import(person_id, _read(path))

    def take_in(self, person_id: int, path: str) -> LeaveDone:
        """Read it."""
        return self._leave.take_in(person_id, _read(path), self._by())

    def _by(self) -> Actor:
        return operator_of(self._desk)


class DeskRotas:
    """The plans behind the shifts."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._roster = RosterService(store=desk.store, clock=desk.clock, bus=desk.bus)

    def trial(self, schedule_id: int, document: Mapping[str, Any], start: datetime, end: datetime) -> Trial:
        """What a rota would give; `schedule_id` is 0 for a new one.

        Raises: DeskError naming the fault's path.
        """
        laid_out = lay_out_holidays(document, self._desk.clock.now().year)
        schedule = Schedule.from_mapping(laid_out)
        preview = self._roster.preview(schedule_id, document=document) if schedule_id else None
        shifts = tuple(
            RosterShift(each.start, each.end, ids_of(each.people), each.layer, schedule_id, "")
            for each in schedule.shifts(start, end)
        )
        gaps = tuple(
            Found(schedule_id, "", Finding(Fault.GAP, gap.start, gap.end, gap.people, "Nobody is on call."))
            for gap in schedule.gaps(start, end)
        )
        sheet = Sheet(
            start, end, (schedule_id,), shifts, _lanes(laid_out, schedule_id, "", start, end), found=gaps
        )
        return Trial(sheet, quality(schedule, start, end), preview)

    def save(
        self, schedule_id: int, name: str, team: str, document: Mapping[str, Any], note: str, version: int
    ) -> ScheduleState:
        """Keep a new schedule (0), or a new version of one that was edited as `version`."""
        by = operator_of(self._desk)
        if not schedule_id:
            return self._roster.create(name, team, document, by, note)
        before = self._roster.get(schedule_id)
        if (name, team) != (before.name, before.team):
            before = self._roster.set_facts(schedule_id, by, name=name, team=team, is_active=before.is_active)
            if before.version == version and _same(document, before.document):
                return before
        return self._roster.save(schedule_id, document, note, by, version=version)

    def put_away(self, schedule_id: int, *, is_active: bool) -> ScheduleState:
        """Let a schedule count no more, or again."""
        state = self._roster.get(schedule_id)
        by = operator_of(self._desk)
        return self._roster.set_facts(schedule_id, by, name=state.name, team=state.team, is_active=is_active)

    def versions(self, schedule_id: int) -> Sequence[VersionRow]:
        """Its versions, the newest first, as a person edits them."""
        found = self._roster.versions(schedule_id)
        return [row._replace(document=without_dates(row.document)) for row in found]


class DeskCalendars:
    """Shifts for people's own calendars."""

    def __init__(self, desk: "Desk", hearing: "Hearing | None") -> None:
        self._desk = desk
        self._hearing = hearing
        self._calendar = roster_calendar(desk)

    def write_calendar(self, path: str, *, person_id: int = 0, team: str = "") -> None:
        """Write somebody's shifts, or a team's, into a file."""
        data = self._calendar.of_person(person_id) if person_id else self._calendar.of_team(team)
        _write(Path(path), data)

    def links(self) -> Sequence[CalendarLink]:
        """The addresses that may be read."""
        return self._calendar.links()

    def add_link(self, *, person_id: int = 0, team: str = "") -> Address:
        """A new address, shown this once; none is made while nobody could read it."""
        is_wanted = self._hearing is not None and self._desk.settings.current.listener_on
        view = self._hearing.listening().view() if self._hearing is not None and is_wanted else None
        if view is None or not view.is_listening:
            return Address("", _LISTENER_OFF)
        token = self._calendar.add_link(operator_of(self._desk), person_id=person_id, team=team)
        return Address(f"{view.url}{PATH}{token}.ics")

    def end_link(self, link_id: int) -> None:
        """Nobody reads there any more."""
        self._calendar.end_link(link_id, operator_of(self._desk))


def roster_services(desk: "Desk", hearing: "Hearing | None") -> RosterServices:
    """Everything the page asks of a desk."""
    return RosterServices(DeskRoster(desk), DeskRotas(desk), DeskCalendars(desk, hearing))


def _lanes(
    document: Mapping[str, Any], schedule_id: int, name: str, start: datetime, end: datetime
) -> tuple[Lane, ...]:
    """Each layer by itself, as if there were no other."""
    laid_out = lay_out_holidays(document, start.year)
    found = []
    for layer in laid_out["layers"]:
        alone = Schedule.from_mapping({**laid_out, "layers": [layer], "overrides": [], "time_off": []})
        shifts = tuple(
            RosterShift(each.start, each.end, ids_of(each.people), each.layer, schedule_id, name)
            for each in alone.planned(start, end)
        )
        found.append(Lane(schedule_id, str(layer["name"]), shifts))
    return tuple(found)


def _same(document: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two documents say the same, however they are written."""
    return document == other


def _read(path: str) -> bytes:
    """A calendar file.

    Raises: DeskError for one that cannot be read, or is too large to be one.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise DeskError(
            f"{Path(path).name} cannot be read: {error.strerror}.", hint="Choose another file."
        ) from None
    if len(data) > _LARGEST:
        raise DeskError(f"{Path(path).name} is too large for a calendar.", hint="Choose another file.")
    return data


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises: DeskError where it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DeskError(
            f"{path.name} cannot be written: {error.strerror}.", hint="Choose another folder."
        ) from None
