"""A handoff while it is being written, until it is on record by the offer."""

import json
from collections.abc import Container, Mapping
from datetime import datetime

from db.queries import handoff as queries
from db.queries import handoff_item
from desktop.domain.errors import Conflict
from desktop.domain.handoff import Handoff, alarm_at, filled_parts
from desktop.domain.handoff_draft import redrafted
from desktop.domain.handoff_facts import to_document
from desktop.domain.handoff_words import counted
from desktop.domain.instant import to_us
from desktop.domain.person import Actor, Person
from desktop.services import handoff_deeds as deeds
from desktop.services.case import Work
from desktop.services.handoff_view import facts_of

#: The words of items by escalation.
Words = Mapping[int, Mapping[str, str]]


def given(work: Work, handoff_id: int, by: Actor) -> Handoff:
    """A handoff that its giver may still change, with what dropped out kept so.

    Raises: NotFound; NotAllowed; Conflict when it was withdrawn.
    """
    handoff = queries.get(work.session, handoff_id)
    deeds.check_giver(handoff.from_id, by)
    if handoff.kept == "withdrawn":
        raise Conflict("This handoff was withdrawn already.", hint="Draft another.")
    return deeds.keep_dropped(work, handoff)


def writable(work: Work, handoff_id: int, by: Actor) -> Handoff:
    """A draft that its giver may write in.

    Raises: as `given`; Conflict when it was offered already.
    """
    handoff = given(work, handoff_id, by)
    deeds.check_draft(handoff)
    return handoff


def make_room(work: Work, handoff: Handoff, escalation_ids: Container[int]) -> None:
    """Let escalations that dropped out of a draft, and came back to the giver, be put in again.

    Raises: Conflict for one that was part of an offer: what became of it is on record.
    """
    for item in handoff.items:
        if item.escalation_id in escalation_ids and item.kept != "open":
            if handoff.kept != "draft":
                raise Conflict(
                    f"{item.number} was part of this offer already.", hint="Put it into another handoff."
                )
            handoff_item.remove_item(work.session, item.id)


def refilled(work: Work, handoff: Handoff, words: Words) -> Handoff:
    """The draft with what nobody typed as the facts write it now."""
    for item in handoff.items:
        if item.is_open and item.escalation_id in words:
            anew = redrafted(item, words[item.escalation_id])
            handoff_item.write_item(work.session, item.id, anew, item.typed)
    queries.change(work.session, handoff.id, {"filled_at": work.at_us})
    return queries.get(work.session, handoff.id)


def set_end(work: Work, handoff_id: int, shift_end_at: datetime | None) -> None:
    """Keep when the giver's shift ends, and from when on it is late."""
    late = alarm_at(shift_end_at, None)
    columns = {
        "shift_end_at": None if shift_end_at is None else to_us(shift_end_at),
        "alarm_at": None if late is None else to_us(late),
    }
    queries.change(work.session, handoff_id, columns)


def offer(work: Work, handoff: Handoff, receiver: Person) -> None:
    """Put the draft on record as offered, with what hangs on it now, and tell of it."""
    filled, wanted = filled_parts(handoff.items)
    late = alarm_at(handoff.shift_end_at, work.at)
    facts = to_document(facts_of(work.session, handoff, work.at, work.policies.active()))
    columns = {
        "to_id": receiver.id,
        "state": "offered",
        "offered_at": work.at_us,
        "alarm_at": None if late is None else to_us(late),
        "facts": json.dumps(facts, ensure_ascii=False),
        "parts_filled": filled,
        "parts_wanted": wanted,
    }
    queries.change(work.session, handoff.id, columns)
    deeds.tell_offer(work, queries.get(work.session, handoff.id))
    waiting = counted(sum(item.is_open for item in handoff.items), "escalation")
    giver = deeds.name_of(work.session, handoff.from_id)
    deeds.say(work, handoff, f"Handoff from {giver}", f"{receiver.name}: accept {waiting}, or ask back.")
