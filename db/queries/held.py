"""How many signals wait for a person, without reading them."""

from db.unit_of_work import Session


def count(session: Session) -> int:
    """How many signals are held, for whatever cause."""
    return int(session.sql("SELECT count(*) FROM signal WHERE disposition = 'held'").fetchone()[0])
