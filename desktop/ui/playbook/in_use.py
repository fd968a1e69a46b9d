"""How the chosen playbook fares in use, and the way back to reading it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.playbook.ports import Opened
from desktop.ui.playbook.pulse import PulsePane


class InUsePane(QFrame):
    """The pulse of one playbook under its title.

    Signals:
        closed: the person has seen enough.
    """

    closed = Signal()

    def __init__(self, pulse: PulsePane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "details")
        self.pulse = pulse
        self.title = Label("", "heading", wrap=True)
        self.close_button = Button("Close", keys="Esc")
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 4)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(ScrollColumn(pulse), 1)
        self.close_button.clicked.connect(self.closed)

    def show_playbook(self, opened: Opened) -> None:
        """Show how one fares."""
        self.title.setText(f"“{opened.row.title}” in use")
        self.pulse.show_playbook(opened.row.id)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
