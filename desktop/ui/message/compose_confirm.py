"""The last question before a message leaves the desk: whom it reaches cannot be taken back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label

_WIDTH = 520


class ConfirmSending(QFrame):
    """One sentence naming who gets it. Going on is the safe way and has the focus; Ctrl+Enter sends.

    Signals:
        confirmed: send it.
        cancelled: go on writing.
    """

    confirmed = Signal()
    cancelled = Signal()

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "prompt")
        self.setAccessibleName(title)
        self.setMinimumWidth(_WIDTH)
        self.text = Label(text, wrap=True)
        self.send = Button("Send now", "primary", keys="Ctrl+Enter")
        self.go_on = Button("Go on writing", keys="Esc")
        self.send.clicked.connect(self.confirmed)
        self.go_on.clicked.connect(self.cancelled)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.go_on)
        row.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(Label(title, "heading", wrap=True))
        column.addWidget(self.text)
        column.addLayout(row)
        self.setFocusProxy(self.go_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not event.isAutoRepeat():
                self.confirmed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
