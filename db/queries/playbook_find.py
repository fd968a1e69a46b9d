"""Finding playbooks by words and tags, and those that fit an escalation."""

from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session
from desktop.domain.playbook_match import Target


class ShelfRow(NamedTuple):
    """A playbook without its words; instants in microseconds, `draft` the state of its draft."""

    id: int
    slug: str
    title: str
    owner: str
    published: int
    review_due_us: int | None
    last_used_us: int | None
    retired_us: int | None
    draft: str | None


class Words(NamedTuple):
    """What the full-text index holds of a playbook."""

    title: str
    purpose: str
    steps: str
    templates: str
    tags: str


def shelf(session: Session) -> list[ShelfRow]:
    """Every playbook there is something of."""
    rows = session.sql(
        "SELECT p.id, p.slug, p.title, p.owner, p.published, p.review_due_at, p.last_used_at, p.retired_at,"
        " d.state FROM playbook p LEFT JOIN playbook_draft d ON d.playbook_id = p.id"
        " WHERE p.published OR d.state IS NOT NULL ORDER BY p.title, p.id"
    )
    return [ShelfRow._make(row) for row in rows]


def tags(session: Session) -> list[tuple[int, str, str]]:
    """Playbook, axis and key of every tag."""
    return session.sql("SELECT playbook_id, axis, key FROM playbook_tag").fetchall()


def matching(session: Session, match: str) -> list[int]:
    """The playbooks that hold the words, in no order."""
    rows = session.sql("SELECT rowid FROM playbook_search WHERE playbook_search MATCH ?", (match,))
    return [row[0] for row in rows]


def scored(session: Session, match: str) -> dict[int, float]:
    """The playbooks that hold the words, and how well: the less, the better."""
    return dict(
        session.sql(
            "SELECT rowid, bm25(playbook_search, 8.0, 3.0, 1.0, 0.5, 2.0) FROM playbook_search"
            " WHERE playbook_search MATCH ?",
            (match,),
        )
    )


def words(session: Session, ids: Sequence[int]) -> dict[int, Words]:
    """What the index holds of these."""
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    rows = session.sql(
        f"SELECT rowid, title, purpose, steps, templates, tags FROM playbook_search WHERE rowid IN ({marks})",
        ids,
    )
    return {row[0]: Words._make(row[1:]) for row in rows}


def target(session: Session, escalation_id: int) -> Target | None:
    """What is known of an escalation for choosing a playbook; None where there is no such one."""
    row = session.sql(
        "SELECT e.area, e.issue_type, coalesce(c.tier, ''), coalesce(e.priority, '') FROM escalation e"
        " JOIN customer c ON c.id = e.customer_id WHERE e.id = ?",
        (escalation_id,),
    ).fetchone()
    return None if row is None else Target(*row)


def tagged(session: Session, target: Target) -> dict[int, list[tuple[str, str]]]:
    """The tags of all published playbooks that name at least one of the target's values."""
    rows = session.sql(
        "SELECT t.playbook_id, t.axis, t.key FROM playbook_tag t WHERE t.playbook_id IN"
        " (SELECT s.playbook_id FROM playbook_tag s JOIN playbook p ON p.id = s.playbook_id"
        " WHERE p.published AND p.retired_at IS NULL AND ((s.axis = 'area' AND s.key = ?)"
        " OR (s.axis = 'type' AND s.key = ?) OR (s.axis = 'tier' AND s.key = ?)"
        " OR (s.axis = 'level' AND s.key = ?)))",
        (target.area, target.type, target.tier, target.level),
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for playbook_id, axis, key in rows:
        found.setdefault(playbook_id, []).append((axis, key))
    return found


def named_by_rules(session: Session, escalation_id: int) -> frozenset[str]:
    """The names of playbooks that rules have linked to an escalation, in small letters."""
    rows = session.sql(
        "SELECT text FROM mark WHERE escalation_id = ? AND kind = 'playbook' AND removed_at IS NULL",
        (escalation_id,),
    )
    return frozenset(row[0].casefold() for row in rows)


def by_names(session: Session, names: frozenset[str]) -> list[int]:
    """Published playbooks of these titles or short names, in small letters."""
    rows = session.sql("SELECT id, slug, title FROM playbook WHERE published AND retired_at IS NULL")
    return [id_ for id_, slug, title in rows if slug in names or title.casefold() in names]


def classified_after(session: Session, seq: int, limit: int) -> tuple[int, list[int]]:
    """The place in the timeline looked at so far, and the escalations classified since then, each once."""
    rows = session.sql(
        "SELECT seq, escalation_id, kind FROM timeline WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit)
    ).fetchall()
    kinds = ("escalation.opened", "escalation.classified", "escalation.reclassified", "override.applied")
    ids = dict.fromkeys(id_ for _, id_, kind in rows if id_ is not None and kind in kinds)
    return (rows[-1][0] if rows else seq), list(ids)


def last_proposed(session: Session, escalation_id: int) -> str:
    """The body of the latest event that proposed a playbook for an escalation; empty where none did."""
    row = session.sql(
        "SELECT body FROM timeline WHERE escalation_id = ? AND kind = 'playbook.proposed'"
        " ORDER BY seq DESC LIMIT 1",
        (escalation_id,),
    ).fetchone()
    return "" if row is None else str(row[0])


def stale(session: Session, now_us: int) -> list[tuple[int, str, str, int]]:
    """Id, title, owner and due time of the playbooks that are due for review and nobody was reminded of."""
    return session.sql(
        "SELECT id, title, owner, review_due_at FROM playbook WHERE review_due_at <= ?"
        " AND review_due_at IS NOT NULL AND retired_at IS NULL AND published"
        " AND (reminded_at IS NULL OR reminded_at < review_due_at) ORDER BY review_due_at, id",
        (now_us,),
    ).fetchall()


def next_review_us(session: Session, now_us: int) -> int | None:
    """When the next playbook falls due for review."""
    row = session.sql(
        "SELECT min(review_due_at) FROM playbook WHERE review_due_at > ? AND review_due_at IS NOT NULL"
        " AND retired_at IS NULL",
        (now_us,),
    ).fetchone()
    return None if row is None else row[0]


def note_reminded(session: Session, playbook_id: int, now_us: int) -> None:
    """Its owner was reminded."""
    session.sql("UPDATE playbook SET reminded_at = ? WHERE id = ?", (now_us, playbook_id))
