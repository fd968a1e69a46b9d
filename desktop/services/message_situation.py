"""Reads what decides about the next message of an escalation."""

from datetime import datetime

from db.queries import escalation as escalations
from db.queries import promise as promises
from db.queries import sent as messages
from db.unit_of_work import Session
from desktop.domain.commitment import Kind
from desktop.domain.commitment_row import started
from desktop.domain.escalation import Escalation, State
from desktop.domain.instant import from_us, to_us
from desktop.domain.message import Audience
from desktop.domain.message_stage import Situation
from desktop.services.policy import PolicyService

_GRAVE = frozenset({"P1"})
_CONTAINED = frozenset({State.CONTAINED, State.RESOLVED, State.CLOSED})


def situation_of(session: Session, escalation_id: int, policies: PolicyService, now: datetime) -> Situation:
    """How it stands between the desk and the customer."""
    escalation = escalations.get(session, escalation_id)
    return Situation(
        state=escalation.state,
        now=now,
        heard=messages.heard(session, escalation_id, Audience.CUSTOMER),
        promised_at=promises.next_promised(session, escalation_id),
        contained_at=escalation.contained_at,
        resolved_at=escalation.resolved_at,
        cadence_at=cadence_at(escalation, policies, now),
        is_grave=escalation.priority in _GRAVE,
    )


def cadence_at(escalation: Escalation, policies: PolicyService, now: datetime) -> datetime | None:
    """Until when the policy lets the next update wait from now on; None before it is classified."""
    if escalation.priority is None:
        return None
    policy = policies.version(escalation.policy_version)
    is_contained = escalation.state in _CONTAINED
    row = started(Kind.UPDATE, escalation.priority, policy, to_us(now), ordinal=1, contained=is_contained)
    return from_us(row.due_us)
