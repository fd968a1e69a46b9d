"""Tags of escalations, and playbooks proposed for them."""

from db.unit_of_work import Session


def put(session: Session, escalation_id: int, kind: str, text: str, at_us: int, by: str) -> bool:
    """Put a tag or playbook on an escalation; false where it stands there already."""
    cursor = session.sql(
        "INSERT INTO mark (escalation_id, kind, text, added_at, added_by) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (escalation_id, kind, text) DO UPDATE SET removed_at = NULL,"
        " added_at = excluded.added_at, added_by = excluded.added_by WHERE removed_at IS NOT NULL",
        (escalation_id, kind, text, at_us, by),
    )
    return cursor.rowcount > 0


def take(session: Session, escalation_id: int, kind: str, text: str, at_us: int) -> bool:
    """Take a tag or playbook away; false where it does not stand there."""
    cursor = session.sql(
        "UPDATE mark SET removed_at = ? WHERE escalation_id = ? AND kind = ? AND text = ?"
        " AND removed_at IS NULL",
        (at_us, escalation_id, kind, text),
    )
    return cursor.rowcount > 0


def find(session: Session, escalation_id: int, kind: str, text: str) -> tuple[int, bool] | None:
    """Id of a tag or playbook, and whether it stands there now; None where it never did."""
    row = session.sql(
        "SELECT id, removed_at IS NULL FROM mark WHERE escalation_id = ? AND kind = ? AND text = ?",
        (escalation_id, kind, text),
    ).fetchone()
    return None if row is None else (row[0], bool(row[1]))


def of_escalation(session: Session, escalation_id: int) -> tuple[tuple[str, str], ...]:
    """Kind and text of everything put on an escalation, in the order it was."""
    rows = session.sql(
        "SELECT kind, text FROM mark WHERE escalation_id = ? AND removed_at IS NULL ORDER BY id",
        (escalation_id,),
    )
    return tuple((kind, text) for kind, text in rows)
