"""Who wants to hear of an escalation without owning it."""

from db.unit_of_work import Session


def add(session: Session, escalation_id: int, person_id: int) -> bool:
    """Let a person watch; whether they did not before."""
    cursor = session.sql(
        "INSERT INTO watcher (escalation_id, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (escalation_id, person_id),
    )
    return cursor.rowcount > 0


def remove(session: Session, escalation_id: int, person_id: int) -> bool:
    """Let a person watch no more; whether they did before."""
    cursor = session.sql(
        "DELETE FROM watcher WHERE escalation_id = ? AND person_id = ?", (escalation_id, person_id)
    )
    return cursor.rowcount > 0


def of_escalation(session: Session, escalation_id: int) -> list[tuple[int, int]]:
    """The watchers of an escalation: (row, person), the first to watch leading."""
    rows = session.sql(
        "SELECT id, person_id FROM watcher WHERE escalation_id = ? ORDER BY id", (escalation_id,)
    )
    return rows.fetchall()
