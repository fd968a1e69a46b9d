"""Several names, of people or templates: those given as chips, and a line to add one more."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.wording import one_line
from desktop.ui.kit.chip import Chip
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.keys import is_enter
from desktop.ui.kit.suggest import SuggestField, Suggestion
from desktop.ui.kit.tip import as_tip
from desktop.ui.theme import Theme

_SHOWN = 40


class NamesField(QWidget):
    """Names; Enter takes the one that is typed, a chip that is pressed goes.

    Signals:
        edited: others are named.
    """

    edited = Signal()

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._people: tuple[str, ...] = ()
        self._names: list[str] = []
        self.chips: list[Chip] = []
        self.entry = NameEntry()
        self.entry.setAccessibleName(f"{name}: add a name")
        self.entry.setPlaceholderText("Add a name and press Enter")
        self.setAccessibleName(name)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.entry)
        column.addWidget(self._holder)
        self.entry.query_changed.connect(self._search)
        self.entry.picked.connect(self._take)
        self.entry.entered.connect(self._take_typed)
        self.entry.editingFinished.connect(self._take_typed)
        self._show()

    def offer(self, people: Sequence[str]) -> None:
        """Who may be named; others can be typed."""
        self._people = tuple(people)

    def names(self) -> tuple[str, ...]:
        """Who is named."""
        return tuple(self._names)

    def show_names(self, names: Sequence[str]) -> None:
        """Name these."""
        self.entry.clear()
        if list(names) != self._names:
            self._names = list(names)
            self._show()

    def _search(self, text: str) -> None:
        typed = text.strip().casefold()
        found = [name for name in self._people if typed in name.casefold() and name not in self._names]
        self.entry.set_suggestions([Suggestion(name, name) for name in found] if typed else [])

    def _take(self, name: object) -> None:
        self.entry.clear()
        if isinstance(name, str) and name and name not in self._names:
            self._names.append(name)
            self._show()
            self.edited.emit()

    def _take_typed(self) -> None:
        typed = one_line(self.entry.text())
        known = {name.casefold(): name for name in self._people}
        self.entry.close_list()
        self._take(known.get(typed.casefold(), typed))

    def _remove(self) -> None:
        sender = self.sender()
        if isinstance(sender, Chip) and sender in self.chips:
            del self._names[self.chips.index(sender)]
            self._show()
            self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()

    def _show(self) -> None:
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for name in self._names:
            chip = Chip(f"{name[:_SHOWN]}  ×", self._theme, checkable=False)
            chip.setToolTip(as_tip(f"Remove {name}"))
            chip.setAccessibleName(f"Remove {name}")
            chip.clicked.connect(self._remove)
            self._flow.addWidget(chip)
            self.chips.append(chip)
        self._holder.setVisible(bool(self._names))


class NameEntry(SuggestField):
    """A line for a name.

    Signals:
        entered: Enter was pressed where nothing is suggested.
    """

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event) and not self.is_open:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def name_line(choice: Choice) -> None:
    """Give the line that is typed into the name of its choice, for screen readers."""
    line = choice.lineEdit()
    if line is not None:
        line.setAccessibleName(choice.accessibleName())
