"""Scores the open escalations of a customer anew when that customer weighs something else."""

from db.queries import customer as customers
from db.unit_of_work import Session
from desktop.domain.customer import Customer
from desktop.domain.customer_change import BandChange, Rescoring
from desktop.domain.escalation import Done, Escalation
from desktop.domain.policy import Priority
from desktop.domain.timeline import EventKind
from desktop.services import snooze
from desktop.services.case import Case, Work
from desktop.services.grading import assessed, differences, end_spent_override, regraded, rescore
from desktop.services.ports import Policies


def rescore_all(work: Work, customer_id: int, reason: str) -> list[Done]:
    """Score every open escalation of a customer anew, each with its event; gives those that changed.

    What a person has set over the computed values stays.
    """
    ids = customers.open_escalations(work.session, customer_id)
    found = (rescore_one(work.case(id_), reason) for id_ in ids)
    return [done for done in found if done is not None]


def rescore_one(case: Case, reason: str) -> Done | None:
    """Score one anew, after whatever else its case has changed already; None where that is nothing."""
    before = case.before
    rescore(case)
    end_spent_override(case)
    snooze.end_if_graver(case, before)
    if not case.changes.entries():
        return None
    after = case.escalation
    return case.tell(
        EventKind.RECLASSIFIED,
        "Re-scoring",
        # Of a score within the same band nobody need take note: the owner is reminded as before.
        counts=after.priority is not before.priority,
        reason=reason,
        **differences(before, after),
        **_computed(before, after),
    )


def foreseen(
    session: Session, policies: Policies, customer: Customer, escalations: list[Escalation]
) -> Rescoring:
    """What it would do to these open escalations if their customer were as given."""
    rescored, moved = 0, []
    for escalation in escalations:
        policy = policies.version(escalation.policy_version)
        columns = regraded(escalation, assessed(escalation, customer, policy), policy)
        now = (escalation.score_computed, escalation.priority_computed)
        rescored += (columns["score_computed"], columns["priority_computed"]) != now
        after = columns.get("priority", columns["priority_computed"])
        before = escalation.priority or escalation.priority_computed
        if before is not None and after != before:
            moved.append(BandChange(escalation.number, before, Priority(after)))
    return Rescoring(len(escalations), rescored, tuple(moved))


def _computed(before: Escalation, after: Escalation) -> dict[str, list[object]]:
    """The computed values that changed where others, set by a person or none yet, stand over them."""
    pairs = {
        "score_computed": (before.score_computed, after.score_computed, after.score),
        "priority_computed": (before.priority_computed, after.priority_computed, after.priority),
    }
    return {name: [old, new] for name, (old, new, set_) in pairs.items() if old != new and set_ != new}
