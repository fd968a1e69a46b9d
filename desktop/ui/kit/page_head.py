"""The head of a page: its title, its tabs, and what belongs to all of them."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.label import Label
from desktop.ui.kit.tabs import Tabs


class PageHead(QFrame):
    """One line above everything else of a page."""

    def __init__(self, title: str, tabs: Tabs | None = None, *aside: QWidget) -> None:
        super().__init__()
        self.setProperty("part", "top")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 0 if tabs is not None else 8)
        line.setSpacing(16)
        line.addWidget(Label(title, "title"), 0 if tabs is not None else 1)
        if tabs is not None:
            line.addWidget(tabs, 1)
        for widget in aside:
            line.addWidget(widget)


def stand_below(page: QWidget, head: PageHead, body: QWidget, foot: QWidget | None = None) -> None:
    """Fill a page: its head, below it the body with all room there is, at the end the foot."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(head)
    column.addWidget(body, 1)
    if foot is not None:
        column.addWidget(foot)
