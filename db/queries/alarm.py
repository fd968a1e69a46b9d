"""Alarms: thresholds that have come, alarms with what is needed to tell them, and what became of each."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.unit_of_work import Session
from desktop.domain.alarm import Concern, Told


class DueThreshold(NamedTuple):
    """A commitment whose next threshold has come, and others with it."""

    commitment_id: int
    escalation_id: int
    threshold: str
    at_us: int
    soon_us: int
    due_us: int


class Taken(NamedTuple):
    """A commitment moved on to its next threshold; refused where another was quicker."""

    next_threshold: str | None
    next_at_us: int | None
    revision: int
    commitment_id: int
    at_us: int
    threshold: str


class NewAlarm(NamedTuple):
    """A row to be; `commitment_id` is None for an alarm about the escalation as a whole."""

    escalation_id: int
    commitment_id: int | None
    subject: str
    threshold: str
    step: int
    due_us: int
    raised_us: int
    late_s: int
    told: int
    state: str
    ended_us: int | None
    ended_by: str | None
    climb_us: int | None
    revision: int


class Outcome(NamedTuple):
    """What became of an alarm: how it was told, how often, and when to look again."""

    told: int
    repeats: int
    climb_us: int | None
    raised_us: int
    late_s: int
    revision: int
    alarm_id: int


_CONCERN = """
SELECT a.id, a.escalation_id, COALESCE(a.commitment_id, 0), a.subject, a.threshold, a.step, a.due_at,
    a.raised_at, a.late_s, a.announced, a.repeats, COALESCE(a.climb_at, 0), COALESCE(c.kind, ''),
    COALESCE(c.due_at, 0),
    COALESCE(CASE a.threshold WHEN 'at_risk' THEN c.at_risk_at WHEN 'breaching_soon' THEN c.soon_at
        WHEN 'breached' THEN c.due_at END, 0),
    c.breached_at IS NULL, c.stopped_at IS NOT NULL, c.paused_at IS NOT NULL,
    COALESCE((SELECT max(p.ended_at) FROM pause p WHERE p.commitment_id = c.id), 0),
    e.number, substr(e.title, 1, 1000), e.customer_id, k.name, e.severity, COALESCE(e.priority, ''),
    COALESCE(e.owner_id, 0), e.state, e.acknowledge_wanted, e.last_event_at, COALESCE(e.snoozed_until, 0),
    e.created_at, e.policy_version, COALESCE((SELECT p.number FROM escalation p WHERE p.id = e.parent_id
        AND p.state IN ('new', 'triaged', 'acknowledged', 'working', 'contained')), '')
FROM alarm a JOIN escalation e ON e.id = a.escalation_id JOIN customer k ON k.id = e.customer_id
    LEFT JOIN commitment c ON c.id = a.commitment_id
"""
_COLLECTIVE = f"({Told.AWAITING_GROUP:d}, {Told.HELD:d}, {Told.AWAITING_DIGEST:d})"


_FOLLOWING = "CASE next_threshold WHEN 'at_risk' THEN soon_at WHEN 'breaching_soon' THEN due_at END"
# The same threshold reached at a later instant is raised again: the deadline moved.
_ONCE = (
    " ON CONFLICT (subject, threshold, step) DO UPDATE SET due_at = excluded.due_at,"
    " raised_at = excluded.raised_at, late_s = excluded.late_s, announced = excluded.announced,"
    " state = excluded.state, ended_at = excluded.ended_at, ended_by = excluded.ended_by,"
    " climb_at = excluded.climb_at, revision = excluded.revision, repeats = 0"
    " WHERE excluded.due_at > alarm.due_at"
)


def is_threshold_due(session: Session, now_us: int) -> bool:
    """Whether any commitment's next threshold has come."""
    rows = session.sql("SELECT 1 FROM commitment WHERE next_threshold_at <= ? LIMIT 1", (now_us,))
    return rows.fetchone() is not None


def due_together(session: Session, now_us: int, limit: int) -> list[DueThreshold]:
    """Commitments that have passed more than their next threshold, the longest overdue first."""
    rows = session.sql(
        "SELECT id, escalation_id, next_threshold, next_threshold_at, soon_at, due_at FROM commitment"
        f" WHERE next_threshold_at <= ? AND {_FOLLOWING} <= ? ORDER BY next_threshold_at LIMIT ?",
        (now_us, now_us, limit),
    )
    return [DueThreshold(*row) for row in rows.fetchall()]


def known(session: Session, commitment_ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """When the thresholds of commitments that have an alarm were reached, by commitment and threshold."""
    found: dict[tuple[int, str], int] = {}
    for commitment_id in commitment_ids:
        rows = session.sql(
            "SELECT threshold, due_at FROM alarm WHERE subject = ? AND step = 0",
            (f"commitment:{commitment_id}",),
        )
        found.update(((commitment_id, threshold), due_us) for threshold, due_us in rows.fetchall())
    return found


def take_due(session: Session, now_us: int, last_look_us: int, limit: int) -> tuple[int, int]:
    """Raise an alarm for each next threshold that has come, and move its commitment on to the one after.

    About `limit` at once, the longest overdue first. Gives how many commitments and how many new alarms.
    In two statements rather than row by row: a thousand at one instant are not to wait for one another.
    """
    last = session.sql(
        "SELECT next_threshold_at FROM commitment WHERE next_threshold_at <= ?"
        " ORDER BY next_threshold_at LIMIT 1 OFFSET ?",
        (now_us, limit - 1),
    ).fetchone()
    until_us = last[0] if last else now_us
    revision = session.revision()
    raised_count = session.sql(
        "INSERT INTO alarm (escalation_id, commitment_id, subject, threshold, step, due_at, raised_at,"
        " late_s, announced, state, climb_at, revision, repeats)"
        " SELECT escalation_id, id, 'commitment:' || id, next_threshold, 0, next_threshold_at, ?,"
        " max(0, ? - max(next_threshold_at, ?)) / 1000000, ?, 'raised', ?, ?, 0"
        f" FROM commitment WHERE next_threshold_at <= ?{_ONCE}",
        (now_us, now_us, last_look_us, int(Told.UNDECIDED), now_us, revision, until_us),
    ).rowcount
    taken = session.sql(
        "UPDATE commitment SET next_threshold ="
        " CASE next_threshold WHEN 'at_risk' THEN 'breaching_soon' WHEN 'breaching_soon' THEN 'breached' END,"
        f" next_threshold_at = {_FOLLOWING}, revision = ? WHERE next_threshold_at <= ?",
        (revision, until_us),
    ).rowcount
    return taken, raised_count


def count_late(session: Session, raised_us: int, more_than_s: int) -> int:
    """How many alarms raised at an instant were later than so many seconds."""
    row = session.sql(
        "SELECT count(*) FROM alarm WHERE raised_at = ? AND late_s > ?", (raised_us, more_than_s)
    ).fetchone()
    return int(row[0])


def take(session: Session, taken: Sequence[Taken]) -> None:
    """Move commitments on to their next threshold, each only if it still stands where it was read."""
    if taken:
        session.sql(
            "UPDATE commitment SET next_threshold = ?, next_threshold_at = ?, revision = ?"
            " WHERE id = ? AND next_threshold_at = ? AND next_threshold = ?",
            taken,
        )


def add(session: Session, alarms: Sequence[NewAlarm]) -> int:
    """Raise alarms, each (subject, threshold, step) once; gives how many were new.

    One that ended is raised again when the same threshold is reached at a later instant: the deadline moved.
    """
    if not alarms:
        return 0
    return session.sql(
        "INSERT INTO alarm (escalation_id, commitment_id, subject, threshold, step, due_at, raised_at,"
        " late_s, announced, state, ended_at, ended_by, climb_at, revision, repeats)"
        f" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0){_ONCE}",
        alarms,
    ).rowcount


# In the following, `+` before a column of ORDER BY keeps the planner on the index of what is looked for:
# it would rather read years of alarms in order than sort the few that stand.


def to_attend(session: Session, now_us: int, limit: int) -> list[Concern]:
    """Raised alarms about which something is to be done now, but for those waiting to be told together."""
    return _concerns(
        session,
        f"WHERE a.state = 'raised' AND a.climb_at <= ? AND a.announced NOT IN {_COLLECTIVE}"
        " ORDER BY a.climb_at, a.id LIMIT ?",
        (now_us, limit),
    )


def waiting_together(session: Session, now_us: int) -> list[Concern]:
    """Raised alarms whose time has come to be told together: a flood, a digest, the end of quiet hours."""
    return _concerns(
        session,
        f"WHERE a.state = 'raised' AND a.climb_at <= ? AND a.announced IN {_COLLECTIVE} ORDER BY +a.id",
        (now_us,),
    )


def raised_of(session: Session, escalation_ids: Iterable[int]) -> list[Concern]:
    """The raised alarms of these escalations."""
    found: list[Concern] = []
    for escalation_id in escalation_ids:
        found += _concerns(session, "WHERE a.state = 'raised' AND a.escalation_id = ?", (escalation_id,))
    return found


def raised(session: Session, limit: int) -> list[Concern]:
    """All raised alarms, the latest raised first."""
    return _concerns(
        session, "WHERE a.state = 'raised' ORDER BY +a.raised_at DESC, a.id DESC LIMIT ?", (limit,)
    )


def told_in_digest(session: Session, since_us: int) -> list[Concern]:
    """Alarms raised since an instant that a digest told, whether or not they still stand."""
    return _concerns(
        session, "WHERE a.raised_at >= ? AND a.announced = ? ORDER BY +a.id", (since_us, int(Told.IN_DIGEST))
    )


def grouped_since(session: Session, since_us: int) -> list[Concern]:
    """Raised alarms told as one of many since an instant, or waiting to be."""
    return _concerns(
        session,
        "WHERE a.state = 'raised' AND a.raised_at >= ? AND a.announced IN (?, ?) ORDER BY +a.id",
        (since_us, int(Told.GROUPED), int(Told.AWAITING_GROUP)),
    )


def count_told(session: Session, since_us: int, now_us: int) -> int:
    """How many alarms raised since an instant were told or wait to be told with others."""
    row = session.sql(
        "SELECT count(*) FROM alarm WHERE raised_at > ? AND raised_at <= ? AND announced IN (?, ?, ?)",
        (since_us, now_us, int(Told.ALONE), int(Told.GROUPED), int(Told.AWAITING_GROUP)),
    ).fetchone()
    return int(row[0])


def record(session: Session, outcomes: Sequence[Outcome]) -> None:
    """Write down what became of alarms."""
    if outcomes:
        session.sql(
            "UPDATE alarm SET announced = ?, repeats = ?, climb_at = ?, raised_at = ?, late_s = ?,"
            " revision = ? WHERE id = ? AND state = 'raised'",
            outcomes,
        )


def note_breaches(session: Session, breaches: Sequence[tuple[int, int, int]]) -> None:
    """Write down when commitments were first breached: (instant, revision, commitment id)."""
    if breaches:
        session.sql(
            "UPDATE commitment SET breached_at = ?, revision = ? WHERE id = ? AND breached_at IS NULL",
            breaches,
        )


def is_anything_due(session: Session, now_us: int) -> bool:
    """Whether something is to be done about any alarm."""
    rows = session.sql("SELECT 1 FROM alarm WHERE state = 'raised' AND climb_at <= ? LIMIT 1", (now_us,))
    return rows.fetchone() is not None


def end(session: Session, ends: Sequence[tuple[str, int, str, int, int]]) -> None:
    """End raised alarms: (state, instant, by whom or why, revision, alarm id)."""
    if ends:
        session.sql(
            "UPDATE alarm SET state = ?, ended_at = ?, ended_by = ?, climb_at = NULL, revision = ?"
            " WHERE id = ? AND state = 'raised'",
            ends,
        )


def end_milder(session: Session, ends: Sequence[tuple[int, int, str, str, str]]) -> None:
    """End what a worse alarm overtakes: (instant, revision, subject, milder threshold, milder threshold)."""
    if ends:
        session.sql(
            "UPDATE alarm SET state = 'withdrawn', ended_at = ?, ended_by = 'overtaken', climb_at = NULL,"
            " revision = ? WHERE subject = ? AND threshold IN (?, ?) AND state = 'raised'",
            ends,
        )


def await_digest(session: Session, alarm_id: int, now_us: int, revision: int) -> None:
    """Let the next digest tell an alarm whose own notification nobody came for."""
    session.sql(
        "UPDATE alarm SET announced = ?, climb_at = ?, revision = ? WHERE id = ? AND state = 'raised'",
        (int(Told.AWAITING_DIGEST), now_us, revision, alarm_id),
    )


def escalation_of(session: Session, alarm_id: int | None) -> int:
    """The escalation an alarm is about; 0 for none."""
    row = session.sql("SELECT escalation_id FROM alarm WHERE id = ?", (alarm_id,)).fetchone()
    return int(row[0]) if row else 0


def _concerns(session: Session, where: str, parameters: Sequence[int]) -> list[Concern]:
    return [Concern(*row) for row in session.sql(_CONCERN + where, parameters).fetchall()]
