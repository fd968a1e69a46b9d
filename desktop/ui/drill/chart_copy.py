"""Takes a chart elsewhere: its picture or its figures, by way of the clipboard."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.text import one_line


class HasModel(Protocol):
    """A table."""

    def model(self) -> QAbstractItemModel:
        """What it shows."""
        ...


class CopyBar(QWidget):
    """Two buttons for one chart and the table that says the same."""

    def __init__(self, chart: QWidget, table: HasModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        self._table = table
        self.picture = Button("Copy picture")
        self.figures = Button("Copy figures")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.picture)
        line.addWidget(self.figures)
        line.addStretch(1)
        self.picture.clicked.connect(self._copy_picture)
        self.figures.clicked.connect(self._copy_figures)

    def _copy_picture(self) -> None:
        QGuiApplication.clipboard().setPixmap(self._chart.grab())

    def _copy_figures(self) -> None:
        QGuiApplication.clipboard().setText(figures_of(self._table.model()))


def figures_of(model: QAbstractItemModel) -> str:
    """A table with its headings as lines whose cells tabs separate, as sheets take them."""
    columns = range(model.columnCount())
    head = [model.headerData(column, Qt.Orientation.Horizontal) for column in columns]
    rows = [[model.index(row, column).data() for column in columns] for row in range(model.rowCount())]
    return "".join(f"{_line(cells)}\n" for cells in (head, *rows))


def _line(cells: Sequence[object]) -> str:
    return "\t".join(one_line(str(cell or "")) for cell in cells)
