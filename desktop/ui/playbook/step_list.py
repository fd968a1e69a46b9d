"""The steps of a run: ticked by Space, each with who did it, when it is due, or why it was skipped."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.domain.clock import Clock
from desktop.domain.playbook_run import RunStep
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.playbook import use_words as words
from desktop.ui.text import one_line
from desktop.ui.theme import Theme

#: More steps than these scroll within the list: what is done about them stays in sight below.
_MOST_ROWS = 6
_LETTERS = {Qt.Key.Key_S: "S", Qt.Key.Key_Q: "Q", Qt.Key.Key_E: "E"}


class StepList(RowTable[RunStep]):
    """One row a step.

    Signals:
        toggled: Space: the current step is done, or to be done again.
        key_pressed: (str) S, E or Q: a letter that is about the current step.
    """

    toggled = Signal()
    key_pressed = Signal(str)

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        self._clock = clock
        columns: tuple[Column[RunStep], ...] = (
            Column("Step", lambda one: one_line(one.step.text), tip=lambda one: one.step.text),
        )
        self._texts = TwoLineModel(
            columns, step=self._mark, sentence=self._sentence, second=self._second, strong=()
        )
        super().__init__(
            self._texts, theme, "Steps of the playbook", key=lambda one: one.step.id, stretch=0, parent=parent
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().hide()

    def refresh_texts(self) -> None:
        """The time has gone on: something may be late."""
        self._texts.refresh_texts()

    def show_steps(self, steps: Sequence[RunStep], at: str = "") -> None:
        """Show these; `at` is the step to stand at where none was chosen yet."""
        is_first = not self.selected()
        self.show_rows(steps)
        wanted = next((n for n, one in enumerate(steps) if one.step.id == at), -1)
        if is_first and wanted >= 0:
            self.selectRow(wanted)
        height = self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(min(len(steps), _MOST_ROWS) * height + 4)

    def stand_at(self, step_id: str) -> None:
        """Go to a step."""
        rows = self._texts.rows
        at = next((n for n, one in enumerate(rows) if one.step.id == step_id), -1)
        if at >= 0:
            self.selectRow(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers()
        if event.key() == Qt.Key.Key_Space and plain:
            self.toggled.emit()
        elif plain and Qt.Key(event.key()) in _LETTERS:
            self.key_pressed.emit(_LETTERS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _mark(self, one: RunStep) -> tuple[str, int]:
        return words.step_mark(one, self._clock.now())

    def _second(self, one: RunStep, _column: int) -> str:
        return words.step_state(one, self._clock.now())

    def _sentence(self, one: RunStep) -> str:
        return words.step_sentence(one, self._clock.now())
