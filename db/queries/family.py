"""Parents and children among escalations, and alerts that look alike."""

from typing import NamedTuple

from db.unit_of_work import Session


class Relative(NamedTuple):
    """An escalation as the family of another shows it."""

    id: int
    number: str
    title: str
    state: str
    severity: int
    priority: str
    customer: str


class AlikeRow(NamedTuple):
    """An escalation whose alerts bear the same fingerprint as one of another's, and when it last came."""

    escalation_id: int
    last_us: int


_SELECT = """
SELECT e.id, e.number, e.title, e.state, e.severity, coalesce(e.priority, ''), c.name
FROM escalation e JOIN customer c ON c.id = e.customer_id
"""


def relative(session: Session, escalation_id: int) -> Relative:
    """One escalation, which there is."""
    return Relative._make(session.sql(f"{_SELECT} WHERE e.id = ?", (escalation_id,)).fetchone())


def children(session: Session, escalation_id: int) -> tuple[Relative, ...]:
    """The escalations that are part of one, in the order they were opened."""
    rows = session.sql(f"{_SELECT} WHERE e.parent_id = ? ORDER BY e.id", (escalation_id,))
    return tuple(Relative._make(row) for row in rows)


def alike(session: Session, escalation_id: int, since_us: int) -> list[AlikeRow]:
    """Other escalations with alerts of a fingerprint that its own bear, heard since, the latest first."""
    rows = session.sql(
        "SELECT b.escalation_id, max(b.last_at) FROM alert b WHERE b.fingerprint IN"
        " (SELECT a.fingerprint FROM alert a WHERE a.escalation_id = ? AND a.fingerprint <> '')"
        " AND b.escalation_id <> ? AND b.last_at >= ?"
        " GROUP BY b.escalation_id ORDER BY max(b.last_at) DESC, b.escalation_id DESC",
        (escalation_id, escalation_id, since_us),
    )
    return [AlikeRow._make(row) for row in rows]
