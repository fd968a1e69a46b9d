"""Scenarios as a list, and the filters above it."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.clock import Clock
from desktop.domain.drill_record import ScenarioRow, ScenarioState
from desktop.ui.drill.ports import Choice, Choices
from desktop.ui.drill.words import (
    about_words,
    competence_words,
    gap_words,
    last_words,
    result_words,
    version_words,
)
from desktop.ui.kit.choice_chip import ChoiceChip
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.segments import Segments
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings

_IN_USE, _DRAFTS, _RETIRED = "in_use", "drafts", "retired"
_STATES = ((_IN_USE, "In use"), (_DRAFTS, "Drafts"), (_RETIRED, "Retired"))


class LibraryFilters(QFrame):
    """Which scenarios are listed: by words, tags, competence, gap and state; `buttons` stand beside them.

    Signals:
        changed: others from now on.
    """

    changed = Signal()

    def __init__(
        self, around: Surroundings, buttons: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "filters")
        self.words = QLineEdit()
        self.words.setPlaceholderText("Filter by words")
        self.words.setAccessibleName("Filter by words of title and summary")
        self.words.setClearButtonEnabled(True)
        theme = around.theme
        self.area = ChoiceChip("Product area", theme)
        self.tier = ChoiceChip("Customer tier", theme)
        self.type = ChoiceChip("Incident type", theme)
        self.competence = ChoiceChip("Competence", theme)
        self.gap = ChoiceChip("Gap", theme)
        self.state = Segments(_STATES, "State", even=False)
        self.state.set_value(_IN_USE)
        self._names: dict[str, str] = {}
        self._lay_out(buttons)
        self.words.textChanged.connect(self._tell)
        self.state.chosen.connect(self._tell)
        for chip in self._chips():
            chip.choice_changed.connect(self._tell)

    def offer(self, rows: Iterable[ScenarioRow], choices: Choices) -> None:
        """What the scenarios there are can be chosen by."""
        rows = tuple(rows)
        known: Sequence[Choice] = (*choices.areas, *choices.tiers, *choices.types)
        self._names = dict(known)
        codes = sorted({code for row in rows for code in row.gap_codes})
        names = sorted({name for row in rows for name in row.competences})
        self.area.set_choices(self._said(key for row in rows for key in row.areas))
        self.tier.set_choices(self._said(key for row in rows for key in row.tiers))
        self.type.set_choices(self._said(key for row in rows for key in row.types))
        self.competence.set_choices([competence_words(name) for name in names])
        self.gap.set_choices([gap_words(code) for code in codes])

    def fits(self, row: ScenarioRow) -> bool:
        """Whether a scenario is listed."""
        text = f"{row.title} {row.summary}".casefold()
        has_words = all(word in text for word in self.words.text().casefold().split())
        return has_words and self._fits_state(row) and self._fits_chips(row)

    def clear(self) -> None:
        """List all that are in use."""
        for chip in self._chips():
            chip.set_chosen(frozenset())
        self.state.set_value(_IN_USE)
        self.words.clear()
        self.changed.emit()

    def show_state_of(self, row: ScenarioRow) -> None:
        """Let this one be listed: nothing is filtered by, and its state is the one that is shown."""
        is_retired = row.state is ScenarioState.RETIRED
        self.clear()
        self.state.set_value(_RETIRED if is_retired else _IN_USE if row.published else _DRAFTS)
        self.changed.emit()

    def word(self, key: str) -> str:
        """How a tag is said."""
        return self._names.get(key, key.replace("_", " "))

    def _fits_state(self, row: ScenarioRow) -> bool:
        state, is_retired = self.state.value(), row.state is ScenarioState.RETIRED
        if state == _DRAFTS:
            return row.has_draft and not is_retired
        return is_retired == (state == _RETIRED)

    def _fits_chips(self, row: ScenarioRow) -> bool:
        said: Mapping[ChoiceChip, set[str]] = {
            self.area: {self.word(key) for key in row.areas},
            self.tier: {self.word(key) for key in row.tiers},
            self.type: {self.word(key) for key in row.types},
            self.competence: {competence_words(name) for name in row.competences},
            self.gap: {gap_words(code) for code in row.gap_codes},
        }
        return all(not chip.chosen() or chip.chosen() & words for chip, words in said.items())

    def _said(self, keys: Iterable[str]) -> list[str]:
        return sorted({self.word(key) for key in keys})

    def _chips(self) -> tuple[ChoiceChip, ...]:
        return (self.area, self.tier, self.type, self.competence, self.gap)

    def _lay_out(self, buttons: Sequence[QWidget]) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.words, 1)
        first.addWidget(self.state)
        for button in buttons:
            first.addWidget(button)
        chips = FlowLayout()
        for chip in self._chips():
            chips.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(chips)

    def _tell(self, *_what: object) -> None:
        self.changed.emit()


class LibraryTable(RowTable[ScenarioRow]):
    """The list itself."""

    def __init__(self, around: Surroundings, filters: LibraryFilters) -> None:
        self._clock: Clock = around.clock
        self._filters = filters
        columns: Sequence[Column[ScenarioRow]] = (
            Column("Scenario", _title, width=240),
            Column("Last run", self._last, width=132),
        )
        model = TwoLineModel(columns, step=_mark, sentence=self._sentence, second=self._second, strong=(0,))
        super().__init__(model, around.theme, "Scenarios", key=_slug, stretch=0)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        around.actions.give_page_letters_to(self)

    def _last(self, row: ScenarioRow) -> str:
        return result_words(row) or last_words(row, self._clock.now())

    def _second(self, row: ScenarioRow, column: int) -> str:
        if column:
            return last_words(row, self._clock.now()) if result_words(row) else version_words(row)
        return about_words(row)

    def _sentence(self, row: ScenarioRow) -> str:
        last = f"{result_words(row)} {last_words(row, self._clock.now())}".strip()
        areas = ", ".join(self._filters.word(key) for key in row.areas)
        words = (row.title, about_words(row), version_words(row), last, areas)
        return ", ".join(word for word in words if word)


def _title(row: ScenarioRow) -> str:
    return row.title


def _slug(row: ScenarioRow) -> object:
    return row.slug


def _mark(row: ScenarioRow) -> tuple[str, int]:
    return ("text.warning", -1) if row.has_draft and not row.published else ("", -1)
