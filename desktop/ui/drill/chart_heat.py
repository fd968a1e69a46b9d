"""Gaps by category and team over quarters: the number in each cell, the colour beside it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.domain.drill_register import HeatCell
from desktop.ui.drill import after_words as words
from desktop.ui.kit.cividis import colour_of, ink_on
from desktop.ui.kit.table_model import Column, Index, Role, RowsModel
from desktop.ui.text import counted, one_line
from desktop.ui.theme import Theme

_NAMES = 2
_LEAST_QUARTERS, _MOST_QUARTERS = 4, 8
_QUARTER_PX = 104


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


class _Cell(QStyledItemDelegate):
    """Paints a cell in its colour whether it is chosen or not; a ring shows where the keyboard is."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        fill, ink = index.data(Role.BackgroundRole), index.data(Role.ForegroundRole)
        painter.fillRect(
            option.rect, fill if isinstance(fill, QColor) else self._theme.colour("surface.panel")
        )
        painter.setPen(ink if isinstance(ink, QColor) else self._theme.colour("text.primary"))
        painter.setFont(self._theme.font("strong" if isinstance(ink, QColor) else "body"))
        side = index.data(Role.TextAlignmentRole) or Qt.AlignmentFlag.AlignVCenter
        painter.drawText(option.rect.adjusted(8, 0, -8, 0), int(side), str(index.data() or ""))
        if self._view.hasFocus() and self._view.currentIndex() == index:
            painter.setPen(QPen(self._theme.colour("focus.ring"), 3))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))


class GapHeat(QTableView):
    """The map; Enter shows what a line stands for.

    Signals:
        opened: (str category, str team)
    """

    opened = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = _Model((), 0, self)
        self.setItemDelegate(_Cell(theme, self))
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
        quarters = quarters_to({each.quarter for each in counts})
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
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for at, width in enumerate((190, 150, *(_QUARTER_PX,) * len(quarters))):
            self.setColumnWidth(at, round(width * self._theme.text_scale))
        self.verticalHeader().setDefaultSectionSize(round(34 * self._theme.text_scale))
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


def quarters_to(known: Collection[str]) -> list[str]:
    """The quarters up to the last one that is known, without a hole: four at least, eight at most."""
    if not known:
        return []
    first, last = min(known), max(known)
    quarters = [last]
    while len(quarters) < _MOST_QUARTERS and (quarters[0] > first or len(quarters) < _LEAST_QUARTERS):
        year, number = int(quarters[0][:4]), int(quarters[0][-1])
        quarters.insert(0, f"{year}-Q{number - 1}" if number > 1 else f"{year - 1}-Q4")
    return quarters


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
