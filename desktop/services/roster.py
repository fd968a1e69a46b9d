"""The roster: schedules kept in versions, changes of single shifts, and who is on call when."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from db.queries import schedule as schedules
from db.queries.schedule import VersionRow
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.events import OutboxFilled, RosterChanged
from desktop.domain.instant import from_us
from desktop.domain.person import Actor, Person
from desktop.domain.roster_check import Finding
from desktop.domain.roster_quality import Quality, quality
from desktop.domain.time_off import TimeOff
from desktop.domain.wording import one_line
from desktop.services import roster_cover, roster_plan, roster_swap
from desktop.services.bus import Bus
from desktop.services.roster_change import REACH, RosterWork, preview
from desktop.services.roster_document import checked
from desktop.services.roster_read import (
    Thought,
    known_people,
    of_team,
    on_call_of_team,
    required,
    schedule_of,
)
from desktop.services.roster_values import (
    NewOverride,
    Preview,
    RosterGap,
    RosterShift,
    ScheduleState,
)
from desktop.services.roster_view import findings_of, gaps_of, hours_of_team, merged

_AHEAD = timedelta(days=28)


class RosterService:
    """Keeps the rota of every team. Who moved by a change is told; what was is never rewritten.

    Times are aware instants, people are ids (in a schedule's document ids written as text).
    """

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus

    # ---- schedules

    def schedules(self, *, inactive: bool = False) -> tuple[ScheduleState, ...]:
        """The schedules by name, those put away as well where asked for."""
        with self._store.read() as session:
            return tuple(map(ScheduleState.of, schedules.all_schedules(session, inactive=inactive)))

    def get(self, schedule_id: int) -> ScheduleState:
        """One schedule, also one that is put away.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return ScheduleState.of(required(session, schedule_id))

    def versions(self, schedule_id: int) -> tuple[VersionRow, ...]:
        """Every version of a schedule, the newest first."""
        with self._store.read() as session:
            return schedules.versions(session, schedule_id)

    def create(
        self, name: str, team: str, document: Mapping[str, Any], by: Actor, note: str = ""
    ) -> ScheduleState:
        """Keep a new schedule of a document as `Schedule.from_mapping` takes it; people by id or name.

        Raises: NotAllowed; Conflict when there is one of that name; DeskError naming the fault's path.
        """
        with self._change(by) as work:
            schedule_id = roster_plan.create(work, name, team, document, note)
            return ScheduleState.of(required(work.session, schedule_id))

    def save(
        self,
        schedule_id: int,
        document: Mapping[str, Any],
        note: str,
        by: Actor,
        *,
        version: int | None = None,
    ) -> ScheduleState:
        """Keep a new version, which counts from now on; `version` is the one that was edited.

        Raises: NotAllowed; NotFound; Conflict when somebody else kept another one meanwhile or nothing
        changes; DeskError naming the fault's path.
        """
        with self._change(by) as work:
            roster_plan.save(work, schedule_id, document, note, version)
            return ScheduleState.of(required(work.session, schedule_id))

    def set_facts(
        self, schedule_id: int, by: Actor, *, name: str, team: str, is_active: bool
    ) -> ScheduleState:
        """Call a schedule otherwise, give it to another team, put it away or take it back.

        Raises: NotAllowed; NotFound; Conflict when there is one of that name.
        """
        with self._change(by) as work:
            roster_plan.set_facts(work, schedule_id, name, team, is_active=is_active)
            return ScheduleState.of(required(work.session, schedule_id))

    def preview(
        self,
        schedule_id: int,
        *,
        document: Mapping[str, Any] | None = None,
        overrides: Sequence[NewOverride] = (),
        cancelled: Sequence[int] = (),
        time_off: Sequence[TimeOff] = (),
        back: Sequence[int] = (),
    ) -> Preview:
        """What a change would move, and what would be new to look at (an override that is masked, a gap).

        `cancelled` are overrides and `back` time off, by id, without which it would be.

        Raises: NotFound; DeskError naming the fault's path in a document.
        """
        nobody = Actor.system("Preview")
        now = self._clock.now()
        with self._store.read() as session:
            row, known = required(session, schedule_id), known_people(session)
            kept = None if document is None else checked(document, known, now.year)
            thought = Thought(
                document=kept,
                added=tuple(each.row(schedule_id, 0, nobody) for each in overrides),
                cancelled=frozenset(cancelled),
                away=tuple(time_off),
                back=frozenset(back),
            )
            ends = [*(each.end for each in overrides), *(each.end for each in time_off)]
            is_far = document is not None or cancelled or back or not ends
            return preview(session, row, thought, now, now + REACH if is_far else max(*ends, now), known)

    # ---- single shifts

    def add_override(self, schedule_id: int, new: NewOverride, by: Actor) -> int:
        """Put somebody in, take somebody out or replace them for a time; gives the override's id.

        What is past stays: it counts from now on where it would have begun before. Overrides always win.

        Raises: NotAllowed; NotFound; DeskError naming the field at fault.
        """
        with self._change(by) as work:
            return roster_cover.add(work, schedule_id, new)

    def cancel_override(self, override_id: int, by: Actor) -> None:
        """Let an override count no more from now on.

        Raises: NotAllowed; NotFound; Conflict when it is over or was cancelled before.
        """
        with self._change(by) as work:
            roster_cover.cancel(work, override_id)

    def overrides(
        self, schedule_id: int, start: datetime, end: datetime
    ) -> tuple[roster_cover.OverrideState, ...]:
        """A schedule's overrides that touch a time and count, in the order they were made."""
        with self._store.read() as session:
            return roster_cover.standing(session, schedule_id, start, end)

    def take(
        self, schedule_id: int, start: datetime, end: datetime, by: Actor, why: str = ""
    ) -> tuple[int, ...]:
        """In an emergency `by` is on call at once in place of whoever is; gives the ids of the overrides.

        One side is enough; the others are told, and it stays on record.

        Raises: NotFound; DeskError when there is nothing to take.
        """
        with self._change(by) as work:
            return roster_cover.take(work, schedule_id, start, end, one_line(why))

    def taking(self, schedule_id: int, start: datetime, end: datetime, by: Actor) -> tuple[NewOverride, ...]:
        """The overrides that `take` would put in, for a preview of it; empty where there is nothing to take.

        Raises: NotFound; DeskError when the time is no time, or nobody has said who works at the desk.
        """
        with self._store.read() as session:
            work = RosterWork(session, self._clock.now(), by)
            return roster_cover.taking(work, schedule_id, start, end)

    @property
    def swaps(self) -> roster_swap.SwapDesk:
        """Swaps: asked for, answered, withdrawn."""
        return roster_swap.SwapDesk(self._store, self._change)

    # ---- who is on call

    def final(
        self, start: datetime, end: datetime, *, schedule_id: int | None = None, team: str = ""
    ) -> tuple[RosterShift, ...]:
        """The merged shifts of a schedule, of a team or of all, in order; the past as it was then.

        Raises: NotFound.
        """
        with self._store.read() as session:
            rows = of_team(session, team) if schedule_id is None else (required(session, schedule_id),)
            return merged(session, rows, start, end)

    def worked(self, start: datetime, end: datetime) -> tuple[RosterShift, ...]:
        """The merged shifts of all schedules as they were; none from before a schedule was first kept.

        A rotation reaches back before its start, but nobody was on call by a rota that was not there.
        """
        with self._store.read() as session:
            found: list[RosterShift] = []
            for row in of_team(session, ""):
                kept_at = min(from_us(version.at_us) for version in schedules.versions(session, row.id))
                if kept_at < end:
                    found += merged(session, (row,), max(start, kept_at), end)
        return tuple(sorted(found, key=lambda shift: (shift.start, shift.schedule, shift.end)))

    def on_call(self, team: str, at: datetime) -> tuple[Person, ...]:
        """Who is on call for a team, or without a name for all of them; empty for nobody."""
        with self._store.read() as session:
            return on_call_of_team(session, team, at) or ()

    def next_gap(self, schedule_id: int, within: timedelta = _AHEAD) -> RosterGap | None:
        """The next time nobody is on call although somebody should be; None where there is none so soon.

        Raises: NotFound.
        """
        now = self._clock.now()
        with self._store.read() as session:
            return next(iter(gaps_of(session, required(session, schedule_id), now, now + within)), None)

    def warnings(self, schedule_id: int, start: datetime, end: datetime) -> tuple[Finding, ...]:
        """What to look at in a schedule, in order of time; the people in it are ids as text.

        Raises: NotFound.
        """
        with self._store.read() as session:
            row = required(session, schedule_id)
            return tuple(findings_of(session, row, start, end, known_people(session)))

    def quality(self, schedule_id: int, start: datetime, end: datetime) -> Quality:
        """Half coverage, half fairness; coverage of the team's working hours where it has any.

        Raises: NotFound.
        """
        with self._store.read() as session:
            row = required(session, schedule_id)
            hours = hours_of_team(session, row.team)
            wanted = None if hours is None else hours.openings(start, end)
            return quality(schedule_of(session, row, start, end), start, end, wanted=wanted)

    # ---- within

    @contextmanager
    def _change(self, by: Actor) -> Iterator[RosterWork]:
        with self._store.begin() as session:
            work = RosterWork(session, self._clock.now(), by)
            yield work
            revision = session.revision()
        self._bus.publish(RosterChanged(revision))
        if work.told:
            self._bus.publish(OutboxFilled(work.told))
