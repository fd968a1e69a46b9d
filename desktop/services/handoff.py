"""Handoffs: written from live state, offered, and taken over item by item; not accepted is still yours."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from db.queries import handoff as queries
from db.queries import handoff_item
from db.unit_of_work import Session
from desktop.domain.errors import Conflict, DeskError
from desktop.domain.escalation import Bulk, Refusal
from desktop.domain.events import AlarmsChanged, HandoffsChanged, OutboxFilled
from desktop.domain.handoff import WORDS, Handoff, NoteKind
from desktop.domain.handoff_draft import edited
from desktop.domain.handoff_receipt import Receipt, receipt
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.wording import clean, one_line, required
from desktop.services import handoff_deeds as deeds
from desktop.services import handoff_writing as writing
from desktop.services.case import Cases
from desktop.services.details import DetailsService
from desktop.services.handoff_fill import Filling, OnCall, nobody_known, zone_of
from desktop.services.handoff_view import HandoffView, to_hand_over, view_of

_LONGEST_TEXT = 20_000


class HandoffService:
    """Keeps the handoffs of one desk. `on_call` names those on duty for a team, where a rota says."""

    def __init__(self, *, cases: Cases, details: DetailsService, on_call: OnCall = nobody_known) -> None:
        self._cases = cases
        self._filling = Filling(store=cases.store, details=details, clock=cases.clock, on_call=on_call)

    # -- reading

    def view(self, handoff_id: int) -> HandoffView:
        """One handoff as it stands.

        Raises: NotFound.
        """
        with self._cases.store.read() as session:
            return self._views(session, [queries.get(session, handoff_id)])[0]

    def waiting_for(self, person_id: int) -> tuple[HandoffView, ...]:
        """What a person is offered and has not answered, the oldest first."""
        with self._cases.store.read() as session:
            return self._views(session, queries.waiting_for(session, person_id))

    def of_person(self, person_id: int, limit: int = 50) -> tuple[HandoffView, ...]:
        """What a person gave or was offered, the latest first."""
        with self._cases.store.read() as session:
            return self._views(session, queries.of_person(session, person_id, limit))

    def receipts(self, since: datetime) -> tuple[Receipt, ...]:
        """How every handoff offered since an instant was received, the oldest first."""
        now = self._cases.clock.now()
        with self._cases.store.read() as session:
            found = queries.offered_since(session, to_us(since))
            return tuple(receipt(deeds.as_it_stands(session, each), now) for each in found)

    # -- the giver

    def draft(self, person_id: int, by: Actor, shift_end_at: datetime | None = None) -> HandoffView:
        """A draft of all open escalations of a person, the gravest first; the one they are at, filled anew.

        Raises: NotAllowed unless by themselves, a coordinator or a lead; DeskError for who has left.
        """
        deeds.check_giver(person_id, by)
        with self._cases.store.read() as session:
            giver = deeds.present(session, person_id)
            found = queries.draft_of(session, person_id)
            ids = to_hand_over(session, person_id)
        if found is not None:
            return self.redraft(found.id, by, shift_end_at)
        words = self._filling.words(ids, giver.zone, shift_end_at, by)
        with self._cases.work(by) as work:
            if (other := queries.draft_of(work.session, person_id)) is not None:
                raise Conflict(f"{giver.name} has a draft already.", hint=f"Open handoff {other.id}.")
            handoff_id = queries.insert(work.session, person_id, giver.team, work.at_us)
            handoff_item.add_items(work.session, handoff_id, words.items(), work.at_us)
            writing.set_end(work, handoff_id, shift_end_at)
        return self._changed(handoff_id)

    def redraft(self, handoff_id: int, by: Actor, shift_end_at: datetime | None = None) -> HandoffView:
        """Fill a draft anew from what is known now; what was typed stays, and so does what was left out.

        Raises: NotFound; NotAllowed; Conflict when it was offered already.
        """
        words = self._words_of(handoff_id, by)
        with self._cases.work(by) as work:
            handoff = writing.refilled(work, writing.writable(work, handoff_id, by), words)
            if shift_end_at is not None:
                writing.set_end(work, handoff.id, shift_end_at)
        return self._changed(handoff_id)

    def plan(self, handoff_id: int, by: Actor, shift_end_at: datetime | None, team: str = "") -> HandoffView:
        """Say when the giver's shift ends, None for with the offer; Raises as `redraft`."""
        with self._cases.work(by) as work:
            handoff = writing.writable(work, handoff_id, by)
            writing.set_end(work, handoff.id, shift_end_at)
            queries.change(work.session, handoff.id, {"team": one_line(team) or handoff.team})
        return self._changed(handoff_id)

    def edit(self, item_id: int, word: str, text: str, by: Actor) -> HandoffView:
        """Write one part of an item, or its risk; emptied, it is the facts' again with the next draft.

        Raises: NotFound; NotAllowed; Conflict when it was offered already; DeskError for a part not known.
        """
        if word not in WORDS:
            raise DeskError(f"A handoff has no part “{word}”.", field=word)
        with self._cases.work(by) as work:
            handoff = writing.writable(work, handoff_item.of_item(work.session, item_id), by)
            item = deeds.open_item(handoff, item_id)
            handoff_item.write_item(work.session, item_id, *edited(item, word, _text(text, word)))
            queries.touch(work.session, handoff.id)
        return self._changed(handoff.id)

    def add(self, handoff_id: int, escalation_ids: Iterable[int], by: Actor) -> HandoffView:
        """Put in open escalations of the giver that are not in it; also into an offer not yet answered.

        Raises: NotFound; NotAllowed; DeskError for one that is not the giver's, or waits in another handoff.
        """
        with self._cases.store.read() as session:
            handoff = queries.get(session, handoff_id)
            zone = zone_of(session, handoff.from_id)
        ids = tuple(dict.fromkeys(escalation_ids))
        words = self._filling.words(ids, zone, handoff.shift_end_at, by)
        with self._cases.work(by) as work:
            handoff = writing.given(work, handoff_id, by)
            deeds.check_given(work.session, handoff, ids)
            writing.make_room(work, handoff, ids)
            handoff_item.add_items(work.session, handoff.id, words.items(), work.at_us)
            queries.touch(work.session, handoff.id)
            if handoff.kept == "offered":
                deeds.tell_offer(work, queries.get(work.session, handoff.id), ids)
        return self._changed(handoff_id)

    def leave_out(self, item_id: int, by: Actor) -> HandoffView:
        """Take an escalation out of a draft: it stays the giver's, and is named as left out.

        Raises: as `edit`.
        """
        with self._cases.work(by) as work:
            handoff = writing.writable(work, handoff_item.of_item(work.session, item_id), by)
            handoff_item.remove_item(work.session, item_id)
            queries.touch(work.session, handoff.id)
        return self._changed(handoff.id)

    def note(self, handoff_id: int, kind: NoteKind, text: str, by: Actor) -> HandoffView:
        """Add a sentence that belongs to no single escalation: what not to do, what is risky, ...

        Raises: NotFound; NotAllowed; Conflict when it was offered already; DeskError without text.
        """
        kept = required(text, "note", "The note says nothing.", "Write a sentence.")
        with self._cases.work(by) as work:
            handoff = writing.writable(work, handoff_id, by)
            handoff_item.add_note(
                work.session, handoff.id, kind.value, _text(kept, "note"), work.at_us, work.by.name
            )
            queries.touch(work.session, handoff.id)
        return self._changed(handoff_id)

    def remove_note(self, note_id: int, by: Actor) -> HandoffView:
        """Take a note out of a draft; Raises as `note`."""
        with self._cases.work(by) as work:
            handoff = writing.writable(work, handoff_item.of_note(work.session, note_id), by)
            handoff_item.remove_note(work.session, note_id)
            queries.touch(work.session, handoff.id)
        return self._changed(handoff.id)

    def offer(self, handoff_id: int, to_id: int, by: Actor) -> HandoffView:
        """Hand it over for the other to accept: filled a last time from the facts, and on record from now on.

        Raises: NotFound; NotAllowed; Conflict when it was offered already; DeskError naming `to` for somebody
            who cannot take it, or when there is nothing to hand over.
        """
        words = self._words_of(handoff_id, by)
        with self._cases.work(by) as work:
            handoff = writing.refilled(work, writing.writable(work, handoff_id, by), words)
            receiver = deeds.present(work.session, to_id)
            deeds.check_offer(work.session, handoff, receiver)
            writing.offer(work, handoff, receiver)
        self._cases.publish(OutboxFilled(1))
        return self._changed(handoff_id)

    def withdraw(self, handoff_id: int, by: Actor, reason: str = "") -> HandoffView:
        """Take back what was not accepted yet, or give up a draft; what was accepted stays so.

        Raises: NotFound; NotAllowed; Conflict when it was withdrawn already or nothing waits in it.
        """
        with self._cases.work(by) as work:
            handoff = writing.given(work, handoff_id, by)
            waiting = [item for item in handoff.items if item.is_open]
            if handoff.kept == "offered" and not waiting:
                raise Conflict("Everything in it was answered already.")
            queries.change(
                work.session,
                handoff.id,
                {"state": "withdrawn", "withdrawn_at": work.at_us, "alarm_at": None},
            )
            deeds.tell_withdrawal(work, handoff, waiting, clean(reason))
        return self._changed(handoff_id)

    # -- the receiver

    def accept(self, handoff_id: int, by: Actor, item_ids: Sequence[int] | None = None) -> Bulk:
        """Take over these items, or all that wait: ownership moves now, in one transaction.

        What dropped out meanwhile is refused with a sentence. The seqs undo all of it as one step.

        Raises: NotFound; NotAllowed unless by the receiver; Conflict for an item that was answered already.
        """
        with self._cases.work(by) as work:
            handoff = deeds.received(work, handoff_id)
            wanted = [item.id for item in handoff.items if item.is_open] if item_ids is None else item_ids
            items = [deeds.found(handoff, item_id) for item_id in dict.fromkeys(wanted)]
            refused = tuple(
                Refusal(item.escalation_id, item.number, item.why) for item in items if item.kept == "dropped"
            )
            done = tuple(
                deeds.take_over(work, handoff, deeds.open_item(handoff, item.id))
                for item in items
                if item.kept != "dropped"
            )
            queries.touch(work.session, handoff.id)
        self._changed(handoff_id, *(one.escalation_id for one in done))
        return Bulk(done, refused)

    def ask_back(self, item_id: int, question: str, by: Actor) -> HandoffView:
        """Ask the giver about an item, also about one accepted before; it is not accepted by that.

        Raises: NotFound; NotAllowed; Conflict for one that was declined or dropped; DeskError without text.
        """
        kept = required(question, "question", "The question says nothing.", "Say what is unclear.")
        with self._cases.work(by) as work:
            handoff = deeds.received(work, handoff_item.of_item(work.session, item_id))
            item = deeds.found(handoff, item_id)
            if item.kept not in ("open", "accepted"):
                raise Conflict(item.why or f"{item.number} was {item.kept} already.")
            deeds.ask(work, handoff, item, _text(kept, "question"))
        self._cases.publish(OutboxFilled(1))
        return self._changed(handoff.id)

    def decline(self, item_id: int, reason: str, by: Actor) -> HandoffView:
        """Not take an item: it stays the giver's, who is told why.

        Raises: NotFound; NotAllowed; Conflict when it was answered already; DeskError without a reason.
        """
        kept = required(reason, "reason", "Declining needs a reason.", "Say why it cannot be taken over.")
        with self._cases.work(by) as work:
            handoff = deeds.received(work, handoff_item.of_item(work.session, item_id))
            deeds.decline(work, handoff, deeds.open_item(handoff, item_id), _text(kept, "reason"))
            queries.touch(work.session, handoff.id)
        self._cases.publish(OutboxFilled(1))
        return self._changed(handoff.id)

    def answer(self, question_id: int, text: str, by: Actor) -> HandoffView:
        """The giver answers what was asked back, once.

        Raises: NotFound; NotAllowed; Conflict when it was answered already; DeskError without text.
        """
        kept = required(text, "answer", "The answer says nothing.", "Write a sentence.")
        with self._cases.work(by) as work:
            handoff = queries.get(work.session, handoff_item.of_question(work.session, question_id))
            deeds.check_giver(handoff.from_id, by)
            deeds.answer(work, handoff, question_id, _text(kept, "answer"))
        self._cases.publish(OutboxFilled(1))
        return self._changed(handoff.id)

    def _words_of(self, handoff_id: int, by: Actor) -> writing.Words:
        """What the facts write of each item, read before the transaction that keeps it."""
        with self._cases.store.read() as session:
            handoff = deeds.as_it_stands(session, queries.get(session, handoff_id))
            zone = zone_of(session, handoff.from_id)
        ids = [item.escalation_id for item in handoff.items if item.is_open]
        return self._filling.words(ids, zone, handoff.shift_end_at, by)

    def _views(self, session: Session, handoffs: Sequence[Handoff]) -> tuple[HandoffView, ...]:
        now, policy = self._cases.clock.now(), self._cases.policies.active()
        return tuple(view_of(session, handoff, now, policy) for handoff in handoffs)

    def _changed(self, handoff_id: int, *escalation_ids: int) -> HandoffView:
        revision = self._cases.store.revision()
        self._cases.publish(HandoffsChanged((handoff_id,), revision))
        if escalation_ids:
            self._cases.publish(AlarmsChanged(escalation_ids, revision))
        return self.view(handoff_id)


def _text(text: str, field: str) -> str:
    kept = clean(text)
    if len(kept) > _LONGEST_TEXT:
        raise DeskError(
            "The text is too long.", field=field, hint=f"Write at most {_LONGEST_TEXT} characters."
        )
    return kept
