"""Figures of the alarms: what was announced, acknowledged, snoozed; raw rows for the alert health panel."""

from db.unit_of_work import Session
from desktop.domain.alarm_health import Announced, SnoozeFact, ToldAlarm


def announced(session: Session, since_us: int, person_id: int | None) -> list[Announced]:
    """Notifications put into the outbox since an instant, for one person or for everybody; tests left out."""
    rows = session.sql(
        "SELECT o.created_at, o.reason, o.step, COALESCE(e.priority, ''), COALESCE(c.kind, ''),"
        " o.key NOT LIKE '%.0|%' AND o.escalation_id IS NOT NULL"
        " FROM outbox o LEFT JOIN alarm a ON a.id = o.alarm_id"
        " LEFT JOIN commitment c ON c.id = a.commitment_id LEFT JOIN escalation e ON e.id = o.escalation_id"
        " WHERE o.created_at >= ? AND o.reason <> 'test' AND o.channel = 'desktop'"
        " AND (? IS NULL OR o.person_id = ?) ORDER BY o.created_at",
        (since_us, person_id, person_id),
    )
    return [Announced(*row) for row in rows.fetchall()]


def told(session: Session, since_us: int) -> list[ToldAlarm]:
    """Alarms raised since an instant that were told in any way."""
    rows = session.sql(
        "SELECT raised_at, state, COALESCE(ended_at, 0) FROM alarm"
        " WHERE raised_at >= ? AND announced > 0 ORDER BY raised_at",
        (since_us,),
    )
    return [ToldAlarm(*row) for row in rows.fetchall()]


def standing(session: Session, before_us: int) -> int:
    """Escalations with an alarm that has stood since before an instant."""
    row = session.sql(
        "SELECT count(DISTINCT escalation_id) FROM alarm WHERE state = 'raised' AND due_at < ?"
        " AND threshold IN ('breached', 'new')",
        (before_us,),
    ).fetchone()
    return int(row[0])


def snoozes(session: Session, since_us: int, person_id: int | None) -> list[SnoozeFact]:
    """Snoozes begun since an instant, by one person or by everybody."""
    rows = session.sql(
        "SELECT s.started_at, s.until_at, s.reason, s.past_breach_reason, COALESCE("
        " (SELECT min(c.due_at) FROM commitment c WHERE c.escalation_id = s.escalation_id"
        "  AND c.started_at <= s.started_at AND (c.stopped_at IS NULL OR c.stopped_at > s.started_at)), 0)"
        " FROM snooze s WHERE s.started_at >= ? AND (? IS NULL OR s.by_id = ?)",
        (since_us, person_id, person_id),
    )
    return [SnoozeFact(*row) for row in rows.fetchall()]


def step_instants(session: Session, since_us: int) -> list[tuple[int, int]]:
    """When alarms of an escalation changed its step, by escalation: (escalation, instant)."""
    rows = session.sql(
        "SELECT escalation_id, raised_at FROM alarm WHERE raised_at >= ? AND step = 0"
        " AND commitment_id IS NOT NULL AND ended_by IS NOT 'overtaken' ORDER BY escalation_id, raised_at",
        (since_us,),
    )
    return [(int(row[0]), int(row[1])) for row in rows.fetchall()]
