"""The outbox: what waits to leave the program, what left, and every state in between."""

from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session

_COLUMNS = (
    "o.id, o.key, o.escalation_id, o.alarm_id, o.reason, o.step, o.person_id, o.channel, o.urgency, o.title,"
    " o.body, o.sound, o.state, o.attempts, o.created_at, o.try_at, o.deadline_at, o.claimed_by, o.done_at,"
    " o.error, o.channel_id"
)
#: A notification whose reason has gone: its alarm ended or is held back; a group stands while one of it does.
_GONE = """
(o.alarm_id IS NOT NULL AND o.escalation_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM alarm a WHERE a.escalation_id = o.escalation_id AND a.state = 'raised' AND a.announced > 0))
OR (o.reason = 'flood' AND NOT EXISTS (SELECT 1 FROM alarm a WHERE a.state = 'raised' AND a.announced = 2))
OR (o.reason = 'group' AND NOT EXISTS (
    SELECT 1 FROM alarm a JOIN escalation e ON e.id = a.escalation_id
    WHERE a.state = 'raised' AND a.announced = 2 AND o.key LIKE 'group:' || e.customer_id || '|%'))
"""


# The words of the partial index, without which it is not used.
_WAITING = "o.state IN ('pending', 'sending')"
# Messages to people outlast what alarms are told within: their own queue ends them, one by one.
_IS_NO_LETTER = "o.channel NOT IN ('letter_mail', 'letter_chat')"
# Nobody keeps that many notifications on screen, so the latest of them are looked through.
_SHOWN = "o.id > (SELECT max(id) - 2000 FROM outbox) AND o.state = 'sent' AND o.done_at IS NULL"


class NewRow(NamedTuple):
    """A row to be put in; the key is unique for ever. `channel_id` is a page's, None at the desk."""

    key: str
    escalation_id: int | None
    alarm_id: int | None
    reason: str
    step: int
    person_id: int | None
    channel: str
    urgency: str
    title: str
    body: str
    sound: int
    created_us: int
    channel_id: int | None = None


class OutboxRow(NamedTuple):
    """A row as kept; `_us` are microseconds since the epoch."""

    id: int
    key: str
    escalation_id: int | None
    alarm_id: int | None
    reason: str
    step: int
    person_id: int | None
    channel: str
    urgency: str
    title: str
    body: str
    sound: int
    state: str
    attempts: int
    created_us: int
    try_us: int | None
    deadline_us: int | None
    claimed_by: str | None
    done_us: int | None
    error: str
    channel_id: int | None = None


def put(session: Session, rows: Sequence[NewRow]) -> int:
    """Put rows in, each key once; gives how many were new."""
    return sum(put_one(session, row) != 0 for row in rows)


def put_one(session: Session, row: NewRow) -> int:
    """Put a row in; gives its id, 0 where its key is known already."""
    found = session.sql(
        "INSERT INTO outbox (key, escalation_id, alarm_id, reason, step, person_id, channel, urgency, title,"
        " body, sound, created_at, channel_id, try_at, state, attempts, error)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', 0, '')"
        " ON CONFLICT (key) DO NOTHING RETURNING id",
        (*row, row.created_us),
    ).fetchone()
    if found is None:
        return 0
    note(session, found[0], row.created_us, "pending")
    return int(found[0])


def hold(session: Session, row: NewRow, until_us: int) -> int:
    """Put a row in that waits for somebody's quiet hours to end; gives its id, 0 where its key is known."""
    row_id = put_one(session, row)
    if row_id:
        move(session, row_id, "held", at_us=row.created_us, detail="quiet hours", try_us=until_us)
    return row_id


def held(session: Session, now_us: int) -> list[OutboxRow]:
    """Rows held back whose time has come, by person."""
    return _rows(session, "WHERE o.state = 'held' AND o.try_at <= ? ORDER BY o.person_id, o.id", (now_us,))


def held_gone(session: Session, now_us: int) -> set[int]:
    """Which of them nobody needs any more."""
    rows = session.sql(
        f"SELECT o.id FROM outbox o WHERE o.state = 'held' AND o.try_at <= ? AND ({_GONE})", (now_us,)
    )
    return {int(row[0]) for row in rows.fetchall()}


def first_since(session: Session, reason: str, since_us: int) -> int | None:
    """When the first row for a reason was put in, from an instant on."""
    row = session.sql(
        "SELECT min(created_at) FROM outbox WHERE reason = ? AND created_at >= ?", (reason, since_us)
    ).fetchone()
    return None if row is None or row[0] is None else int(row[0])


def ready(session: Session, channels: Sequence[str], now_us: int, limit: int) -> list[OutboxRow]:
    """Rows waiting to be sent through these channels, the oldest first."""
    marks = ", ".join("?" * len(channels))
    return _rows(
        session,
        f"WHERE {_WAITING} AND o.state = 'pending' AND o.try_at <= ? AND o.channel IN ({marks})"
        " ORDER BY o.try_at, o.id LIMIT ?",
        (now_us, *channels, limit),
    )


def claim(session: Session, row_id: int, by: str, deadline_us: int) -> bool:
    """Take a pending row for sending; False where another was quicker."""
    return (
        session.sql(
            "UPDATE outbox SET state = 'sending', claimed_by = ?, deadline_at = ?, attempts = attempts + 1"
            " WHERE id = ? AND state = 'pending'",
            (by, deadline_us, row_id),
        ).rowcount
        == 1
    )


def move(
    session: Session,
    row_id: int,
    state: str,
    *,
    at_us: int,
    detail: str = "",
    error: str = "",
    try_us: int | None = None,
    is_done: bool = False,
) -> None:
    """Bring a row into another state and write that down."""
    session.sql(
        "UPDATE outbox SET state = ?, try_at = ?, error = CASE ? WHEN '' THEN error ELSE ? END,"
        " done_at = CASE WHEN ? THEN ? ELSE done_at END WHERE id = ?",
        (state, try_us, error, error, is_done, at_us, row_id),
    )
    note(session, row_id, at_us, state, detail or error)


def close(session: Session, row_id: int, at_us: int, detail: str) -> None:
    """Note that a notification is no longer on screen; its state stays."""
    session.sql("UPDATE outbox SET done_at = ? WHERE id = ?", (at_us, row_id))
    note(session, row_id, at_us, "closed", detail)


def note(session: Session, row_id: int, at_us: int, state: str, detail: str = "") -> None:
    """A line of a row's history."""
    session.sql(
        "INSERT INTO outbox_history (outbox_id, at, state, detail) VALUES (?, ?, ?, ?)",
        (row_id, at_us, state, detail),
    )


def find(session: Session, row_id: int) -> OutboxRow | None:
    """One row."""
    rows = _rows(session, "WHERE o.id = ?", (row_id,))
    return rows[0] if rows else None


def overdue(session: Session, now_us: int, unclaimed_us: int) -> list[OutboxRow]:
    """Rows being sent past their deadline, and rows nobody came for since `unclaimed_us`."""
    return _rows(
        session,
        f"WHERE {_WAITING} AND {_IS_NO_LETTER}"
        " AND CASE o.state WHEN 'sending' THEN o.deadline_at <= ? ELSE o.try_at <= ? END",
        (now_us, unclaimed_us),
    )


def pending_of(session: Session, escalation_id: int) -> list[OutboxRow]:
    """What waits to be sent about an escalation, but for messages that people wrote."""
    return _rows(
        session, f"WHERE o.escalation_id = ? AND o.state = 'pending' AND {_IS_NO_LETTER}", (escalation_id,)
    )


def pending_gone(session: Session) -> list[OutboxRow]:
    """What waits to be sent although its reason has gone."""
    return _rows(session, f"WHERE {_WAITING} AND o.state = 'pending' AND ({_GONE})", ())


def shown_by(session: Session, by: str) -> list[OutboxRow]:
    """Notifications this desk has on screen whose reason has gone."""
    return _rows(session, f"WHERE {_SHOWN} AND o.claimed_by = ? AND ({_GONE})", (by,))


def shown_of(session: Session, escalation_id: int) -> list[OutboxRow]:
    """Notifications about an escalation that are on some screen."""
    return _rows(session, f"WHERE o.escalation_id = ? AND {_SHOWN}", (escalation_id,))


def latest(session: Session, limit: int) -> list[OutboxRow]:
    """The rows put in last, the newest first."""
    return _rows(session, "ORDER BY o.id DESC LIMIT ?", (limit,))


def group_told(session: Session, since_us: int) -> dict[int, int]:
    """When each customer was last told of since an instant, by customer."""
    rows = session.sql(
        "SELECT e.customer_id, max(o.created_at) FROM"
        " (SELECT escalation_id, created_at FROM outbox ORDER BY id DESC LIMIT 400) o"
        " JOIN escalation e ON e.id = o.escalation_id WHERE o.created_at > ? GROUP BY e.customer_id",
        (since_us,),
    )
    return {int(customer): int(at_us) for customer, at_us in rows.fetchall()}


def history(session: Session, row_id: int) -> list[tuple[int, str, str]]:
    """The states a row went through: instant, state, detail."""
    rows = session.sql(
        "SELECT at, state, detail FROM outbox_history WHERE outbox_id = ? ORDER BY id", (row_id,)
    )
    return [(int(at), str(state), str(detail)) for at, state, detail in rows.fetchall()]


def _rows(session: Session, where: str, parameters: Sequence[object]) -> list[OutboxRow]:
    rows = session.sql(f"SELECT {_COLUMNS} FROM outbox o {where}", parameters)
    return [OutboxRow(*row) for row in rows.fetchall()]
