"""A line to type in whose suggestions are asked for on the worker."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.suggest import SuggestField, Suggestion
from desktop.ui.tasks import TaskRunner

_LONGEST = 200


class AskField(SuggestField):
    """Asks when typing rests for a moment; `value` is the id of what was picked.

    An answer to words that are no longer there is dropped.
    """

    def __init__(
        self,
        ask: Callable[[str], Sequence[Suggestion]],
        runner: TaskRunner,
        wait_ms: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask_for = ask
        self._runner = runner
        self._picked_id = 0
        self._serial = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(wait_ms)
        self._timer.timeout.connect(self._ask)
        self.query_changed.connect(self._wait)
        self.picked.connect(self._take)

    def value(self) -> str:
        """The id of what is meant, or nothing."""
        return str(self._picked_id) if self._picked_id else ""

    def show_picked(self, picked_id: int, text: str) -> None:
        """Show what is known to be meant."""
        self._picked_id = picked_id
        self.setText(text)
        self.setCursorPosition(0)

    def kept(self) -> str:
        """What was typed and picked, to be put back later by `restore`."""
        return f"{self._picked_id} {self.text()}" if self._picked_id or self.text() else ""

    def restore(self, kept: str) -> None:
        """Show again what was typed and picked before."""
        number, _, text = kept.partition(" ")
        if number.isdecimal():
            self.show_picked(int(number), text)

    def _wait(self) -> None:
        self._picked_id = 0
        self._serial += 1
        self._timer.start()

    def _ask(self) -> None:
        work = partial(_answer, self._ask_for, self._serial, self.text()[:_LONGEST])
        self._runner.run(work, self._show, owner=self)

    def _show(self, answer: tuple[int, Sequence[Suggestion]]) -> None:
        serial, suggestions = answer
        if serial == self._serial:
            self.set_suggestions(suggestions)

    def _take(self, key: object) -> None:
        self._picked_id = key if isinstance(key, int) else 0


def _answer(
    ask: Callable[[str], Sequence[Suggestion]], serial: int, text: str
) -> tuple[int, Sequence[Suggestion]]:
    return serial, ask(text)
