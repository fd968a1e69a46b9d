"""What could not be done to some of many escalations, and why."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.ui.escalation.calls import Outcome
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.text import counted

_MOST = 12


class RefusalList(QFrame):
    """Says how many were done, and names those that refused.

    Signals:
        close_requested: the person has read it.
    """

    close_requested = Signal()

    def __init__(self, outcome: Outcome, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "prompt")
        done, refused = len(outcome.done), outcome.refused
        head = f"{done} of {counted(done + len(refused), 'escalation')} done: {outcome.action.word.lower()}"
        self._text = Label(refusal_words(outcome), wrap=True)
        self._text.let_select()
        close = Button("Close", keys="Esc")
        close.clicked.connect(self.close_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(Label(head, "heading", wrap=True))
        column.addWidget(self._text)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(420)
        self.setAccessibleName(head)
        self.setFocusProxy(close)

    @property
    def text(self) -> str:
        return self._text.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_requested.emit()
        else:
            super().keyPressEvent(event)


def refusal_words(outcome: Outcome) -> str:
    """One line for each escalation that refused."""
    lines = [f"{refusal.number}: {refusal.sentence}" for refusal in outcome.refused[:_MOST]]
    left_out = len(outcome.refused) - len(lines)
    return "\n".join(lines + ([f"and {left_out} more"] if left_out else []))
