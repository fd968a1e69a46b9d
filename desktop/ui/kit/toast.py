"""A short message over the window with one thing to press; goes by itself."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.kit.announce import Announcer
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.tip import as_tip

_STAYS_MS = 8000
_FROM_EDGE = 10  # in a corner, where it covers no card that was just moved


class Toast(QFrame):
    """Stays for 8 seconds, never takes the focus; the next message takes its place.

    Signals:
        pressed: the person wants what the button says.
    """

    pressed = Signal()

    def __init__(self, window: QWidget, announcer: Announcer) -> None:
        super().__init__(window)
        self._window = window
        self._announcer = announcer
        self.setProperty("part", "toast")
        self._text = Label("", "toast")
        self._button = Button("", "toast")
        self._button.clicked.connect(self._press)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(14)
        row.addWidget(self._text)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS_MS)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, button: str = "") -> None:
        """Show the message, with a button where there are words for one."""
        room = max(self._window.width() - 240, 200)
        metrics = self._text.fontMetrics()
        self._text.setText(metrics.elidedText(text[:400], Qt.TextElideMode.ElideRight, room))
        self._text.setToolTip(as_tip(text[:400]))
        self._button.set_text(button)
        self._button.setVisible(bool(button))
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        self._announcer.say(self, text[:400])

    @property
    def text(self) -> str:
        """What it says, or nothing when it is gone."""
        return self._text.text() if self.isVisible() else ""

    @property
    def button(self) -> Button:
        return self._button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def _press(self) -> None:
        self.hide()
        self.pressed.emit()

    def _place(self) -> None:
        window = self._window
        left = window.width() - self.width() - _FROM_EDGE
        if self.isRightToLeft():
            left = _FROM_EDGE
        self.move(left, window.height() - self.height() - _FROM_EDGE)
