"""How far a long piece of work has come, and the wish to stop it."""

import threading

from PySide6.QtCore import QObject, Signal


class Steering(QObject):
    """Made for one piece of work; may be asked from its thread.

    Signals:
        came_to: (str) how far it is; arrives on the thread of the window.
    """

    came_to = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()

    def told(self, words: str) -> None:
        """Say how far it is."""
        self.came_to.emit(words)

    def is_stopped(self) -> bool:
        """Whether it should stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Stop as soon as it can."""
        self._stop.set()
