"""Snoozes that still hold alarms back."""

from typing import NamedTuple

from db.unit_of_work import Session


class Snoozed(NamedTuple):
    """A running snooze and its escalation."""

    escalation_id: int
    number: str
    title: str
    by: str
    by_id: int
    reason: str
    past_breach_reason: str
    started_us: int
    until_us: int


def running(session: Session) -> list[Snoozed]:
    """Snoozes that have not ended, the one that ends first leading."""
    rows = session.sql(
        "SELECT s.escalation_id, e.number, substr(e.title, 1, 1000), s.by_name, COALESCE(s.by_id, 0),"
        " s.reason, s.past_breach_reason, s.started_at, s.until_at"
        " FROM snooze s JOIN escalation e ON e.id = s.escalation_id"
        " WHERE s.ended_at IS NULL ORDER BY s.until_at, s.id"
    )
    return [Snoozed(*row) for row in rows.fetchall()]
