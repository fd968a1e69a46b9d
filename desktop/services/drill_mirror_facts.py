"""What an event of a drill's desk does not say itself: how the case stood, what a handoff carried over."""

from collections.abc import Mapping
from typing import Any

from db.queries import drill_sandbox as rows
from db.queries import handoff as handoffs
from db.queries import person as people
from db.unit_of_work import Session
from desktop.domain.errors import NotFound
from desktop.domain.handoff import NoteKind
from desktop.services.desk import Desk
from desktop.services.drill_world import SOURCE

_TEXTS = ("number", "title", "state", "team", "issue_type")


def snapshot(row: Mapping[str, Any]) -> dict[str, Any]:
    """How an escalation stood, in the words that expectations ask by."""
    found: dict[str, Any] = {name: row.get(name) or "" for name in _TEXTS}
    severity = row.get("severity")
    found["priority"] = row.get("priority") or None
    found["severity"] = f"sev{severity}" if severity else None
    found["customer"] = row.get("customer_name") or ""
    found["customer_tier"] = row.get("customer_tier") or ""
    found["product_area"] = row.get("area") or ""
    found["owner"] = row.get("owner_name") or ""
    found["owner_id"] = row.get("owner_id") or 0
    # What is not known yet is left out: a check of it is then nobody's failure but not told.
    return {name: value for name, value in found.items() if value is not None}


def confirmers(session: Session, name: str, person_id: object) -> dict[str, Any]:
    """Who confirmed it, and in which roles."""
    person = people.by_id(session, person_id) if isinstance(person_id, int) else None
    return {"confirmed_by": name, "roles": sorted(person.roles) if person is not None else []}


def is_early(session: Session, escalation_id: int, row: Mapping[str, Any], is_answered: bool) -> str:
    """Why an escalation was resolved too early; empty where it was not.

    A ticket that belongs to it is still open: its parent or child, another of the drill in the same area, or
    one that came since and that nobody has answered.
    """
    if rows.relatives(session, escalation_id):
        return "a linked escalation is still open"
    area = row.get("area") or ""
    others = [each for each in rows.open_tickets(session, SOURCE) if each[0] != escalation_id]
    if any(each[1] == area for each in others):
        return "another ticket of the same area is still open"
    return "" if is_answered else "a ticket that came since has no answer"


class HandoffSeen:
    """How whole an accepted handoff was, for one of its escalations."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def facts(self, session: Session, handoff_id: int, escalation_id: int) -> dict[str, Any]:
        """complete, commitments and decisions; empty where the handoff is gone."""
        try:
            handoff = handoffs.get(session, handoff_id)
        except NotFound:
            return {}
        item = next((each for each in handoff.items if each.escalation_id == escalation_id), None)
        if item is None:
            return {}
        words = " ".join(item.words.values()).casefold()
        promised = _of(handoff.facts.get("promises"), escalation_id)
        decided = _of(handoff.facts.get("decisions"), escalation_id)
        noted = any(note.kind is NoteKind.DECISION and note.text.strip() for note in handoff.notes)
        is_due = rows.running_updates(session, escalation_id) > 0
        return {
            "complete": not item.empty_parts,
            "commitments": bool(promised) or not is_due or "next update" in words,
            "decisions": bool(decided) or noted or "decision" in words or "decide" in words,
        }


def _of(entries: object, escalation_id: int) -> list[Any]:
    if not isinstance(entries, list | tuple):
        return []
    return [
        each for each in entries if isinstance(each, Mapping) and each.get("escalation_id") == escalation_id
    ]
