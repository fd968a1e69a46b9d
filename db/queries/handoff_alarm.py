"""Handoffs that should have been accepted by now, and the alarms about them."""

from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session


class Overdue(NamedTuple):
    """A handoff whose time to be accepted is over and of which nobody was alarmed."""

    handoff_id: int
    alarm_us: int


def overdue(session: Session, now_us: int) -> list[Overdue]:
    """Those whose time has come, the longest overdue first."""
    rows = session.sql(
        "SELECT id, alarm_at FROM handoff WHERE alarm_at IS NOT NULL AND alarmed_at IS NULL"
        " AND alarm_at <= ? ORDER BY alarm_at, id",
        (now_us,),
    )
    return [Overdue(*row) for row in rows.fetchall()]


def next_us(session: Session) -> int | None:
    """When the next handoff that nobody was alarmed of should have been accepted."""
    row = session.sql(
        "SELECT min(alarm_at) FROM handoff WHERE alarm_at IS NOT NULL AND alarmed_at IS NULL"
    ).fetchone()
    return None if row is None else row[0]


def settled(session: Session) -> list[tuple[int, int]]:
    """Raised alarms whose escalation the giver no longer has to get rid of: (escalation, handoff)."""
    rows = session.sql(
        "SELECT i.escalation_id, i.handoff_id FROM alarm a"
        " JOIN handoff_item i ON i.escalation_id = a.escalation_id"
        " AND a.subject = 'escalation:' || i.escalation_id || ':handoff:' || i.handoff_id"
        " JOIN handoff h ON h.id = i.handoff_id JOIN escalation e ON e.id = i.escalation_id"
        " WHERE a.state = 'raised' AND a.threshold = 'handoff_open' AND (h.state = 'withdrawn'"
        " OR i.state IN ('accepted', 'dropped') OR e.owner_id IS NOT h.from_id"
        " OR e.state NOT IN ('new', 'triaged', 'acknowledged', 'working', 'contained')) ORDER BY a.id"
    )
    return [tuple(row) for row in rows.fetchall()]


def subject(escalation_id: int, handoff_id: int) -> str:
    """What an alarm about one escalation of a handoff is about."""
    return f"escalation:{escalation_id}:handoff:{handoff_id}"


def about(session: Session, subjects: Sequence[str]) -> list[tuple[int, int]]:
    """The raised alarms about these: (alarm, escalation)."""
    marks = ", ".join("?" * len(subjects))
    rows = session.sql(
        f"SELECT id, escalation_id FROM alarm WHERE state = 'raised' AND subject IN ({marks}) ORDER BY id",
        tuple(subjects),
    )
    return [tuple(row) for row in rows.fetchall()]


def end(session: Session, escalation_id: int, handoff_id: int, state: str, at_us: int, by: str) -> list[int]:
    """End the raised alarms about one escalation of a handoff; gives which."""
    rows = session.sql(
        "UPDATE alarm SET state = ?, ended_at = ?, ended_by = ?, climb_at = NULL, revision = ?"
        " WHERE subject = ? AND state = 'raised' RETURNING id",
        (state, at_us, by, session.revision(), subject(escalation_id, handoff_id)),
    )
    return [row[0] for row in rows.fetchall()]
