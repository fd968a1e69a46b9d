"""When each circle of people last heard of an escalation."""

from typing import NamedTuple

from db.unit_of_work import Session
from desktop.domain.policy_alarm import PAGE_KINDS

_OPEN = "e.state IN ('new', 'triaged', 'acknowledged', 'working', 'contained')"


class OpenRow(NamedTuple):
    """An open escalation, known since `known_us`; `update_due_us` is 0 where no update is promised.

    `is_paused` says whether that clock stands.
    """

    id: int
    number: str
    title: str
    customer: str
    priority: str
    state: str
    policy_version: int
    known_us: int
    customer_id: int
    update_due_us: int
    update_started_us: int
    is_paused: int


def open_rows(session: Session, escalation_id: int | None = None) -> list[OpenRow]:
    """The open escalations that have a priority, or the one of that id."""
    where, parameters = ("", ()) if escalation_id is None else ("AND e.id = ?", (escalation_id,))
    rows = session.sql(
        "SELECT e.id, e.number, e.title, c.name, e.priority, e.state, e.policy_version, e.created_at,"
        " e.customer_id,"
        " COALESCE(u.due_at, 0), COALESCE(u.started_at, 0), u.paused_at IS NOT NULL"
        " FROM escalation e JOIN customer c ON c.id = e.customer_id"
        " LEFT JOIN commitment u ON u.escalation_id = e.id AND u.kind = 'update' AND u.stopped_at IS NULL"
        f" WHERE {_OPEN} AND e.priority IS NOT NULL AND e.parent_id IS NULL {where}",
        parameters,
    )
    return [OpenRow(*row) for row in rows.fetchall()]


def named_circles(session: Session) -> frozenset[tuple[int | None, str]]:
    """For which customers, None for all, somebody of a circle is a contact."""
    rows = session.sql("SELECT DISTINCT customer_id, circle FROM contact WHERE removed_at IS NULL")
    return frozenset((row[0], str(row[1])) for row in rows.fetchall())


def told_by_audience(session: Session, escalation_id: int | None = None) -> dict[tuple[int, str], int]:
    """When an audience was last told something that went to nobody by name: copied, or said."""
    return _latest(
        session,
        "SELECT e.id, s.audience, max(s.sent_at) FROM escalation e"
        " JOIN sent_message s ON s.escalation_id = e.id"
        " AND s.state NOT IN ('failed', 'taken_back')"
        " AND NOT EXISTS (SELECT 1 FROM message_recipient r WHERE r.sent_id = s.id)",
        escalation_id,
        "s.audience",
    )


def told_by_circle(session: Session, escalation_id: int | None = None) -> dict[tuple[int, str], int]:
    """When a message last went to somebody of a circle, and did not fail."""
    return _latest(
        session,
        "SELECT e.id, r.circle, max(s.sent_at) FROM escalation e"
        " JOIN message_recipient r ON r.escalation_id = e.id AND r.state NOT IN ('failed', 'held_back')"
        " JOIN sent_message s ON s.id = r.sent_id",
        escalation_id,
        "r.circle",
    )


def updated(session: Session, escalation_id: int | None = None) -> dict[tuple[int, str], int]:
    """When the promise of an update was last kept, which is when the customer heard something."""
    return _latest(
        session,
        "SELECT e.id, u.kind, max(u.stopped_at) FROM escalation e"
        " JOIN commitment u ON u.escalation_id = e.id AND u.kind = 'update'"
        " AND u.outcome IN ('met', 'breached')",
        escalation_id,
        "u.kind",
    )


def called(session: Session, escalation_id: int | None = None) -> dict[tuple[int, str], int]:
    """When engineers were last told otherwise: paged, or given it in a handoff they accepted."""
    marks = ", ".join(f"'{kind}'" for kind in PAGE_KINDS)
    paged = _latest(
        session,
        "SELECT e.id, 'call', max(o.done_at) FROM escalation e JOIN outbox o ON o.escalation_id = e.id"
        f" AND o.state = 'sent' AND o.channel IN ({marks})",
        escalation_id,
        "2",
    )
    accepted = _latest(
        session,
        "SELECT e.id, 'call', max(h.answered_at) FROM escalation e"
        " JOIN handoff_item h ON h.escalation_id = e.id AND h.state = 'accepted'",
        escalation_id,
        "2",
    )
    return {key: max(paged.get(key, 0), accepted.get(key, 0)) for key in paged | accepted}


def _latest(
    session: Session, select: str, escalation_id: int | None, group: str
) -> dict[tuple[int, str], int]:
    where, parameters = ("", ()) if escalation_id is None else ("AND e.id = ?", (escalation_id,))
    rows = session.sql(f"{select} WHERE {_OPEN} {where} GROUP BY e.id, {group}", parameters)
    return {(int(id_), str(key)): int(at_us) for id_, key, at_us in rows.fetchall() if at_us is not None}
