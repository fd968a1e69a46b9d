"""The append-only timeline: events go in linked to one another, and come out as they were written."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from db.unit_of_work import Session
from desktop.domain.audit import Link, canonical, link
from desktop.domain.errors import NotFound
from desktop.domain.instant import from_us
from desktop.domain.timeline import TimelineEvent

_INSERT = (
    "INSERT INTO timeline (seq, escalation_id, kind, at, actor, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_SELECT = "SELECT seq, escalation_id, kind, at, actor, body, hash FROM timeline "


class NewEvent(NamedTuple):
    """An event to be written."""

    kind: str
    at_us: int
    actor: str
    escalation_id: int | None
    body: Mapping[str, Any]


def append(
    session: Session,
    *,
    kind: str,
    at_us: int,
    actor: str,
    escalation_id: int | None,
    body: Mapping[str, Any],
) -> int:
    """Write one event at the end of the chain; gives its seq.

    Raises: DeskError for a body with something else in it than text, whole numbers, lists and mappings.
    """
    return append_many(session, [NewEvent(kind, at_us, actor, escalation_id, body)])[0]


def append_many(session: Session, events: Sequence[NewEvent]) -> list[int]:
    """Write events at the end of the chain in this order; gives their seqs.

    Raises: DeskError as `append`.
    """
    seq, previous = session.sql("SELECT seq, hash FROM chain_head").fetchone()
    first, rows = seq + 1, []
    for event in events:
        seq += 1
        body = canonical(event.body)
        kind = str(event.kind)
        previous = link(previous, seq, kind, event.at_us, event.actor, event.escalation_id, body)
        rows.append((seq, event.escalation_id, kind, event.at_us, event.actor, body, previous))
    if len(rows) == 1:
        session.sql(_INSERT, rows[0])
    elif rows:
        session.sql(_INSERT, rows)
    session.sql("UPDATE chain_head SET seq = ?, hash = ? WHERE id = 1", (seq, previous))
    return list(range(first, seq + 1))


def get(session: Session, seq: int) -> TimelineEvent:
    """One event.

    Raises: NotFound.
    """
    row = session.sql(_SELECT + "WHERE seq = ?", (seq,)).fetchone()
    if row is None:
        raise NotFound(f"The timeline has no event {seq}.")
    return _event(row)


def of_escalations(session: Session, escalation_ids: Sequence[int], limit: int = -1) -> list[TimelineEvent]:
    """The latest events of these escalations, the oldest of them first; all of them without a limit."""
    marks = ", ".join("?" * len(escalation_ids))
    rows = session.sql(
        _SELECT + f"WHERE escalation_id IN ({marks}) ORDER BY seq DESC LIMIT ?", (*escalation_ids, limit)
    ).fetchall()
    return [_event(row) for row in reversed(rows)]


def since(session: Session, escalation_id: int, seq: int) -> list[TimelineEvent]:
    """The events of one escalation after a seq, in order."""
    rows = session.sql(_SELECT + "WHERE escalation_id = ? AND seq > ? ORDER BY seq", (escalation_id, seq))
    return [_event(row) for row in rows.fetchall()]


def from_seq(session: Session, first: int, *, without: str) -> list[TimelineEvent]:
    """The events of escalations from a seq on, in order, but for kinds that begin like this."""
    rows = session.sql(
        _SELECT + "WHERE seq >= ? AND escalation_id IS NOT NULL AND substr(kind, 1, ?) <> ? ORDER BY seq",
        (first, len(without), without),
    )
    return [_event(row) for row in rows.fetchall()]


def of_desk_since(session: Session, seq: int) -> list[TimelineEvent]:
    """The events after a seq that concern no escalation but the whole desk, in order."""
    rows = session.sql(_SELECT + "WHERE escalation_id IS NULL AND seq > ? ORDER BY seq", (seq,))
    return [_event(row) for row in rows.fetchall()]


def last_at(session: Session, escalation_id: int, kind: str) -> int | None:
    """When something of a kind last happened to an escalation, in microseconds."""
    row = session.sql(
        "SELECT at FROM timeline WHERE escalation_id = ? AND kind = ? ORDER BY seq DESC LIMIT 1",
        (escalation_id, kind),
    ).fetchone()
    return None if row is None else int(row[0])


def last_of_rule(session: Session, rule_id: int, kind: str) -> int:
    """When something of a kind last happened to a rule, in microseconds; 0 for never."""
    row = session.sql(
        "SELECT max(at) FROM timeline WHERE escalation_id IS NULL AND kind = ?"
        " AND json_extract(body, '$.rule_id') = ?",
        (kind, rule_id),
    ).fetchone()
    return row[0] or 0


def links(session: Session) -> Iterator[Link]:
    """Every event as stored, in order of seq, read as it is asked for."""
    columns = "seq, escalation_id, kind, at, actor, body, hash"
    return map(Link._make, session.sql(f"SELECT {columns} FROM timeline ORDER BY seq"))


def head(session: Session) -> tuple[int, str]:
    """Seq and hash of the last event, as noted apart from the events."""
    seq, hash_ = session.sql("SELECT seq, hash FROM chain_head").fetchone()
    return seq, hash_


def _event(row: Sequence[Any]) -> TimelineEvent:
    seq, escalation_id, kind, at_us, actor, body, hash_ = row
    return TimelineEvent(seq, escalation_id, kind, from_us(at_us), actor, json.loads(body), hash_)
