"""What goes out with an escalation: its events as they are linked, and the messages its signals came in."""

from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session
from desktop.domain.audit import GENESIS, Link


class KeptMessage(NamedTuple):
    """A message that counts on an escalation, without its bytes."""

    id: int
    escalation_id: int
    source: str
    kind: str
    media_type: str
    received_us: int


def linked_events(session: Session, escalation_ids: Sequence[int]) -> list[tuple[Link, str]]:
    """The events of these escalations in their order, each with the hash of its predecessor in the chain."""
    marks = ", ".join("?" * len(escalation_ids))
    rows = session.sql(
        "SELECT t.seq, t.escalation_id, t.kind, t.at, t.actor, t.body, t.hash, p.hash"
        " FROM timeline t LEFT JOIN timeline p ON p.seq = t.seq - 1"
        f" WHERE t.escalation_id IN ({marks}) ORDER BY t.seq",
        tuple(escalation_ids),
    )
    return [(Link._make(row[:7]), row[7] or GENESIS) for row in rows]


def messages_of(session: Session, escalation_ids: Sequence[int], limit: int) -> list[KeptMessage]:
    """The messages whose signals count on these escalations, the earliest first."""
    marks = ", ".join("?" * len(escalation_ids))
    rows = session.sql(
        "SELECT m.id, min(g.escalation_id), s.name, s.kind, m.media_type, m.received_at"
        " FROM signal g JOIN message m ON m.id = g.message_id JOIN source s ON s.id = m.source_id"
        f" WHERE g.escalation_id IN ({marks}) GROUP BY m.id ORDER BY m.id LIMIT ?",
        (*escalation_ids, limit),
    )
    return list(map(KeptMessage._make, rows))
