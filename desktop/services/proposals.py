"""What rules propose for an escalation: taken, declined, or settled by what a person decided by hand."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from db.queries import mark as marks
from db.queries import rule as rules
from db.queries.rule import Firing
from db.unit_of_work import Session
from desktop.domain.rule import action_of
from desktop.domain.wording import one_line
from desktop.services import overruling
from desktop.services.case import Case
from desktop.services.rule_names import customer_of, on_call_for, person_of

ACCEPTED, DECLINED = "accepted", "declined"
_MARKS = {"add_tag": "tag", "link_playbook": "playbook"}


def waiting(case: Case) -> tuple[Firing, ...]:
    """What rules propose for the escalation of this case and nobody has decided on, oldest first."""
    return rules.proposals(case.work.session, [case.id])


def decide(
    case: Case, firing: Firing, state: str, reason: str = "", values: Mapping[str, Any] | None = None
) -> None:
    """Note that a proposal was accepted, with the fields it set, or declined; undone with its command."""
    case.changes.set(
        "rule_firing",
        firing.id,
        state=state,
        decided_at=case.at_us,
        decided_by=case.work.by.name,
        reason=reason,
        did=rules.did_text({**firing.did, "set": dict(values or {})}),
    )


def settle_by_hand(case: Case, reason: str) -> None:
    """A person has classified the escalation: proposals that say the same are accepted, others declined."""
    for firing in waiting(case):
        wanted = proposed_values(case.work.session, firing, case.work.at)
        now = {field: getattr(case.escalation, overruling.column_of(field), None) for field in wanted}
        is_same = bool(wanted) and all(wanted[field] == now[field] for field in wanted)
        if is_same:
            decide(case, firing, ACCEPTED, reason, now)
        else:
            decide(case, firing, DECLINED, reason or "classified otherwise")


def proposed_values(session: Session, firing: Firing, at: datetime) -> dict[str, Any]:
    """The fields a proposal would set, each with the value as the escalation would hold it."""
    return {
        touches: _FOUND.get(kind, _as_named)(session, value, at)
        for kind, value in firing.did.get("actions", ())
        if (touches := action_of(kind).touches)
    }


def _as_named(session: Session, value: object, at: datetime) -> object:
    return value


def _person_id(session: Session, wanted: object, at: datetime) -> int | None:
    person = person_of(session, wanted)
    return None if person is None else person.id


def _on_call_id(session: Session, team: object, at: datetime) -> int | None:
    person = on_call_for(session, str(team), at)
    return None if person is None else person.id


def _customer_id(session: Session, wanted: object, at: datetime) -> int | None:
    customer = customer_of(session, wanted)
    return None if customer is None else customer.id


_FOUND = {"assign": _person_id, "assign_on_call": _on_call_id, "set_customer": _customer_id}


def put_marks(case: Case, actions: Iterable[tuple[str, Any]], by: str) -> bool:
    """Put tags and playbooks on an escalation, taken back with their command; whether any was new."""
    is_new = False
    for kind, value in actions:
        if kind in _MARKS:
            is_new |= _put_mark(case, _MARKS[kind], one_line(str(value)), by)
    return is_new


def _put_mark(case: Case, kind: str, text: str, by: str) -> bool:
    session = case.work.session
    known = marks.find(session, case.id, kind, text)
    if known is not None and known[1]:
        return False
    if known is not None:
        case.changes.set("mark", known[0], removed_at=None, added_at=case.at_us, added_by=by)
        return True
    marks.put(session, case.id, kind, text, case.at_us, by)
    made = marks.find(session, case.id, kind, text)
    if made is not None:
        case.changes.added("mark", made[0], {"removed_at": case.at_us}, {"removed_at": None})
    return True
