"""The incoming side: read, read back, accept item by item, ask back, decline."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import DeskError
from desktop.domain.escalation import Bulk
from desktop.domain.handoff import HandoffState, Item, NoteKind
from desktop.services.handoff_view import HandoffView
from desktop.ui.handoff.ports import HandoffsFound, KeepsHandoffs
from desktop.ui.handoff.read_back import whole_summary
from desktop.ui.handoff.tab import HandoffTab
from desktop.ui.handoff.words import do_not_words
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText
from desktop.ui.kit.prompt import Prompt, PromptField
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted
from desktop.ui.undo import OneStep
from desktop.ui.word_keeper import WordKeeper

_NOTES = 4
_WISHES = (
    ("A", "handoff.accept"),
    ("Q", "handoff.ask"),
    ("D", "handoff.decline"),
    ("Shift+A", "handoff.accept_all"),
)


class TakeTab(HandoffTab):
    """Whoever comes decides here; ownership moves with each acceptance.

    Signals:
        work_done: (OneStep) to be undone as one step.
    """

    work_done = Signal(object)

    def __init__(
        self, keeps: KeepsHandoffs, around: Surroundings, words: WordKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(keeps, around, words, parent)
        self._asked_item: Item | None = None
        self._on_the_way: set[int] = set()
        self.notes = Label("", "danger", wrap=True)
        self.accept_button = Button("Accept", "primary", keys="A")
        self.ask_button = Button("Ask back…", keys="Q")
        self.decline_button = Button("Decline…", keys="D")
        self.all_button = Button("Accept all…", keys="Shift+A")
        self.pane.table.wishes = _WISHES
        self.more.addWidget(self.notes)
        for button in (self.accept_button, self.ask_button, self.decline_button, self.all_button):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.save_button)
        self.accept_button.clicked.connect(self.accept)
        self.ask_button.clicked.connect(self.ask_back)
        self.decline_button.clicked.connect(self.decline)
        self.all_button.clicked.connect(self.accept_all)
        self.pane.table.wished.connect(self._run)
        self.pane.entered.connect(self._open_current)
        self.box.answered.connect(self._do)

    # -- wishes
    def accept(self) -> None:
        """Take the current item over."""
        item, view = self.pane.item(), self.view
        if item is None or view is None or self.why_not_item("handoff.accept"):
            return
        # Whoever types fast is at the next one before the answer is there.
        self._on_the_way.add(item.id)
        self.pane.go_on(self._on_the_way)
        self.do(partial(self.keeps.accept, view.id, (item.id,)), self._accepted)

    def accept_all(self) -> None:
        """Read back what that means, then take over all that waits."""
        view = self.view
        if view is None or self.why_not_all():
            return
        waiting = counted(sum(item.is_open for item in view.items), "escalation")
        now = self.around.clock.now()
        self.box.ask(
            "all", f"Read back, then accept {waiting}", (), "Accept all", text=whole_summary(view, now)
        )

    def ask_back(self) -> None:
        """Ask whoever gives about the current item."""
        if not self.why_not_item("handoff.ask"):
            self._ask("question", "Ask back", "What is unclear", "Ask")

    def decline(self) -> None:
        """Not take the current item, after a question why."""
        if not self.why_not_item("handoff.decline"):
            self._ask("reason", "Decline", "Why it cannot be taken over", "Decline")

    def why_not_item(self, action_id: str) -> str:
        """Why that cannot be done to the current item now."""
        item, view = self.pane.item(), self.view
        if view is None or view.handoff.to_id != self.operator_id:
            return "Nothing is handed over to you."
        if view.state is HandoffState.WITHDRAWN:
            return "The handoff was withdrawn."
        if item is None:
            return "Choose an escalation of the handoff."
        if item.id in self._on_the_way:
            return "It is being accepted."
        can_ask = action_id == "handoff.ask" and item.kept == "accepted"
        return "" if item.is_open or can_ask else "That was answered already."

    def why_not_all(self) -> str:
        """Why not all can be accepted now."""
        view = self.view
        if view is None or view.handoff.to_id != self.operator_id or view.state is not HandoffState.OFFERED:
            return "Nothing waits to be accepted by you."
        return ""

    def refuse(self, error: DeskError) -> None:
        """It could not be done: whatever was on the way waits again."""
        self._on_the_way.clear()
        super().refuse(error)

    # -- what is shown
    def show_found(self, found: HandoffsFound) -> None:
        """What there is."""
        before = self.view
        waiting = {item.id for view in found.to_take for item in view.items if item.is_open}
        self._on_the_way &= waiting
        self.show_views(found, found.to_take)
        if self.view is not None and (before is None or before.id != self.view.id):
            self.pane.go_on()

    def show_more(self, view: HandoffView) -> None:
        """What not to do, and what can be done."""
        texts = [note.text for note in view.handoff.notes if note.kind is NoteKind.DO_NOT]
        lines = [do_not_words(text) for text in texts[:_NOTES]]
        if len(texts) > _NOTES:
            lines.append(f"and {len(texts) - _NOTES} more under “The shift as a whole”")
        self.notes.setText("\n".join(lines))
        self.notes.setVisible(bool(lines))
        self._follow_item()

    def show_nothing(self) -> None:
        """Nothing waits."""
        self.empty.show_state(
            "success",
            "Nothing is handed over to you",
            "What is offered to you comes here, one escalation after the other. Until you accept one, "
            "it is still whoever's who gives it.",
        )

    # -- within
    def _picked(self) -> None:
        self._follow_item()
        super()._picked()

    def _follow_item(self) -> None:
        for button, action_id in (
            (self.accept_button, "handoff.accept"),
            (self.ask_button, "handoff.ask"),
            (self.decline_button, "handoff.decline"),
        ):
            button.setEnabled(not self.why_not_item(action_id))
        self.all_button.setEnabled(not self.why_not_all())

    def _run(self, wish: str) -> None:
        {
            "handoff.accept": self.accept,
            "handoff.ask": self.ask_back,
            "handoff.decline": self.decline,
            "handoff.accept_all": self.accept_all,
        }[wish]()

    def _open_current(self) -> None:
        item = self.pane.item()
        if item is not None:
            self.open_requested.emit(item.escalation_id)

    def _ask(self, what: str, title: str, label: str, verb: str) -> None:
        item = self.pane.item()
        if item is None:
            return
        self._asked_item = item
        field = PromptField(what, label, "text", value=self.words.text(f"{what}:{item.id}"))
        about = f"{item.number}  {item.title}"
        self.box.ask(what, title, (field,), verb, concerns=item.id, about=about)
        prompt = self.box.prompt
        text = prompt.widget(what) if isinstance(prompt, Prompt) else None
        if isinstance(text, LongText):
            text.textChanged.connect(self._keep_typed)

    def _keep_typed(self) -> None:
        prompt, item = self.box.prompt, self._asked_item
        if prompt is not None and item is not None:
            for what, text in prompt.answers().items():
                self.words.note(f"{what}:{item.id}", text)

    def _do(self, what: str, answers: dict[str, str]) -> None:
        item, view = self._asked_item, self.view
        if what == "all" and view is not None:
            self.do(partial(self.keeps.accept, view.id, None), self._accepted)
        elif item is not None and what == "question":
            self.do(partial(self.keeps.ask_back, item.id, answers[what]), self._asked)
        elif item is not None:
            self.do(partial(self.keeps.decline, item.id, answers[what]), self._asked)

    def _asked(self, result: object) -> None:
        item = self._asked_item
        if item is not None:
            for what in ("question", "reason"):
                self.words.forget(f"{what}:{item.id}")
            giver = self.view.giver.name if self.view is not None else "whoever gave it"
            self.message_requested.emit(f"{giver} is told about {item.number}")
        self.done(result)
        self.pane.go_on()

    def _accepted(self, result: object) -> None:
        if isinstance(result, Bulk):
            if result.done:
                self.work_done.emit(_as_step(result))
            said = "\n".join(f"{one.number}: {one.sentence}" for one in result.refused)
            self.done(result)
            if said:
                self.say_fault(said)


def _as_step(bulk: Bulk) -> OneStep:
    count = len(bulk.done)
    numbers = bulk.done[0].label.partition(" of ")[2]
    what = numbers if count == 1 else counted(count, "escalation")
    return OneStep(tuple(bulk.seqs), f"Acceptance of {what}", undo=True)
