"""Overrides of single shifts."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from db.unit_of_work import Session

_SELECT = """
SELECT id, schedule_id, from_at, to_at, add_id, remove_id, why, kind, swap_id, made_at, made_by,
    coalesce(cancelled_at, 0), cancelled_by
FROM shift_override
"""


class OverrideRow(NamedTuple):
    """One override; instants in microseconds, 0 for not cancelled."""

    id: int
    schedule_id: int
    from_us: int
    to_us: int
    add_id: int | None
    remove_id: int | None
    why: str
    kind: str
    swap_id: int | None
    made_us: int
    made_by: str
    cancelled_us: int = 0
    cancelled_by: str = ""


def standing(session: Session, schedule_id: int, from_us: int, to_us: int) -> tuple[OverrideRow, ...]:
    """A schedule's overrides that touch a time, in the order they were made.

    One that was cancelled after it had begun still counts until then: who was on call stays so.
    """
    rows = session.sql(
        f"{_SELECT} WHERE schedule_id = ? AND (cancelled_at IS NULL OR cancelled_at > from_at)"
        " AND to_at > ? AND from_at < ? ORDER BY id",
        (schedule_id, from_us, to_us),
    )
    found = (_row(row) for row in rows.fetchall())
    cut = (row._replace(to_us=min(row.to_us, row.cancelled_us or row.to_us)) for row in found)
    return tuple(row for row in cut if row.to_us > from_us)


def touching(session: Session, person_id: int, since_us: int) -> tuple[OverrideRow, ...]:
    """The overrides that add a person and are not over at an instant."""
    rows = session.sql(
        f"{_SELECT} WHERE add_id = ? AND cancelled_at IS NULL AND to_at > ? ORDER BY from_at, id",
        (person_id, since_us),
    )
    return tuple(map(_row, rows.fetchall()))


def get(session: Session, override_id: int) -> OverrideRow | None:
    """One override, a cancelled one too."""
    row = session.sql(f"{_SELECT} WHERE id = ?", (override_id,)).fetchone()
    return _row(row) if row else None


def of_swap(session: Session, swap_id: int) -> tuple[OverrideRow, ...]:
    """The overrides that a swap has made."""
    return tuple(map(_row, session.sql(f"{_SELECT} WHERE swap_id = ? ORDER BY id", (swap_id,)).fetchall()))


def insert(session: Session, new: OverrideRow) -> int:
    """Make an override; gives the id (that of `new` does not count)."""
    cursor = session.sql(
        "INSERT INTO shift_override (schedule_id, from_at, to_at, add_id, remove_id, why, kind, swap_id,"
        " made_at, made_by, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*new[1:11], session.revision()),
    )
    return int(cursor.lastrowid or 0)


def cancel(session: Session, override_id: int, at_us: int, by: str) -> None:
    """Let an override count no more; its row stays."""
    session.sql(
        "UPDATE shift_override SET cancelled_at = ?, cancelled_by = ?, revision = ? WHERE id = ?",
        (at_us, by, session.revision(), override_id),
    )


def _row(row: Sequence[Any]) -> OverrideRow:
    return OverrideRow(*row)
