"""Bordered cards and flat sections with a heading."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.label import Label


class Section(QFrame):
    """A heading, words at its right, and a column below: `body`."""

    def __init__(self, title: str = "", aside: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "section")
        self._title = Label(title, "strong")
        self._aside = Label(aside, "secondary")
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._head.addWidget(self._aside)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(self._head)
        column.addLayout(self.body)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Another heading; without one and without words beside it the line is left out."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self._title.setVisible(bool(title))
        self._aside.setVisible(bool(self._aside.text()))

    def set_tight(self) -> None:
        """Stand close to what is above and below."""
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(16, 8, 16, 8)
            layout.setSpacing(4)

    def set_aside(self, aside: str) -> None:
        """Other words at the right of the heading."""
        self._aside.setText(aside)
        self._aside.setVisible(bool(aside))

    def add_to_head(self, widget: QWidget) -> None:
        """A widget at the right end of the heading's line."""
        self._head.addWidget(widget)


class Card(Section):
    """A section with a border round it."""

    def __init__(self, title: str = "", aside: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(title, aside, parent=parent)
        self.setProperty("part", "card")
