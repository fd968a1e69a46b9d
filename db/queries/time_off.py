"""When people are away."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.unit_of_work import Session
from desktop.domain.instant import from_us, to_us
from desktop.domain.time_off import TimeOff

_SELECT = "SELECT id, person_id, from_at, to_at, reason, uid, source FROM time_off"


def between(session: Session, start_us: int, end_us: int) -> tuple[TimeOff, ...]:
    """Everybody's time off that touches a time, by its beginning."""
    rows = session.sql(f"{_SELECT} WHERE to_at > ? AND from_at < ? ORDER BY from_at, id", (start_us, end_us))
    return tuple(map(_entry, rows.fetchall()))


def of_person(session: Session, person_id: int, since_us: int = 0) -> tuple[TimeOff, ...]:
    """One person's time off that is not over at an instant, by its beginning."""
    rows = session.sql(
        f"{_SELECT} WHERE person_id = ? AND to_at > ? ORDER BY from_at, id", (person_id, since_us)
    )
    return tuple(map(_entry, rows.fetchall()))


def by_uid(session: Session, person_id: int) -> Mapping[str, TimeOff]:
    """All of one person's entries by the name they have in their calendar."""
    rows = session.sql(f"{_SELECT} WHERE person_id = ?", (person_id,))
    return {entry.uid: entry for entry in map(_entry, rows.fetchall())}


def get(session: Session, entry_id: int) -> TimeOff | None:
    """One entry, None where there is none of that id."""
    row = session.sql(f"{_SELECT} WHERE id = ?", (entry_id,)).fetchone()
    return _entry(row) if row else None


def insert(session: Session, entry: TimeOff, at_us: int, by: str) -> int:
    """Add an entry; gives the id (that of `entry` does not count)."""
    cursor = session.sql(
        "INSERT INTO time_off (person_id, from_at, to_at, reason, uid, source, made_at, made_by, revision)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.person_id,
            to_us(entry.start),
            to_us(entry.end),
            entry.reason,
            entry.uid,
            entry.source,
            at_us,
            by,
            session.revision(),
        ),
    )
    return int(cursor.lastrowid or 0)


def update(session: Session, entry: TimeOff) -> None:
    """Give an entry another time or reason."""
    session.sql(
        "UPDATE time_off SET from_at = ?, to_at = ?, reason = ?, revision = ? WHERE id = ?",
        (to_us(entry.start), to_us(entry.end), entry.reason, session.revision(), entry.id),
    )


def delete(session: Session, entry_id: int) -> None:
    """Take an entry away."""
    session.sql("DELETE FROM time_off WHERE id = ?", (entry_id,))


def _entry(row: Sequence[Any]) -> TimeOff:
    entry_id, person_id, start_us, end_us, reason, uid, source = row
    return TimeOff(entry_id, person_id, from_us(start_us), from_us(end_us), reason, uid, source)
