"""What was asked back about an item, the answers, and room to answer."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.handoff import Question
from desktop.ui.handoff.pieces import WordsField
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.text import moment
from desktop.ui.word_keeper import WordKeeper


class QuestionList(QWidget):
    """All of them, the first one first.

    Signals:
        answered: (int question, str text) whoever gives answers it.
    """

    answered = Signal(int, str)

    def __init__(self, words: WordKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: tuple[Sequence[Question], bool] | None = None
        self._fields: dict[int, WordsField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_questions(self, questions: Sequence[Question], now: datetime, *, can_answer: bool) -> None:
        """Show them; what is being typed stays as long as the questions are the same."""
        self.setVisible(bool(questions))
        if self._shown == (questions, can_answer):
            return
        self._shown = (questions, can_answer)
        self._clear()
        if questions:
            self._column.addWidget(Label("Asked back", "strong"))
        for question in questions:
            self._add(question, now, can_answer=can_answer)

    def field(self, question_id: int) -> WordsField | None:
        """The room to answer one that waits for it."""
        return self._fields.get(question_id)

    def first_field(self) -> WordsField | None:
        """The first one that waits."""
        return next(iter(self._fields.values()), None)

    def _add(self, question: Question, now: datetime, *, can_answer: bool) -> None:
        asked = f"{question.asked_by}, {moment(question.asked_at, now)}: {question.question}"
        self._put(asked, "body")
        if question.answered_at is not None:
            said = f"{question.answered_by}, {moment(question.answered_at, now)}: {question.answer}"
            self._put(f"→ {said}", "body")
        elif can_answer:
            self._make_room(question)
        else:
            self._put("→ Not answered yet.", "secondary")

    def _put(self, text: str, role: str) -> None:
        label = Label(text, role, wrap=True)
        label.let_select()
        label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column.addWidget(label)

    def _make_room(self, question: Question) -> None:
        key = f"answer:{question.id}"
        field = WordsField(key, f"Answer to “{question.question[:60]}”", self._words.text(key), sends=True)
        field.setPlaceholderText("Your answer")
        field.typed.connect(self._words.note)
        field.left.connect(self._words.save)
        field.sent.connect(self._send)
        button = Button("Answer", "primary", keys="Ctrl+Enter")
        button.setObjectName(str(question.id))
        button.setAccessibleName(f"Answer “{question.question[:60]}”")
        button.clicked.connect(self._send)
        self._fields[question.id] = field
        self._column.addWidget(field)
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _send(self) -> None:
        sender = self.sender()
        for question_id, field in self._fields.items():
            if sender is field or sender.objectName() == str(question_id):
                self.answered.emit(question_id, field.toPlainText())
                return

    def _clear(self) -> None:
        self._fields.clear()
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
