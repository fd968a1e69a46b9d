"""Playbooks and their published versions, which are written once and never changed."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.unit_of_work import Session

_HEAD = (
    "id, slug, title, owner, published, approved_at, review_due_at, used_count, last_used_at, retired_at,"
    " retired_by, retired_why"
)
_VERSION = (
    "v.playbook_id, p.slug, v.number, p.published, p.retired_at IS NOT NULL, v.content, v.hash,"
    " v.change_note, v.author, v.approved_by, v.approved_at, v.derived_from"
)
#: What is left of a playbook that was thrown away before it was ever published.
_IS_THERE = "(published OR EXISTS (SELECT 1 FROM playbook_draft d WHERE d.playbook_id = playbook.id))"


class Head(NamedTuple):
    """A playbook without its words; instants in microseconds."""

    id: int
    slug: str
    title: str
    owner: str
    published: int
    approved_us: int | None
    review_due_us: int | None
    used_count: int
    last_used_us: int | None
    retired_us: int | None
    retired_by: str
    retired_why: str


class VersionRow(NamedTuple):
    """A published version as it is kept."""

    playbook_id: int
    slug: str
    number: int
    published: int
    is_retired: int
    content: str
    hash: str
    change_note: str
    author: str
    approved_by: str
    approved_us: int
    derived_from: str


class NewVersion(NamedTuple):
    """A version to be kept."""

    playbook_id: int
    number: int
    content: str
    hash: str
    change_note: str
    author: str
    approved_by: str
    approved_us: int
    published_us: int
    published_by: str
    derived_from: str


class IndexRow(NamedTuple):
    """What the full-text index holds of a playbook."""

    playbook_id: int
    title: str
    purpose: str
    steps: str
    templates: str
    tags: str


def all_heads(session: Session, *, retired: bool) -> list[Head]:
    """All playbooks by title, retired ones among them only where wanted."""
    only = "" if retired else "AND retired_at IS NULL"
    rows = session.sql(f"SELECT {_HEAD} FROM playbook WHERE {_IS_THERE} {only} ORDER BY title, id")
    return [Head._make(row) for row in rows]


def head(session: Session, playbook_id: int) -> Head | None:
    """One playbook; None where there is none, or it was thrown away before it was published."""
    row = session.sql(f"SELECT {_HEAD} FROM playbook WHERE id = ? AND {_IS_THERE}", (playbook_id,)).fetchone()
    return None if row is None else Head._make(row)


def by_slug(session: Session, slug: str) -> int | None:
    """The playbook under a short name."""
    row = session.sql("SELECT id FROM playbook WHERE slug = ?", (slug,)).fetchone()
    return None if row is None else int(row[0])


def slugs(session: Session) -> frozenset[str]:
    """Every short name that is taken."""
    return frozenset(row[0] for row in session.sql("SELECT slug FROM playbook"))


def tags(session: Session) -> list[tuple[int, str, str]]:
    """Playbook, axis and key of all tags."""
    return session.sql("SELECT playbook_id, axis, key FROM playbook_tag ORDER BY rowid").fetchall()


def insert(session: Session, slug: str, title: str, owner: str, at_us: int, by: str) -> int:
    """A new playbook with nothing in it yet."""
    row = session.sql(
        "INSERT INTO playbook (slug, title, owner, created_at, created_by, revision)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (slug, title, owner, at_us, by, session.revision()),
    ).fetchone()
    return int(row[0])


def set_title(session: Session, playbook_id: int, title: str, owner: str) -> None:
    """What a playbook is called before it is published."""
    session.sql(
        "UPDATE playbook SET title = ?, owner = ?, revision = ? WHERE id = ?",
        (title, owner, session.revision(), playbook_id),
    )


def set_published(
    session: Session, row: Head, number: int, approved_us: int, review_due_us: int | None
) -> None:
    """Let another version be the published one; `row` gives title and owner."""
    session.sql(
        "UPDATE playbook SET title = ?, owner = ?, published = ?, approved_at = ?, review_due_at = ?,"
        " reminded_at = NULL, revision = ? WHERE id = ?",
        (row.title, row.owner, number, approved_us, review_due_us, session.revision(), row.id),
    )


def set_review_due(session: Session, playbook_id: int, due_us: int | None) -> None:
    """When a playbook has to be looked through again."""
    session.sql(
        "UPDATE playbook SET review_due_at = ?, reminded_at = NULL, revision = ? WHERE id = ?",
        (due_us, session.revision(), playbook_id),
    )


def set_retired(session: Session, playbook_id: int, at_us: int | None, by: str = "", why: str = "") -> None:
    """Take a playbook out of use, or into use again."""
    session.sql(
        "UPDATE playbook SET retired_at = ?, retired_by = ?, retired_why = ?, revision = ? WHERE id = ?",
        (at_us, by, why, session.revision(), playbook_id),
    )


def note_use(session: Session, playbook_id: int, at_us: int) -> None:
    """Count that a playbook was opened on an escalation."""
    session.sql(
        "UPDATE playbook SET used_count = used_count + 1, last_used_at = ?, revision = ? WHERE id = ?",
        (at_us, session.revision(), playbook_id),
    )


def forget(session: Session, playbook_id: int) -> None:
    """Free the short name of a playbook that was thrown away before it was published."""
    session.sql(
        "UPDATE playbook SET slug = 'discarded/' || id, revision = ? WHERE id = ?",
        (session.revision(), playbook_id),
    )


def add_version(session: Session, row: NewVersion) -> None:
    """Keep a published version."""
    session.sql(
        "INSERT INTO playbook_version (playbook_id, number, content, hash, change_note, author, approved_by,"
        " approved_at, published_at, published_by, derived_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )


def version(session: Session, playbook_id: int, number: int | None = None) -> VersionRow | None:
    """A version by its number, or else the published one."""
    row = session.sql(
        f"SELECT {_VERSION} FROM playbook_version v JOIN playbook p ON p.id = v.playbook_id"
        " WHERE v.playbook_id = ? AND v.number = coalesce(?, p.published)",
        (playbook_id, number),
    ).fetchone()
    return None if row is None else VersionRow._make(row)


def versions(session: Session, playbook_id: int) -> list[VersionRow]:
    """All versions, newest first."""
    rows = session.sql(
        f"SELECT {_VERSION} FROM playbook_version v JOIN playbook p ON p.id = v.playbook_id"
        " WHERE v.playbook_id = ? ORDER BY v.number DESC",
        (playbook_id,),
    )
    return [VersionRow._make(row) for row in rows]


def put_tags(session: Session, playbook_id: int, found: Iterable[tuple[str, str]]) -> None:
    """What a playbook is for, as axis and key, in the place of what was said before."""
    session.sql("DELETE FROM playbook_tag WHERE playbook_id = ?", (playbook_id,))
    rows = [(axis, key, playbook_id) for axis, key in found]
    if rows:
        session.sql("INSERT INTO playbook_tag (axis, key, playbook_id) VALUES (?, ?, ?)", rows)


def put_index(session: Session, row: IndexRow) -> None:
    """Let a playbook be found by these words."""
    session.sql(
        "INSERT OR REPLACE INTO playbook_search (rowid, title, purpose, steps, templates, tags)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        row,
    )


def drop_index(session: Session, playbook_id: int) -> None:
    """Let a playbook be found no more."""
    session.sql("DELETE FROM playbook_search WHERE rowid = ?", (playbook_id,))


def tags_of(found: Sequence[tuple[int, str, str]]) -> dict[int, dict[str, list[str]]]:
    """Tags by playbook and axis."""
    kept: dict[int, dict[str, list[str]]] = {}
    for playbook_id, axis, key in found:
        kept.setdefault(playbook_id, {}).setdefault(axis, []).append(key)
    return kept
