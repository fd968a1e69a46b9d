"""Commitments, their pauses, and the thresholds that were told of them."""

from collections.abc import Iterable, Sequence

from db.unit_of_work import Session
from desktop.domain.commitment_row import CommitmentRow, PauseRow

_INPUTS = "escalation_id, kind, ordinal, started_at, target_s, calendar, policy_version"
_DERIVED = ("warming_at", "at_risk_at", "soon_at", "due_at", "paused_at")
_ENDED = ("breached_at", "stopped_at", "outcome")
_NEXT = ("next_threshold", "next_threshold_at")
_COLUMNS = ", ".join((_INPUTS, *_DERIVED, *_ENDED, *_NEXT))
_SELECT = f"SELECT id, {_COLUMNS} FROM commitment "
_INSERT = f"INSERT INTO commitment ({_COLUMNS}, revision) VALUES ({', '.join('?' * 18)})"
_SETTLE = (
    f"UPDATE commitment SET {', '.join(f'{column} = ?' for column in (*_DERIVED, *_NEXT))}, revision = ?"
    " WHERE id = ?"
)
_PAUSES = (
    "SELECT p.id, p.commitment_id, p.started_at, p.ended_at, p.limit_at, p.reason, p.waiting_on, p.by_name"
    " FROM pause p "
)


def of_escalation(session: Session, escalation_id: int) -> list[CommitmentRow]:
    """All commitments of an escalation, ended ones included, in the order they were made."""
    rows = session.sql(_SELECT + "WHERE escalation_id = ? ORDER BY id", (escalation_id,))
    return [CommitmentRow._make(row) for row in rows.fetchall()]


def pauses_of_escalation(session: Session, escalation_id: int) -> list[PauseRow]:
    """All pauses of an escalation's commitments, in the order they were made."""
    rows = session.sql(
        _PAUSES + "JOIN commitment c ON c.id = p.commitment_id WHERE c.escalation_id = ? ORDER BY p.id",
        (escalation_id,),
    )
    return [PauseRow._make(row) for row in rows.fetchall()]


def insert(session: Session, row: CommitmentRow) -> CommitmentRow:
    """Store a new commitment of an escalation; gives it with its id."""
    cursor = session.sql(_INSERT, (*row[1:], session.revision()))
    return row._replace(id=int(cursor.lastrowid or 0))


def insert_many(session: Session, rows: Sequence[CommitmentRow]) -> None:
    """Store new commitments, each with its escalation's id in it."""
    revision = session.revision()
    session.sql(_INSERT, [(*row[1:], revision) for row in rows])


def settle(session: Session, rows: Iterable[CommitmentRow]) -> None:
    """Write what follows from the inputs of commitments."""
    revision = session.revision()
    for row in rows:
        derived = (row.warming_us, row.at_risk_us, row.soon_us, row.due_us, row.paused_us)
        session.sql(_SETTLE, (*derived, row.next_threshold, row.next_threshold_us, revision, row.id))


def told(session: Session, commitment_id: int) -> dict[str, int]:
    """The thresholds whose alarm was raised, with the instant each was reached, in microseconds."""
    rows = session.sql(
        "SELECT threshold, max(due_at) FROM alarm WHERE subject = ? AND step = 0 GROUP BY threshold",
        (f"commitment:{commitment_id}",),
    )
    return dict(rows.fetchall())


def insert_pause(session: Session, row: PauseRow) -> int:
    """Store a new pause; gives its id."""
    cursor = session.sql(
        "INSERT INTO pause (commitment_id, started_at, ended_at, limit_at, reason, waiting_on, by_name,"
        " revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*row[1:], session.revision()),
    )
    return int(cursor.lastrowid or 0)


def overdue_pauses(session: Session, now_us: int) -> list[tuple[int, PauseRow]]:
    """Pauses nobody ended whose limit has come, each with its escalation, the earliest limit first."""
    rows = session.sql(
        "SELECT c.escalation_id, p.id, p.commitment_id, p.started_at, p.ended_at, p.limit_at, p.reason,"
        " p.waiting_on, p.by_name FROM pause p JOIN commitment c ON c.id = p.commitment_id"
        " WHERE p.ended_at IS NULL AND p.limit_at <= ? ORDER BY p.limit_at, p.id",
        (now_us,),
    )
    return [(row[0], PauseRow._make(row[1:])) for row in rows.fetchall()]
