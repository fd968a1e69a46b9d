"""Rows as they stand, for a second desk in which what came is decided once more."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from db.unit_of_work import Session

Row = dict[str, Any]

_COPIED = frozenset(
    {
        "policy", "person", "person_role", "customer", "source", "rule", "rule_version", "maintenance",
        "escalation", "alert", "signal", "message", "content",
        "team", "time_off", "schedule", "schedule_version", "swap", "shift_override",
    }
)  # fmt: skip


class KeptMessage(NamedTuple):
    """A message with its bytes."""

    id: int
    source_id: int
    received_us: int
    media_type: str
    sender: str
    reference: str
    body: bytes


def all_rows(session: Session, table: str) -> list[Row]:
    """Every row of a table."""
    return _rows(session, table, "", ())


def rows_by(session: Session, table: str, column: str, values: Iterable[int]) -> list[Row]:
    """The rows of a table that hold one of these values, in the order of the values."""
    found: list[Row] = []
    for value in values:
        found += _rows(session, table, f"WHERE {column} = ?", (value,))
    return found


def standing_at(session: Session, at_us: int) -> list[int]:
    """The escalations that were there at an instant and had not ended long before, by id."""
    rows = session.sql(
        "SELECT id FROM escalation WHERE created_at < ? AND (state IN"
        " ('new', 'triaged', 'acknowledged', 'working', 'contained')"
        " OR coalesce(closed_at, resolved_at, last_event_at) >= ?) ORDER BY id",
        (at_us, at_us),
    )
    return [row[0] for row in rows]


def triggers_between(session: Session, since_us: int, until_us: int, limit: int) -> list[Row]:
    """The latest triggers that came within a time, in order."""
    where = "WHERE received_at >= ? AND received_at < ? AND action = 'trigger' ORDER BY id DESC LIMIT ?"
    return _rows(session, "signal", where, (since_us, until_us, limit))[::-1]


def of_source(session: Session, source_id: int, since_us: int, until_us: int, limit: int) -> list[int]:
    """The signals a source sent within a time, in the order they came."""
    rows = session.sql(
        "SELECT id FROM signal WHERE source_id = ? AND received_at >= ? AND received_at < ?"
        " ORDER BY id LIMIT ?",
        (source_id, since_us, until_us, limit),
    )
    return [row[0] for row in rows]


def kept_messages(session: Session, ids: Iterable[int]) -> list[KeptMessage]:
    """These messages with their bytes, in the order they came."""
    found = []
    for message_id in sorted(set(ids)):
        row = session.sql(
            "SELECT m.id, m.source_id, m.received_at, m.media_type, m.sender, m.reference, c.data"
            " FROM message m JOIN content c ON c.sha256 = m.sha256 WHERE m.id = ?",
            (message_id,),
        ).fetchone()
        found.append(KeptMessage._make(row))
    return found


def ended(session: Session, ids: Iterable[int]) -> list[tuple[int, int]]:
    """Of these escalations those that people ended: (instant, id), the earliest first.

    What was merged goes on in another.
    """
    found = []
    for escalation_id in ids:
        row = session.sql(
            "SELECT coalesce(closed_at, resolved_at, last_event_at), coalesce(resolved_at, 0) FROM escalation"
            " WHERE id = ? AND state IN ('resolved', 'closed', 'standard')",
            (escalation_id,),
        ).fetchone()
        if row is not None:
            found.append((row[1] or row[0], escalation_id))
    return sorted(found)


def put(session: Session, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows with the columns they have; what they refer to may come later in the transaction."""
    _check(table)
    if not rows:
        return
    session.sql("PRAGMA defer_foreign_keys = ON")
    names = list(rows[0])
    marks = ", ".join("?" * len(names))
    session.sql(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",
        [tuple(row[name] for name in names) for row in rows],
    )


def end(session: Session, escalation_id: int, at_us: int) -> None:
    """Let an escalation have been resolved at an instant."""
    session.sql(
        "UPDATE escalation SET state = 'resolved', resolved_at = ?, last_event_at = ? WHERE id = ?",
        (at_us, at_us, escalation_id),
    )


def untrip(session: Session) -> list[int]:
    """Put every breaker in again; gives the rules whose breaker was out."""
    rows = session.sql("SELECT id FROM rule WHERE tripped_at IS NOT NULL").fetchall()
    if rows:
        session.sql("UPDATE rule SET tripped_at = NULL, tripped_why = ''")
    return [row[0] for row in rows]


def _rows(session: Session, table: str, where: str, values: Sequence[Any]) -> list[Row]:
    _check(table)
    cursor = session.sql(f"SELECT * FROM {table} {where}", values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _check(table: str) -> None:
    if table not in _COPIED:
        raise ValueError(table)
