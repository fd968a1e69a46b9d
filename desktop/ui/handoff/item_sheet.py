"""One escalation of a handoff in full: its five parts and the risk, written or read, and what was asked."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.handoff import RISK, RISK_TITLE, WORDS, HandoffState, Item, Part
from desktop.services.handoff_view import HandoffView
from desktop.ui.handoff import read_back
from desktop.ui.handoff.pieces import WordsField
from desktop.ui.handoff.questions import QuestionList
from desktop.ui.handoff.words import item_words, missing_words
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.word_keeper import WordKeeper

_TITLES = {**{part.value: part.heading for part in Part}, RISK: RISK_TITLE}
_HINTS = {
    Part.SUMMARY.value: "What it is about, in two sentences",
    Part.IMPACT.value: "Who suffers from it, and how much",
    Part.ACTIONS.value: "What was done already",
    Part.OWNERS.value: "Who works on it, who decides",
    Part.NEXT_STEPS.value: "What has to be done next, by when",
    RISK: "What may go wrong in the next shift",
}


class PartBox(QWidget):
    """One part: its heading, where its words come from, and the words."""

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.word = word
        self._source = Label("", "hint")
        self.field = WordsField("", _TITLES[word])
        self.field.setPlaceholderText(_HINTS[word])
        self.read = Label("", wrap=True)
        self.read.let_select()
        self.read.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(_TITLES[word], "strong"))
        head.addWidget(self._source)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.field)
        column.addWidget(self.read)

    def show_part(self, item: Item, words: WordKeeper, *, can_write: bool) -> None:
        """Show it of an item; what is being typed stays."""
        key, text = f"{item.id}:{self.word}", item.words.get(self.word, "")
        is_other = self.field.key != key
        self.field.key = key
        self.field.setVisible(can_write)
        self.read.setVisible(not can_write)
        is_typed = self.word in item.typed
        if can_write:
            if words.is_waiting(key):
                self.field.show_text(words.text(key))
            elif is_other or not self.field.hasFocus():
                self.field.show_text(text)
            self._source.setText("yours" if is_typed else ("from the facts" if text.strip() else ""))
            return
        self.setVisible(bool(text.strip()) or self.word != RISK)
        self.read.setText(text.strip() or "Not written.")
        self.read.set_role("body" if text.strip() else "secondary")
        self._source.setText("")


class ItemSheet(QWidget):
    """Shows one item; a draft's can be written.

    Signals:
        open_requested: (int escalation)
        left_out: (int item) the giver keeps it.
        answered: (int question, str text)
    """

    open_requested = Signal(int)
    left_out = Signal(int)
    answered = Signal(int, str)

    def __init__(self, parts: WordKeeper, words: WordKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._item: Item | None = None
        self.title = Label("", "heading", wrap=True)
        self.about = Label("", "secondary", wrap=True)
        self.state = Label("", "strong", wrap=True)
        self.read_back = Label("", wrap=True)
        self.missing = Label("", "warning", wrap=True)
        self.open_button = Button("Open the escalation", "link")
        self.keep_button = Button("Leave it out", "link")
        self.questions = QuestionList(words)
        self.boxes = {word: PartBox(word) for word in WORDS}
        self._lay_out()
        self.open_button.clicked.connect(self._open)
        self.keep_button.clicked.connect(self._leave_out)
        self.questions.answered.connect(self.answered)
        for box in self.boxes.values():
            box.field.typed.connect(parts.note)
            box.field.left.connect(parts.save)

    @property
    def item_id(self) -> int:
        """Which item is shown, 0 for none."""
        return self._item.id if self._item is not None else 0

    def show_item(self, item: Item, view: HandoffView, operator_id: int, now: datetime) -> None:
        """Show it as this person sees it."""
        gives = view.handoff.from_id == operator_id
        can_write = gives and view.state is HandoffState.DRAFT and item.is_open
        if item.id != self.item_id:
            self._scroll_area.verticalScrollBar().setValue(0)
        self._item = item
        grade = " ".join(part for part in (item.priority, f"SEV{item.severity}") if part)
        self.title.setText(f"{item.number}  {item.title}")
        self.about.setText(f"{item.customer} · {grade}")
        self.state.setText(item_words(item, view, operator_id, now))
        self.missing.setText(missing_words(item))
        self.missing.setVisible(bool(missing_words(item)) and item.is_open and not can_write)
        takes = view.handoff.to_id == operator_id and item.is_open
        self.read_back.setText(read_back.item_sentence(item, view, now) if takes else "")
        self.read_back.setVisible(takes)
        self.keep_button.setVisible(can_write)
        self.questions.show_questions(item.questions, now, can_answer=gives)
        for box in self.boxes.values():
            box.show()
            box.show_part(item, self._parts, can_write=can_write)

    def focus_first(self) -> None:
        """Where work begins: the first answer that is waited for, the first part that is empty."""
        answer = self.questions.first_field()
        boxes = [box for box in self.boxes.values() if box.field.isVisibleTo(self)]
        empty = (box for box in boxes if box.word != RISK and not box.field.toPlainText().strip())
        box = next(empty, next(iter(boxes), None))
        if answer is not None:
            answer.setFocus(Qt.FocusReason.OtherFocusReason)
        elif box is not None:
            box.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(self.state)
        column.addWidget(self.read_back)
        column.addWidget(self.missing)
        column.addWidget(self.questions)
        for word in (Part.SUMMARY, Part.IMPACT, Part.ACTIONS, Part.OWNERS, Part.NEXT_STEPS, RISK):
            column.addWidget(self.boxes[str(word)])
        links = QHBoxLayout()
        links.setSpacing(12)
        links.addWidget(self.open_button)
        links.addWidget(self.keep_button)
        links.addStretch(1)
        column.addLayout(links)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._scroll_area = ScrollColumn(inner)
        whole.addWidget(self._scroll_area)

    def _open(self) -> None:
        if self._item is not None:
            self.open_requested.emit(self._item.escalation_id)

    def _leave_out(self) -> None:
        if self._item is not None:
            self.left_out.emit(self._item.id)
