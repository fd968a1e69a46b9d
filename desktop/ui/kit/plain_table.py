"""A plain table of texts, as files have them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from desktop.ui.kit.table_model import Column, RowsModel
from desktop.ui.text import one_line

_LONGEST = 200
_SHOWN_COLUMNS = 60
Cells = tuple[int, tuple[str, ...]]


class PlainTable(QTableView):
    """Shows rows of texts; nothing in it can be changed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)

    def show_sample(self, columns: Sequence[str], rows: Sequence[Cells]) -> None:
        """The first rows of a file."""
        shown = [Column[Cells]("Row", _number, align_right=True, width=56)]
        shown += [
            Column[Cells](one_line(name)[:60], partial(_cell, place), width=_width(name, rows, place))
            for place, name in enumerate(columns[:_SHOWN_COLUMNS])
        ]
        self.show_model(RowsModel(shown, self), rows)

    def show_model(self, model: RowsModel, rows: Sequence[object]) -> None:  # type: ignore[type-arg] # any rows
        """Show other rows through other columns."""
        before = self.model()
        model.set_rows(rows)
        self.setModel(model)
        for at, column in enumerate(model.columns):
            self.setColumnWidth(at, column.width)
        if before is not None:
            before.deleteLater()


def _number(row: Cells) -> str:
    return f"{row[0]:,}"


def _cell(place: int, row: Cells) -> str:
    return one_line(row[1][place][:_LONGEST]) if place < len(row[1]) else ""


def _width(name: str, rows: Sequence[Cells], place: int) -> int:
    longest = max((len(_cell(place, row)) for row in rows[:30]), default=0)
    return max(70, min(280, 8 * max(longest, len(name)) + 20))
