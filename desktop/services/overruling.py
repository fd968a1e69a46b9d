"""Takes what a person set out of the rules' hands, and remembers which rule had set it otherwise."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from db.queries import overrule as queries
from db.queries import rule as rules
from db.queries import signal as signals
from db.unit_of_work import Session
from desktop.domain.escalation import Escalation
from desktop.domain.rule_action import TOUCHABLE
from desktop.services.case import Case
from desktop.services.changes import Value

_COLUMNS = {"customer": "customer_id", "owner": "owner_id"}
#: What a rule did, or proposed and a person accepted: it stands by that.
_SET = ("done", "accepted")


class SetBy(NamedTuple):
    """The rule that set a field."""

    rule_id: int
    version: int


def column_of(field: str) -> str:
    """The escalation's column that holds a field rules may set."""
    return _COLUMNS.get(field, field)


def changed(before: Escalation, after: Escalation) -> dict[str, Any]:
    """The fields rules may set that are otherwise now, with their value now."""
    pairs = {field: column_of(field) for field in sorted(TOUCHABLE)}
    return {
        field: getattr(after, column)
        for field, column in pairs.items()
        if getattr(after, column) != getattr(before, column)
    }


def locked_fields(session: Session, escalation: Escalation) -> frozenset[str]:
    """The fields no rule may set: those people set since, and all that was given where a person opened it."""
    locked = queries.fields_of(session, escalation.id)
    if signals.opened_by_one(session, escalation.id):
        return locked
    given = {field for field in TOUCHABLE if getattr(escalation, column_of(field)) not in (None, "")}
    return locked | (given - set_by_rules(session, escalation.id).keys())


def note(
    case: Case,
    reason: str,
    fields: Iterable[str] = TOUCHABLE,
    proposed: Mapping[str, tuple[SetBy, Any]] | None = None,
) -> None:
    """A person has changed the escalation of this case: of these fields, rules leave the changed ones alone.

    `proposed` are values that rules only proposed and the person has set otherwise.
    """
    if case.work.by.automatic:
        return
    proposed = proposed or {}
    values = {
        field: value for field, value in changed(case.before, case.escalation).items() if field in fields
    }
    values |= {field: getattr(case.escalation, column_of(field)) for field in proposed}
    set_by = set_by_rules(case.work.session, case.id) if values else {}
    for field, value in values.items():
        rule, was = set_by.get(field), getattr(case.before, column_of(field))
        if field in proposed:
            rule, was = proposed[field]
        _put(case, field, rule, was, value, reason)


def set_by_rules(session: Session, escalation_id: int) -> dict[str, SetBy]:
    """The rule that last set each field of an escalation."""
    return {
        field: SetBy(firing.rule_id, firing.version)
        for firing in rules.firings_of(session, escalation_id)
        if firing.state in _SET
        for field in firing.did.get("set", ())
    }


def _put(case: Case, field: str, rule: SetBy | None, was: object, value: object, reason: str) -> None:
    session = case.work.session
    said: dict[str, Value] = {
        "value": queries.text(value),
        "reason": reason,
        "at": case.at_us,
        "by": case.work.by.name,
    }
    of_rule: dict[str, Value] = {
        "rule_id": None if rule is None else rule.rule_id,
        "rule_version": None if rule is None else rule.version,
        "rule_value": queries.text(was),
    }
    known = queries.find(session, case.id, field)
    if known is None:
        made_id = queries.insert(session, case.id, field, said | of_rule)
        case.changes.added("overrule", made_id, {"value": queries.UNDONE}, {"value": said["value"]})
    elif known.is_undone:
        case.changes.set("overrule", known.id, **said, **of_rule)
    else:
        # The rule that was overruled first stays the one that people disagreed with.
        case.changes.set("overrule", known.id, **said)
