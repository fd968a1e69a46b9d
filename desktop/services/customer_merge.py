"""Merges duplicate customers: one of them gets everything, the other is archived and leads to it."""

from collections.abc import Sequence

from db.queries import customer as queries
from db.queries import timeline
from db.queries.timeline import NewEvent
from desktop.domain.customer import Customer
from desktop.domain.customer_change import what_weighs
from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done
from desktop.domain.timeline import EventKind
from desktop.services.case import Work
from desktop.services.customer_work import CustomerCase, required
from desktop.services.rescoring import rescore_one


def merge(work: Work, customer_id: int, into_id: int) -> Done:
    """Move every escalation of a duplicate to the survivor, scored anew where it is open; archive it.

    Raises: NotFound; DeskError for one that is archived, or for itself.
    """
    case = CustomerCase(work, customer_id)
    into = required(queries.by_id(work.session, into_id))
    _check(case.before, into)
    weighs = what_weighs(case.before, into)
    reason = f"customer merged: {case.before.name} -> {into.name}" + (f", {weighs}" if weighs else "")
    ended = queries.ended_escalations(work.session, customer_id)
    moves = (_move(work, id_, into, reason) for id_ in queries.open_escalations(work.session, customer_id))
    moved = [done for done in moves if done is not None]
    for escalation_id in ended:
        case.changes.set("escalation", escalation_id, customer_id=into_id)
    _tell_ended(work, ended, reason)
    # Names that led to the duplicate lead on.
    for earlier_id in queries.merged_into(work.session, customer_id):
        case.changes.set("customer", earlier_id, merged_into_id=into_id)
    case.changes.set("customer", customer_id, archived_at=work.at_us, merged_into_id=into_id)
    facts = {"into": into.name, "with": [into_id], "moved": len(ended) + len(moved)}
    done = case.tell(EventKind.CUSTOMER_MERGED, "Merge", rescored=moved, **facts)
    queries.follow(work.session, into_id)
    return done


def _check(duplicate: Customer, into: Customer) -> None:
    if duplicate.id == into.id:
        raise DeskError(
            f"{into.name} cannot be merged into itself.", field="into", hint="Choose another one."
        )
    for customer in (duplicate, into):
        if customer.archived_at is not None:
            raise DeskError(f"{customer.name} is archived.", field="into", hint="Choose another one.")


def _move(work: Work, escalation_id: int, into: Customer, reason: str) -> Done | None:
    case = work.case(escalation_id)
    case.set(customer_id=into.id)
    return rescore_one(case, reason)


def _tell_ended(work: Work, ids: Sequence[int], reason: str) -> None:
    """Write on the timelines of what is over already that it has another customer."""
    body = {"deed": "Merge of customers", "fields": ["customer_id"], "reason": reason}
    events = [NewEvent(EventKind.EDITED, work.at_us, work.by.name, id_, body) for id_ in ids]
    timeline.append_many(work.session, events)
