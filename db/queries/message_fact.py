"""What people wrote for messages, and what was said to whom before."""

from typing import NamedTuple

from db.unit_of_work import Session


class FactRow(NamedTuple):
    """The newest words of a field; without an escalation they hold for all of them."""

    id: int
    escalation_id: int | None
    name: str
    text: str
    as_of_us: int | None
    source: str
    made_us: int
    made_by: str
    made_by_id: int | None
    approved_us: int | None
    approved_by: str


class LastRow(NamedTuple):
    """The last message to an audience: when, and its values in each channel as JSON texts."""

    sent_us: int
    field_values: tuple[str, ...]


_COLUMNS = (
    "f.id, f.escalation_id, f.name, f.text, f.as_of, f.source, f.made_at, f.made_by, f.made_by_id,"
    " f.approved_at, f.approved_by"
)
_HEARD = "escalation_id = ? AND audience = ? AND state NOT IN ('failed', 'taken_back')"


def insert(session: Session, row: FactRow) -> int:
    """Keep what somebody wrote; the id in the row does not count. Gives its id."""
    cursor = session.sql(
        "INSERT INTO message_fact (escalation_id, name, text, as_of, source, made_at, made_by, made_by_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row[1:9],
    )
    session.revision()
    return int(cursor.lastrowid or 0)


def approve(session: Session, fact_id: int, at_us: int, by: str, by_id: int | None) -> None:
    """Note who approved what was written."""
    session.sql(
        "UPDATE message_fact SET approved_at = ?, approved_by = ?, approved_by_id = ? WHERE id = ?",
        (at_us, by, by_id, fact_id),
    )
    session.revision()


def current(session: Session, escalation_id: int) -> tuple[FactRow, ...]:
    """The newest words of each field of an escalation, and those that hold for all where it has none."""
    rows = session.sql(
        f"SELECT {_COLUMNS} FROM message_fact f WHERE f.id IN ("
        " SELECT max(id) FROM message_fact WHERE escalation_id = ? GROUP BY name"
        " UNION ALL SELECT max(id) FROM message_fact WHERE escalation_id IS NULL GROUP BY name)"
        " ORDER BY f.escalation_id IS NULL DESC, f.id",
        (escalation_id,),
    )
    found = {row[2]: FactRow(*row) for row in rows.fetchall() if row[1] is None or row[3].strip()}
    return tuple(found.values())


def standing(session: Session) -> tuple[FactRow, ...]:
    """The newest words of each field that hold for every escalation."""
    rows = session.sql(
        f"SELECT {_COLUMNS} FROM message_fact f WHERE f.id IN"
        " (SELECT max(id) FROM message_fact WHERE escalation_id IS NULL GROUP BY name) ORDER BY f.id"
    )
    return tuple(FactRow(*row) for row in rows.fetchall())


def newest(session: Session, escalation_id: int | None, name: str) -> FactRow | None:
    """The newest words of one field."""
    row = session.sql(
        f"SELECT {_COLUMNS} FROM message_fact f WHERE f.escalation_id IS ? AND f.name = ?"
        " ORDER BY f.id DESC LIMIT 1",
        (escalation_id, name),
    ).fetchone()
    return None if row is None else FactRow(*row)


def last_sent(session: Session, escalation_id: int, audience: str) -> LastRow | None:
    """The last message that an audience of an escalation has heard."""
    row = session.sql(
        f"SELECT sent_at, batch FROM sent_message WHERE {_HEARD} ORDER BY sent_at DESC, id DESC LIMIT 1",
        (escalation_id, audience),
    ).fetchone()
    if row is None:
        return None
    told = session.sql("SELECT field_values FROM sent_message WHERE batch = ? ORDER BY id", (row[1],))
    return LastRow(row[0], tuple(each[0] for each in told.fetchall()))


def sent_count(session: Session, escalation_id: int, audience: str) -> int:
    """How many messages an audience has heard; one through several channels is one."""
    row = session.sql(
        f"SELECT count(DISTINCT batch) FROM sent_message WHERE {_HEARD}", (escalation_id, audience)
    ).fetchone()
    return int(row[0])


def promises(session: Session, escalation_id: int) -> tuple[tuple[str, str, int, str], ...]:
    """What was promised outside and is not settled: (kind, words, due, state), the earliest first."""
    rows = session.sql(
        "SELECT kind, text, due_at, state FROM promise WHERE escalation_id = ?"
        " AND (state = 'open' OR (state = 'broken' AND settled_at IS NULL)) ORDER BY due_at, id",
        (escalation_id,),
    )
    return tuple(rows.fetchall())


def playbook(session: Session, escalation_id: int) -> tuple[str, int] | None:
    """Name and version of the playbook that runs on an escalation, the latest one of several."""
    row = session.sql(
        "SELECT p.slug, r.version FROM playbook_run r JOIN playbook p ON p.id = r.playbook_id"
        " WHERE r.escalation_id = ? AND r.ended_at IS NULL ORDER BY r.id DESC LIMIT 1",
        (escalation_id,),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def newest_escalations(session: Session, limit: int) -> tuple[tuple[int, str, str], ...]:
    """Escalations a message could be about, the newest first: (id, number, title)."""
    rows = session.sql(
        "SELECT id, number, title FROM escalation WHERE state <> 'merged' ORDER BY id DESC LIMIT ?", (limit,)
    )
    return tuple(rows.fetchall())
