"""What changed since the automation last looked, and what that means for its alarms."""

from collections.abc import Iterable
from typing import NamedTuple

from db.unit_of_work import Session


class Changed(NamedTuple):
    """An escalation that changed; `_us` are microseconds since the epoch, 0 is none.

    `is_suppressed`: it has an open parent, which announces for it.
    """

    escalation_id: int
    revision: int
    state: str
    severity: int
    priority: str
    owner_id: int
    acknowledge_wanted: int
    acknowledged_us: int
    acknowledged_by: str
    snoozed_us: int
    opened_us: int
    created_us: int
    policy_version: int
    next_told: str
    next_told_us: int
    is_suppressed: int = 0


class EndedPause(NamedTuple):
    """A pause that ended by itself at its limit, of a commitment that still runs."""

    pause_id: int
    commitment_id: int
    escalation_id: int
    ended_us: int


class NextThreshold(NamedTuple):
    """What a running commitment reaches next."""

    kind: str
    threshold: str
    at_us: int
    soon_us: int
    due_us: int


_CHANGED = """
SELECT id, revision, state, severity, COALESCE(priority, ''), COALESCE(owner_id, 0), acknowledge_wanted,
    COALESCE(acknowledged_at, 0), COALESCE(acknowledged_by, ''), COALESCE(snoozed_until, 0), opened_at,
    created_at, policy_version, next_told, COALESCE(next_told_at, 0),
    EXISTS (SELECT 1 FROM escalation p WHERE p.id = escalation.parent_id
        AND p.state IN ('new', 'triaged', 'acknowledged', 'working', 'contained'))
FROM escalation
"""


def changed_since(session: Session, revision: int, escalation_id: int, limit: int) -> list[Changed]:
    """Escalations changed after this one of this revision, in that order."""
    # Two questions, each a walk along the index: many rows may share a revision.
    same = session.sql(
        _CHANGED + "WHERE revision = ? AND id > ? ORDER BY id LIMIT ?", (revision, escalation_id, limit)
    ).fetchall()
    later = session.sql(
        _CHANGED + "WHERE revision > ? ORDER BY revision, id LIMIT ?", (revision, limit - len(same))
    )
    return [Changed(*row) for row in (*same, *later.fetchall())]


def children_of(session: Session, escalation_ids: Iterable[int]) -> list[Changed]:
    """The escalations that are part of one of these."""
    found = []
    for escalation_id in escalation_ids:
        rows = session.sql(_CHANGED + "WHERE parent_id = ?", (escalation_id,))
        found += [Changed(*row) for row in rows.fetchall()]
    return found


def by_id(session: Session, escalation_ids: Iterable[int]) -> list[Changed]:
    """These escalations as they are."""
    found = []
    for escalation_id in escalation_ids:
        rows = session.sql(_CHANGED + "WHERE id = ?", (escalation_id,))
        found += [Changed(*row) for row in rows.fetchall()]
    return found


def pauses_ended_by_limit(session: Session, escalation_id: int) -> list[EndedPause]:
    """Pauses of an escalation that ran out and that no alarm has told of yet."""
    rows = session.sql(
        "SELECT p.id, c.id, c.escalation_id, p.ended_at FROM commitment c"
        " JOIN pause p ON p.commitment_id = c.id"
        " WHERE c.escalation_id = ? AND c.stopped_at IS NULL AND p.ended_at = p.limit_at AND NOT EXISTS"
        " (SELECT 1 FROM alarm a WHERE a.subject = 'escalation:' || c.escalation_id || ':pause:' || p.id)",
        (escalation_id,),
    )
    return [EndedPause(*row) for row in rows.fetchall()]


def next_thresholds(session: Session, escalation_id: int) -> list[NextThreshold]:
    """What the running commitments of an escalation reach next."""
    rows = session.sql(
        "SELECT kind, next_threshold, next_threshold_at, soon_at, due_at FROM commitment"
        " WHERE escalation_id = ? AND next_threshold_at IS NOT NULL",
        (escalation_id,),
    )
    return [NextThreshold(*row) for row in rows.fetchall()]


def set_next_told(session: Session, escalation_id: int, who: str, at_us: int) -> None:
    """Write on the card who is told next, and when."""
    session.sql(
        "UPDATE escalation SET next_told = ?, next_told_at = ?, revision = ? WHERE id = ?",
        (who, at_us or None, session.revision(), escalation_id),
    )


def forgotten(session: Session, now_us: int, limit: int) -> list[tuple[int, int]]:
    """Escalations nobody has touched for too long: id, and when that was reached."""
    rows = session.sql(
        "SELECT id, forget_at FROM escalation WHERE forget_at IS NOT NULL AND forget_at <= ?"
        " ORDER BY forget_at LIMIT ?",
        (now_us, limit),
    )
    return [(int(row[0]), int(row[1])) for row in rows.fetchall()]


def next_instants(session: Session, now_us: int, unclaimed_us: int) -> list[int]:
    """The first instants at which something is due, of each kind that has one.

    What waits in the outbox is given up after `unclaimed_us`.
    """
    row = session.sql(
        "SELECT (SELECT min(next_threshold_at) FROM commitment WHERE next_threshold_at IS NOT NULL),"
        " (SELECT min(climb_at) FROM alarm WHERE state = 'raised'),"
        " (SELECT min(limit_at) FROM pause WHERE ended_at IS NULL),"
        " (SELECT min(until_at) FROM snooze WHERE ended_at IS NULL),"
        " (SELECT min(forget_at) FROM escalation WHERE forget_at IS NOT NULL AND forget_at > ?),"
        " (SELECT min(clock_until) FROM escalation WHERE clock_until IS NOT NULL),"
        " (SELECT min(CASE state WHEN 'sending' THEN deadline_at ELSE try_at + ? END) FROM outbox"
        "  WHERE state IN ('pending', 'sending') AND channel NOT IN ('letter_mail', 'letter_chat'))",
        (now_us, unclaimed_us),
    ).fetchone()
    return [int(at_us) for at_us in row if at_us is not None]
