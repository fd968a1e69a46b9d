"""The rules of tone, as versions that never change."""

from typing import NamedTuple

from db.unit_of_work import Session


class ToneRow(NamedTuple):
    """A version as kept; `document` is JSON text."""

    number: int
    document: str
    hash: str
    note: str
    by_name: str
    at_us: int


_SELECT = "SELECT number, document, hash, note, by_name, at FROM tone_version "


def insert(session: Session, row: ToneRow) -> None:
    """Keep a version."""
    session.sql(
        "INSERT INTO tone_version (number, document, hash, note, by_name, at) VALUES (?, ?, ?, ?, ?, ?)", row
    )


def newest(session: Session) -> ToneRow | None:
    """The version in force, None where nobody has changed anything."""
    row = session.sql(_SELECT + "ORDER BY number DESC LIMIT 1").fetchone()
    return None if row is None else ToneRow(*row)


def newest_number(session: Session) -> int:
    """Its number, 0 for none."""
    row = session.sql("SELECT max(number) FROM tone_version").fetchone()
    return int(row[0] or 0)


def all_versions(session: Session) -> tuple[ToneRow, ...]:
    """Every version, the newest first."""
    return tuple(ToneRow(*row) for row in session.sql(_SELECT + "ORDER BY number DESC").fetchall())
