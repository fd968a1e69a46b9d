"""Actions: what one person is to do by a day, out of a drill or of real work."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from db.unit_of_work import Session

_ACTION = (
    "SELECT a.id, a.text, a.kind, a.state, a.owner_id, p.name, a.due, a.made_at, a.made_by, a.run_id,"
    " a.escalation_id, a.gap_id, a.evidence, a.verified_by, a.why, a.settled_at"
    " FROM action a JOIN person p ON p.id = a.owner_id "
)
_OPEN = "a.state IN ('proposed', 'accepted', 'in_progress', 'done')"


class ActionRow(NamedTuple):
    """An action as stored; `due` is a date in ISO form, instants in microseconds."""

    id: int
    text: str
    kind: str
    state: str
    owner_id: int
    owner: str
    due: str
    made_us: int
    made_by: str
    run_id: int | None
    escalation_id: int | None
    gap_id: int | None
    evidence: str
    verified_by: str
    why: str
    settled_us: int | None


def add(session: Session, values: Mapping[str, Any]) -> int:
    """Keep an action; gives its id."""
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    row = session.sql(
        f"INSERT INTO action ({names}) VALUES ({marks}) RETURNING id", tuple(values.values())
    ).fetchone()
    return int(row[0])


def get(session: Session, action_id: int) -> ActionRow | None:
    """One action."""
    row = session.sql(f"{_ACTION} WHERE a.id = ?", (action_id,)).fetchone()
    return None if row is None else ActionRow._make(row)


def find(session: Session, wanted: Mapping[str, object], *, open_only: bool, limit: int) -> list[ActionRow]:
    """The actions with these values in their columns, first those that are due first."""
    where = " AND ".join([*(f"a.{name} = ?" for name in wanted), _OPEN if open_only else "1"])
    rows = session.sql(f"{_ACTION} WHERE {where} ORDER BY a.due, a.id LIMIT ?", (*wanted.values(), limit))
    return [ActionRow._make(row) for row in rows]


def change(session: Session, action_id: int, values: Mapping[str, Any]) -> None:
    """Let columns of an action hold something else."""
    marks = ", ".join(f"{name} = ?" for name in values)
    session.sql(f"UPDATE action SET {marks} WHERE id = ?", (*values.values(), action_id))
