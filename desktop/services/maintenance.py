"""Maintenance windows: planned, announced before, shown while they last, and closed with one digest."""

from dataclasses import replace
from datetime import datetime

from db.queries import maintenance as queries
from db.queries import timeline
from db.queries.maintenance import MaintenanceRow
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.events import MaintenanceChanged, OutboxFilled
from desktop.domain.instant import US_PER_SECOND, from_us, to_us
from desktop.domain.maintenance import (
    MaintenanceWindow,
    Step,
    announcement,
    check,
    digest,
    next_step_us,
    read_scope,
    steps_due,
    write_scope,
)
from desktop.domain.person import Actor, Role
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean, one_line
from desktop.services.bus import Bus
from desktop.services.case import DESK
from desktop.services.desk_notice import put_notice
from desktop.services.judging import window_of
from desktop.services.maintenance_state import MaintenanceState, document_of, state_of

#: Clocks of forms know minutes only.
_SAME_US = 60 * US_PER_SECOND
_MAY = frozenset({Role.COORDINATOR, Role.LEAD})


class MaintenanceService:
    """Keeps the windows, and takes their steps when their time has come."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus

    def plan(self, window: MaintenanceWindow, by: Actor) -> MaintenanceWindow:
        """Keep a new window; it may begin at once, but not end in the past.

        Raises: DeskError naming the field at fault; NotAllowed.
        """
        _check_right(by)
        now_us = self._now_us()
        window = _checked(window, now_us)
        with self._store.begin() as session:
            window_id = queries.insert(
                session,
                name=window.name,
                reason=window.reason,
                scope=write_scope(window.scope),
                starts_us=window.starts_us,
                ends_us=window.ends_us,
                announce_s=window.announce_us // US_PER_SECOND,
                at_us=now_us,
                by=by.name,
            )
            window = replace(window, id=window_id, cancelled_us=0)
            self._tell(session, EventKind.MAINTENANCE_PLANNED, window, by, now_us)
        self._changed()
        return window

    def change(self, window: MaintenanceWindow, by: Actor) -> MaintenanceWindow:
        """Keep a window otherwise; one that moves is announced anew, one that has begun keeps its start.

        Raises: NotFound; Conflict when it is over; DeskError naming the field at fault; NotAllowed.
        """
        _check_right(by)
        now_us = self._now_us()
        with self._store.begin() as session:
            row = _unfinished(session, window.id)
            if abs(window.starts_us - row.starts_us) < _SAME_US:
                window = replace(window, starts_us=row.starts_us)
            elif now_us >= row.starts_us:
                raise DeskError("It has begun: its start stays.", field="starts_us", hint="End it instead.")
            window = replace(_checked(window, now_us), cancelled_us=0)
            queries.update(
                session,
                window.id,
                name=window.name,
                reason=window.reason,
                scope=write_scope(window.scope),
                starts_us=window.starts_us,
                ends_us=window.ends_us,
                announce_s=window.announce_us // US_PER_SECOND,
                announced_us=row.announced_us if window.starts_us == row.starts_us else 0,
            )
            self._tell(session, EventKind.MAINTENANCE_PLANNED, window, by, now_us, changed=True)
        self._changed()
        return window

    def cancel(self, window_id: int, by: Actor) -> None:
        """Call a window off that has not begun; who heard of it hears of that too.

        Raises: NotFound; Conflict when it is over or has begun; NotAllowed.
        """
        _check_right(by)
        now_us = self._now_us()
        with self._store.begin() as session:
            row = _unfinished(session, window_id)
            if now_us >= row.starts_us:
                raise Conflict(f"{row.name} has begun.", hint="End it now instead.")
            queries.note(session, window_id, "cancelled_at", now_us)
            queries.note(session, window_id, "closed_at", now_us)
            window = window_of(row)
            self._tell(session, EventKind.MAINTENANCE_CANCELLED, window, by, now_us)
            if row.announced_us:
                body = f"{by.name} has called it off. Nothing of it is suppressed."
                _notice(session, window, f"Maintenance called off: {window.name}", body, now_us)
        self._changed(notices=bool(row.announced_us))

    def end_now(self, window_id: int, by: Actor) -> MaintenanceState:
        """End a window that lasts before its time, with its digest.

        Raises: NotFound; Conflict when it is over or has not begun; NotAllowed.
        """
        _check_right(by)
        now_us = self._now_us()
        with self._store.begin() as session:
            row = _unfinished(session, window_id)
            if now_us < row.starts_us:
                raise Conflict(f"{row.name} has not begun.", hint="Call it off instead.")
            queries.note(session, window_id, "cancelled_at", now_us)
            self._close(session, window_of(row), by, now_us)
            state = state_of(session, queries.get(session, window_id))
        self._changed(notices=True)
        return state

    def active(self) -> tuple[MaintenanceState, ...]:
        """The windows that suppress what they cover now, the one that began first leading."""
        now_us = self._now_us()
        return tuple(state for state in self._unfinished() if state.window.is_on(now_us))

    def upcoming(self) -> tuple[MaintenanceState, ...]:
        """The windows that have not begun, the next one first."""
        now_us = self._now_us()
        return tuple(state for state in self._unfinished() if state.window.starts_us > now_us)

    def recent(self, limit: int = 100) -> tuple[MaintenanceState, ...]:
        """All windows, whatever became of them, the latest first."""
        with self._store.read() as session:
            return tuple(state_of(session, row) for row in queries.recent(session, limit))

    def get(self, window_id: int) -> MaintenanceState:
        """One window.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return state_of(session, queries.get(session, window_id))

    def tick(self) -> datetime | None:
        """Announce, open and close what is due; gives when something is due next, None for nothing known.

        Each step happens once, whichever of several desks on one database looks first.
        """
        now_us = self._now_us()
        with self._store.read() as session:
            is_due = any(_steps(row, now_us) for row in queries.unfinished(session))
        if is_due:
            with self._store.begin() as session:
                told = [self._step(session, row, now_us) for row in queries.unfinished(session)]
            self._changed(notices=any(told))
        with self._store.read() as session:
            coming = [_next_us(row, now_us) for row in queries.unfinished(session)]
        return min((from_us(at_us) for at_us in coming if at_us is not None), default=None)

    def _step(self, session: Session, row: MaintenanceRow, now_us: int) -> bool:
        """Take the steps that are due; whether people are told of one."""
        window, told = window_of(row), False
        for step in _steps(row, now_us):
            if step is Step.CLOSE:
                self._close(session, window, DESK, now_us)
                told = True
                continue
            is_opening = step is Step.OPEN
            queries.note(session, window.id, "opened_at" if is_opening else "announced_at", now_us)
            kind = EventKind.MAINTENANCE_OPENED if is_opening else EventKind.MAINTENANCE_ANNOUNCED
            self._tell(session, kind, window, DESK, now_us)
            if not is_opening or not row.announced_us:
                body = f"{announcement(window, now_us)}. {window.reason or _COVERS}"
                _notice(session, window, f"Maintenance: {window.name}", body, now_us)
                told = True
        return told

    def _close(self, session: Session, window: MaintenanceWindow, by: Actor, now_us: int) -> None:
        made = digest(window, queries.kept_quiet(session, window.id))
        kept = document_of(made)
        queries.put_digest(session, window.id, kept)
        queries.note(session, window.id, "closed_at", now_us)
        self._tell(session, EventKind.MAINTENANCE_CLOSED, window, by, now_us, digest=kept)
        _notice(session, window, made.title, made.body, now_us, urgent=bool(made.still_firing))

    def _unfinished(self) -> tuple[MaintenanceState, ...]:
        with self._store.read() as session:
            return tuple(state_of(session, row) for row in queries.unfinished(session))

    def _tell(
        self,
        session: Session,
        kind: EventKind,
        window: MaintenanceWindow,
        by: Actor,
        now_us: int,
        **more: object,
    ) -> None:
        body = {
            "window": window.id,
            "name": window.name,
            "reason": window.reason,
            "starts_at": window.starts_us,
            "ends_at": window.ends_us,
        }
        timeline.append(session, kind=kind, at_us=now_us, actor=by.name, escalation_id=None, body=body | more)

    def _changed(self, *, notices: bool = False) -> None:
        self._bus.publish(MaintenanceChanged(self._store.revision()))
        if notices:
            self._bus.publish(OutboxFilled(1))

    def _now_us(self) -> int:
        return to_us(self._clock.now())


_COVERS = "What it covers is kept and told of in one digest at its end."


def _check_right(by: Actor) -> None:
    if not by.roles & _MAY:
        raise NotAllowed("Only a coordinator or a lead may plan maintenance.", hint="Ask one of them.")


def _checked(window: MaintenanceWindow, now_us: int) -> MaintenanceWindow:
    window = check(replace(window, name=one_line(window.name), reason=clean(window.reason)))
    # Read as it will be: what cannot be read would hold up every signal.
    window = replace(window, scope=read_scope(write_scope(window.scope)))
    if window.ends_us <= now_us:
        raise DeskError("The window would be over already.", field="ends_us", hint="Choose a later end.")
    return window


def _unfinished(session: Session, window_id: int) -> MaintenanceRow:
    row = queries.get(session, window_id)
    if row.closed_us or row.cancelled_us:
        raise Conflict(f"{row.name} is over.", hint="Plan another one.")
    return row


def _steps(row: MaintenanceRow, now_us: int) -> tuple[Step, ...]:
    return steps_due(window_of(row), _done(row), now_us)


def _next_us(row: MaintenanceRow, now_us: int) -> int | None:
    return next_step_us(window_of(row), _done(row), now_us)


def _done(row: MaintenanceRow) -> frozenset[Step]:
    instants = {Step.ANNOUNCE: row.announced_us, Step.OPEN: row.opened_us, Step.CLOSE: row.closed_us}
    return frozenset(step for step, at_us in instants.items() if at_us)


def _notice(
    session: Session,
    window: MaintenanceWindow,
    title: str,
    body: str,
    now_us: int,
    *,
    urgent: bool = False,
) -> None:
    put_notice(
        session,
        subject=f"maintenance:{window.id}",
        reason="maintenance",
        title=title,
        body=body,
        now_us=now_us,
        urgent=urgent,
    )
