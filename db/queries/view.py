"""Saved views of the board: a name, a body of JSON text, a position."""

from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session


class ViewRow(NamedTuple):
    """A saved view as stored."""

    id: int
    name: str
    body: str


def all_views(session: Session) -> tuple[ViewRow, ...]:
    """Every saved view in the person's order."""
    return tuple(
        ViewRow(*row) for row in session.sql("SELECT id, name, body FROM saved_view ORDER BY position, id")
    )


def insert(session: Session, name: str, body: str) -> int:
    """Add a view at the end; gives its id."""
    cursor = session.sql(
        "INSERT INTO saved_view (name, body, position)"
        " SELECT ?, ?, coalesce(max(position), -1) + 1 FROM saved_view",
        (name, body),
    )
    return int(cursor.lastrowid or 0)


def update(session: Session, view_id: int, name: str, body: str) -> None:
    """Give a view another name or body."""
    session.sql("UPDATE saved_view SET name = ?, body = ? WHERE id = ?", (name, body, view_id))


def arrange(session: Session, view_ids: Sequence[int]) -> None:
    """Put the views in this order."""
    for position, view_id in enumerate(view_ids):
        session.sql("UPDATE saved_view SET position = ? WHERE id = ?", (position, view_id))


def delete(session: Session, view_id: int) -> None:
    """Throw a view away."""
    session.sql("DELETE FROM saved_view WHERE id = ?", (view_id,))
