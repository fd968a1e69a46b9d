"""Maintenance windows, and the hosts a person has allowed to be asked."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from db.unit_of_work import Session
from desktop.domain.errors import NotFound
from desktop.domain.maintenance import Suppressed


class MaintenanceRow(NamedTuple):
    """One window; instants in microseconds, 0 for what has not happened."""

    id: int
    name: str
    reason: str
    scope: Mapping[str, Any] | None
    starts_us: int
    ends_us: int
    announce_s: int
    announced_us: int
    opened_us: int
    closed_us: int
    digest: Mapping[str, Any]
    made_us: int
    made_by: str
    cancelled_us: int


_SELECT = """
SELECT id, name, reason, scope, starts_at, ends_at, announce_s, coalesce(announced_at, 0),
    coalesce(opened_at, 0), coalesce(closed_at, 0), digest, made_at, made_by, coalesce(cancelled_at, 0)
FROM maintenance
"""


def insert(
    session: Session,
    *,
    name: str,
    reason: str,
    scope: Mapping[str, Any] | None,
    starts_us: int,
    ends_us: int,
    announce_s: int,
    at_us: int,
    by: str,
) -> int:
    """Plan a window; gives its id."""
    cursor = session.sql(
        "INSERT INTO maintenance (name, reason, scope, starts_at, ends_at, announce_s, made_at, made_by,"
        " revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            name,
            reason,
            json.dumps(scope, ensure_ascii=False) if scope else "",
            starts_us,
            ends_us,
            announce_s,
            at_us,
            by,
            session.revision(),
        ),
    )
    return int(cursor.lastrowid or 0)


def update(
    session: Session,
    window_id: int,
    *,
    name: str,
    reason: str,
    scope: Mapping[str, Any] | None,
    starts_us: int,
    ends_us: int,
    announce_s: int,
    announced_us: int,
) -> None:
    """Store a window as it is planned now; `announced_us` 0 lets it be announced anew."""
    session.sql(
        "UPDATE maintenance SET name = ?, reason = ?, scope = ?, starts_at = ?, ends_at = ?, announce_s = ?,"
        " announced_at = ?, revision = ? WHERE id = ?",
        (
            name,
            reason,
            json.dumps(scope, ensure_ascii=False) if scope else "",
            starts_us,
            ends_us,
            announce_s,
            announced_us or None,
            session.revision(),
            window_id,
        ),
    )


def get(session: Session, window_id: int) -> MaintenanceRow:
    """One window.

    Raises: NotFound.
    """
    row = session.sql(f"{_SELECT} WHERE id = ?", (window_id,)).fetchone()
    if row is None:
        raise NotFound("There is no such maintenance window.")
    return _row(row)


def unfinished(session: Session) -> tuple[MaintenanceRow, ...]:
    """The windows that are neither closed nor cancelled, in the order they begin."""
    rows = session.sql(f"{_SELECT} WHERE closed_at IS NULL AND cancelled_at IS NULL ORDER BY starts_at, id")
    return tuple(map(_row, rows))


def recent(session: Session, limit: int = 100) -> tuple[MaintenanceRow, ...]:
    """All windows, the latest first."""
    return tuple(map(_row, session.sql(f"{_SELECT} ORDER BY starts_at DESC, id DESC LIMIT ?", (limit,))))


def note(session: Session, window_id: int, column: str, at_us: int) -> None:
    """Note that a window was announced, opened, closed or cancelled, or ends at another instant."""
    if column not in ("announced_at", "opened_at", "closed_at", "cancelled_at", "ends_at"):
        raise ValueError(column)
    session.sql(
        f"UPDATE maintenance SET {column} = ?, revision = ? WHERE id = ?",
        (at_us, session.revision(), window_id),
    )


def put_digest(session: Session, window_id: int, digest: Mapping[str, Any]) -> None:
    """Keep what happened while a window was open."""
    session.sql(
        "UPDATE maintenance SET digest = ?, revision = ? WHERE id = ?",
        (json.dumps(digest, ensure_ascii=False), session.revision(), window_id),
    )


def kept_quiet(session: Session, window_id: int) -> list[Suppressed]:
    """What a window kept quiet, in the order it came, with the last word on each of these alerts.

    An alert that is over, or that something was opened for since, is given as resolved.
    """
    quiet = session.sql(
        "SELECT g.id, g.source_id, g.title, s.name, g.dedup_key, g.action, g.received_at FROM signal g"
        " JOIN source s ON s.id = g.source_id WHERE g.window_id = ? ORDER BY g.id",
        (window_id,),
    ).fetchall()
    if not quiet:
        return []
    found = [(row[0], Suppressed(*row[2:])) for row in quiet]
    first_id, first_us = quiet[0][0], min(row[6] for row in quiet)
    names = {(row[1], row[4]): row[3] for row in quiet}
    for source_id in sorted({row[1] for row in quiet}):
        later = session.sql(
            "SELECT id, title, dedup_key, received_at FROM signal WHERE source_id = ? AND received_at >= ?"
            " AND id > ? AND (action = 'resolve' OR disposition IN ('opened', 'joined'))",
            (source_id, first_us, first_id),
        )
        found += [
            (id_, Suppressed(title, names[source_id, key], key, "resolve", at_us))
            for id_, title, key, at_us in later
            if (source_id, key) in names
        ]
    return [one for _, one in sorted(found)]


def count_kept_quiet(session: Session, window_id: int) -> int:
    """How many signals a window has kept quiet so far."""
    row = session.sql("SELECT count(*) FROM signal WHERE window_id = ?", (window_id,)).fetchone()
    return int(row[0])


def allowed_hosts(session: Session) -> tuple[tuple[str, int, str], ...]:
    """The hosts that may be asked, with when and by whom they were allowed."""
    rows = session.sql("SELECT host, allowed_at, allowed_by FROM allowed_host ORDER BY host")
    return tuple((host, at_us, by) for host, at_us, by in rows)


def allow_host(session: Session, host: str, at_us: int, by: str) -> None:
    """Let a host be asked."""
    session.sql(
        "INSERT INTO allowed_host (host, allowed_at, allowed_by) VALUES (?, ?, ?)"
        " ON CONFLICT (host) DO NOTHING",
        (host, at_us, by),
    )


def forbid_host(session: Session, host: str) -> None:
    """Let a host be asked no longer."""
    session.sql("DELETE FROM allowed_host WHERE host = ?", (host,))


def _row(row: Sequence[Any]) -> MaintenanceRow:
    scope = json.loads(row[3]) if row[3] else None
    return MaintenanceRow._make((*row[:3], scope, *row[4:10], json.loads(row[10] or "{}"), *row[11:]))
