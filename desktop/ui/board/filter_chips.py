"""The chips above the board: what is shown is chosen by one click each."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.board import BREACHED, FRESH
from desktop.domain.board_filter import BoardFilter
from desktop.domain.board_rows import BoardRows
from desktop.ui.kit.chip import Chip
from desktop.ui.kit.choice_chip import ChoiceChip
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.text import STEP_TOKENS, STEP_WORDS
from desktop.ui.theme import Theme

#: Chips that are on or off: field of the filter, words, field of the row counted with its value.
_FLAGS = (
    ("unowned", "Unowned", "owner_id", 0),
    ("unacknowledged", "Unacknowledged", "unacknowledged", True),
    ("waiting", "Waiting on customer", "", None),
    ("snoozed", "Snoozed", "", None),
)
#: Chips with a list: field of the filter, words, field of the row.
_LISTS = (
    ("customers", "Customer", "customer"),
    ("tiers", "Tier", "tier"),
    ("areas", "Area", "area"),
    ("teams", "Team", "team"),
)
_HIGH = frozenset({1, 2})


class StepChips(QWidget):
    """All open, and one chip for each ageing step, worst first, with how many cards are in it.

    Signals:
        filter_changed: (BoardFilter) another choice.
    """

    filter_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = BoardFilter()
        row = FlowLayout(self)
        self._all = Chip("All open", theme)
        self._all.clicked.connect(self._show_all)
        row.addWidget(self._all)
        self._steps: dict[int, Chip] = {}
        for step in range(BREACHED, FRESH - 1, -1):
            chip = Chip(STEP_WORDS[step], theme, swatch=f"{STEP_TOKENS[step]}.accent")
            chip.clicked.connect(self._choose)
            self._steps[step] = chip
            row.addWidget(chip)

    def chip(self, step: int) -> Chip:
        """The chip of a step."""
        return self._steps[step]

    @property
    def all_open(self) -> Chip:
        """The chip that shows every step."""
        return self._all

    def show_filter(self, wanted: BoardFilter) -> None:
        """Be on where the filter is."""
        self._filter = wanted
        self._all.setChecked(not wanted.steps)
        for step, chip in self._steps.items():
            chip.setChecked(step in wanted.steps)

    def show_counts(self, rows: BoardRows) -> None:
        """How many cards there are in each step, shown or not."""
        states = rows.counts.of("state")
        self._all.set_count(len(rows) - states.get("resolved", 0))
        for step, count in enumerate(rows.counts.steps):
            self._steps[step].set_count(count)

    def _choose(self) -> None:
        steps = frozenset(step for step, chip in self._steps.items() if chip.isChecked())
        self.filter_changed.emit(replace(self._filter, steps=steps))

    def _show_all(self) -> None:
        self._all.setChecked(True)
        self.filter_changed.emit(replace(self._filter, steps=frozenset()))


class FieldChips(QWidget):
    """Mine, Unowned, Unacknowledged, SEV1–2, waiting, snoozed; lists of customers, tiers, areas and teams.

    Signals:
        filter_changed: (BoardFilter) another choice.
    """

    filter_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = BoardFilter()
        self._rows: BoardRows | None = None
        self._operator_id: int | None = None
        row = FlowLayout(self)
        self._mine = Chip("Mine", theme)
        self._flags = {name: Chip(words, theme) for name, words, _, _ in _FLAGS}
        self._high = Chip("SEV1–2", theme)
        self._lists = {name: ChoiceChip(words, theme) for name, words, _ in _LISTS}
        flags = list(self._flags.values())
        for chip in (self._mine, *flags[:2], self._high, *flags[2:]):
            chip.clicked.connect(self._choose)
            row.addWidget(chip)
        for listed in self._lists.values():
            listed.choice_changed.connect(self._choose)
            listed.choices_wanted.connect(self._offer_choices)
            row.addWidget(listed)

    def chip(self, name: str) -> Chip:
        """The chip of a field of the filter: mine, unowned, severities, customers, ..."""
        return {"mine": self._mine, "severities": self._high, **self._flags, **self._lists}[name]

    def set_operator(self, person_id: int | None) -> None:
        """Who *mine* means."""
        self._operator_id = person_id
        self._mine.setEnabled(person_id is not None)
        self._mine.setToolTip("" if person_id is not None else "Say in Settings who works at this desk.")
        if self._rows is not None:
            self.show_counts(self._rows)

    def show_filter(self, wanted: BoardFilter) -> None:
        """Be on where the filter is."""
        self._filter = wanted
        self._mine.setChecked(wanted.mine is not None)
        self._high.setChecked(wanted.severities == _HIGH)
        for name, chip in self._flags.items():
            chip.setChecked(bool(getattr(wanted, name)))
        for name, listed in self._lists.items():
            listed.set_chosen(getattr(wanted, name))

    def show_counts(self, rows: BoardRows) -> None:
        """How many cards each chip would show, and what the lists have to offer."""
        self._rows = rows
        for name, _, field, value in _FLAGS:
            if field:
                self._flags[name].set_count(_open_count(rows, field, value))
        if self._operator_id is not None:
            self._mine.set_count(_open_count(rows, "owner_id", self._operator_id))
        severities = rows.counts.of("severity")
        self._high.set_count(severities.get(1, 0) + severities.get(2, 0))

    def _choose(self) -> None:
        chosen: dict[str, Any] = {name: chip.isChecked() for name, chip in self._flags.items()}
        chosen |= {name: listed.chosen() for name, listed in self._lists.items()}
        chosen["mine"] = self._operator_id if self._mine.isChecked() else None
        chosen["severities"] = _HIGH if self._high.isChecked() else frozenset()
        self.filter_changed.emit(replace(self._filter, **chosen))

    def _offer_choices(self) -> None:
        """Only now: counting every customer of a large board takes its time."""
        rows, sender = self._rows, self.sender()
        for name, _, field in _LISTS:
            if self._lists[name] is sender and rows is not None:
                counts = rows.counts.of(field)
                self._lists[name].set_choices([key for key, count in counts.items() if key and count])


def _open_count(rows: BoardRows, field: str, value: object) -> int:
    return rows.counts.of(field).get(value, 0)
