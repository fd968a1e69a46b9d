"""Starts the clock of an update for the very time that was told, at any hour of any day."""

from db.queries import commitment as commitments
from desktop.domain.commitment import Kind
from desktop.domain.commitment_row import CANCELLED, NOTHING_TOLD, Held, derived, started
from desktop.domain.instant import US_PER_SECOND
from desktop.domain.timeline import EventKind
from desktop.services.case import Case

#: The name of the calendar that never closes.
_ALWAYS = ""


def start_until(case: Case, kind: Kind, due_us: int) -> None:
    """Start a commitment that is due at an instant to come; nothing before the first classification."""
    priority = case.escalation.priority
    if priority is None:
        return
    policy = case.policy
    ordinal = 1 + max((held.row.ordinal for held in case.held if held.kind is kind), default=0)
    row = started(kind, priority, policy, case.at_us, ordinal=ordinal)
    target_s = max(1, (due_us - case.at_us) // US_PER_SECOND)
    row = row._replace(target_s=target_s, calendar=_ALWAYS, escalation_id=case.id)
    row = commitments.insert(case.work.session, derived(row, (), policy, NOTHING_TOLD, case.at_us))
    undone = {"stopped_at": case.at_us, "outcome": CANCELLED}
    case.changes.added("commitment", row.id, undone, {"stopped_at": None, "outcome": None})
    case.held.append(Held(row, (), policy))
    body = {"kind": kind.value, "ordinal": row.ordinal, "due_at": row.due_us}
    case.then_tell(EventKind.COMMITMENT_STARTED, body)
