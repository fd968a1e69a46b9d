"""Leaving the desk: whether clocks are about to run out, and what the person wants then."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.board import BoardRow
from desktop.ui.kit.dialogs import Question
from desktop.ui.text import counted

_HOUR_US = 3_600_000_000


class WindowLeaving(QObject):
    """Lets the window close at once when nothing is due within an hour, else after a question."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_decided = False
        self.question: Question | None = None

    def decide(self) -> None:
        """Close without a question from now on."""
        self._is_decided = True

    def holds(self, running: list[BoardRow], now_us: int) -> bool:
        """Whether the window has to stay for now; the person is asked."""
        due = sum(now_us < row.due_us <= now_us + _HOUR_US for row in running)
        if not due or self._is_decided:
            return False
        self._ask(due)
        return True

    def _ask(self, due: int) -> None:
        self.question = Question(
            self._window,
            "Notifications stop when you quit.",
            f"{counted(due, 'clock')} will breach in the next hour.",
            (("quit", "Quit"), ("minimise", "Minimise"), ("cancel", "Cancel")),
            safe="cancel",
            cancel="cancel",
        )
        self.question.answered.connect(self._take)
        self.question.open()

    def _take(self, answer: str) -> None:
        if answer == "minimise":
            self._window.showMinimized()
        elif answer == "quit":
            self.decide()
            self._window.close()
