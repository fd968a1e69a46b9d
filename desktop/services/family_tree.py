"""Who announces for whom: the way up from a child to the parent that does."""

from db.queries import escalation as escalations
from db.unit_of_work import Session
from desktop.domain.escalation import Escalation


def ancestors(session: Session, escalation_id: int) -> list[Escalation]:
    """What an escalation is part of, what that is part of, and so on, whether open or not; nearest first."""
    found: dict[int, Escalation] = {}
    above_id = escalations.get(session, escalation_id).parent_id
    while above_id is not None and above_id not in found:
        found[above_id] = escalations.get(session, above_id)
        above_id = found[above_id].parent_id
    return list(found.values())


def announcer(session: Session, escalation_id: int, but_id: int = 0) -> int:
    """Who announces for an escalation: itself, or the topmost above it that is open; `but_id` never does."""
    top_id = escalation_id
    for above in ancestors(session, escalation_id):
        if not above.is_open or above.id == but_id:
            break
        top_id = above.id
    return top_id
