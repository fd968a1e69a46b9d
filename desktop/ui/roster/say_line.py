"""What was done, with the way back, or why it could not be; one line above everything else."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label


class SayLine(QWidget):
    """Hidden while there is nothing to say.

    Signals:
        undo_wanted: (object) this work takes back what was done last.
    """

    undo_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo: Callable[[], object] | None = None
        self.said = Label("", wrap=True)
        self.fault = Label("", "danger", wrap=True)
        self.undo_button = Button("Undo", "small")
        self.undo_button.clicked.connect(self._take_back)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 16, 6)
        line.addWidget(self.said, 1)
        line.addWidget(self.fault, 1)
        line.addWidget(self.undo_button)
        self.say("")

    def say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Say what was done; nothing puts the line away."""
        self._undo = undo
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.fault.hide()
        self.undo_button.setVisible(undo is not None)
        self.setVisible(bool(words))

    def refuse(self, words: str) -> None:
        """Say why something was not done."""
        self.say("")
        self.fault.setText(words)
        self.fault.show()
        self.show()

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        if undo is not None:
            self.undo_wanted.emit(undo)
