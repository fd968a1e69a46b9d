"""A handoff as people see it: with who gives and takes, what hangs on it and what is not in it."""

from dataclasses import dataclass
from datetime import datetime

from db.queries import handoff as handoffs
from db.queries import handoff_facts
from db.queries import person as people
from db.unit_of_work import Session
from desktop.domain.handoff import Handoff, HandoffState, Item
from desktop.domain.handoff_facts import HandoffFacts, LeftOut, from_document
from desktop.domain.handoff_receipt import Receipt, receipt
from desktop.domain.instant import to_us
from desktop.domain.person import Person
from desktop.domain.policy import Policy
from desktop.services.handoff_deeds import as_it_stands, name_of
from desktop.services.handoff_fill import gather

#: How many escalations one handoff holds; more are named as left out.
MOST_ITEMS = 100
_MOST_LEFT_OUT = 50


@dataclass(frozen=True, slots=True)
class HandoffView:
    """One handoff. Items whose escalation changed owner or closed meanwhile are dropped and say why.

    `facts` are live while it is a draft, and as they were offered afterwards. `left_out` are open escalations
    of the giver that are not in it, those that came since the draft first; `more_left_out` counts the rest.
    """

    handoff: Handoff
    giver: Person
    receiver: Person | None
    facts: HandoffFacts
    left_out: tuple[LeftOut, ...]
    more_left_out: int
    receipt: Receipt
    is_overdue: bool

    @property
    def id(self) -> int:
        """Which handoff."""
        return self.handoff.id

    @property
    def state(self) -> HandoffState:
        """Where it stands."""
        return self.handoff.state

    @property
    def items(self) -> tuple[Item, ...]:
        """Its items, in the order they are handed over."""
        return self.handoff.items

    @property
    def zones(self) -> tuple[str, ...]:
        """The zones in which its readers read times, the receiver's first."""
        readers = (self.receiver, self.giver)
        return tuple(dict.fromkeys(person.zone for person in readers if person is not None))


def view_of(session: Session, handoff: Handoff, now: datetime, policy: Policy) -> HandoffView:
    """The handoff as it stands at an instant."""
    stands = as_it_stands(session, handoff)
    left_out = _left_out(session, stands) if stands.kept != "withdrawn" else []
    return HandoffView(
        handoff=stands,
        giver=_person(session, stands.from_id),
        receiver=None if stands.to_id is None else _person(session, stands.to_id),
        facts=facts_of(session, stands, now, policy),
        left_out=tuple(left_out[:_MOST_LEFT_OUT]),
        more_left_out=max(0, len(left_out) - _MOST_LEFT_OUT),
        receipt=receipt(stands, now),
        is_overdue=stands.is_overdue(now),
    )


def facts_of(session: Session, handoff: Handoff, now: datetime, policy: Policy) -> HandoffFacts:
    """What hangs on it: live for a draft, else as it was offered."""
    if handoff.kept != "draft":
        return from_document(handoff.facts)
    ids = [item.escalation_id for item in handoff.items if item.is_open]
    return gather(session, ids, now, handoff.shift_end_at, policy)


def to_hand_over(session: Session, person_id: int) -> list[int]:
    """The open escalations of a person that wait in no handoff, the gravest first; as many as one holds."""
    ids = [row.escalation_id for row in handoff_facts.owned(session, person_id)]
    elsewhere = handoffs.open_elsewhere(session, ids, 0)
    return [escalation_id for escalation_id in ids if escalation_id not in elsewhere][:MOST_ITEMS]


def _left_out(session: Session, handoff: Handoff) -> list[LeftOut]:
    known = {item.escalation_id for item in handoff.items if item.kept in ("open", "declined")}
    rows = [row for row in handoff_facts.owned(session, handoff.from_id) if row.escalation_id not in known]
    ids = [row.escalation_id for row in rows]
    given = handoff_facts.given_since(session, ids, to_us(handoff.drafted_at))
    elsewhere = handoffs.open_elsewhere(session, ids, handoff.id)
    names = {other: name_of(session, handoffs.get(session, other).to_id) for other in set(elsewhere.values())}
    found = [
        LeftOut(
            row.escalation_id,
            row.number,
            row.title,
            row.escalation_id in given,
            names.get(elsewhere.get(row.escalation_id, 0), ""),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (bool(each.waits_for), not each.is_new))


def _person(session: Session, person_id: int) -> Person:
    person = people.by_id(session, person_id)
    return person or Person(person_id, "Somebody who is gone", "")
