"""Storms: the times in which a source opened nothing by itself."""

from typing import NamedTuple

from db.unit_of_work import Session


class Storm(NamedTuple):
    """One storm; instants in microseconds, `ended_us` None while it rages."""

    id: int
    source_id: int
    began_us: int
    ended_us: int | None
    ended_by: str
    why: str


_SELECT = "SELECT id, source_id, began_at, ended_at, ended_by, why FROM storm"


def raging(session: Session) -> tuple[Storm, ...]:
    """The storms that have not ended."""
    return tuple(Storm(*row) for row in session.sql(f"{_SELECT} WHERE ended_at IS NULL ORDER BY began_at"))


def of_source(session: Session, source_id: int) -> Storm | None:
    """The storm that rages over a source."""
    row = session.sql(f"{_SELECT} WHERE source_id = ? AND ended_at IS NULL", (source_id,)).fetchone()
    return None if row is None else Storm(*row)


def last_ended_us(session: Session, source_id: int) -> int:
    """When the last storm of a source ended, 0 for never: openings before it count no more."""
    row = session.sql("SELECT max(ended_at) FROM storm WHERE source_id = ?", (source_id,)).fetchone()
    return row[0] or 0


def begin(session: Session, source_id: int, at_us: int, why: str) -> int:
    """A storm breaks loose; gives its id."""
    cursor = session.sql(
        "INSERT INTO storm (source_id, began_at, why) VALUES (?, ?, ?)", (source_id, at_us, why)
    )
    return int(cursor.lastrowid or 0)


def end(session: Session, storm_id: int, at_us: int, by: str) -> None:
    """It is over."""
    session.sql("UPDATE storm SET ended_at = ?, ended_by = ? WHERE id = ?", (at_us, by, storm_id))
