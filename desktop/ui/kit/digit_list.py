"""One choice out of several sentences, one below the other; its digit chooses it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget


class DigitList(QWidget):
    """Choices with a digit each: "1  Waiting on the customer".

    Signals:
        chosen: (str key) by the person, by any means.
        picked: (str key) by its digit: the person knows what comes next and has no need to look.
    """

    chosen = Signal(str)
    picked = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], name: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._tell)
        self._buttons: dict[str, QRadioButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.setAccessibleName(name)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer others; what was chosen stays chosen where it is among them."""
        kept = self.value()
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._column.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for digit, (key, text) in enumerate(choices, 1):
            button = QRadioButton(f"{digit}  {text}" if digit <= 9 else text)
            button.setAccessibleName(f"{self._name}: {text}")
            self._buttons[key] = button
            self._group.addButton(button)
            self._column.addWidget(button)
        self.set_value(kept)

    def bar(self, key: str, why: str) -> None:
        """Keep a choice in sight that cannot be taken, with the reason beside it."""
        button = self._buttons[key]
        if button.isEnabled():
            button.setText(f"{button.text()} ({why})")
        button.setEnabled(False)

    def value(self) -> str:
        """The key of what is chosen, or nothing."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose without telling; an unknown key chooses nothing."""
        self._group.setExclusive(False)
        for own, button in self._buttons.items():
            button.setChecked(own == key)
        self._group.setExclusive(True)
        first = self._buttons.get(key) or next(iter(self._buttons.values()), None)
        if first is not None:
            self.setFocusProxy(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        keys = list(self._buttons)
        if digit in _DIGITS and int(digit) <= len(keys) and not event.modifiers() & ~_KEYPAD:
            key = keys[int(digit) - 1]
            if self._buttons[key].isEnabled():
                self._buttons[key].setFocus(Qt.FocusReason.ShortcutFocusReason)
                self._buttons[key].click()
                self.picked.emit(key)
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        key = self.value()
        self.setFocusProxy(self._buttons[key])
        self.chosen.emit(key)


_DIGITS = frozenset("123456789")
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
