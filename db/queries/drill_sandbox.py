"""What a drill's own desk begins with, copied from the real one, and the marks by which it goes on."""

from typing import Any

from db.queries import setting
from db.unit_of_work import Session

#: What is copied as it is, parents before children; only what was published.
_COPIED = (
    ("template", "WHERE id IN (SELECT template_id FROM template_version)"),
    ("template_version", ""),
    ("tone_version", ""),
    ("playbook", "WHERE published > 0 AND retired_at IS NULL"),
    ("playbook_version", "WHERE playbook_id IN (SELECT id FROM playbook WHERE published > 0"
     " AND retired_at IS NULL)"),
    ("playbook_tag", "WHERE playbook_id IN (SELECT id FROM playbook WHERE published > 0"
     " AND retired_at IS NULL)"),
)  # fmt: skip
_MARK = "drill."


def copy_library(source: Session, target: Session) -> int:
    """Copy published templates, rules of tone and playbooks into a new database; gives how many rows."""
    count = 0
    target.sql("PRAGMA defer_foreign_keys = ON")
    for table, where in _COPIED:
        cursor = source.sql(f"SELECT * FROM {table} {where}")
        names = [column[0] for column in cursor.description]
        rows = [tuple(row) for row in cursor.fetchall()]
        if rows:
            marks = ", ".join("?" * len(names))
            target.sql(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)
        count += len(rows)
    return count


def mark(session: Session, name: str) -> str:
    """What was noted under a name; empty for nothing."""
    row = session.sql("SELECT value FROM setting WHERE key = ?", (_MARK + name,)).fetchone()
    return str(row[0]) if row else ""


def put_mark(session: Session, name: str, value: str) -> None:
    """Note something about the drill."""
    setting.put(session, _MARK + name, value)


def events_after(session: Session, seq: int) -> list[tuple[Any, ...]]:
    """Everything on the timeline after a seq, in order: (seq, escalation, kind, at, actor, body)."""
    return session.sql(
        "SELECT seq, escalation_id, kind, at, actor, body FROM timeline WHERE seq > ? ORDER BY seq", (seq,)
    ).fetchall()


def head(session: Session) -> tuple[int, int]:
    """Seq and instant of the last event, in microseconds; zeros for none."""
    row = session.sql("SELECT seq, at FROM timeline ORDER BY seq DESC LIMIT 1").fetchone()
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


def escalation_row(session: Session, escalation_id: int) -> dict[str, Any]:
    """An escalation's columns with its customer's and its owner's; empty for none."""
    cursor = session.sql(
        "SELECT e.*, c.name AS customer_name, c.tier AS customer_tier, p.name AS owner_name"
        " FROM escalation e JOIN customer c ON c.id = e.customer_id"
        " LEFT JOIN person p ON p.id = e.owner_id WHERE e.id = ?",
        (escalation_id,),
    )
    row = cursor.fetchone()
    return {} if row is None else dict(zip([each[0] for each in cursor.description], row, strict=True))


def open_tickets(session: Session, source: str) -> list[tuple[int, str, str]]:
    """Open escalations that came from a source: (id, product area, its reference there)."""
    rows = session.sql(
        "SELECT id, area, external_ref FROM escalation WHERE external_source = ? AND state IN"
        " ('new', 'triaged', 'acknowledged', 'working', 'contained') ORDER BY id",
        (source,),
    )
    return [(row[0], row[1], row[2]) for row in rows.fetchall()]


def relatives(session: Session, escalation_id: int) -> list[int]:
    """Open escalations that are children of this one, or its parent."""
    rows = session.sql(
        "SELECT id FROM escalation WHERE (parent_id = ? OR id ="
        " (SELECT parent_id FROM escalation WHERE id = ?)) AND state IN"
        " ('new', 'triaged', 'acknowledged', 'working', 'contained')",
        (escalation_id, escalation_id),
    )
    return [row[0] for row in rows.fetchall()]


def ticket(session: Session, source: str, reference: str) -> tuple[int, str] | None:
    """The escalation of a reference, with its state; None for none."""
    row = session.sql(
        "SELECT id, state FROM escalation WHERE external_source = ? AND external_ref = ?",
        (source, reference),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def newest_open(session: Session) -> int:
    """The open escalation that something happened to last; 0 for none."""
    row = session.sql(
        "SELECT id FROM escalation WHERE state IN"
        " ('new', 'triaged', 'acknowledged', 'working', 'contained')"
        " ORDER BY last_event_at DESC, id DESC LIMIT 1"
    ).fetchone()
    return 0 if row is None else int(row[0])


def newest(session: Session) -> int:
    """The newest escalation that was not merged; 0 for none."""
    row = session.sql("SELECT id FROM escalation WHERE state <> 'merged' ORDER BY id DESC LIMIT 1").fetchone()
    return 0 if row is None else int(row[0])


def running_updates(session: Session, escalation_id: int) -> int:
    """How many promises of another word to the customer an escalation stands under."""
    row = session.sql(
        "SELECT (SELECT count(*) FROM promise WHERE escalation_id = ? AND state IN ('open', 'broken')"
        " AND settled_at IS NULL)",
        (escalation_id,),
    ).fetchone()
    return int(row[0])


def published_playbook(session: Session, slug: str) -> int:
    """The version of a playbook that is in use; 0 for none."""
    row = session.sql(
        "SELECT published FROM playbook WHERE slug = ? AND retired_at IS NULL", (slug,)
    ).fetchone()
    return 0 if row is None else int(row[0])
