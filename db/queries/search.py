"""Full-text search over escalations, and the other ways to find one."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.unit_of_work import Session

_OPEN = "e.state IN ('new', 'triaged', 'acknowledged', 'working', 'contained')"
_SELECT = """
SELECT e.id, e.number, e.title, e.state, coalesce(e.priority, ''), e.severity, c.name, e.customer_id,
    e.opened_at, e.resolved_at, coalesce(e.external_ref, '')
"""
_FOUND = f"{_SELECT} FROM escalation e CROSS JOIN customer c ON c.id = e.customer_id"


class Found(NamedTuple):
    """An escalation that was found; instants in microseconds."""

    id: int
    number: str
    title: str
    state: str
    priority: str
    severity: int
    customer: str
    customer_id: int
    opened_us: int
    resolved_us: int | None
    external_ref: str


class IndexRow(NamedTuple):
    """What the index holds of an escalation."""

    escalation_id: int
    title: str
    description: str
    customer: str
    number: str


def put(session: Session, row: IndexRow) -> None:
    """Write an escalation into the index, in the place of what it held of it."""
    session.sql(
        "INSERT OR REPLACE INTO escalation_search (rowid, title, description, customer, number)"
        " VALUES (?, ?, ?, ?, ?)",
        row,
    )


def put_many(session: Session, rows: Iterable[IndexRow]) -> None:
    """Write escalations into the index that are not in it yet."""
    found = list(rows)
    if found:
        session.sql(
            "INSERT INTO escalation_search (rowid, title, description, customer, number)"
            " VALUES (?, ?, ?, ?, ?)",
            found,
        )


def newest(session: Session, match: str, *, scanned: int, limit: int, is_open: bool) -> list[Found]:
    """The newest that match, of the newest `scanned` matches; only open ones with `is_open`."""
    return _found(
        session.sql(
            "WITH hit AS MATERIALIZED (SELECT rowid AS id FROM escalation_search"
            " WHERE escalation_search MATCH ? ORDER BY rowid DESC LIMIT ?)"
            f" {_SELECT} FROM hit CROSS JOIN escalation e ON e.id = hit.id"
            f" CROSS JOIN customer c ON c.id = e.customer_id {f'WHERE {_OPEN}' if is_open else ''}"
            " ORDER BY hit.id DESC LIMIT ?",
            (match, scanned, limit),
        )
    )


def best(session: Session, match: str, *, among: int, limit: int) -> list[Found]:
    """Those that match best by weighted words, best first, of the newest `among` escalations.

    Bounded, because ranking a word that nearly every escalation holds costs in proportion to them.
    """
    ranked = session.sql(
        "SELECT rowid FROM escalation_search WHERE escalation_search MATCH ?"
        " AND rowid > (SELECT coalesce(max(id), 0) FROM escalation) - ?"
        " ORDER BY bm25(escalation_search, 8.0, 1.0, 3.0, 3.0) LIMIT ?",
        (match, among, limit),
    )
    return by_ids(session, [row[0] for row in ranked])


def by_ids(session: Session, ids: Sequence[int]) -> list[Found]:
    """These escalations, in the order of the ids."""
    if not ids:
        return []
    marks = ", ".join("?" * len(ids))
    found = {row.id: row for row in _found(session.sql(f"{_FOUND} WHERE e.id IN ({marks})", ids))}
    return [found[escalation_id] for escalation_id in ids if escalation_id in found]


def by_sequence(session: Session, sequence: int, years: Sequence[int], limit: int) -> list[Found]:
    """Escalations with that running number in one of the years, newest year first."""
    marks = ", ".join("?" * len(years))
    return _found(
        session.sql(
            f"{_FOUND} WHERE e.year IN ({marks}) AND e.sequence = ? ORDER BY e.year DESC LIMIT ?",
            (*years, sequence, limit),
        )
    )


def by_old_number(session: Session, number: str) -> list[Found]:
    """The escalations that a number given up by a merge or split leads to."""
    rows = session.sql("SELECT escalation_id FROM number_alias WHERE number = ? ORDER BY id", (number,))
    return by_ids(session, [row[0] for row in rows])


def by_reference(session: Session, reference: str, limit: int) -> list[Found]:
    """Escalations with this reference in whichever system it comes from, newest first."""
    # The index begins with the source: step from source to source instead of reading every row.
    rows = session.sql(
        """
        WITH RECURSIVE source (name) AS (
            SELECT min(external_source) FROM escalation WHERE external_ref IS NOT NULL AND external_ref <> ''
            UNION ALL
            SELECT (SELECT min(external_source) FROM escalation
                WHERE external_source > source.name AND external_ref IS NOT NULL AND external_ref <> '')
            FROM source WHERE source.name IS NOT NULL
        )
        SELECT e.id FROM source CROSS JOIN escalation e
            ON e.external_source = source.name AND e.external_ref = ? AND e.external_ref <> ''
        ORDER BY e.id DESC LIMIT ?
        """,
        (reference, limit),
    )
    return by_ids(session, [row[0] for row in rows])


def _found(rows: Iterable[tuple[object, ...]]) -> list[Found]:
    return [Found._make(row) for row in rows]
