"""Buttons: a verb first, its keys beside it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from desktop.ui.icons import Icons
from desktop.ui.kit.keys import press_by_enter
from desktop.ui.kit.tip import as_tip


class Button(QPushButton):
    """A push button of a kind: normal, primary, quiet, danger or link. `keys` are shown after its words."""

    def __init__(
        self, text: str, kind: str = "normal", *, keys: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Other words on the same button."""
        self.setText(f"{text}  {self._keys}" if self._keys else text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(self._keys)

    def set_kind(self, kind: str) -> None:
        """Another kind, such as primary for the next sensible thing to do."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_enter(self, event):
            super().keyPressEvent(event)


class ToolButton(QToolButton):
    """A flat button, such as one of an action."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_enter(self, event):
            super().keyPressEvent(event)


class IconButton(ToolButton):
    """A small button with a picture alone; its name is its tool tip and what a screen reader says."""

    def __init__(
        self,
        icons: Icons,
        icon: str,
        name: str,
        *,
        token: str = "text.secondary",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self._icon = icon
        self._token = token
        self.setAccessibleName(name)
        self.setToolTip(as_tip(name))
        self.setAutoRaise(True)
        self.setIconSize(QSize(16, 16))
        self.setMinimumSize(28, 28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._redraw()
        icons.icons_changed.connect(self._redraw)

    def set_icon(self, icon: str) -> None:
        """Another picture."""
        self._icon = icon
        self._redraw()

    def _redraw(self) -> None:
        self.setIcon(self._icons.icon(self._icon, self._token))
