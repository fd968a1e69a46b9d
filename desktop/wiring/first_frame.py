"""Knows when a window's first picture has been painted."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

_LATEST_MS = 1_000


class FirstFrame(QObject):
    """Watches a widget until it has been painted once.

    Signals:
        painted: its picture is there; whatever is heavy may begin.
    """

    painted = Signal()

    def __init__(self, watched: QWidget, *, wait: bool = True) -> None:
        """Without `wait` it goes on after a second at the latest: what is out of sight is never painted."""
        super().__init__(watched)
        self._watched = watched
        self._is_told = False
        watched.installEventFilter(self)
        if not wait:
            QTimer.singleShot(_LATEST_MS, self._tell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            # The children paint after the widget itself; the timer comes when all of that is on screen.
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        if not self._is_told:
            self._is_told = True
            self._watched.removeEventFilter(self)
            self.painted.emit()
