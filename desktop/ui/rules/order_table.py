"""A table whose rows are dragged into another order; it tells where a row was dropped, and moves none."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QMimeData, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView

from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Index

Row = TypeVar("Row")
_KIND = "application/x-escalation-desk-row"
_LINE = 3


class OrderModel(TwoLineModel[Row], Generic[Row]):
    """Rows that can be dragged; what is dragged is only that a row is."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [_KIND]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(_KIND, str(indexes[0].row() if indexes else -1).encode())
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction


class OrderTable(RowTable[Row], Generic[Row]):
    """Draws a line where the dragged row would go.

    Signals:
        moved: (int by) the current row is to stand that much later.
    """

    moved = Signal(int)
    _gap = -1

    def let_drag(self) -> None:
        """Rows can be dragged from here to here."""
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(False)  # it marks one cell; the line below marks the gap

    def drop_at(self, y: int) -> None:
        """The current row is let go at this height of the table."""
        at = self.currentIndex().row()
        gap = self._gap_at(y)
        by = gap - at if gap <= at else gap - at - 1
        self._show_gap(-1)
        if at >= 0 and by:
            self.moved.emit(by)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """With no picture of the row, which would stand on the line that shows the gap."""
        drag = QDrag(self)
        drag.setMimeData(self._rows.mimeData(self.selectedIndexes()))
        drag.exec(Qt.DropAction.MoveAction)
        self._show_gap(-1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._take(event, self._gap_at(event.position().toPoint().y()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls near the edges
        self._take(event, self._gap_at(event.position().toPoint().y()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_gap(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        if event.source() is self:
            event.acceptProposedAction()
            self.drop_at(event.position().toPoint().y())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap < 0:
            return
        painter = QPainter(self.viewport())
        y = self.rowViewportPosition(self._gap) if self._gap < len(self._rows.rows) else self._bottom()
        line = self._theme.colour("primary.edge")
        painter.fillRect(0, max(0, y - _LINE // 2), self.viewport().width(), _LINE, line)

    def _take(self, event: QDragMoveEvent, gap: int) -> None:
        if event.source() is self:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self._show_gap(gap)
        else:
            event.ignore()

    def _show_gap(self, gap: int) -> None:
        if gap != self._gap:
            self._gap = gap
            self.viewport().update()

    def _gap_at(self, y: int) -> int:
        """The gap between rows nearest to a height: 0 above the first, as many as rows below the last."""
        row = self.rowAt(y)
        if row < 0:
            return len(self._rows.rows) if y >= self._bottom() else 0
        middle = self.visualRect(self._rows.index(row, 0)).center()
        return row + (1 if y > middle.y() else 0)

    def _bottom(self) -> int:
        last = len(self._rows.rows) - 1
        return self.rowViewportPosition(last) + self.rowHeight(last) if last >= 0 else 0
