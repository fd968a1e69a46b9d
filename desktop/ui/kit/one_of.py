"""What is the same of every choice of one out of a few: which is chosen, and where the focus goes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget


class OneOf(QWidget):
    """At most one of its buttons is chosen; each stands for a key.

    Signals:
        chosen: (str key) by the person, by any means.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._name = name
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._tell)
        self._buttons: dict[str, QAbstractButton] = {}

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

    def button(self, key: str) -> QAbstractButton:
        """The button of a choice."""
        return self._buttons[key]

    def _add(self, key: str, text: str, button: QAbstractButton) -> None:
        button.setAccessibleName(f"{self._name}: {text}")
        self._buttons[key] = button
        self._group.addButton(button)

    def _tell(self, button: QAbstractButton) -> None:
        self.setFocusProxy(button)
        self.chosen.emit(self.value())
