"""Which escalation a message is of, in the words of a list."""

from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session


class NameRow(NamedTuple):
    """An escalation by its number, title and customer."""

    number: str
    title: str
    customer: str


def names(session: Session, escalation_ids: Sequence[int]) -> dict[int, NameRow]:
    """The names of escalations, by id."""
    wanted = sorted(set(escalation_ids))
    if not wanted:
        return {}
    marks = ", ".join("?" * len(wanted))
    rows = session.sql(
        "SELECT e.id, e.number, e.title, c.name FROM escalation e JOIN customer c ON c.id = e.customer_id"
        f" WHERE e.id IN ({marks})",
        tuple(wanted),
    )
    return {int(row[0]): NameRow(*row[1:]) for row in rows.fetchall()}


def to_release(session: Session, person_id: int) -> int:
    """How many drafts wait for the release of somebody else than who has written them or asked for it."""
    row = session.sql(
        "SELECT count(*) FROM message_draft d WHERE asked_at IS NOT NULL AND released_at IS NULL"
        " AND COALESCE(author_id, 0) <> ? AND COALESCE(asked_by_id, 0) <> ?"
        " AND NOT EXISTS (SELECT 1 FROM json_each(d.writers) w WHERE w.value = ?)",
        (person_id, person_id, person_id),
    ).fetchone()
    return int(row[0])
