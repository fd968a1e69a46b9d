"""What is shown instead of a desk that cannot be opened: what happened, and the ways out."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.check import RadioButton
from desktop.ui.kit.label import Label

_WIDTH = 620


class TroublePage(QWidget):
    """Says why the desk is not open; offers backups where there are any.

    Signals:
        again_requested: try to open it once more.
        other_requested: open another database.
        restore_requested: (int index) put that backup in place of the database.
    """

    title = "Desk not open"
    again_requested = Signal()
    other_requested = Signal()
    restore_requested = Signal(int)

    def __init__(self, sentence: str, backups: Sequence[str], parent: QWidget | None = None) -> None:
        """`backups` are the good ones in words, newest first; may be empty."""
        super().__init__(parent)
        self.choices = [RadioButton(words) for words in backups]
        panel = QFrame()
        panel.setProperty("part", "card")
        panel.setFixedWidth(_WIDTH)
        column = QVBoxLayout(panel)
        column.setContentsMargins(24, 22, 24, 22)
        column.setSpacing(12)
        column.addWidget(Label("The desk could not be opened", "title"))
        self.said = Label(sentence, wrap=True)
        self.said.let_select()
        column.addWidget(self.said)
        if self.choices:
            self._add_backups(column)
        column.addLayout(self._buttons())
        # Between stretches, not aligned: an aligned panel would forget how high its wrapped lines are.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(panel)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(2)

    def say(self, sentence: str) -> None:
        """It still does not open, and this is why."""
        self.said.setText(sentence)

    def focus_first(self) -> None:
        """To the first thing that helps."""
        (self.restore if self.choices else self.again).setFocus()

    def _add_backups(self, column: QVBoxLayout) -> None:
        column.addWidget(Label("Backups that were checked and are good", "strong"))
        for choice in self.choices:
            column.addWidget(choice)
        self.choices[0].setChecked(True)
        column.addWidget(
            Label("The present file is kept beside it under another name.", "secondary", wrap=True)
        )

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.again = Button("Try again", "normal" if self.choices else "primary")
        self.again.clicked.connect(self.again_requested)
        self.other = Button("Open another desk…")
        self.other.clicked.connect(self.other_requested)
        row.addWidget(self.again)
        row.addWidget(self.other)
        row.addStretch(1)
        if self.choices:
            self.restore = Button("Restore this backup", "primary")
            self.restore.clicked.connect(self._restore)
            row.addWidget(self.restore)
        return row

    def _restore(self) -> None:
        chosen = next(at for at, choice in enumerate(self.choices) if choice.isChecked())
        self.restore_requested.emit(chosen)
