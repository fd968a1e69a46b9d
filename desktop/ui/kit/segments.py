"""One choice out of a few, all in sight."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget


class Segments(QWidget):
    """Buttons side by side, at most one chosen; digits, arrows and clicks choose.

    A digit chooses the segment whose key it is. `name` is what the choice is about, for screen readers.

    Signals:
        chosen: (str key) by the person.
    """

    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        name: str,
        *,
        even: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._tell)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key, text in choices:
            button = QPushButton(text)
            button.setCheckable(True)
            button.setProperty("kind", "segment")
            button.setAccessibleName(f"{name}: {text}")
            if even:
                button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._buttons[key] = button
            self._group.addButton(button)
            row.addWidget(button, 1 if even else 0)
        self.setAccessibleName(name)
        if self._buttons:
            self.setFocusProxy(next(iter(self._buttons.values())))

    def value(self) -> str:
        """The key of what is chosen, or nothing."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose without telling; an empty key chooses nothing."""
        self._group.setExclusive(False)
        for own, button in self._buttons.items():
            button.setChecked(own == key)
        self._group.setExclusive(True)
        self.setFocusProxy(self._buttons.get(key) or next(iter(self._buttons.values())))

    def button(self, key: str) -> QAbstractButton:
        """The button of a choice."""
        return self._buttons[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = self._buttons.get(event.text()) if event.text() else None
        if button is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            button.click()
        else:
            super().keyPressEvent(event)

    def _tell(self, button: QAbstractButton) -> None:
        self.setFocusProxy(button)
        self.chosen.emit(self.value())
