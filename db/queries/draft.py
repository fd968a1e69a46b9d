"""Drafts: unfinished forms, kept while they are typed."""

from typing import NamedTuple

from db.unit_of_work import Session


class DraftRow(NamedTuple):
    """A draft as stored; `body` is JSON text."""

    kind: str
    key: str
    body: str
    person_id: int | None
    updated_us: int


_SELECT = "SELECT kind, key, body, person_id, updated_at FROM draft"


def put(session: Session, draft: DraftRow) -> None:
    """Keep a draft in the place of an older one of its kind and key."""
    session.sql(
        "INSERT INTO draft (kind, key, body, person_id, updated_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (kind, key) DO UPDATE SET"
        " body = excluded.body, person_id = excluded.person_id, updated_at = excluded.updated_at",
        draft,
    )


def get(session: Session, kind: str, key: str) -> DraftRow | None:
    """One draft, None where there is none."""
    row = session.sql(f"{_SELECT} WHERE kind = ? AND key = ?", (kind, key)).fetchone()
    return DraftRow(*row) if row else None


def of_kind(session: Session, kind: str) -> tuple[DraftRow, ...]:
    """All drafts of a kind, newest first."""
    found = session.sql(f"{_SELECT} WHERE kind = ? ORDER BY updated_at DESC, id DESC", (kind,))
    return tuple(DraftRow(*row) for row in found)


def delete(session: Session, kind: str, key: str) -> None:
    """Throw a draft away."""
    session.sql("DELETE FROM draft WHERE kind = ? AND key = ?", (kind, key))
