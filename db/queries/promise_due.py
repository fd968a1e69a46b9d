"""When promises are due: all that a desk asks which has promised nothing."""

from db.unit_of_work import Session


def next_us(session: Session) -> int | None:
    """When the next open promise is due, None for none."""
    row = session.sql("SELECT min(due_at) FROM promise WHERE state = 'open'").fetchone()
    return None if row is None or row[0] is None else int(row[0])


def promised_us(session: Session, escalation_id: int) -> int | None:
    """By when the customer of an escalation was promised to hear again, None for no promise that is open."""
    row = session.sql(
        "SELECT min(due_at) FROM promise WHERE escalation_id = ? AND kind = 'next_update' AND state = 'open'",
        (escalation_id,),
    ).fetchone()
    return None if row is None or row[0] is None else int(row[0])
