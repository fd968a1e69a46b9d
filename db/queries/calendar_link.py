"""Addresses under which shifts may be read; only the hash of what makes them secret is kept."""

from typing import NamedTuple

from db.unit_of_work import Session

_SELECT = (
    "SELECT id, coalesce(person_id, 0), team, made_at, made_by, coalesce(ended_at, 0) FROM calendar_link"
)


class CalendarLinkRow(NamedTuple):
    """An address for one person's shifts (`person_id`) or a team's; instants in microseconds, 0 for none."""

    id: int
    person_id: int
    team: str
    made_us: int
    made_by: str
    ended_us: int


def insert(session: Session, token_hash: str, person_id: int, team: str, at_us: int, by: str) -> int:
    """Make an address; gives its id."""
    cursor = session.sql(
        "INSERT INTO calendar_link (token_hash, person_id, team, made_at, made_by) VALUES (?, ?, ?, ?, ?)",
        (token_hash, person_id or None, team, at_us, by),
    )
    return int(cursor.lastrowid or 0)


def by_hash(session: Session, token_hash: str) -> CalendarLinkRow | None:
    """The address with this token, unless it was ended."""
    row = session.sql(f"{_SELECT} WHERE token_hash = ? AND ended_at IS NULL", (token_hash,)).fetchone()
    return CalendarLinkRow(*row) if row else None


def standing(session: Session) -> tuple[CalendarLinkRow, ...]:
    """The addresses that may be read, in the order they were made."""
    rows = session.sql(f"{_SELECT} WHERE ended_at IS NULL ORDER BY id")
    return tuple(CalendarLinkRow(*row) for row in rows.fetchall())


def get(session: Session, link_id: int) -> CalendarLinkRow | None:
    """One address, an ended one too."""
    row = session.sql(f"{_SELECT} WHERE id = ?", (link_id,)).fetchone()
    return CalendarLinkRow(*row) if row else None


def end(session: Session, link_id: int, at_us: int) -> None:
    """Nobody reads there any more."""
    session.sql("UPDATE calendar_link SET ended_at = ? WHERE id = ?", (at_us, link_id))
