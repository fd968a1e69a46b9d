"""At most twelve cards of the board at once, the first in its order first."""

from collections.abc import Sequence
from heapq import merge
from itertools import islice
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.domain.board import BoardRow
from desktop.domain.board_rows import BoardRows
from desktop.ui.board import words
from desktop.ui.board.look import BoardLook
from desktop.ui.presentation.card_painter import RoomCardPainter, smallest_size

#: More than this nobody reads from a distance (ux.md 2.7).
CARDS_MOST = 12
_COLUMNS_MOST = 4
_FORWARD = (Qt.Key.Key_PageDown, Qt.Key.Key_Space)
_BACK = (Qt.Key.Key_PageUp, Qt.Key.Key_Backspace)

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


def rows_from(rows: BoardRows, start: int, count: int) -> list[BoardRow]:
    """So many of the rows in sight on the board, all lanes in one order."""
    lanes = [rows.rows_of(lane) for lane in rows.lanes]
    return list(islice(merge(*lanes, key=rows.order.key), start, start + count))


class RoomModel(QAbstractTableModel):
    """One page of cards, side by side in lines."""

    def __init__(self, look: BoardLook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._columns = 1
        self._lines = 1
        self.rows: Sequence[BoardRow] = ()
        self.start = 0
        self.total = 0

    def show_page(self, rows: Sequence[BoardRow], start: int, total: int, grid: tuple[int, int]) -> None:
        """Show these, which begin at `start` of so many, on a grid of columns and lines."""
        is_same = [row.id for row in rows] == [row.id for row in self.rows]
        if is_same and grid == (self._columns, self._lines):
            self.rows, self.start, self.total = rows, start, total
            return
        self.beginResetModel()
        self.rows, self.start, self.total = rows, start, total
        self._columns, self._lines = grid
        self.endResetModel()

    def row_at(self, index: Index) -> BoardRow | None:
        """The card of a cell; None for one that is left over."""
        at = index.row() * self._columns + index.column()
        return self.rows[at] if index.isValid() and at < len(self.rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._lines

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) if self.row_at(index) is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 Qt's variant
        row = self.row_at(index)
        if row is None:
            return None
        if role == Role.DisplayRole:
            return row.number
        if role == Role.AccessibleTextRole:
            return words.spoken(row, self._look.now_us, self._look.mark)
        if role == Role.AccessibleDescriptionRole:
            at = self.start + index.row() * self._columns + index.column() + 1
            return f"card {at:,} of {self.total:,}"
        return None


class RoomDelegate(QStyledItemDelegate):
    """Paints the cells as cards."""

    def __init__(self, model: RoomModel, look: BoardLook) -> None:
        super().__init__()
        self._model = model
        self._painter = RoomCardPainter(look)
        self.current_id = 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row_at(index)
        if row is not None:
            self._painter.draw(painter, QRectF(option.rect), row, is_current=row.id == self.current_id)


class RoomCards(QTableView):
    """A page of cards; the keys of a clicker, the wheel and Space turn it.

    Signals:
        page_turned: other cards are in sight.
        open_requested: (int id) the person wants to see that one in the window.
        leave_requested: back to the window.
    """

    page_turned = Signal()
    open_requested = Signal(int)
    leave_requested = Signal()

    def __init__(self, rows: BoardRows, look: BoardLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._look = look
        self._start = 0
        self._model = RoomModel(look, self)
        self._delegate = RoomDelegate(self._model, look)
        self._delegate.setParent(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Cards of the board")
        self.setProperty("part", "board")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(20)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.activated.connect(self._open)

    @property
    def ids(self) -> list[int]:
        """The cards in sight."""
        return [row.id for row in self._model.rows]

    @property
    def place(self) -> tuple[int, int, int]:
        """The first and the last card in sight, counted from 1, and of how many; zeros for none."""
        first = self._model.start + 1 if self._model.rows else 0
        return first, self._model.start + len(self._model.rows), self._model.total

    def grid(self) -> tuple[int, int]:
        """How many columns and lines of cards there is room for, at most twelve cards."""
        width, height = smallest_size(self._look)
        columns = min(max(self.viewport().width() // width, 1), _COLUMNS_MOST)
        lines = max(self.viewport().height() // height, 1)
        return columns, min(lines, CARDS_MOST // columns)

    def refresh(self) -> None:
        """Rows came, changed or went, or time has passed."""
        grid = self.grid()
        at_once = grid[0] * grid[1]
        total = len(self._rows) - self._rows.counts.hidden
        self._start = max(min(self._start, (total - 1) // at_once * at_once), 0)
        self._model.show_page(rows_from(self._rows, self._start, at_once), self._start, total, grid)
        self.viewport().update()

    def turn(self, by: int) -> None:
        """Show the next page or the one before."""
        columns, lines = self.grid()
        self._start = max(self._start + by * columns * lines, 0)
        before = self._model.start
        self.refresh()
        if self._model.start != before:
            self.page_turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._delegate.current_id = 0
        if event.key() == Qt.Key.Key_Escape:
            self.leave_requested.emit()
        elif event.key() in _FORWARD:
            self.turn(1)
        elif event.key() in _BACK:
            self.turn(-1)
        else:
            super().keyPressEvent(event)
            self._mark_current()

    def keyboardSearch(self, _search: str) -> None:
        """Letters mean nothing here."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y():
            self.turn(-1 if event.angleDelta().y() > 0 else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    def _mark_current(self) -> None:
        """Only for whoever goes from card to card by keys: to all others the ring would say something."""
        row = self._model.row_at(self.currentIndex())
        self._delegate.current_id = row.id if row is not None else 0
        self.viewport().update()

    def _open(self, index: Index) -> None:
        row = self._model.row_at(index)
        if row is not None:
            self.open_requested.emit(row.id)
