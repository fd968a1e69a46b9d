"""Drafts of playbooks and what reviewers said of them."""

from typing import NamedTuple

from db.unit_of_work import Session

_DRAFT = (
    "d.playbook_id, p.slug, d.base, d.edition, d.state, d.content, d.author, d.author_id, d.saved_by,"
    " d.updated_at, d.note, d.derived_from, d.asked_by"
)


class DraftRow(NamedTuple):
    """A draft as it is kept; instants in microseconds."""

    playbook_id: int
    slug: str
    base: int
    edition: int
    state: str
    content: str
    author: str
    author_id: int | None
    saved_by: str
    updated_us: int
    note: str
    derived_from: str
    asked_by: str


class DraftHead(NamedTuple):
    """A draft in a list."""

    base: int
    edition: int
    state: str


class ReviewRow(NamedTuple):
    """What one person said of a draft whose words have this hash."""

    hash: str
    reviewer: str
    reviewer_id: int | None
    approves: int
    remark: str
    at_us: int


def get(session: Session, playbook_id: int) -> DraftRow | None:
    """The draft of a playbook, if somebody writes one."""
    row = session.sql(
        f"SELECT {_DRAFT} FROM playbook_draft d JOIN playbook p ON p.id = d.playbook_id"
        " WHERE d.playbook_id = ?",
        (playbook_id,),
    ).fetchone()
    return None if row is None else DraftRow._make(row)


def heads(session: Session) -> dict[int, DraftHead]:
    """Where somebody writes, by playbook."""
    rows = session.sql("SELECT playbook_id, base, edition, state FROM playbook_draft")
    return {row[0]: DraftHead._make(row[1:]) for row in rows}


def insert(session: Session, row: DraftRow) -> None:
    """Keep a new draft."""
    session.sql(
        "INSERT INTO playbook_draft (playbook_id, base, edition, content, author, author_id, saved_by,"
        " updated_at, note, derived_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row.playbook_id,
            row.base,
            row.edition,
            row.content,
            row.author,
            row.author_id,
            row.saved_by,
            row.updated_us,
            row.note,
            row.derived_from,
        ),
    )


def save(session: Session, playbook_id: int, content: str, at_us: int, by: str) -> None:
    """Keep other words as the next edition; whoever was to review the old ones is asked no longer."""
    session.sql(
        "UPDATE playbook_draft SET content = ?, edition = edition + 1, updated_at = ?, saved_by = ?,"
        " state = 'draft', asked_at = NULL, asked_by = '' WHERE playbook_id = ?",
        (content, at_us, by, playbook_id),
    )


def ask(session: Session, playbook_id: int, at_us: int, by: str) -> None:
    """Put a draft before its reviewers."""
    session.sql(
        "UPDATE playbook_draft SET state = 'in_review', asked_at = ?, asked_by = ? WHERE playbook_id = ?",
        (at_us, by, playbook_id),
    )


def send_back(session: Session, playbook_id: int) -> None:
    """Take a draft back from its reviewers."""
    session.sql(
        "UPDATE playbook_draft SET state = 'draft', asked_at = NULL, asked_by = '' WHERE playbook_id = ?",
        (playbook_id,),
    )


def set_base(session: Session, playbook_id: int, base: int) -> None:
    """Let a draft follow another version than that it was begun from."""
    session.sql("UPDATE playbook_draft SET base = ? WHERE playbook_id = ?", (base, playbook_id))


def delete(session: Session, playbook_id: int) -> None:
    """Throw a draft away."""
    session.sql("DELETE FROM playbook_draft WHERE playbook_id = ?", (playbook_id,))


def add_review(session: Session, playbook_id: int, number: int, row: ReviewRow) -> None:
    """Keep what a reviewer said of what is to become that version."""
    session.sql(
        "INSERT INTO playbook_review (playbook_id, number, hash, reviewer, reviewer_id, approves, remark, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (playbook_id, number, *row),
    )


def reviews(session: Session, playbook_id: int, number: int) -> list[ReviewRow]:
    """What was said of it so far, oldest first."""
    rows = session.sql(
        "SELECT hash, reviewer, reviewer_id, approves, remark, at FROM playbook_review"
        " WHERE playbook_id = ? AND number = ? ORDER BY id",
        (playbook_id, number),
    )
    return [ReviewRow._make(row) for row in rows]
