"""Starts, stops, calls off and retargets the commitments of an escalation under a command."""

from collections.abc import Iterable
from typing import Any

from db.queries import commitment as commitments
from db.queries import promise_due
from desktop.domain.commitment import Kind
from desktop.domain.commitment_row import (
    CANCELLED,
    LATE,
    MET,
    NOTHING_TOLD,
    Held,
    PauseRow,
    derived,
    started,
    target_of,
)
from desktop.domain.escalation import State
from desktop.domain.instant import LAST_US
from desktop.domain.policy import Priority
from desktop.domain.timeline import EventKind
from desktop.services.case import Case

_CONTAINED = frozenset({State.CONTAINED, State.RESOLVED, State.CLOSED})


def start(case: Case, kinds: Iterable[Kind]) -> None:
    """Start commitments that are not running, under the escalation's own policy and priority."""
    for kind in kinds:
        if case.escalation.priority is None or case.running(kind):
            continue
        held = _stored(case, kind, case.escalation.priority)
        case.held.append(held)
        body = {"kind": kind.value, "ordinal": held.row.ordinal, "due_at": held.row.due_us}
        case.then_tell(EventKind.COMMITMENT_STARTED, body)


def stop(case: Case, kinds: Iterable[Kind]) -> None:
    """Stop what runs of these kinds: met if its time was not over, else breached and met."""
    for held in case.running(*kinds):
        outcome = MET if held.row.breached_us is None else LATE
        ended = _ended(case, held, outcome)
        body: dict[str, Any] = {
            "kind": ended.row.kind,
            "ordinal": ended.row.ordinal,
            "due_at": ended.row.due_us,
        }
        if outcome == LATE:
            body["late"] = True
        case.then_tell(EventKind.COMMITMENT_MET, body)


def call_off(case: Case) -> None:
    """End whatever still runs without its being kept: nobody waits for it. What was breached stays so."""
    for held in case.running():
        _ended(case, held, CANCELLED if held.row.breached_us is None else LATE)


def retarget(case: Case) -> None:
    """Give what runs the targets of the escalation's policy and priority; start and pauses stay.

    A time that the customer was told for the next update is not put off by that.
    """
    priority = case.escalation.priority
    if priority is None:
        return
    policy = case.policy
    is_contained = case.escalation.state in _CONTAINED
    for held in case.running():
        target_s, calendar = target_of(policy, priority, held.kind, contained=is_contained)
        if (target_s, calendar, policy.version) == held.row[5:8]:
            continue
        target: dict[str, Any] = {
            "target_s": target_s,
            "calendar": calendar,
            "policy_version": policy.version,
        }
        row = held.row._replace(**target)
        row = derived(row, held.pauses, policy, NOTHING_TOLD, case.at_us)
        if held.kind is Kind.UPDATE and row.due_us > _promised_us(case):
            continue
        case.changes.set("commitment", held.row.id, **target)
        case.replace(held._replace(row=row, policy=policy))


def _promised_us(case: Case) -> int:
    """By when the customer was told to hear again; the end of time where nothing was said."""
    promised_us = promise_due.promised_us(case.work.session, case.id)
    return LAST_US if promised_us is None else promised_us


def end_pauses(case: Case, held: Held, *, at_limit: bool = False) -> Held:
    """End the open pauses of a commitment now, or at their limit if that came first."""
    pauses = tuple(_ended_pause(case, pause, at_limit=at_limit) for pause in held.pauses)
    held = held._replace(pauses=pauses)
    case.replace(held)
    return held


def _stored(case: Case, kind: Kind, priority: Priority) -> Held:
    ordinal = 1 + max((held.row.ordinal for held in case.held if held.kind is kind), default=0)
    is_contained = case.escalation.state in _CONTAINED
    policy = case.policy
    row = started(kind, priority, policy, case.at_us, ordinal=ordinal, contained=is_contained)
    row = commitments.insert(case.work.session, row._replace(escalation_id=case.id))
    undone = {"stopped_at": case.at_us, "outcome": CANCELLED}
    case.changes.added("commitment", row.id, undone, {"stopped_at": None, "outcome": None})
    return Held(row, (), policy)


def _ended(case: Case, held: Held, outcome: str) -> Held:
    held = end_pauses(case, held)
    # The wall clock may have been put back since it started.
    stopped_us = max(case.at_us, held.row.started_us)
    case.changes.set("commitment", held.row.id, stopped_at=stopped_us, outcome=outcome)
    held = held._replace(row=held.row._replace(stopped_us=stopped_us, outcome=outcome))
    case.replace(held)
    return held


def _ended_pause(case: Case, pause: PauseRow, *, at_limit: bool) -> PauseRow:
    if pause.ended_us is not None:
        return pause
    ended_us = max(case.at_us, pause.started_us)
    if pause.limit_us is not None:
        ended_us = pause.limit_us if at_limit else min(ended_us, pause.limit_us)
    case.changes.set("pause", pause.id, ended_at=ended_us)
    return pause._replace(ended_us=ended_us)
