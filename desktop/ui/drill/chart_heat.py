"""Gaps by category and team over quarters: the number in each cell, the colour beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from desktop.domain.drill_register import HeatCell
from desktop.ui.drill import after_words as words
from desktop.ui.kit.cividis import colour_of, ink_on
from desktop.ui.kit.table_model import Column, Index, Role, RowsModel
from desktop.ui.text import counted, one_line

_NAMES = 2
_MOST_QUARTERS = 8


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One category of one team; `counts` by quarter, in the order of the columns."""

    category: str
    team: str
    counts: tuple[int, ...]


class _Model(RowsModel[HeatRow]):
    """Categories and teams against quarters."""

    def __init__(self, quarters: Sequence[str], most: int, parent: QWidget) -> None:
        columns = [
            Column[HeatRow]("Category", lambda row: words.plain(row.category)),
            Column[HeatRow]("Team", lambda row: one_line(row.team) or "no team"),
        ]
        columns += [_of_quarter(at, quarter) for at, quarter in enumerate(quarters)]
        super().__init__(columns, parent)
        self._quarters = tuple(quarters)
        self._most = most

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        row, at = self.row(index), index.column() - _NAMES
        if row is None or at < 0:
            return super().data(index, role)
        count = row.counts[at]
        if role in (Role.BackgroundRole, Role.ForegroundRole) and count:
            fill = colour_of((count - 1) / (self._most - 1) if self._most > 1 else 0.5)
            return fill if role == Role.BackgroundRole else ink_on(fill)
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role in (Role.AccessibleTextRole, Role.ToolTipRole):
            where = f"{words.plain(row.category)}, {one_line(row.team) or 'no team'}"
            return f"{where}, {self._quarters[at]}: {counted(count, 'gap')}"
        return super().data(index, role)


def _of_quarter(at: int, quarter: str) -> Column[HeatRow]:
    def count(row: HeatRow) -> str:
        return str(row.counts[at]) if row.counts[at] else "·"

    return Column(quarter, count)


class GapHeat(QTableView):
    """The map; Enter shows what a line stands for.

    Signals:
        opened: (str category, str team)
    """

    opened = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model((), 0, self)
        self.setModel(self._model)
        self.setAccessibleName("Gaps by category, team and quarter")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.doubleClicked.connect(self._open)

    def show_counts(self, counts: Sequence[HeatCell]) -> None:
        """Show these, the newest quarter at the right."""
        quarters = sorted({each.quarter for each in counts})[-_MOST_QUARTERS:]
        by_cell = {(each.category, each.team, each.quarter): each.count for each in counts}
        lines = sorted({(each.category, each.team) for each in counts if each.quarter in quarters})
        rows = tuple(
            HeatRow(category, team, tuple(by_cell.get((category, team, each), 0) for each in quarters))
            for category, team in lines
        )
        most = max((count for row in rows for count in row.counts), default=0)
        self._model = _Model(quarters, most, self)
        self._model.set_rows(rows)
        self.setModel(self._model)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for at in range(_NAMES):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
        self.setAccessibleDescription(summary_of(rows, quarters))
        if rows:
            self.setCurrentIndex(self._model.index(0, min(_NAMES, self._model.columnCount() - 1)))

    def fill_of(self, row: int, column: int) -> QColor | None:
        """The colour of a cell."""
        fill = self._model.data(self._model.index(row, column), Role.BackgroundRole)
        return fill if isinstance(fill, QColor) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if row is not None:
            self.opened.emit(row.category, row.team)


def summary_of(rows: Sequence[HeatRow], quarters: Sequence[str]) -> str:
    """The map in a sentence."""
    if not rows:
        return "No gap was confirmed yet."
    worst = max(rows, key=lambda row: sum(row.counts))
    total = sum(sum(row.counts) for row in rows)
    where = f"{words.plain(worst.category)} in {one_line(worst.team) or 'no team'}"
    return (
        f"{counted(total, 'confirmed gap')} from {quarters[0]} to {quarters[-1]};"
        f" most of them, {sum(worst.counts)}, are {where}."
    )
