"""Escalations with a past: what was done about them before they came to this desk."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desktop.domain.commitment import Kind
from desktop.domain.commitment_row import CANCELLED, LATE, MET, CommitmentRow, Held
from desktop.domain.escalation import OPEN_STATES, State
from desktop.domain.escalation_clock import clock_columns
from desktop.domain.instant import to_us
from desktop.domain.life_cycle import fulfils
from desktop.domain.opening import Opening
from desktop.domain.policy import Policy
from desktop.domain.timeline import EventKind


@dataclass(frozen=True, slots=True)
class Past:
    """Where an escalation stands, and what is known to have happened; unknown instants are None.

    `by` is who did it, as the timeline tells, and `made_sla` what the system it came from says of it.
    """

    state: State
    assigned_at: datetime | None = None
    acknowledged_at: datetime | None = None
    contained_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    by: str = ""
    made_sla: bool | None = None


@dataclass(frozen=True, slots=True)
class Recalled:
    """An opening with its commitments as they ended, and what came after: (kind, instant) in order."""

    opening: Opening
    events: tuple[tuple[EventKind, int], ...]


def recall(opening: Opening, past: Past, policy: Policy) -> Recalled:
    """The rows of an escalation as its past has left them.

    An instant before the opening counts as the opening. What was skipped was done, at the latest, with the
    next thing known; what must have been done, nobody knows when, is called off. What still runs is alarmed
    like any other.
    """
    at = _instants(past, opening.at_us)
    stops = _stops(at, past.state)
    end_us = max(at.values(), default=opening.at_us)
    commitments = tuple(_ended(row, stops, past.state, end_us) for row in opening.commitments)
    running = [Held(row, (), policy) for row in commitments if row.is_running]
    columns = opening.columns | clock_columns(running, opening.at_us) | _columns(past, at)
    columns["last_event_at"] = end_us
    events = sorted(
        ((kind, us) for kind, us in at.items()), key=lambda event: (event[1], _ORDER.index(event[0]))
    )
    return Recalled(replace(opening, columns=columns, commitments=commitments), tuple(events))


_ORDER = (
    EventKind.ASSIGNED,
    EventKind.ACKNOWLEDGED,
    EventKind.CONTAINED,
    EventKind.RESOLVED,
    EventKind.CLOSED,
)
#: From the last to the first, so that what is unknown takes the instant of what came after it.
_STOPPED_BY = (
    (Kind.RESOLVE, EventKind.RESOLVED),
    (Kind.CONTAIN, EventKind.CONTAINED),
    (Kind.ACKNOWLEDGE, EventKind.ACKNOWLEDGED),
    (Kind.ASSIGN, EventKind.ASSIGNED),
)


def _instants(past: Past, opened_us: int) -> dict[EventKind, int]:
    stated = (past.assigned_at, past.acknowledged_at, past.contained_at, past.resolved_at, past.closed_at)
    known = {kind: at for kind, at in zip(_ORDER, stated, strict=True) if at is not None}
    if past.state is State.CLOSED and past.closed_at is not None:
        known.setdefault(EventKind.RESOLVED, past.closed_at)
    return {kind: max(to_us(at), opened_us) for kind, at in known.items()}


def _stops(at: Mapping[EventKind, int], state: State) -> dict[Kind, int]:
    """When each commitment ended, as far as the state says that it did."""
    done = set(Kind) if state not in OPEN_STATES else fulfils(state) | {Kind.ASSIGN}
    stops: dict[Kind, int] = {}
    next_us: int | None = None
    for kind, event in _STOPPED_BY:
        if kind not in done:
            continue
        known = [us for us in (at.get(event), next_us) if us is not None]
        next_us = min(known, default=None)
        if next_us is not None:
            stops[kind] = next_us
    return stops


def _ended(row: CommitmentRow, stops: Mapping[Kind, int], state: State, end_us: int) -> CommitmentRow:
    if not row.is_running:
        return row
    stopped_us = stops.get(Kind(row.kind))
    if stopped_us is None:
        if state in OPEN_STATES and row.kind not in fulfils(state):
            return row
        outcome, stopped_us, breached_us = CANCELLED, end_us, None
    elif stopped_us < row.due_us:
        outcome, breached_us = MET, None
    else:
        outcome, breached_us = LATE, row.due_us
    return row._replace(
        stopped_us=stopped_us,
        outcome=outcome,
        breached_us=breached_us,
        next_threshold=None,
        next_threshold_us=None,
    )


def _columns(past: Past, at: Mapping[EventKind, int]) -> dict[str, Any]:
    acknowledged_us = at.get(EventKind.ACKNOWLEDGED)
    is_seen = acknowledged_us is not None or past.state not in (State.NEW, State.TRIAGED)
    return {
        "state": past.state.value,
        "acknowledge_wanted": int(not is_seen),
        "needs_review": 0,
        "review_why": "",
        "review_at": None,
        "acknowledged_at": acknowledged_us,
        "acknowledged_by": past.by or None if acknowledged_us is not None else None,
        "contained_at": at.get(EventKind.CONTAINED),
        "resolved_at": at.get(EventKind.RESOLVED),
        "closed_at": at.get(EventKind.CLOSED),
        "made_sla": None if past.made_sla is None else int(past.made_sla),
    }
