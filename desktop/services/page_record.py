"""What becomes of a page: how its channel stands, whom it was for, and by which channel it goes next."""

from db.queries import channel as channels
from db.queries import outbox as rows
from db.queries import person as people
from db.unit_of_work import Session

_TEST = "test"


def sent(session: Session, row: rows.OutboxRow, now_us: int) -> dict[str, str | int]:
    """Note that its channel works; gives whom it was for, as the timeline names them."""
    channels.note_sent(session, row.channel_id, now_us, is_test=row.reason == _TEST)
    return _who(session, row)


def failed(session: Session, row: rows.OutboxRow, now_us: int, why: str) -> dict[str, str | int]:
    """Note that its channel did not work; gives whom it was for."""
    channels.note_failed(session, row.channel_id, now_us, why, is_test=row.reason == _TEST)
    return _who(session, row)


def go_on(session: Session, row: rows.OutboxRow, now_us: int) -> bool:
    """Put a page in again for the next of the person's channels; False where it has gone by all of them."""
    prefix = row.key.rpartition("|")[0]
    channel = channels.next_for(session, row.person_id, prefix) if row.person_id is not None else None
    if channel is None:
        return False
    key = f"{prefix}|page:{channel.id}"
    again = rows.NewRow(key, *row[2:7], channel.kind, *row[8:12], now_us, channel.id)
    return rows.put_one(session, again) != 0


def _who(session: Session, row: rows.OutboxRow) -> dict[str, str | int]:
    person = people.by_id(session, row.person_id) if row.person_id is not None else None
    return {} if person is None else {"to": person.name, "to_id": person.id}
