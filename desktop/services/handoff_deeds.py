"""What is done in a handoff, each inside one transaction: offered, taken over, asked back, declined."""

from collections.abc import Container, Sequence
from dataclasses import replace

from db.queries import handoff as queries
from db.queries import handoff_alarm, handoff_facts, handoff_item
from db.queries import person as people
from db.unit_of_work import Session
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.escalation import OPEN_STATES, Done, State
from desktop.domain.handoff import Handoff, Item, dropped_sentence
from desktop.domain.person import Actor, Person, Role
from desktop.domain.policy_alarm import Occasion
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.services import overruling
from desktop.services.case import Work
from desktop.services.desk_notice import put_notice
from desktop.services.ownership import hand_over

#: Who may give in the name of somebody who is not there.
_FOR_OTHERS = frozenset({Role.COORDINATOR, Role.LEAD})


def check_giver(handoff_from_id: int, by: Actor) -> None:
    """Let pass whoever gives, a coordinator or lead for them, and the desk itself.

    Raises: NotAllowed.
    """
    if not by.automatic and by.person_id != handoff_from_id and not by.roles & _FOR_OTHERS:
        raise NotAllowed("This handoff is somebody else's.", hint="Ask them, a coordinator or a lead.")


def check_receiver(handoff: Handoff, by: Actor) -> None:
    """Let pass the one it is offered to: nobody accepts for another.

    Raises: NotAllowed; DeskError when it is not offered.
    """
    if handoff.kept != "offered":
        raise DeskError("This handoff is not offered.", hint="Look at it again.")
    if by.person_id is None or by.person_id != handoff.to_id:
        raise NotAllowed("This handoff is offered to somebody else.", hint="Only they can accept it.")


def check_draft(handoff: Handoff) -> None:
    """Let pass what is still being written.

    Raises: Conflict.
    """
    if handoff.kept != "draft":
        raise Conflict("This handoff was offered already.", hint="Withdraw it and draft another.")


def present(session: Session, person_id: int) -> Person:
    """A person of the desk.

    Raises: DeskError when there is none of that id, or they have left.
    """
    person = people.by_id(session, person_id)
    if person is None or not person.active:
        name = person.name if person else "That person"
        raise DeskError(f"{name} is not at the desk.", field="to", hint="Choose somebody else.")
    return person


def name_of(session: Session, person_id: int | None) -> str:
    """A person's name; empty for nobody."""
    person = None if person_id is None else people.by_id(session, person_id)
    return person.name if person else ""


def as_it_stands(session: Session, handoff: Handoff) -> Handoff:
    """The handoff with those items dropped whose escalation changed owner or closed meanwhile."""
    waiting = [item.escalation_id for item in handoff.items if item.is_open]
    if not waiting or handoff.kept == "withdrawn":
        return handoff
    rows = handoff_facts.standing(session, waiting)
    items: list[Item] = []
    for item in handoff.items:
        row = rows.get(item.escalation_id) if item.is_open else None
        why = _why_dropped(session, handoff, row) if row else ""
        items.append(replace(item, kept="dropped", why=why) if why else item)
    return replace(handoff, items=tuple(items))


def keep_dropped(work: Work, handoff: Handoff) -> Handoff:
    """The handoff as it stands, and what dropped out of it kept so."""
    stands = as_it_stands(work.session, handoff)
    for before, after in zip(handoff.items, stands.items, strict=True):
        if after is not before:
            handoff_item.set_item(work.session, after.id, "dropped", why=after.why, at_us=work.at_us)
            end_alarm(work, after.escalation_id, handoff.id, state="withdrawn", why=after.why)
    return stands


def received(work: Work, handoff_id: int) -> Handoff:
    """A handoff that is offered to whoever acts, with what dropped out kept so.

    Raises: NotFound; NotAllowed; DeskError when it is not offered.
    """
    handoff = queries.get(work.session, handoff_id)
    check_receiver(handoff, work.by)
    return keep_dropped(work, handoff)


def found(handoff: Handoff, item_id: int) -> Item:
    """An item of this handoff.

    Raises: DeskError when it is not one.
    """
    item = next((each for each in handoff.items if each.id == item_id), None)
    if item is None:
        raise DeskError("That is not part of this handoff.", hint="Look at the handoff again.")
    return item


def open_item(handoff: Handoff, item_id: int) -> Item:
    """An item that waits for the receiver's word.

    Raises: Conflict saying what became of it; DeskError when it is not of this handoff.
    """
    item = found(handoff, item_id)
    if item.kept == "dropped":
        raise Conflict(item.why)
    if not item.is_open:
        raise Conflict(f"{item.number} was {item.kept} already.")
    return item


def check_given(session: Session, handoff: Handoff, escalation_ids: Sequence[int]) -> None:
    """Let pass open escalations of the giver that wait in no other handoff.

    Raises: DeskError naming the first that does not.
    """
    rows = handoff_facts.standing(session, escalation_ids)
    for escalation_id in escalation_ids:
        if why := _why_dropped(session, handoff, rows[escalation_id]):
            raise DeskError(why.replace("dropped out", "cannot be handed over"))
    elsewhere = queries.open_elsewhere(session, escalation_ids, handoff.id)
    if elsewhere:
        escalation_id, other_id = next(iter(elsewhere.items()))
        to = name_of(session, queries.get(session, other_id).to_id)
        raise DeskError(
            f"{rows[escalation_id].number} waits for {to} to accept it already.",
            hint="Withdraw that handoff first, or leave this one out.",
        )


def check_offer(session: Session, handoff: Handoff, receiver: Person) -> None:
    """Let pass what there is to hand over, to somebody else.

    Raises: DeskError.
    """
    if receiver.id == handoff.from_id:
        raise DeskError("Nobody hands over to themselves.", field="to", hint="Choose somebody else.")
    ids = [item.escalation_id for item in handoff.items if item.is_open]
    if not ids and not handoff.notes:
        raise DeskError("There is nothing to hand over.", hint="Add an escalation or a note.")
    if ids:
        check_given(session, handoff, ids)


def take_over(work: Work, handoff: Handoff, item: Item) -> Done:
    """The receiver owns the escalation from now on."""
    case = work.case(item.escalation_id)
    before = case.escalation.owner_id
    owner = hand_over(case, handoff.to_id)
    # Else the next signal would let a rule give it back to whoever has gone.
    overruling.note(case, "handed over", ("owner",))
    case.changes.set(
        "handoff_item",
        item.id,
        state="accepted",
        why="",
        answered_at=work.at_us,
        answered_by=work.by.name,
    )
    end_alarm(work, case.id, handoff.id, state="acknowledged", why=f"{work.by.name} accepted it")
    return case.tell(
        EventKind.HANDOFF_ACCEPTED,
        "Handoff",
        handoff=handoff.id,
        giver=name_of(work.session, handoff.from_id),
        owner=owner.name if owner else "",
        owner_id=[before, handoff.to_id],
        asked=len(item.questions),
    )


def decline(work: Work, handoff: Handoff, item: Item, reason: str) -> None:
    """The receiver does not take the escalation: it stays the giver's."""
    handoff_item.set_item(work.session, item.id, "declined", why=reason, at_us=work.at_us, by=work.by.name)
    giver = name_of(work.session, handoff.from_id)
    _tell(work, item, EventKind.HANDOFF_DECLINED, "Refusal", handoff=handoff.id, giver=giver, reason=reason)
    say(work, handoff, f"{item.number} was not accepted", f"{giver}: {work.by.name} declines: {reason}")


def ask(work: Work, handoff: Handoff, item: Item, question: str) -> None:
    """The receiver asks back."""
    handoff_item.ask(work.session, item.id, question, work.at_us, work.by.name)
    queries.touch(work.session, handoff.id)
    giver = name_of(work.session, handoff.from_id)
    _tell(work, item, EventKind.HANDOFF_ASKED, "Question", handoff=handoff.id, giver=giver, note=question)
    say(work, handoff, f"{item.number} was asked back", f"{giver}: {work.by.name} asks: {question}")


def answer(work: Work, handoff: Handoff, question_id: int, text: str) -> None:
    """The giver answers.

    Raises: Conflict when it was answered already.
    """
    if not handoff_item.answer(work.session, question_id, text, work.at_us, work.by.name):
        raise Conflict("That was answered already.")
    queries.touch(work.session, handoff.id)
    item = next(each for each in handoff.items if any(q.id == question_id for q in each.questions))
    receiver = name_of(work.session, handoff.to_id)
    facts = {"handoff": handoff.id, "receiver": receiver, "note": text}
    _tell(work, item, EventKind.HANDOFF_ANSWERED, "Answer", **facts)
    say(work, handoff, f"{item.number} was answered", f"{receiver}: {work.by.name} answers: {text}")


def tell_offer(work: Work, handoff: Handoff, escalation_ids: Container[int] | None = None) -> None:
    """The timeline of each escalation, or of these, says that it is offered, to whom, in which words."""
    receiver = name_of(work.session, handoff.to_id)
    for item in handoff.items:
        if item.is_open and (escalation_ids is None or item.escalation_id in escalation_ids):
            told = {word: text for word, text in item.words.items() if text}
            offer = {"handoff": handoff.id, "receiver": receiver, "receiver_id": handoff.to_id}
            _tell(work, item, EventKind.HANDOFF_OFFERED, "Offer", **offer, words=told)


def tell_withdrawal(work: Work, handoff: Handoff, items: Sequence[Item], reason: str) -> None:
    """What was offered is not any more: each escalation's timeline says so; alarms about it end."""
    for item in handoff.items:
        why = f"{work.by.name} withdrew the handoff"
        end_alarm(work, item.escalation_id, handoff.id, state="withdrawn", why=why)
    for item in items if handoff.kept == "offered" else ():
        _tell(work, item, EventKind.HANDOFF_WITHDRAWN, "Withdrawal", handoff=handoff.id, reason=reason)


def end_alarm(work: Work, escalation_id: int, handoff_id: int, *, state: str, why: str) -> None:
    """End the alarm about a handoff that was not accepted, for one escalation, and tell of it."""
    kind = EventKind.ALARM_ACKNOWLEDGED if state == "acknowledged" else EventKind.ALARM_SUPPRESSED
    for alarm_id in handoff_alarm.end(work.session, escalation_id, handoff_id, state, work.at_us, why):
        about = {"alarm": alarm_id, "threshold": Occasion.HANDOFF_OPEN.value, "step": 0}
        work.tell(kind, escalation_id, {**about, "why": why})
        work.ids[escalation_id] = None


def say(work: Work, handoff: Handoff, title: str, body: str) -> None:
    """Tell whoever sits at the desk; a later word on the same handoff takes its place."""
    subject = f"handoff:{handoff.id}"
    put_notice(
        work.session, subject=subject, reason="handoff", title=title, body=one_line(body), now_us=work.at_us
    )


def _tell(work: Work, item: Item, kind: EventKind, deed: str, **facts: object) -> None:
    """A line on the escalation's timeline that changes nothing about it."""
    work.case(item.escalation_id).tell(kind, deed, counts=False, **facts)


def _why_dropped(session: Session, handoff: Handoff, row: handoff_facts.StandRow) -> str:
    state = State(row.state)
    gives = row.owner_id == handoff.from_id
    owner = "" if gives else name_of(session, row.owner_id)
    return dropped_sentence(row.number, owner or None, gives, state.word, state in OPEN_STATES)
