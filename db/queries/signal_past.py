"""Triggers of the past, as what rules may ask of a signal is counted from."""

from typing import NamedTuple

from db.unit_of_work import Session


class AlikeRow(NamedTuple):
    """A trigger as those like it are counted."""

    id: int
    received_us: int
    source_id: int
    key: str
    escalation_id: int | None


def triggers_like(session: Session, fingerprint: str, since_us: int) -> list[AlikeRow]:
    """The triggers of a fingerprint that came since an instant, in order."""
    rows = session.sql(
        "SELECT id, received_at, source_id, dedup_key, escalation_id FROM signal"
        " WHERE fingerprint = ? AND received_at >= ? AND action = 'trigger' ORDER BY id",
        (fingerprint, since_us),
    )
    return [AlikeRow._make(row) for row in rows]


def triggered(session: Session, source_id: int, since_us: int) -> list[tuple[int, int]]:
    """When each trigger of a source came since an instant, and its id, in order."""
    rows = session.sql(
        "SELECT received_at, id FROM signal WHERE received_at >= ? AND source_id = ? AND action = 'trigger'"
        " ORDER BY received_at, id",
        (since_us, source_id),
    )
    return [tuple(row) for row in rows]
