"""To whom messages went: one row for each recipient of each, and what became of it."""

from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session

_COLUMNS = (
    "r.id, r.sent_id, r.escalation_id, r.contact_id, r.circle, r.reach, r.name, r.address, r.outbox_id,"
    " r.state, r.state_at, r.why, r.message_id"
)
#: So many earlier mails are named at most: mail programs need no more to keep a thread together.
_LONGEST_THREAD = 8


class NewRecipient(NamedTuple):
    """Somebody a message goes to."""

    sent_id: int
    escalation_id: int
    contact_id: int | None
    circle: str
    reach: str
    name: str
    address: str


class RecipientRow(NamedTuple):
    """A recipient as kept; `state_us` is when `state` began."""

    id: int
    sent_id: int
    escalation_id: int
    contact_id: int | None
    circle: str
    reach: str
    name: str
    address: str
    outbox_id: int | None
    state: str
    state_us: int
    why: str
    message_id: str


def insert(session: Session, row: NewRecipient, at_us: int) -> int:
    """Put a recipient in; gives its id."""
    cursor = session.sql(
        "INSERT INTO message_recipient (sent_id, escalation_id, contact_id, circle, reach, name, address,"
        " state_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, at_us),
    )
    return int(cursor.lastrowid or 0)


def attach(session: Session, recipient_id: int, outbox_id: int, at_us: int) -> None:
    """Name the attempt that counts from now on."""
    session.sql(
        "UPDATE message_recipient SET outbox_id = ?, state = 'waiting', state_at = ?, why = '' WHERE id = ?",
        (outbox_id, at_us, recipient_id),
    )


def move(session: Session, recipient_id: int, state: str, at_us: int, why: str = "") -> None:
    """Note what became of it."""
    session.sql(
        "UPDATE message_recipient SET state = ?, state_at = ?, why = ? WHERE id = ?",
        (state, at_us, why, recipient_id),
    )


def name_mail(session: Session, sent_id: int, message_id: str) -> None:
    """Name the mail of a message, for all of its recipients and for ever."""
    session.sql(
        "UPDATE message_recipient SET message_id = ? WHERE sent_id = ?"
        " AND reach = 'mail' AND message_id = ''",
        (message_id, sent_id),
    )


def of_outbox(session: Session, outbox_id: int) -> RecipientRow | None:
    """Whose attempt a row of the outbox is."""
    rows = _rows(session, "WHERE r.outbox_id = ?", outbox_id)
    return rows[0] if rows else None


def get(session: Session, recipient_id: int) -> RecipientRow | None:
    """One recipient."""
    rows = _rows(session, "WHERE r.id = ?", recipient_id)
    return rows[0] if rows else None


def of_sent(session: Session, sent_ids: Sequence[int]) -> list[RecipientRow]:
    """The recipients of messages, in the order they were put in."""
    if not sent_ids:
        return []
    marks = ", ".join("?" * len(sent_ids))
    return _rows(session, f"WHERE r.sent_id IN ({marks}) ORDER BY r.id", *sent_ids)


def of_message(session: Session, sent_id: int) -> list[RecipientRow]:
    """The recipients of one message."""
    return of_sent(session, [sent_id])


def thread(session: Session, row: RecipientRow) -> list[str]:
    """The mails about the same escalation that reached the same address before, the oldest first.

    Nobody's mail names one that went to others alone.
    """
    rows = session.sql(
        "SELECT message_id FROM message_recipient WHERE escalation_id = ? AND reach = 'mail' AND circle = ?"
        " AND address = ? AND id < ? AND message_id <> '' AND message_id <> ? AND state IN ('sent', 'unsure')"
        " ORDER BY id DESC LIMIT ?",
        (row.escalation_id, row.circle, row.address, row.id, row.message_id, _LONGEST_THREAD),
    )
    return [str(found[0]) for found in reversed(rows.fetchall())]


def next_try_us(session: Session) -> int | None:
    """When the first message waits to be sent, or is given up."""
    row = session.sql(
        "SELECT min(CASE state WHEN 'sending' THEN deadline_at ELSE try_at END) FROM outbox"
        " WHERE state IN ('pending', 'sending') AND channel IN ('letter_mail', 'letter_chat')"
    ).fetchone()
    return None if row is None or row[0] is None else int(row[0])


def late(session: Session, now_us: int, given_up_us: int) -> list[int]:
    """Rows of the outbox that were being sent past their deadline, or have waited since `given_up_us`."""
    rows = session.sql(
        "SELECT id FROM outbox WHERE state IN ('pending', 'sending')"
        " AND channel IN ('letter_mail', 'letter_chat')"
        " AND CASE state WHEN 'sending' THEN deadline_at <= ? ELSE created_at <= ? END",
        (now_us, given_up_us),
    )
    return [int(row[0]) for row in rows.fetchall()]


def last_heard(session: Session, escalation_ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """When a message last reached somebody of each circle, by escalation and circle."""
    if not escalation_ids:
        return {}
    marks = ", ".join("?" * len(escalation_ids))
    rows = session.sql(
        "SELECT escalation_id, circle, max(state_at) FROM message_recipient"
        f" WHERE escalation_id IN ({marks}) AND state = 'sent' GROUP BY escalation_id, circle",
        tuple(escalation_ids),
    )
    return {(int(id_), str(circle)): int(at_us) for id_, circle, at_us in rows.fetchall()}


def _rows(session: Session, where: str, *parameters: object) -> list[RecipientRow]:
    rows = session.sql(f"SELECT {_COLUMNS} FROM message_recipient r {where}", parameters)
    return [RecipientRow(*row) for row in rows.fetchall()]
