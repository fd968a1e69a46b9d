"""Templates of messages, their versions and drafts."""

from typing import NamedTuple

from db.unit_of_work import Session
from desktop.domain.errors import NotFound


class TemplateRow(NamedTuple):
    """A template; `retired_us` is 0 while it is used."""

    id: int
    slug: str
    audience: str
    stage: str
    medium: str
    retired_us: int


class VersionRow(NamedTuple):
    """One published version."""

    number: int
    title: str
    subject: str
    body: str
    hash: str
    change_note: str
    author: str
    published_us: int
    published_by: str


class DraftRow(NamedTuple):
    """What is being written."""

    base: int
    edition: int
    title: str
    subject: str
    body: str
    author: str
    author_id: int | None
    updated_us: int


class ListedRow(NamedTuple):
    """A template with what is published and what is written of it; `edition` is 0 without a draft."""

    template: TemplateRow
    number: int
    title: str
    published_us: int
    published_by: str
    base: int
    edition: int
    draft_title: str
    draft_by: str


_TEMPLATE = "t.id, t.slug, t.audience, t.stage, t.medium, coalesce(t.retired_at, 0)"
_VERSION = "number, title, subject, body, hash, change_note, author, published_at, published_by"
_LISTED = f"""
SELECT {_TEMPLATE}, coalesce(v.number, 0), coalesce(v.title, ''), coalesce(v.published_at, 0),
    coalesce(v.published_by, ''), coalesce(d.base, 0), coalesce(d.edition, 0), coalesce(d.title, ''),
    coalesce(d.author, '')
FROM template t
LEFT JOIN template_version v ON v.template_id = t.id
    AND v.number = (SELECT max(number) FROM template_version WHERE template_id = t.id)
LEFT JOIN template_draft d ON d.template_id = t.id
"""


def listed(session: Session) -> tuple[ListedRow, ...]:
    """Every template, retired ones too."""
    rows = session.sql(f"{_LISTED} ORDER BY t.id").fetchall()
    return tuple(ListedRow(TemplateRow(*row[:6]), *row[6:]) for row in rows)


def get(session: Session, template_id: int) -> TemplateRow:
    """One template.

    Raises: NotFound.
    """
    row = session.sql(f"SELECT {_TEMPLATE} FROM template t WHERE t.id = ?", (template_id,)).fetchone()
    if row is None:
        raise NotFound("There is no such template.")
    return TemplateRow(*row)


def at_place(session: Session, audience: str, stage: str, medium: str) -> TemplateRow | None:
    """The template in use for an audience, stage and medium."""
    row = session.sql(
        f"SELECT {_TEMPLATE} FROM template t"
        " WHERE t.audience = ? AND t.stage = ? AND t.medium = ? AND t.retired_at IS NULL",
        (audience, stage, medium),
    ).fetchone()
    return None if row is None else TemplateRow(*row)


def slugs(session: Session) -> frozenset[str]:
    """The names of all templates there ever were."""
    return frozenset(row[0] for row in session.sql("SELECT slug FROM template").fetchall())


def insert(session: Session, slug: str, audience: str, stage: str, medium: str) -> int:
    """Store a new template; gives its id."""
    cursor = session.sql(
        "INSERT INTO template (slug, audience, stage, medium, revision) VALUES (?, ?, ?, ?, ?)",
        (slug, audience, stage, medium, session.revision()),
    )
    return int(cursor.lastrowid or 0)


def retire(session: Session, template_id: int, at_us: int | None) -> None:
    """Let a template be used no more, or with None again."""
    session.sql(
        "UPDATE template SET retired_at = ?, revision = ? WHERE id = ?",
        (at_us, session.revision(), template_id),
    )


def delete(session: Session, template_id: int) -> None:
    """Forget a template of which nothing was ever published."""
    session.sql("DELETE FROM template_draft WHERE template_id = ?", (template_id,))
    session.sql("DELETE FROM template WHERE id = ?", (template_id,))
    session.revision()


def put_version(session: Session, template_id: int, row: VersionRow) -> None:
    """Keep a version for ever."""
    session.sql(
        f"INSERT INTO template_version (template_id, {_VERSION}) VALUES (?, {', '.join('?' * len(row))})",
        (template_id, *row),
    )
    session.sql("UPDATE template SET revision = ? WHERE id = ?", (session.revision(), template_id))


def versions(session: Session, template_id: int) -> tuple[VersionRow, ...]:
    """Every version, newest first."""
    rows = session.sql(
        f"SELECT {_VERSION} FROM template_version WHERE template_id = ? ORDER BY number DESC", (template_id,)
    )
    return tuple(VersionRow(*row) for row in rows.fetchall())


def newest(session: Session, template_id: int) -> VersionRow | None:
    """The version in use, None before the first."""
    row = session.sql(
        f"SELECT {_VERSION} FROM template_version WHERE template_id = ? ORDER BY number DESC LIMIT 1",
        (template_id,),
    ).fetchone()
    return None if row is None else VersionRow(*row)


def draft(session: Session, template_id: int) -> DraftRow | None:
    """What is being written of a template."""
    row = session.sql(
        "SELECT base, edition, title, subject, body, author, author_id, updated_at FROM template_draft"
        " WHERE template_id = ?",
        (template_id,),
    ).fetchone()
    return None if row is None else DraftRow(*row)


def put_draft(session: Session, template_id: int, row: DraftRow) -> None:
    """Keep what is being written."""
    session.sql(
        "INSERT INTO template_draft (template_id, base, edition, title, subject, body, author, author_id,"
        " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (template_id) DO UPDATE SET"
        " base = excluded.base, edition = excluded.edition, title = excluded.title,"
        " subject = excluded.subject, body = excluded.body, author = excluded.author,"
        " author_id = excluded.author_id, updated_at = excluded.updated_at",
        (template_id, *row),
    )
    session.sql("UPDATE template SET revision = ? WHERE id = ?", (session.revision(), template_id))


def delete_draft(session: Session, template_id: int) -> None:
    """Forget what was being written."""
    session.sql("DELETE FROM template_draft WHERE template_id = ?", (template_id,))
    session.sql("UPDATE template SET revision = ? WHERE id = ?", (session.revision(), template_id))
