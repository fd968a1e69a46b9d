"""Knows when a window's first picture has been painted."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget


class FirstFrame(QObject):
    """Watches a window until it has been painted once.

    Signals:
        painted: the first picture is there; whatever is heavy may begin.
    """

    painted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            # The children paint after the window itself; the timer comes when all of that is on screen.
            QTimer.singleShot(0, self.painted.emit)
        return False
