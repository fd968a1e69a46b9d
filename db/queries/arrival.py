"""The messages that came for an escalation and for what was merged into it."""

from db.queries.message import message_of
from db.unit_of_work import Session
from desktop.domain.source import Message

_MESSAGES = """
WITH RECURSIVE part (id) AS
    (SELECT ? UNION SELECT e.id FROM escalation e JOIN part p ON e.merged_into_id = p.id),
came (id) AS (SELECT DISTINCT g.message_id FROM signal g WHERE g.escalation_id IN (SELECT id FROM part))
"""


def messages_for(session: Session, escalation_id: int, limit: int) -> list[tuple[Message, str]]:
    """The last so many messages, each with the name of its source, in the order they came."""
    rows = session.sql(
        f"{_MESSAGES} SELECT m.id, m.source_id, m.sha256, m.media_type, m.sender, m.reference, m.received_at,"
        " c.size, s.name FROM came JOIN message m ON m.id = came.id JOIN content c ON c.sha256 = m.sha256"
        " JOIN source s ON s.id = m.source_id ORDER BY m.id DESC LIMIT ?",
        (escalation_id, limit),
    ).fetchall()
    return [(message_of(row[:8]), row[8]) for row in reversed(rows)]


def count_for(session: Session, escalation_id: int) -> int:
    """How many messages came for it."""
    return int(session.sql(f"{_MESSAGES} SELECT count(*) FROM came", (escalation_id,)).fetchone()[0])
