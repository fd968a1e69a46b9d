"""Tabs to choose one of a few pages."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QTabBar, QWidget


class Tabs(QTabBar):
    """A line of tabs; the mouse wheel scrolls what is around it and never turns the page."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setExpanding(False)
        self.setDrawBase(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
