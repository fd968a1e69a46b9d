"""What a replay changes beyond the desk's commands, and what its report asks."""

from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session


class Ended(NamedTuple):
    """A commitment as the replay left it; instants in microseconds."""

    reference: str
    number: str
    title: str
    kind: str
    priority: str
    outcome: str | None
    started_us: int
    due_us: int
    stopped_us: int | None


def call_off(session: Session, escalation_id: int, kinds: Sequence[str], at_us: int) -> None:
    """End commitments of which the log cannot tell whether they were kept."""
    marks = ", ".join("?" * len(kinds))
    session.sql(
        "UPDATE commitment SET stopped_at = max(?, started_at), outcome = 'cancelled', next_threshold = NULL,"
        f" next_threshold_at = NULL WHERE escalation_id = ? AND stopped_at IS NULL AND kind IN ({marks})",
        (at_us, escalation_id, *kinds),
    )


def commitments(session: Session) -> list[Ended]:
    """Every commitment that was not called off, in the order they were made."""
    rows = session.sql(
        "SELECT coalesce(e.external_ref, ''), e.number, e.title, c.kind, coalesce(e.priority, ''), c.outcome,"
        " c.started_at, c.due_at, c.stopped_at FROM commitment c JOIN escalation e ON e.id = c.escalation_id"
        " WHERE c.outcome IS NULL OR c.outcome <> 'cancelled' ORDER BY c.id"
    )
    return [Ended._make(row) for row in rows]


def alarm_hours(session: Session) -> list[tuple[int, int]]:
    """How many alarms were raised in each hour that had any: (hour since the epoch, count)."""
    return session.sql("SELECT raised_at / 3600000000, count(*) FROM alarm GROUP BY 1 ORDER BY 1").fetchall()


def alarms_by_threshold(session: Session) -> list[tuple[str, int]]:
    """How many alarms were raised of each threshold, the most frequent first."""
    return session.sql("SELECT threshold, count(*) FROM alarm GROUP BY threshold ORDER BY 2 DESC").fetchall()
