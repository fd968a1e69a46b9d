"""When the next promise is due: all that a desk asks which has promised nothing."""

from db.unit_of_work import Session


def next_us(session: Session) -> int | None:
    """When the next open promise is due, None for none."""
    row = session.sql("SELECT min(due_at) FROM promise WHERE state = 'open'").fetchone()
    return None if row is None or row[0] is None else int(row[0])
