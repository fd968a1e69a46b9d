"""Customers under a command: changed, told, their escalations scored anew, and all of that taken back."""

from collections.abc import Iterable, Sequence
from typing import Any

from db.queries import customer as queries
from db.queries import timeline
from db.unit_of_work import Session
from desktop.domain.customer import Customer
from desktop.domain.errors import Conflict, NotFound
from desktop.domain.escalation import Done
from desktop.domain.person import Actor
from desktop.domain.timeline import EventKind, TimelineEvent
from desktop.services.case import Work
from desktop.services.changes import ChangeSet, barring, put_back
from desktop.services.rescoring import rescore_all

_CUSTOMER = "customer"


class CustomerCase:
    """One customer being changed inside a transaction."""

    def __init__(self, work: Work, customer_id: int) -> None:
        """Raises: NotFound."""
        self.work = work
        self.changes = ChangeSet(work.session)
        self.before = required(queries.by_id(work.session, customer_id))

    def tell(self, kind: EventKind, deed: str, *, rescored: Iterable[Done] = (), **facts: object) -> Done:
        """Write the command's event and hand it back with what followed for escalations, as one step."""
        customer = self.before
        body: dict[str, Any] = {name: value for name, value in facts.items() if value not in (None, "")}
        body |= {"deed": deed, "customer": customer.id, "name": customer.name}
        entries = self.changes.entries()
        if entries:
            body["changes"] = entries
        queries.follow(self.work.session, customer.id)
        seq = tell_desk(self.work, kind, body)
        followed = list(rescored)
        ids = tuple(done.escalation_id for done in followed)
        seqs = (seq, *(done.seq for done in followed))
        return Done(ids, seqs, f"{deed} of {customer.name}", undo=bool(entries))


def tell_desk(work: Work, kind: EventKind, body: dict[str, Any], by: Actor | None = None) -> int:
    """Write an event that concerns no single escalation; gives its seq."""
    by = by or work.by
    who = {} if by.person_id is None else {"by_id": by.person_id}
    return timeline.append(
        work.session, kind=kind, at_us=work.at_us, actor=by.name, escalation_id=None, body=body | who
    )


def required(customer: Customer | None) -> Customer:
    """The customer.

    Raises: NotFound when there is none.
    """
    if customer is None:
        raise NotFound("There is no such customer any more.", hint="Choose another one.")
    return customer


def is_of_customer(event: TimelineEvent) -> bool:
    """Whether an event tells of a customer rather than of an escalation."""
    return event.escalation_id is None and _CUSTOMER in event.body


def undone_since(session: Session, event: TimelineEvent) -> set[int]:
    """The events of customers taken back since; one whose undoing was itself undone is not among them."""
    undone: set[int] = set()
    for later in reversed(timeline.of_desk_since(session, event.seq)):
        if later.kind == EventKind.CUSTOMER_UNDONE and later.seq not in undone:
            undone.add(int(later.body["undoes"]))
    return undone


def undo(work: Work, event: TimelineEvent, followed: Sequence[Done]) -> Done:
    """Put a customer back as it was, and score anew what `followed` has not put back already.

    Raises: Conflict naming who has changed the customer since.
    """
    entries = list(event.body["changes"])
    for entry in entries:
        if entry["table"] == _CUSTOMER and (names := barring(work.session, entry)):
            raise _conflict(work, event, entry["id"], names)
    changes = ChangeSet(work.session)
    for entry in reversed(entries):
        if before := put_back(work.session, entry):
            changes.set(entry["table"], entry["id"], **before)
    deed = str(event.body.get("deed", "Change"))
    name = str(event.body["name"])
    body = {"deed": deed, _CUSTOMER: event.body[_CUSTOMER], "name": name, "undoes": event.seq}
    body |= {key: event.body[key] for key in ("with",) if key in event.body}
    seq = tell_desk(work, EventKind.CUSTOMER_UNDONE, body | {"changes": changes.entries()})
    touched = dict.fromkeys(entry["id"] for entry in entries if entry["table"] == _CUSTOMER)
    touched |= dict.fromkeys(int(id_) for id_ in event.body.get("with", ()))
    rescored: list[Done] = []
    for customer_id in touched:
        rescored += rescore_all(work, customer_id, f"undone: {deed.lower()} of {name}")
        queries.follow(work.session, customer_id)
    both = [*followed, *rescored]
    ids = dict.fromkeys(id_ for done in both for id_ in done.ids)
    return Done(tuple(ids), (seq, *(done.seq for done in both)), f"{deed} of {name}")


def _conflict(work: Work, event: TimelineEvent, customer_id: int, names: Sequence[str]) -> Conflict:
    for later in reversed(timeline.of_desk_since(work.session, event.seq)):
        for entry in later.body.get("changes", ()):
            is_same = entry["table"] == _CUSTOMER and entry["id"] == customer_id
            if is_same and any(name in entry["columns"] for name in names):
                deed = str(later.body.get("deed", "a change")).lower()
                return Conflict(f"{later.actor} has changed it since: {deed}.", hint="Undo that first.")
    return Conflict("It has been changed since.", hint="Look at the customer again.")
