"""How many signals wait for a person, without reading them."""

from db.unit_of_work import Session


def count(session: Session) -> int:
    """How many signals are held, for whatever cause."""
    return int(session.sql("SELECT count(*) FROM signal WHERE disposition = 'held'").fetchone()[0])


def count_because(session: Session, cause: str) -> int:
    """How many signals are held for one cause."""
    row = session.sql(
        "SELECT count(*) FROM signal WHERE disposition = 'held' AND cause = ?", (cause,)
    ).fetchone()
    return int(row[0])


def ids_because(session: Session, cause: str) -> tuple[int, ...]:
    """The signals held for one cause, in the order they came."""
    rows = session.sql("SELECT id FROM signal WHERE disposition = 'held' AND cause = ? ORDER BY id", (cause,))
    return tuple(row[0] for row in rows)
