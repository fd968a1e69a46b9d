"""The outgoing side: a draft from live state, written on, offered, and what became of it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import DeskError
from desktop.domain.handoff import HandoffState, NoteKind
from desktop.domain.instant import from_us, to_us
from desktop.services.handoff_view import HandoffView
from desktop.ui.handoff.give_head import EndField, GiveHead
from desktop.ui.handoff.ports import HandoffsFound, KeepsHandoffs
from desktop.ui.handoff.tab import HandoffTab
from desktop.ui.kit.prompt import PromptField
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted
from desktop.ui.word_keeper import WordKeeper


class GiveTab(HandoffTab):
    """Whoever goes writes here; from the offer on it is on record."""

    def __init__(
        self, keeps: KeepsHandoffs, around: Surroundings, words: WordKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(keeps, around, words, parent)
        self._noting = NoteKind.DO_NOT
        self._answering = 0
        self._goes_on = False
        self.head = GiveHead(self.save_button)
        self.more.addWidget(self.head)
        self._connect()

    @property
    def is_bare(self) -> bool:
        """Whether nothing in it could have the focus: else there is the button to begin."""
        return self.view is None and self.found.operator is None

    # -- wishes
    def draw_up(self) -> None:
        """Make the draft, or fill it anew."""
        self.save_words()
        self.do(self.keeps.draw_up, self._drawn_up)

    def offer(self) -> None:
        """Hand it over, with every word typed so far."""
        view = self.view
        if view is None or self.why_no_offer():
            return
        to_id = self.head.receiver_id()
        if not to_id:
            self.say_fault("Say who it is handed over to.")
            self.head.ask_receiver()
            return
        self.save_words()
        self.do(partial(self.keeps.offer, view.id, to_id), self._offered)

    def withdraw(self) -> None:
        """Take back what was not accepted, after a question why."""
        view = self.view
        if view is None or self.why_no_withdrawal():
            return
        is_draft = view.state is HandoffState.DRAFT
        self.box.ask(
            "withdraw",
            "Give up this draft" if is_draft else "Withdraw the handoff",
            (PromptField("reason", "Reason", required=False),),
            "Give up" if is_draft else "Withdraw",
            concerns=view.id,
            text="What was typed into it goes with it."
            if is_draft
            else "What was accepted stays with whoever accepted it; the rest stays yours.",
        )

    def why_no_offer(self) -> str:
        """Why it cannot be offered now."""
        if self.view is None or self.view.state is not HandoffState.DRAFT:
            return "There is no draft to offer."
        return ""

    def why_no_withdrawal(self) -> str:
        """Why it cannot be withdrawn now."""
        view = self.view
        if view is None or view.state not in (HandoffState.DRAFT, HandoffState.OFFERED):
            return "Nothing in it waits any more."
        return "" if view.handoff.from_id == self.operator_id else "Somebody else gave it."

    # -- what is shown
    def show_found(self, found: HandoffsFound) -> None:
        """What there is."""
        self.head.set_people(found)
        before = self.view
        self.show_views(found, found.given)
        view = self.view
        if self._goes_on:
            self._goes_on = False
            self.pane.go_to_question()
        elif view is not None and (before is None or before.id != view.id):
            asked = next((item for item in view.items if item.waits_for_answer), None)
            if asked is not None:
                self.pane.go_to_item(asked.id)

    def show_more(self, view: HandoffView) -> None:
        """Whom it goes to, when the shift ends, what can be done."""
        self.head.show_view(view, self.found, can_withdraw=not self.why_no_withdrawal())

    def show_nothing(self) -> None:
        """How to begin."""
        owned = self.found.owned
        if self.found.operator is None:
            self.empty.show_state(
                "person", "Nobody has said who works at this desk", "Say so under Settings, People."
            )
            return
        yours = f"You own {counted(owned, 'open escalation')}." if owned else "You own no open escalation."
        self.empty.show_state(
            "handoff",
            "Nothing is handed over",
            f"{yours} The form is drawn up from what the desk knows; you add what only you know.",
            "Hand over my shift",
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.offer()
        else:
            super().keyPressEvent(event)

    # -- within
    def _connect(self) -> None:
        sheet, shift = self.pane.sheet, self.pane.shift
        self.empty.button_pressed.connect(self.draw_up)
        self.head.offer_button.clicked.connect(self.offer)
        self.head.withdraw_button.clicked.connect(self.withdraw)
        self.head.anew_button.clicked.connect(self.draw_up)
        self.head.end_button.clicked.connect(self._ask_end)
        self.pane.entered.connect(self.pane.focus_sheet)
        self.box.answered.connect(self._do)
        sheet.left_out.connect(self._leave_out)
        sheet.answered.connect(self._answer)
        shift.noted.connect(self._note)
        shift.note_removed.connect(self._remove_note)
        shift.put_in.connect(self._put_in)

    def _drawn_up(self, view: object) -> None:
        if isinstance(view, HandoffView):
            self._wanted_id = view.id
        self.done(view)

    def _offered(self, view: object) -> None:
        if isinstance(view, HandoffView) and view.receiver is not None:
            what = counted(view.receipt.items, "escalation")
            told = f"{what} offered to {view.receiver.name}: until accepted, still yours"
            self.message_requested.emit(told)
        self.done(view)

    def _ask_end(self) -> None:
        view = self.view
        if view is not None:
            at_us = to_us(view.handoff.shift_end_at or self.around.clock.now())
            field = PromptField("end", "The shift ends", make=partial(EndField, at_us))
            self.box.ask("end", "When the shift ends", (field,), "Keep", concerns=view.id)

    def _do(self, what: str, answers: dict[str, str]) -> None:
        view = self.view
        if view is None:
            return
        if what == "withdraw":
            self.do(partial(self.keeps.withdraw, view.id, answers["reason"]))
        else:
            self.do(partial(self.keeps.plan, view.id, from_us(int(answers["end"]))))

    def _leave_out(self, item_id: int) -> None:
        self.save_words()
        self.do(partial(self.keeps.leave_out, item_id))

    def _put_in(self, escalation_id: int) -> None:
        if self.view is not None:
            self.save_words()
            self.do(partial(self.keeps.add, self.view.id, (escalation_id,)))

    def _note(self, kind: NoteKind, text: str) -> None:
        if self.view is not None:
            self._noting = kind
            self.do(partial(self.keeps.note, self.view.id, kind, text), self._noted)

    def _noted(self, result: object) -> None:
        self.pane.shift.clear_note(self._noting)
        self.done(result)

    def _remove_note(self, note_id: int) -> None:
        self.do(partial(self.keeps.remove_note, note_id))

    def _answer(self, question_id: int, text: str) -> None:
        self._answering = question_id
        self.do(partial(self.keeps.answer, question_id, text), self._answered)

    def _answered(self, result: object) -> None:
        self.words.forget(f"answer:{self._answering}")
        self.message_requested.emit("Answered")
        self._goes_on = True
        self.done(result)

    def refuse(self, error: DeskError) -> None:
        """Say it where it is about the receiver."""
        super().refuse(error)
        if error.field == "to":
            self.head.ask_receiver()
