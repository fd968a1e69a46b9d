"""One choice out of several sentences, one below the other; its digit chooses it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.kit.check import RadioButton
from desktop.ui.kit.one_of import OneOf


class DigitList(OneOf):
    """Choices with a digit each: "1  Waiting on the customer".

    Signals:
        picked: (str key) by its digit: the person knows what comes next and has no need to look.
    """

    picked = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], name: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
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
            button = RadioButton(f"{digit}  {text}" if digit <= 9 else text)
            self._add(key, text, button)
            self._column.addWidget(button)
        self.set_value(kept)

    def bar(self, key: str, why: str) -> None:
        """Keep a choice in sight that cannot be taken, with the reason beside it."""
        button = self._buttons[key]
        if button.isEnabled():
            button.setText(f"{button.text()} ({why})")
        button.setEnabled(False)

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


_DIGITS = frozenset("123456789")
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
