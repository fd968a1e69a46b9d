"""Swaps that were asked for, and what became of them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from db.unit_of_work import Session

_SELECT = """
SELECT id, schedule_id, asker_id, other_id, from_at, to_at, coalesce(back_from_at, 0),
    coalesce(back_to_at, 0), state, note, ended_why, asked_at, coalesce(answered_at, 0)
FROM swap
"""


class SwapRow(NamedTuple):
    """One swap; instants in microseconds, 0 for none: then nothing is given back, or nobody has answered."""

    id: int
    schedule_id: int
    asker_id: int
    other_id: int
    from_us: int
    to_us: int
    back_from_us: int
    back_to_us: int
    state: str
    note: str
    ended_why: str
    asked_us: int
    answered_us: int


def insert(session: Session, new: SwapRow) -> int:
    """Ask for a swap; gives the id (that of `new` does not count)."""
    cursor = session.sql(
        "INSERT INTO swap (schedule_id, asker_id, other_id, from_at, to_at, back_from_at, back_to_at, note,"
        " asked_at, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *new[1:6],
            new.back_from_us or None,
            new.back_to_us or None,
            new.note,
            new.asked_us,
            session.revision(),
        ),
    )
    return int(cursor.lastrowid or 0)


def get(session: Session, swap_id: int) -> SwapRow | None:
    """One swap, None where there is none of that id."""
    row = session.sql(f"{_SELECT} WHERE id = ?", (swap_id,)).fetchone()
    return _row(row) if row else None


def waiting(session: Session, schedule_id: int) -> tuple[SwapRow, ...]:
    """A schedule's swaps nobody has answered, the oldest first."""
    rows = session.sql(f"{_SELECT} WHERE schedule_id = ? AND state = 'asked' ORDER BY id", (schedule_id,))
    return tuple(map(_row, rows.fetchall()))


def latest(session: Session, limit: int) -> tuple[SwapRow, ...]:
    """All swaps, those nobody has answered first, then the latest."""
    rows = session.sql(f"{_SELECT} ORDER BY state <> 'asked', id DESC LIMIT ?", (limit,))
    return tuple(map(_row, rows.fetchall()))


def end(session: Session, swap_id: int, state: str, why: str, at_us: int) -> None:
    """Say what became of a swap."""
    session.sql(
        "UPDATE swap SET state = ?, ended_why = ?, answered_at = ?, revision = ? WHERE id = ?",
        (state, why, at_us, session.revision(), swap_id),
    )


def _row(row: Sequence[Any]) -> SwapRow:
    return SwapRow(*row)
