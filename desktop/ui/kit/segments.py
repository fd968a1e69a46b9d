"""One choice out of a few, all in sight."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.ui.kit.one_of import OneOf


class Segments(OneOf):
    """Buttons side by side, at most one chosen; digits, arrows and clicks choose.

    A digit chooses the segment whose key it is. `name` is what the choice is about, for screen readers.
    """

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        name: str,
        *,
        even: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key, text in choices:
            button = QPushButton(text)
            button.setCheckable(True)
            button.setProperty("kind", "segment")
            if even:
                button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._add(key, text, button)
            row.addWidget(button, 1 if even else 0)
        if self._buttons:
            self.setFocusProxy(next(iter(self._buttons.values())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = self._buttons.get(event.text()) if event.text() else None
        if button is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            button.click()
        else:
            super().keyPressEvent(event)
