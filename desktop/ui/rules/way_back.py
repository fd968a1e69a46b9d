"""What was just done to the rules, with the way back; or why it could not be done."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label


class Back(NamedTuple):
    """The way back from what was done: the words of its button, what it does, and to which rule."""

    words: str
    work: Callable[[], object]
    rule_id: int
    place: int = 0


class WayBack(QWidget):
    """One sentence at a time, out of sight while there is none.

    Signals:
        wanted: the person wants what was done taken back.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back: Back | None = None
        self.said = Label("", "secondary", wrap=True)
        self.error = Label("", "danger", wrap=True)
        self.button = Button("")
        self.button.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self.said, 1)
        row.addWidget(self.error, 1)
        row.addWidget(self.button)
        self.say("")

    def say(self, words: str, back: Back | None = None) -> None:
        """This was done, or nothing worth a word."""
        self.back = back if words else None
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.error.hide()
        if self.back is not None:
            self.button.set_text(self.back.words)
        self.button.setVisible(self.back is not None)
        self.setVisible(bool(words))

    def refuse(self, error: DeskError) -> None:
        """It could not be done."""
        self.say("")
        self.error.setText(str(error))
        self.error.show()
        self.show()
