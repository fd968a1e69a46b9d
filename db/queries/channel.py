"""Channels of people: the ways to reach them, and how each stands."""

from collections.abc import Sequence

from db.unit_of_work import Session
from desktop.domain.channel import Channel, ChannelKind, PageChannel, Tested
from desktop.domain.instant import from_us
from desktop.domain.policy_alarm import PAGE_KINDS

_SELECT = (
    "SELECT id, person_id, kind, label, position, secret_name, shown, enabled, tested_at, test_state,"
    " last_ok_at, last_error, last_error_at FROM channel WHERE removed_at IS NULL"
)


def of_person(session: Session, person_id: int) -> tuple[Channel, ...]:
    """A person's channels in the order they are tried."""
    rows = session.sql(f"{_SELECT} AND person_id = ? ORDER BY position, id", (person_id,))
    return tuple(_channel(row) for row in rows.fetchall())


def all_channels(session: Session) -> tuple[Channel, ...]:
    """Everybody's, each person's in the order they are tried."""
    rows = session.sql(f"{_SELECT} ORDER BY person_id, position, id")
    return tuple(_channel(row) for row in rows.fetchall())


def get(session: Session, channel_id: int) -> Channel | None:
    """One channel; None for one that was removed."""
    row = session.sql(f"{_SELECT} AND id = ?", (channel_id,)).fetchone()
    return _channel(row) if row else None


def secret_name(session: Session, channel_id: int | None) -> str:
    """Under which name its address is kept; empty where it was removed meanwhile."""
    row = session.sql(
        "SELECT secret_name FROM channel WHERE id = ? AND removed_at IS NULL", (channel_id,)
    ).fetchone()
    return str(row[0]) if row else ""


def usable(session: Session) -> dict[int, list[PageChannel]]:
    """What pages may go by, by person, each person's in the order they are tried.

    One whose test failed comes after those that work: better tried than nothing.
    """
    rows = session.sql(
        "SELECT c.id, c.person_id, c.kind, c.label FROM channel c JOIN person p ON p.id = c.person_id"
        " WHERE c.removed_at IS NULL AND c.enabled AND p.active"
        " ORDER BY c.person_id, c.test_state = 'failed', c.position, c.id"
    )
    found: dict[int, list[PageChannel]] = {}
    for row in rows.fetchall():
        found.setdefault(row[1], []).append(PageChannel(*row))
    return found


def insert(session: Session, channel: Channel) -> int:
    """Add a channel as the person's last; gives its id."""
    cursor = session.sql(
        "INSERT INTO channel (person_id, kind, label, secret_name, shown, enabled, test_state, last_error,"
        " revision, position) VALUES (?, ?, ?, ?, ?, ?, 'untested', '', ?,"
        " (SELECT COALESCE(max(position), 0) + 1 FROM channel WHERE person_id = ?))",
        (
            channel.person_id,
            channel.kind.value,
            channel.label,
            channel.secret_name,
            channel.shown,
            int(channel.enabled),
            session.revision(),
            channel.person_id,
        ),
    )
    return int(cursor.lastrowid or 0)


def update(session: Session, channel: Channel, *, is_new_address: bool) -> None:
    """Keep another label, address or switch; another address has not been tested."""
    session.sql(
        "UPDATE channel SET kind = ?, label = ?, secret_name = ?, shown = ?, enabled = ?, revision = ?"
        " WHERE id = ?",
        (
            channel.kind.value,
            channel.label,
            channel.secret_name,
            channel.shown,
            int(channel.enabled),
            session.revision(),
            channel.id,
        ),
    )
    if is_new_address:
        session.sql(
            "UPDATE channel SET test_state = 'untested', tested_at = NULL, last_ok_at = NULL,"
            " last_error = '', last_error_at = NULL WHERE id = ?",
            (channel.id,),
        )


def remove(session: Session, channel_id: int, at_us: int) -> None:
    """Take a channel away; what went by it stays on record."""
    changed = (at_us, session.revision(), channel_id)
    session.sql("UPDATE channel SET removed_at = ?, revision = ? WHERE id = ?", changed)


def order(session: Session, person_id: int, channel_ids: Sequence[int]) -> None:
    """Put a person's channels in this order."""
    revision = session.revision()
    for i, channel_id in enumerate(channel_ids, start=1):
        session.sql(
            "UPDATE channel SET position = ?, revision = ? WHERE id = ? AND person_id = ?",
            (i, revision, channel_id, person_id),
        )


def note_sent(session: Session, channel_id: int | None, at_us: int, *, is_test: bool) -> None:
    """A page has left by it; what worked is no longer taken for broken."""
    session.sql(
        "UPDATE channel SET last_ok_at = ?, last_error = '', last_error_at = NULL, revision = ?,"
        " test_state = CASE WHEN ? OR test_state = 'failed' THEN 'sent' ELSE test_state END,"
        " tested_at = CASE WHEN ? THEN ? ELSE tested_at END WHERE id = ?",
        (at_us, session.revision(), is_test, is_test, at_us, channel_id),
    )


def note_failed(session: Session, channel_id: int | None, at_us: int, why: str, *, is_test: bool) -> None:
    """A page could not leave by it."""
    session.sql(
        "UPDATE channel SET last_error = ?, last_error_at = ?, revision = ?,"
        " test_state = CASE WHEN ? THEN 'failed' ELSE test_state END,"
        " tested_at = CASE WHEN ? THEN ? ELSE tested_at END WHERE id = ?",
        (why, at_us, session.revision(), is_test, is_test, at_us, channel_id),
    )


def note_test(session: Session, channel_id: int) -> None:
    """A test is on its way."""
    session.sql(
        "UPDATE channel SET test_state = 'under way', revision = ? WHERE id = ?",
        (session.revision(), channel_id),
    )


def next_for(session: Session, person_id: int, key_prefix: str) -> PageChannel | None:
    """The first of a person's channels by which the page of these keys has not gone yet."""
    for channel in usable(session).get(person_id, []):
        key = f"{key_prefix}|page:{channel.id}"
        if session.sql("SELECT 1 FROM outbox WHERE key = ?", (key,)).fetchone() is None:
            return channel
    return None


def page_counts(session: Session, since_us: int) -> dict[int, int]:
    """How many pages about alarms each person was sent since an instant.

    Another channel for the same page is no other page.
    """
    marks = ", ".join("?" * len(PAGE_KINDS))
    rows = session.sql(
        "SELECT person_id, count(DISTINCT substr(key, 1, instr(key, '|page:') - 1)) FROM outbox"
        " WHERE person_id IN (SELECT person_id FROM channel) AND created_at > ? AND alarm_id IS NOT NULL"
        f" AND channel IN ({marks}) AND state <> 'held' GROUP BY person_id",
        (since_us, *PAGE_KINDS),
    )
    return {int(person_id): int(count) for person_id, count in rows.fetchall()}


def _channel(row: tuple[object, ...]) -> Channel:
    return Channel(
        id=_int(row[0]),
        person_id=_int(row[1]),
        kind=ChannelKind(str(row[2])),
        label=str(row[3]),
        position=_int(row[4]),
        secret_name=str(row[5]),
        shown=str(row[6]),
        enabled=bool(row[7]),
        tested_at=from_us(_int(row[8])) if row[8] else None,
        test_state=Tested(str(row[9])),
        last_ok_at=from_us(_int(row[10])) if row[10] else None,
        last_error=str(row[11]),
        last_error_at=from_us(_int(row[12])) if row[12] else None,
    )


def _int(value: object) -> int:
    return int(str(value))
