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


def count_running(session: Session, person_id: int | None) -> tuple[int, int]:
    """How many snoozes of this person, and of everybody, have not ended."""
    row = session.sql(
        "SELECT COALESCE(sum(by_id IS ?), 0), count(*) FROM snooze WHERE ended_at IS NULL", (person_id,)
    ).fetchone()
    return int(row[0]), int(row[1])


class SnoozeRow(NamedTuple):
    """A snooze as stored; instants are whole microseconds since the epoch."""

    id: int
    escalation_id: int
    started_us: int
    until_us: int
    reason: str
    past_breach_reason: str
    by: str
    by_id: int | None


_ROW = "id, escalation_id, started_at, until_at, reason, past_breach_reason, by_name, by_id"


def insert(session: Session, row: SnoozeRow) -> int:
    """Store a new snooze; gives its id."""
    marks = ", ".join("?" * 8)
    cursor = session.sql(
        f"INSERT INTO snooze ({_ROW.removeprefix('id, ')}, revision) VALUES ({marks})",
        (*row[1:], session.revision()),
    )
    return int(cursor.lastrowid or 0)


def running_of(session: Session, escalation_id: int) -> SnoozeRow | None:
    """The snooze that holds an escalation's alarms back, if there is one."""
    row = session.sql(
        f"SELECT {_ROW} FROM snooze WHERE escalation_id = ? AND ended_at IS NULL ORDER BY id DESC LIMIT 1",
        (escalation_id,),
    ).fetchone()
    return None if row is None else SnoozeRow._make(row)


def running_until(session: Session, escalation_id: int) -> int | None:
    """Until when an escalation's alarms are held back, in microseconds."""
    row = running_of(session, escalation_id)
    return None if row is None else row.until_us


def overdue(session: Session, now_us: int) -> list[SnoozeRow]:
    """Snoozes nobody ended whose time is over, the earliest first."""
    rows = session.sql(
        f"SELECT {_ROW} FROM snooze WHERE ended_at IS NULL AND until_at <= ? ORDER BY until_at, id", (now_us,)
    )
    return [SnoozeRow._make(row) for row in rows.fetchall()]
