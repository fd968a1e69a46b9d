"""Signals that wait for a person: how many, and as which they stood before somebody decided about them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.unit_of_work import Session


class Standing(NamedTuple):
    """What a signal was decided to be, as it is kept; empty parts are None."""

    disposition: str
    cause: str
    why: str
    window_id: int | None
    rule_id: int | None
    rule_version: int | None
    escalation_id: int | None
    decided_by: str


_COLUMNS = ", ".join(Standing._fields)


def count(session: Session) -> int:
    """How many signals are held, for whatever cause."""
    return int(session.sql("SELECT count(*) FROM signal WHERE disposition = 'held'").fetchone()[0])


def standings(session: Session, signal_ids: Sequence[int]) -> dict[Standing, list[int]]:
    """As what these signals stand, those that stand alike together; ids that are none are left out."""
    found: dict[Standing, list[int]] = {}
    rows = session.sql(
        f"SELECT id, {_COLUMNS} FROM signal WHERE id IN ({_marks(signal_ids)}) ORDER BY id", tuple(signal_ids)
    )
    for row in rows:
        found.setdefault(Standing._make(row[1:]), []).append(row[0])
    return found


def titles(session: Session, signal_ids: Sequence[int]) -> dict[int, str]:
    """What these signals are called."""
    rows = session.sql(f"SELECT id, title FROM signal WHERE id IN ({_marks(signal_ids)})", tuple(signal_ids))
    return dict(rows.fetchall())


def stand(session: Session, signal_ids: Sequence[int], standing: Standing, at_us: int) -> None:
    """Let these signals stand so."""
    session.sql(
        f"UPDATE signal SET {', '.join(f'{name} = ?' for name in Standing._fields)}, decided_at = ?,"
        f" revision = ? WHERE id IN ({_marks(signal_ids)})",
        (*standing, at_us, session.revision(), *signal_ids),
    )


def keep_keys(session: Session, signal_ids: Sequence[int], escalation_id: int, at_us: int) -> None:
    """The keys of these signals stand for an escalation, where they stand for none."""
    session.sql(
        "INSERT INTO alert"
        " (source_id, dedup_key, escalation_id, fingerprint, count, first_at, last_at, told_at)"
        " SELECT source_id, dedup_key, ?, max(fingerprint), count(*), ?, ?, ? FROM signal"
        f" WHERE id IN ({_marks(signal_ids)}) GROUP BY source_id, dedup_key"
        " ON CONFLICT (source_id, dedup_key) DO NOTHING",
        (escalation_id, at_us, at_us, at_us, *signal_ids),
    )


def forget_keys(session: Session, signal_ids: Sequence[int], escalation_id: int, counted_id: int) -> None:
    """The keys of these signals stand for an escalation no more, unless others with them count on it.

    `counted_id` is the one that these signals counted on before it was merged into that, if it was.
    """
    session.sql(
        "DELETE FROM alert WHERE escalation_id = ? AND EXISTS (SELECT 1 FROM signal g"
        f" WHERE g.id IN ({_marks(signal_ids)}) AND g.source_id = alert.source_id"
        " AND g.dedup_key = alert.dedup_key)"
        " AND NOT EXISTS (SELECT 1 FROM signal o WHERE o.escalation_id IN (?, ?)"
        " AND o.source_id = alert.source_id AND o.dedup_key = alert.dedup_key"
        " AND o.disposition IN ('opened', 'joined'))",
        (escalation_id, *signal_ids, escalation_id, counted_id),
    )


def opening_seqs(session: Session, escalation_ids: Sequence[int]) -> list[int]:
    """The events by which these escalations were opened."""
    rows = session.sql(
        f"SELECT seq FROM timeline WHERE escalation_id IN ({_marks(escalation_ids)})"
        " AND kind = 'escalation.opened' ORDER BY seq",
        tuple(escalation_ids),
    )
    return [row[0] for row in rows]


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)
