"""Playbooks as a list, and the filters above it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.clock import Clock
from desktop.domain.playbook import Listed, State
from desktop.ui.kit.button import Button
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.playbook.ports import Choices
from desktop.ui.playbook.words import draft_words, for_words, is_stale, version_words
from desktop.ui.surroundings import Surroundings

_ALL, _IN_USE, _STALE, _WRITING, _RETIRED = "all", "in_use", "stale", "writing", "retired"
_STATES = (
    (_IN_USE, "In use and written"),
    (_STALE, "Stale"),
    (_WRITING, "Drafts and reviews"),
    (_RETIRED, "Retired"),
    (_ALL, "All"),
)


class LibraryFilters(QFrame):
    """Which playbooks are listed: by words of their title, by product area, by state.

    Signals:
        changed: others from now on.
    """

    changed = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "filters")
        self._clock = clock
        self.words = QLineEdit()
        self.words.setPlaceholderText("Filter by title")
        self.words.setAccessibleName("Filter by title")
        self.words.setClearButtonEnabled(True)
        self.area = Choice("Product area", least=12)
        self.state = Choice("State", least=12)
        self.state.offer(_STATES)
        self.new_button = Button("New playbook…")
        self.set_choices(Choices())
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self.words, 2)
        line.addWidget(self.area, 1)
        line.addWidget(self.state, 1)
        line.addWidget(self.new_button)
        self.words.textChanged.connect(self._tell)
        self.area.activated.connect(self._tell)
        self.state.activated.connect(self._tell)

    def set_choices(self, choices: Choices) -> None:
        """The product areas there are."""
        self.area.offer([("", "All product areas"), *choices.areas])

    def fits(self, row: Listed) -> bool:
        """Whether a playbook is listed."""
        area = self.area.value()
        if area and row.tags.areas and area not in row.tags.areas:
            return False
        title = row.title.casefold()
        if not all(word in title for word in self.words.text().casefold().split()):
            return False
        state, is_retired = self.state.value(), row.state is State.RETIRED
        if state == _STALE:
            return is_stale(row, self._clock.now())
        if state == _WRITING:
            return row.draft_state is not None
        return state == _ALL or is_retired == (state == _RETIRED)

    def clear(self) -> None:
        """List all that are in use."""
        self.words.clear()
        self.area.set_value("")
        self.state.set_value(_IN_USE)
        self.changed.emit()

    def _tell(self, *_what: object) -> None:
        self.changed.emit()


class LibraryTable(RowTable[Listed]):
    """The list itself; a stale playbook has a mark and says so."""

    def __init__(self, around: Surroundings) -> None:
        self._clock = around.clock
        self._choices = Choices()
        columns: Sequence[Column[Listed]] = (
            Column("Playbook", _title, width=220),
            Column("Version", version_words, width=112),
        )
        model = TwoLineModel(
            columns, step=self._mark, sentence=self._sentence, second=self._second, strong=(0,)
        )
        super().__init__(model, around.theme, "Playbooks", key=_id, stretch=0)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        around.actions.give_page_letters_to(self)

    def set_choices(self, choices: Choices) -> None:
        """How keys are said."""
        self._choices = choices

    def _now(self) -> datetime:
        return self._clock.now()

    def _mark(self, row: Listed) -> tuple[str, int]:
        return ("text.warning", -1) if is_stale(row, self._now()) else ("", -1)

    def _second(self, row: Listed, column: int) -> str:
        if column:
            return draft_words(row) or ("stale" if is_stale(row, self._now()) else "")
        return for_words(row.tags, self._choices)

    def _sentence(self, row: Listed) -> str:
        stale = "stale" if is_stale(row, self._now()) else ""
        words = (row.title, version_words(row), draft_words(row), stale, for_words(row.tags, self._choices))
        return ", ".join(word for word in words if word)


def _title(row: Listed) -> str:
    return row.title


def _id(row: Listed) -> object:
    return row.id
