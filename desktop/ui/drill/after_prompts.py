"""What the scenario asks right after the drill, each with room to write what was said."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_record import ObserverNote
from desktop.domain.drill_scenario import Scenario
from desktop.ui.drill.after_figures import emptied
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText

_LINK = "question:"


class PromptBox(QWidget):
    """One question, what was said to it so far, and room for more.

    Signals:
        written: (str link, str text) somebody's answer is to be kept.
    """

    written = Signal(str, str)

    def __init__(self, link: str, to: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.link = link
        self.question = Label(text, "strong", wrap=True)
        self.asked = Label(f"To {to}", "secondary")
        self.said = Label("", wrap=True)
        self.field = _Answer()
        self.field.setAccessibleName(f"Answer: {text}")
        self.field.setPlaceholderText("What was said, in a sentence or two. Ctrl+Enter keeps it.")
        self.keep = Button("Keep")
        self.keep.setAccessibleName(f"Keep the answer to: {text}")
        self.keep.setEnabled(False)
        head = QHBoxLayout()
        head.addWidget(self.question, 1)
        head.addWidget(self.asked)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.said)
        column.addLayout(row)
        self.field.textChanged.connect(self._follow)
        self.field.finished.connect(self._write)
        self.keep.clicked.connect(self._write)

    def show_said(self, texts: Sequence[str]) -> None:
        """What was kept for it."""
        self.said.setText("\n".join(f"•  {text}" for text in texts))
        self.said.setVisible(bool(texts))

    def let_write(self, is_on: bool) -> None:
        """Whether answers can be kept."""
        self.field.setVisible(is_on)
        self.keep.setVisible(is_on)

    def _follow(self) -> None:
        self.keep.setEnabled(bool(self.field.toPlainText().strip()))

    def _write(self) -> None:
        text = self.field.toPlainText().strip()
        if text:
            self.written.emit(self.link, text)
            self.field.setPlainText("")


class _Answer(LongText):
    """Two lines; Ctrl+Enter is done.

    Signals:
        finished: what is typed is to be kept.
    """

    finished = Signal()

    def __init__(self) -> None:
        super().__init__(lines=2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if with_control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        else:
            super().keyPressEvent(event)


class Prompts(Section):
    """All questions of a scenario; answers are kept as notes of the run.

    Signals:
        written: (str link, str text)
    """

    written = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Talk about it", "answers are kept as notes, without names", parent=parent)
        self.boxes: list[PromptBox] = []
        self._asked: tuple[object, ...] = ()
        self._held = QVBoxLayout()
        self._held.setSpacing(4)
        self.body.addLayout(self._held)

    def show_questions(self, scenario: Scenario, notes: Sequence[ObserverNote], *, can_write: bool) -> None:
        """Ask what this scenario asks; what is being typed stays while the questions are the same."""
        if scenario.questions != self._asked:
            self._asked = scenario.questions
            emptied(self._held)
            roles = {each.id: each.title for each in scenario.roles}
            self.boxes = []
            for at, each in enumerate(scenario.questions, start=1):
                to = "all" if each.to == "all" else roles.get(each.to, each.to)
                box = PromptBox(f"{_LINK}{at}", to, scenario.filled(each.text))
                box.written.connect(self.written)
                self.boxes.append(box)
                self._held.addWidget(box)
        self.setVisible(bool(self.boxes))
        for box in self.boxes:
            box.show_said([note.text for note in notes if box.link in note.links])
            box.let_write(can_write)


def is_answer(note: ObserverNote) -> bool:
    """Whether a note answers one of the questions."""
    return any(link.startswith(_LINK) for link in note.links)
