"""What of handoffs waits for a person, counted: every window asks it when it opens, so it brings nothing."""

from typing import NamedTuple

from db.unit_of_work import Session


class WaitingRow(NamedTuple):
    """Offers to a person with their open items, questions to them, and their own draft that is due.

    `giver` and `asker` are names, of one of those that wait. Of a draft, `due_us` is the end of the shift, 0
    for none.
    """

    offers: int
    items: int
    giver: str
    questions: int
    asker: str
    due_items: int
    due_us: int


def waiting(session: Session, person_id: int, until_us: int) -> WaitingRow:
    """What waits for a person; of drafts, those whose shift ends by then."""
    offers, items, giver = session.sql(
        "SELECT count(DISTINCT h.id), count(i.id), COALESCE(min(p.name), '') FROM handoff h"
        " JOIN handoff_item i ON i.handoff_id = h.id AND i.state = 'open'"
        " JOIN escalation e ON e.id = i.escalation_id AND e.owner_id = h.from_id"
        " JOIN person p ON p.id = h.from_id"
        " WHERE h.to_id = ? AND h.state = 'offered'"
        " AND e.state NOT IN ('resolved', 'closed', 'standard', 'merged')",
        (person_id,),
    ).fetchone()
    questions, asker = session.sql(
        "SELECT count(q.id), COALESCE(min(q.asked_by), '') FROM handoff h"
        " JOIN handoff_item i ON i.handoff_id = h.id"
        " JOIN handoff_question q ON q.item_id = i.id AND q.answered_at IS NULL"
        " WHERE h.from_id = ? AND h.state = 'offered' AND i.state IN ('open', 'accepted')",
        (person_id,),
    ).fetchone()
    due_items, due_us = session.sql(
        "SELECT count(i.id), COALESCE(min(h.shift_end_at), 0) FROM handoff h"
        " JOIN handoff_item i ON i.handoff_id = h.id"
        " WHERE h.from_id = ? AND h.state = 'draft' AND h.shift_end_at <= ?",
        (person_id, until_us),
    ).fetchone()
    return WaitingRow(offers, items, giver, questions, asker, due_items, due_us)
