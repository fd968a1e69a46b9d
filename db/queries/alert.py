"""Alerts: what a source repeats under one key, and the escalation it counts on."""

from db.unit_of_work import Session
from desktop.domain.signal_kept import Alert

_SELECT = """
SELECT a.id, a.source_id, a.dedup_key, a.escalation_id, a.fingerprint, a.count, a.first_at, a.last_at,
    a.told_at, a.resolved_at, e.number, e.state,
    coalesce(e.closed_at, e.resolved_at, CASE WHEN e.state IN ('standard', 'merged')
        THEN e.last_event_at END)
FROM alert a JOIN escalation e ON e.id = a.escalation_id
"""


def get(session: Session, source_id: int, key: str) -> Alert | None:
    """What a source repeats under a key; None where it was never heard."""
    row = session.sql(f"{_SELECT} WHERE a.source_id = ? AND a.dedup_key = ?", (source_id, key)).fetchone()
    return None if row is None else Alert(*row)


def of_escalation(session: Session, escalation_id: int) -> tuple[Alert, ...]:
    """The alerts that count on an escalation, the latest first."""
    rows = session.sql(f"{_SELECT} WHERE a.escalation_id = ? ORDER BY a.last_at DESC", (escalation_id,))
    return tuple(Alert(*row) for row in rows)


def like(session: Session, fingerprint: str, since_us: int) -> tuple[Alert, ...]:
    """The alerts of one fingerprint that were heard since an instant, the latest first."""
    rows = session.sql(
        f"{_SELECT} WHERE a.fingerprint = ? AND a.last_at >= ? ORDER BY a.last_at DESC",
        (fingerprint, since_us),
    )
    return tuple(Alert(*row) for row in rows)


def put(session: Session, source_id: int, key: str, escalation_id: int, fingerprint: str, at_us: int) -> None:
    """A key stands for this escalation from now on."""
    session.sql(
        "INSERT INTO alert (source_id, dedup_key, escalation_id, fingerprint, count, first_at, last_at,"
        " told_at) VALUES (?, ?, ?, ?, 1, ?, ?, ?)"
        " ON CONFLICT (source_id, dedup_key) DO UPDATE SET escalation_id = excluded.escalation_id,"
        " fingerprint = excluded.fingerprint, count = 1, first_at = excluded.first_at,"
        " last_at = excluded.last_at, told_at = excluded.told_at, resolved_at = NULL",
        (source_id, key, escalation_id, fingerprint, at_us, at_us, at_us),
    )


def count_repeat(session: Session, alert_id: int, count: int, at_us: int, *, told: bool) -> None:
    """An alert was heard again."""
    session.sql(
        "UPDATE alert SET count = ?, last_at = ?, resolved_at = NULL,"
        " told_at = CASE WHEN ? THEN ? ELSE told_at END WHERE id = ?",
        (count, at_us, told, at_us, alert_id),
    )


def end(session: Session, alert_id: int, at_us: int) -> None:
    """The source says that it is over."""
    session.sql("UPDATE alert SET resolved_at = ?, last_at = ? WHERE id = ?", (at_us, at_us, alert_id))


def move(session: Session, from_id: int, to_id: int) -> None:
    """What counted on one escalation counts on another from now on: it was merged."""
    session.sql("UPDATE alert SET escalation_id = ? WHERE escalation_id = ?", (to_id, from_id))


def open_of_customer(
    session: Session, customer_id: int, area: str, but_id: int = 0
) -> tuple[int, str] | None:
    """Id and number of a customer's latest open escalation but one, of this area where one is given."""
    row = session.sql(
        "SELECT id, number FROM escalation WHERE customer_id = ? AND (? = '' OR area = ?) AND id <> ?"
        " AND state IN ('new', 'triaged', 'acknowledged', 'working', 'contained') ORDER BY id DESC LIMIT 1",
        (customer_id, area, area, but_id),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def still_firing(session: Session, escalation_id: int) -> int:
    """How many alerts that count on an escalation are not over by their source's word."""
    row = session.sql(
        "SELECT count(*) FROM alert WHERE escalation_id = ? AND resolved_at IS NULL", (escalation_id,)
    ).fetchone()
    return int(row[0])
