"""The handoffs of a desk, in the operator's name; every call is for the worker."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from desktop.adapters.documents.blocks import marked
from desktop.adapters.documents.handoff import document_of, file_name
from desktop.adapters.documents.saving import save
from desktop.domain.drill_mark import marked_name
from desktop.domain.escalation import Bulk
from desktop.domain.handoff import HandoffState, NoteKind
from desktop.domain.handoff_shift import end_of_shift
from desktop.domain.handoff_words import absolute
from desktop.domain.person import Actor, Person
from desktop.services.desk import Desk
from desktop.services.handoff import HandoffService
from desktop.services.handoff_view import HandoffView, to_hand_over
from desktop.services.roster import RosterService
from desktop.ui.handoff.ports import HandoffsFound, Proposal
from desktop.wiring.switching import operator_of

_AHEAD = timedelta(hours=24)
_PAST = 30
_DRAFTS = "handoff"


class DeskHandoffs:
    """What the page of handoffs asks for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._roster = RosterService(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._service = HandoffService(
            cases=desk.escalations.cases, details=desk.escalations.details, on_call=self._on_call
        )

    # -- reading
    def found(self) -> HandoffsFound:
        """What there is."""
        operator = self._desk.person.operator()
        people = tuple(person for person in self._desk.person.all() if person.active)
        if operator is None:
            return HandoffsFound(people=people)
        past = self._service.of_person(operator.id, _PAST)
        mine = [view for view in past if view.handoff.from_id == operator.id and _is_unsettled(view)]
        given = sorted(mine, key=lambda view: view.state is not HandoffState.DRAFT)
        with self._desk.store.read() as session:
            owned = len(to_hand_over(session, operator.id))
        return HandoffsFound(
            operator=operator,
            given=tuple(given),
            to_take=tuple(view for view in self._service.waiting_for(operator.id) if _has_open(view)),
            past=past,
            people=people,
            proposal=self._proposal(operator, people),
            owned=owned,
        )

    def view(self, handoff_id: int) -> HandoffView:
        """One of them."""
        return self._service.view(handoff_id)

    def kept_words(self) -> Mapping[str, str]:
        """What was being typed into the small fields."""
        own = {self._desk.settings.current.operator_id, None}
        drafts = self._desk.draft.all(_DRAFTS)
        return {each.key: str(each.body.get("text", "")) for each in drafts if each.person_id in own}

    # -- whoever gives
    def draw_up(self) -> HandoffView:
        """The operator's draft; its shift ends when the rota says so, unless somebody said otherwise."""
        by, now = self._by(), self._desk.clock.now()
        operator_id = by.person_id or 0
        known = [view for view in self._service.of_person(operator_id, _PAST) if _is_draft(view, operator_id)]
        if known and known[0].handoff.shift_end_at is not None:
            return self._service.draft(operator_id, by)
        end_at = end_of_shift(self._roster.final(now, now + _AHEAD), operator_id, now)
        # What has not ended by then was cut off there: nobody knows yet when it ends.
        return self._service.draft(operator_id, by, end_at if end_at and end_at < now + _AHEAD else None)

    def write(self, key: str, text: str) -> None:
        """Keep one part of an item; the key is `item id:part`."""
        item_id, _, word = key.partition(":")
        self._service.edit(int(item_id), word, text, self._by())

    def plan(self, handoff_id: int, shift_end_at: datetime | None) -> HandoffView:
        """Say when the shift ends."""
        return self._service.plan(handoff_id, self._by(), shift_end_at)

    def add(self, handoff_id: int, escalation_ids: Sequence[int]) -> HandoffView:
        """Put in what was left out."""
        return self._service.add(handoff_id, escalation_ids, self._by())

    def leave_out(self, item_id: int) -> HandoffView:
        """Keep one for oneself."""
        return self._service.leave_out(item_id, self._by())

    def note(self, handoff_id: int, kind: NoteKind, text: str) -> HandoffView:
        """Add a sentence for the whole shift."""
        return self._service.note(handoff_id, kind, text, self._by())

    def remove_note(self, note_id: int) -> HandoffView:
        """Take it out."""
        return self._service.remove_note(note_id, self._by())

    def offer(self, handoff_id: int, to_id: int) -> HandoffView:
        """Hand it over for the other to accept."""
        return self._service.offer(handoff_id, to_id, self._by())

    def withdraw(self, handoff_id: int, reason: str) -> HandoffView:
        """Take back what was not accepted."""
        return self._service.withdraw(handoff_id, self._by(), reason)

    def answer(self, question_id: int, text: str) -> HandoffView:
        """Answer what was asked back."""
        return self._service.answer(question_id, text, self._by())

    # -- whoever takes
    def accept(self, handoff_id: int, item_ids: Sequence[int] | None) -> Bulk:
        """Take these over, or all that wait."""
        return self._service.accept(handoff_id, self._by(), item_ids)

    def ask_back(self, item_id: int, question: str) -> HandoffView:
        """Ask whoever gives."""
        return self._service.ask_back(item_id, question, self._by())

    def decline(self, item_id: int, reason: str) -> HandoffView:
        """Not take one."""
        return self._service.decline(item_id, reason, self._by())

    # -- as files and drafts
    def file_name(self, view: HandoffView, ending: str) -> str:
        """What a file of it may be called."""
        return marked_name(file_name(view, ending), self._desk.settings.current.drill_mark)

    def export(self, handoff_id: int, target: Path) -> Sequence[str]:
        """Write it as a file; gives what is to be said about it."""
        document = document_of(self._service.view(handoff_id), self._desk.clock.now())
        return save(marked(document, self._desk.settings.current.drill_mark), target)

    def keep_words(self, key: str, text: str) -> None:
        """Keep it; an empty text is forgotten."""
        if text:
            self._desk.draft.save(_DRAFTS, key, {"text": text}, self._desk.settings.current.operator_id)
        else:
            self._desk.draft.delete(_DRAFTS, key)

    # -- within
    def _by(self) -> Actor:
        return operator_of(self._desk)

    def _on_call(self, team: str, at: datetime) -> tuple[str, ...]:
        return tuple(person.name for person in self._roster.on_call(team, at))

    def _proposal(self, operator: Person, people: Sequence[Person]) -> Proposal | None:
        """Whoever is on call once the operator no longer is, in the operator's own rota first."""
        now = self._desk.clock.now()
        shifts = self._roster.final(now, now + 2 * _AHEAD)
        end_at = end_of_shift(shifts, operator.id, now) or now
        own = {shift.schedule_id for shift in shifts if operator.id in shift.people and shift.start <= now}
        present = {person.id for person in people} - {operator.id}
        for shift in sorted(shifts, key=lambda shift: (shift.schedule_id not in own, shift.start)):
            who = next((person_id for person_id in shift.people if person_id in present), None)
            if who is not None and shift.start <= end_at < shift.end:
                since = f"from {absolute(max(shift.start, end_at), operator.zone)}"
                when = since if end_at > now else "now"
                return Proposal(who, f"On call {when}, says the rota “{shift.schedule}”.")
        return None


def _is_draft(view: HandoffView, person_id: int) -> bool:
    return view.handoff.from_id == person_id and view.state is HandoffState.DRAFT


def _has_open(view: HandoffView) -> bool:
    return any(item.is_open for item in view.items)


def _is_unsettled(view: HandoffView) -> bool:
    waits = view.state in (HandoffState.DRAFT, HandoffState.OFFERED)
    asked = view.state is not HandoffState.WITHDRAWN and any(item.waits_for_answer for item in view.items)
    return waits or asked
