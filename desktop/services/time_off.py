"""Time off: typed or read from a calendar; what it leaves open is said before and told after."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from db.queries import schedule as schedules
from db.queries import time_off as queries
from db.queries.schedule import ScheduleRow
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.events import OutboxFilled, RosterChanged
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.roster_difference import Difference
from desktop.domain.time_off import LeaveRead, TimeOff
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.services.bus import Bus
from desktop.services.desk_notice import put_notice
from desktop.services.roster_change import COVERS, REACH, RosterWork, preview
from desktop.services.roster_read import Thought
from desktop.services.roster_values import RosterGap
from desktop.services.roster_words import span_text
from desktop.services.time_off_import import LeavePlan, compared

#: Reads a calendar: its bytes, the zone of the person, and from when to when entries matter.
ReadLeave = Callable[[bytes, str, datetime, datetime], LeaveRead]
_LONGEST = timedelta(days=3 * 366)
_BACK, _AHEAD = timedelta(days=31), timedelta(days=731)


@dataclass(frozen=True, slots=True)
class LeaveDone:
    """What changes in somebody's time off, and in `open` the times nobody is on call any more for it.

    `skipped` are sentences about what of a calendar cannot be used.
    """

    plan: LeavePlan
    open: tuple[RosterGap, ...] = ()
    skipped: tuple[str, ...] = ()


class TimeOffService:
    """Keeps when people are away. Everybody keeps their own; who covers shifts that of others."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, read: ReadLeave) -> None:
        """`read` is that of `adapters/calendars.py`."""
        self._store = store
        self._clock = clock
        self._bus = bus
        self._read = read

    def of_person(self, person_id: int) -> tuple[TimeOff, ...]:
        """One person's time off that is not over, by its beginning."""
        with self._store.read() as session:
            return queries.of_person(session, person_id, to_us(self._clock.now()))

    def between(self, start: datetime, end: datetime) -> tuple[TimeOff, ...]:
        """Everybody's time off that touches a time, by its beginning."""
        with self._store.read() as session:
            return queries.between(session, to_us(start), to_us(end))

    def preview(self, plan: LeavePlan) -> LeaveDone:
        """What time off would leave open: `preview(LeavePlan(added=(entry,)))`."""
        with self._store.read() as session:
            return LeaveDone(plan, self._would_open(session, plan))

    def add(self, entry: TimeOff, by: Actor) -> LeaveDone:
        """Somebody is away, given without an id (0); who is to find cover is told of shifts left open.

        Raises: NotAllowed; NotFound; Conflict when they are away then already; DeskError naming the field.
        """
        entry = replace(entry, id=0, reason=one_line(entry.reason), uid=secrets.token_hex(16))
        _check(entry)
        with self._change(by, entry.person_id) as work:
            for known in queries.of_person(work.session, entry.person_id):
                if known.start <= entry.start and entry.end <= known.end:
                    raise Conflict(
                        f"{work.person(entry.person_id)} is away then already.",
                        field="start",
                        hint="Change that entry instead.",
                    )
            return _apply(work, LeavePlan(added=(entry,)))

    def edit(self, entry: TimeOff, by: Actor) -> LeaveDone:
        """Give an entry another time or reason: `edit(replace(entry, end=later), by)`.

        Raises: NotAllowed; NotFound; DeskError naming the field at fault.
        """
        with self._change(by, entry.person_id) as work:
            known = _required(work.session, entry.id, entry.person_id)
            kept = replace(known, start=entry.start, end=entry.end, reason=one_line(entry.reason))
            _check(kept)
            return _apply(work, LeavePlan(changed=(kept,)))

    def remove(self, entry: TimeOff, by: Actor) -> LeaveDone:
        """Somebody is not away after all; of what has begun, the past stays.

        Raises: NotAllowed; NotFound; Conflict when it is over.
        """
        with self._change(by, entry.person_id) as work:
            known = _required(work.session, entry.id, entry.person_id)
            if known.end <= work.at:
                raise Conflict("It is over.", hint="It stays as a record.")
            return _apply(work, LeavePlan(removed=(known,)))

    def preview_import(self, person_id: int, data: bytes) -> LeaveDone:
        """What reading this calendar would change, and what that would leave open.

        Raises: NotFound; DeskError for what is no calendar.
        """
        with self._store.read() as session:
            work = RosterWork(session, self._clock.now(), Actor.system("Preview"))
            plan, skipped = self._planned(work, person_id, data)
            return LeaveDone(plan, self._would_open(session, plan), skipped)

    def take_in(self, person_id: int, data: bytes, by: Actor) -> LeaveDone:
        """Read time off from a calendar. An entry is known by its UID: read again, it changes nothing.

        What the calendar has called off or moved is so here; what it does not mention stays.

        Raises: NotAllowed; NotFound; DeskError for what is no calendar.
        """
        with self._change(by, person_id) as work:
            plan, skipped = self._planned(work, person_id, data)
            done = _apply(work, plan) if plan else LeaveDone(plan)
            return replace(done, skipped=skipped)

    def _planned(self, work: RosterWork, person_id: int, data: bytes) -> tuple[LeavePlan, tuple[str, ...]]:
        person = work.known.get(str(person_id))
        if person is None:
            raise NotFound("There is no such person any more.", hint="Choose another one.")
        found = self._read(data, person.zone, work.at - _BACK, work.at + _AHEAD)
        known = queries.by_uid(work.session, person_id)
        return compared(person_id, found, known, work.at), found.skipped

    def _would_open(self, session: Session, plan: LeavePlan) -> tuple[RosterGap, ...]:
        now = self._clock.now()
        work = RosterWork(session, now, Actor.system("Preview"))
        gone = frozenset(entry.id for entry in (*plan.changed, *plan.removed))
        thought = Thought(away=(*plan.added, *plan.changed), back=gone)
        rows = schedules.all_schedules(session)
        seen = [preview(session, row, thought, now, now + REACH, work.known).difference for row in rows]
        return _opened(rows, seen, plan)

    @contextmanager
    def _change(self, by: Actor, person_id: int) -> Iterator[RosterWork]:
        if by.person_id != person_id and not by.automatic and not by.roles & COVERS:
            raise NotAllowed(
                f"{by.name} cannot change the time off of others.", hint="Ask a coordinator or a lead."
            )
        with self._store.begin() as session:
            work = RosterWork(session, self._clock.now(), by)
            if str(person_id) not in work.known:
                raise NotFound("There is no such person any more.", hint="Choose another one.")
            yield work
            revision = session.revision()
        self._bus.publish(RosterChanged(revision))
        if work.told:
            self._bus.publish(OutboxFilled(work.told))


def _apply(work: RosterWork, plan: LeavePlan) -> LeaveDone:
    rows = schedules.all_schedules(work.session)
    with work.watch(rows, work.at, work.at + REACH) as changes:
        kept = _kept(work, plan)
    opened = _opened(rows, changes, kept)
    for kind, entries in (
        (EventKind.TIME_OFF_ADDED, (*kept.added, *kept.changed)),
        (EventKind.TIME_OFF_REMOVED, kept.removed),
    ):
        for entry in entries:
            _note(work, kind, entry)
    for row in rows:
        gaps = [gap for gap in opened if gap.schedule_id == row.id]
        if gaps:
            _tell_open(work, row, gaps)
    return LeaveDone(kept, opened)


def _kept(work: RosterWork, plan: LeavePlan) -> LeavePlan:
    """Write it; of what has begun and is taken away, what is past stays."""
    added = [
        replace(entry, id=queries.insert(work.session, entry, work.at_us, work.by.name))
        for entry in plan.added
    ]
    for entry in plan.changed:
        queries.update(work.session, entry)
    for entry in plan.removed:
        if entry.start < work.at:
            queries.update(work.session, replace(entry, end=work.at))
        else:
            queries.delete(work.session, entry.id)
    return replace(plan, added=tuple(added))


def _opened(
    rows: Sequence[ScheduleRow], changes: Sequence[Difference], plan: LeavePlan
) -> tuple[RosterGap, ...]:
    away = tuple(dict.fromkeys(entry.person_id for entry in (*plan.added, *plan.changed)))
    return tuple(
        RosterGap(start, end, away, row.id, row.name)
        for row, change in zip(rows, changes, strict=True)
        for start, end in change.opened
    )


def _note(work: RosterWork, kind: EventKind, entry: TimeOff) -> None:
    work.tell_of_person(
        kind,
        entry.person_id,
        {"from": to_us(entry.start), "to": to_us(entry.end), "why": entry.reason, "source": entry.source},
    )


def _tell_open(work: RosterWork, row: ScheduleRow, gaps: Sequence[RosterGap]) -> None:
    """Say at the desk what somebody has to cover; the alarm before the gap itself comes later."""
    names = ", ".join(dict.fromkeys(work.person(person_id) for gap in gaps for person_id in gap.away))
    first = span_text((gaps[0].start, gaps[0].end), row.zone)
    more = f" and {len(gaps) - 1} more" if len(gaps) > 1 else ""
    put_notice(
        work.session,
        subject=f"roster.open:{row.id}",
        reason="roster.open",
        title=f"Shifts of {row.name} are open",
        body=f"{names} is away: nobody is on call {first}{more} ({row.zone}).",
        now_us=work.at_us,
    )
    work.told += 1


def _required(session: Session, entry_id: int, person_id: int) -> TimeOff:
    entry = queries.get(session, entry_id)
    if entry is None or entry.person_id != person_id:
        raise NotFound("There is no such time off any more.", hint="Look at the list again.")
    return entry


def _check(entry: TimeOff) -> None:
    if entry.end <= entry.start:
        raise DeskError("It ends before it begins.", field="end", hint="Choose an end after the start.")
    if entry.end - entry.start > _LONGEST:
        raise DeskError("It lasts longer than three years.", field="end", hint="Choose an earlier end.")
