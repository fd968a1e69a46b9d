"""Where people set a field themselves: no rule touches it again."""

import json
from typing import Any, NamedTuple

from db.unit_of_work import Session


class Overrule(NamedTuple):
    """A person set a field; `rule_id` is the rule that had set it otherwise."""

    escalation_id: int
    number: str
    field: str
    rule_id: int
    rule_version: int
    rule_value: Any
    value: Any
    reason: str
    at_us: int
    by: str


class Known(NamedTuple):
    """What is kept of a field of an escalation; `is_undone` when the person took it back."""

    id: int
    is_undone: bool


#: The value of a row whose setting was taken back: it neither locks the field nor counts.
UNDONE = ""


def find(session: Session, escalation_id: int, field: str) -> Known | None:
    """What is kept of a field; None where no person ever set it."""
    row = session.sql(
        "SELECT id, value = '' FROM overrule WHERE escalation_id = ? AND field = ?", (escalation_id, field)
    ).fetchone()
    return None if row is None else Known(row[0], bool(row[1]))


def insert(session: Session, escalation_id: int, field: str, columns: dict[str, Any]) -> int:
    """Keep that a person set a field; gives the id."""
    names, marks = ", ".join(columns), ", ".join("?" * (len(columns) + 2))
    cursor = session.sql(
        f"INSERT INTO overrule (escalation_id, field, {names}) VALUES ({marks})",
        (escalation_id, field, *columns.values()),
    )
    return int(cursor.lastrowid or 0)


def fields_of(session: Session, escalation_id: int) -> frozenset[str]:
    """The fields of an escalation that people have set."""
    rows = session.sql("SELECT field FROM overrule WHERE escalation_id = ? AND value <> ''", (escalation_id,))
    return frozenset(row[0] for row in rows)


def counts(session: Session, since_us: int) -> dict[int, int]:
    """On how many escalations people overruled each rule since an instant."""
    rows = session.sql(
        "SELECT rule_id, count(DISTINCT escalation_id) FROM overrule WHERE rule_id IS NOT NULL"
        " AND value NOT IN ('', rule_value) AND at >= ? GROUP BY rule_id",
        (since_us,),
    )
    return {int(rule_id): int(count) for rule_id, count in rows}


def of_rules(session: Session, since_us: int = 0, rule_id: int | None = None) -> tuple[Overrule, ...]:
    """Where people overruled rules since an instant, newest first; all rules or one."""
    more, values = ("", ()) if rule_id is None else (" AND o.rule_id = ?", (rule_id,))
    rows = session.sql(
        "SELECT o.escalation_id, e.number, o.field, o.rule_id, o.rule_version, o.rule_value, o.value,"
        " o.reason, o.at, o.by FROM overrule o JOIN escalation e ON e.id = o.escalation_id"
        f" WHERE o.rule_id IS NOT NULL AND o.value NOT IN ('', o.rule_value) AND o.at >= ?{more}"
        " ORDER BY o.at DESC, o.id DESC",
        (since_us, *values),
    )
    return tuple(Overrule._make((*row[:5], json.loads(row[5]), json.loads(row[6]), *row[7:])) for row in rows)


def text(value: object) -> str:
    """A value as it is kept; never empty."""
    return json.dumps(value, ensure_ascii=False)
