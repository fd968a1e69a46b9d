"""Messages from outside, kept byte for byte; on the hot path of whatever comes in."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from db.unit_of_work import Session
from desktop.domain.checksum import sha256_hex
from desktop.domain.errors import NotFound
from desktop.domain.instant import from_us, to_us
from desktop.domain.source import Message, NewMessage


class Waiting(NamedTuple):
    """A message whose signals are not made yet."""

    id: int
    source_id: int
    received_us: int
    sha256: str
    media_type: str
    sender: str
    body: bytes
    reference: str = ""


def keep(session: Session, message: NewMessage) -> int:
    """Keep a message; gives its id, or 0 where this source's message of that reference is kept already."""
    sha256 = sha256_hex(message.body)
    session.sql(
        "INSERT INTO content (sha256, size, data) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
        (sha256, len(message.body), message.body),
    )
    cursor = session.sql(
        "INSERT INTO message (source_id, sha256, media_type, sender, reference, received_at)"
        " VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (source_id, reference) WHERE reference <> '' DO NOTHING",
        (
            message.source_id,
            sha256,
            message.media_type,
            message.sender,
            message.reference,
            to_us(message.received_at),
        ),
    )
    return int(cursor.lastrowid or 0) if cursor.rowcount else 0


def waiting(session: Session, limit: int) -> list[Waiting]:
    """The messages not read yet, in the order they came."""
    rows = session.sql(
        "SELECT m.id, m.source_id, m.received_at, m.sha256, m.media_type, m.sender, c.data, m.reference"
        " FROM message m JOIN content c ON c.sha256 = m.sha256"
        " WHERE m.read_at IS NULL ORDER BY m.id LIMIT ?",
        (limit,),
    )
    return [Waiting(*row) for row in rows]


def count_waiting(session: Session) -> int:
    """How many messages are not read yet."""
    return int(session.sql("SELECT count(*) FROM message WHERE read_at IS NULL").fetchone()[0])


def note_read(session: Session, ids: Sequence[int], at_us: int) -> None:
    """The signals of these messages are made."""
    session.sql("UPDATE message SET read_at = ? WHERE id = ?", [(at_us, id_) for id_ in ids])


def get(session: Session, message_id: int) -> Message:
    """One message without its bytes.

    Raises: NotFound.
    """
    row = session.sql(
        "SELECT m.id, m.source_id, m.sha256, m.media_type, m.sender, m.reference, m.received_at, c.size"
        " FROM message m JOIN content c ON c.sha256 = m.sha256 WHERE m.id = ?",
        (message_id,),
    ).fetchone()
    if row is None:
        raise NotFound("There is no such message.")
    return message_of(row)


def body(session: Session, message_id: int) -> bytes:
    """The bytes of a message.

    Raises: NotFound.
    """
    row = session.sql(
        "SELECT c.data FROM message m JOIN content c ON c.sha256 = m.sha256 WHERE m.id = ?", (message_id,)
    ).fetchone()
    if row is None:
        raise NotFound("There is no such message.")
    return bytes(row[0])


def message_of(row: Sequence[Any]) -> Message:
    """A message of a row with id, source, hash, media type, sender, reference, instant and size."""
    id_, source_id, sha256, media_type, sender, reference, received_us, size = row
    return Message(id_, source_id, sha256, media_type, sender, reference, from_us(received_us), size)
