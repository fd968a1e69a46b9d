"""The silence meter: when customer, account team, executives and engineers last heard something."""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

from db.queries import silence as queries
from db.queries.silence import OpenRow
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.commitment import Kind
from desktop.domain.contact import Circle
from desktop.domain.escalation import State
from desktop.domain.instant import from_us
from desktop.domain.policy_score import Priority
from desktop.domain.silence import ALLOWED, Silence, worst_first
from desktop.services.ports import Policies

_ONE_US = timedelta(microseconds=1)


class _Told(NamedTuple):
    """The instants of all that was told, by escalation and what it was told to."""

    audience: Mapping[tuple[int, str], int]
    circle: Mapping[tuple[int, str], int]
    updated: Mapping[tuple[int, str], int]
    called: Mapping[tuple[int, str], int]
    named: frozenset[tuple[int | None, str]]

    def is_waiting(self, row: OpenRow, circle: Circle, heard_us: int) -> bool:
        """Whether somebody of a circle waits: customers do, others once they are named or were told."""
        key = circle.value
        is_named = (None, key) in self.named or (row.customer_id, key) in self.named
        return circle is Circle.CUSTOMER or is_named or heard_us > 0

    def last(self, escalation_id: int, circle: Circle) -> int:
        """When a circle last heard of an escalation, 0 for never."""
        found = [self.circle.get((escalation_id, circle.value), 0)]
        if circle is Circle.CUSTOMER:
            found.append(self.updated.get((escalation_id, Kind.UPDATE.value), 0))
        if circle is Circle.ENGINEERS:
            found.append(self.called.get((escalation_id, "call"), 0))
        # What was copied or said counts for the whole audience.
        found.append(self.audience.get((escalation_id, circle.audience.value), 0))
        return max(found)


class SilenceService:
    """Reads how long each circle has heard nothing; only open escalations with a priority are waited for.

    A customer waits for the promised update; the others a multiple of the policy's cadence, by priority, once
    somebody of them is a contact or was told of it.
    """

    def __init__(self, *, store: Store, clock: Clock, policy: Policies) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy

    def of(self, escalation_id: int) -> tuple[Silence, ...]:
        """Every circle's silence about one escalation, in the order of the circles; none once it is over."""
        with self._store.read() as session:
            return self._silences(session, escalation_id)

    def overview(self, limit: int = 200) -> tuple[Silence, ...]:
        """The worst of all, the most forgotten first; circles nobody promised a word to are left out."""
        with self._store.read() as session:
            found = self._silences(session, None)
        waiting = [one for one in found if one.due_at is not None]
        return worst_first(waiting, self._clock.now())[:limit]

    def _silences(self, session: Session, escalation_id: int | None) -> tuple[Silence, ...]:
        rows = queries.open_rows(session, escalation_id)
        told = _Told(
            queries.told_by_audience(session, escalation_id),
            queries.told_by_circle(session, escalation_id),
            queries.updated(session, escalation_id),
            queries.called(session, escalation_id),
            queries.named_circles(session),
        )
        return tuple(self._silence(row, circle, told) for row in rows for circle in Circle)

    def _silence(self, row: OpenRow, circle: Circle, told: _Told) -> Silence:
        heard_us = told.last(row.id, circle)
        since_us = heard_us or row.known_us
        is_waiting = told.is_waiting(row, circle, heard_us)
        due_us = self._due_us(row, circle, since_us) if is_waiting else 0
        return Silence(
            escalation_id=row.id,
            number=row.number,
            title=row.title,
            customer=row.customer,
            priority=Priority(row.priority),
            circle=circle,
            since_at=from_us(since_us),
            heard_at=from_us(heard_us) if heard_us else None,
            due_at=from_us(due_us) if due_us else None,
        )

    def _due_us(self, row: OpenRow, circle: Circle, since_us: int) -> int:
        """When they should hear the next time; 0 for never."""
        times = ALLOWED[circle].get(Priority(row.priority))
        if times is None or row.is_paused:
            return 0
        if circle is Circle.CUSTOMER:
            return row.update_due_us
        policy = self._policy.version(row.policy_version)
        is_contained = row.state == State.CONTAINED
        target = policy.target(Priority(row.priority), Kind.UPDATE, contained=is_contained)
        length, calendar = target.resolve(policy)
        return calendar.due_us(since_us, times * (length // _ONE_US))
