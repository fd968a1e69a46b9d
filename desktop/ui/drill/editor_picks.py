"""Fields to choose in: numbers, boxes, lists and chips over values of a scenario's document."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.chip import Chip
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.text import one_line
from desktop.ui.theme import Theme

Offered = Sequence[tuple[object, str]]


class NumberField(QSpinBox):
    """A whole number; the wheel scrolls what is around it. Signals as `LineField`."""

    edited = Signal(object)
    unread = Signal(str)

    def __init__(self, least: int, most: int, none_words: str = "") -> None:
        super().__init__()
        self._may_miss = bool(none_words)
        self.setRange(least - 1 if none_words else least, most)
        self.setSpecialValueText(none_words)
        self.setMaximumWidth(140)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self._typed)

    def show_value(self, value: object) -> None:
        """Write what stands in the document."""
        wanted = value if isinstance(value, int) else self.minimum()
        if wanted != self.value():
            self.blockSignals(True)
            self.setValue(wanted)
            self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _typed(self, value: int) -> None:
        self.edited.emit(None if self._may_miss and value == self.minimum() else value)


class FlagField(CheckBox):
    """Yes or no; no is left out of the document unless `keeps_no`. Signals as `LineField`."""

    edited = Signal(object)
    unread = Signal(str)

    def __init__(self, words: str, *, keeps_no: bool = False) -> None:
        super().__init__(words)
        self._keeps_no = keeps_no
        self.toggled.connect(self._typed)

    def show_value(self, value: object) -> None:
        """Write what stands in the document."""
        self.blockSignals(True)
        self.setChecked(value is True)
        self.blockSignals(False)

    def _typed(self, is_on: bool) -> None:
        self.edited.emit(True if is_on else False if self._keeps_no else None)


class PickField(Choice):
    """One of a list, or with `free` anything. What is not in the list stays until it is changed."""

    edited = Signal(object)
    unread = Signal(str)

    def __init__(self, name: str, *, free: bool = False, may_miss: bool = False, least: int = 8) -> None:
        super().__init__(name, free=free, least=least)
        self._may_miss = may_miss
        self._choices: list[tuple[object, str]] = []
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)
        self.currentTextChanged.connect(self._typed)

    def offer_these(self, choices: Offered) -> None:
        """Offer these."""
        if list(choices) != self._choices:
            self._choices = list(choices)
            self.offer(choices)

    def show_value(self, value: object) -> None:
        """Show what stands in the document; what is not offered is marked so."""
        wanted = "" if value is None else value
        if self.count() and self.value() == wanted and self.currentIndex() >= 0:
            return
        self.blockSignals(True)
        if not self.isEditable():
            extra = self.findData(wanted) < 0
            while self.count() > len(self._choices):
                self.removeItem(self.count() - 1)
            if extra:
                self.addItem(f"{one_line(str(wanted))[:60]} (not there)" if wanted else "Not chosen", wanted)
        self.set_value(wanted)
        self.blockSignals(False)

    def _typed(self, _text: str) -> None:
        value = self.value()
        self.edited.emit(None if self._may_miss and value in ("", None) else value)


class TicksField(QWidget):
    """Several of a list as chips. Signals as `LineField`."""

    edited = Signal(object)
    unread = Signal(str)

    def __init__(self, name: str, theme: Theme, *, may_miss: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._may_miss = may_miss
        self._choices: tuple[tuple[object, str], ...] = ()
        self._offered: tuple[tuple[object, str], ...] | None = None
        self.chips: dict[object, Chip] = {}
        self.setAccessibleName(name)
        self._flow = FlowLayout(self)

    def offer_these(self, choices: Offered) -> None:
        """Offer these; ticked ones that are not among them stay until they are unticked."""
        self._choices = tuple(choices)

    def show_value(self, value: object) -> None:
        """Tick what stands in the document."""
        ticked = [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []
        known = {key for key, _ in self._choices}
        wanted = (*self._choices, *((key, f"{key} (not there)") for key in ticked if key not in known))
        if wanted != self._offered:
            self._make(wanted)
        for key, chip in self.chips.items():
            chip.blockSignals(True)
            chip.setChecked(key in ticked)
            chip.blockSignals(False)
            chip.update()

    def first(self) -> QWidget:
        """Where the focus goes."""
        return next(iter(self.chips.values()), self)

    def _make(self, wanted: tuple[tuple[object, str], ...]) -> None:
        self._offered = wanted
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        for key, words in wanted:
            chip = self.chips[key] = Chip(one_line(words)[:60], self._theme)
            chip.setAccessibleName(f"{self.accessibleName()}: {words}")
            chip.toggled.connect(self._tell)
            self._flow.addWidget(chip)
        self.updateGeometry()

    def _tell(self) -> None:
        ticked = [key for key, chip in self.chips.items() if chip.isChecked()]
        self.edited.emit(ticked or (None if self._may_miss else []))


class SpeedsField(TicksField):
    """Whole numbers as chips; 1 is always among them."""

    def _tell(self) -> None:
        ticked = {int(str(key)) for key, chip in self.chips.items() if chip.isChecked()}
        self.edited.emit(sorted({1, *ticked}))
