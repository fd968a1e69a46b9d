"""The rows of one lane for Qt, and the teller of changes from the rows to the models."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.board import BoardRow
from desktop.domain.board_listener import BoardListener
from desktop.ui.board import words
from desktop.ui.board.look import BoardLook

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class LaneModel(QAbstractTableModel):
    """One column over rows that somebody else keeps; the delegate reads the rows themselves."""

    def __init__(
        self,
        title: str,
        rows: Sequence[BoardRow],
        look: BoardLook,
        columns: int = 1,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.rows = rows
        self._look = look
        self._columns = columns

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 Qt's variant
        at = index.row()
        if not 0 <= at < len(self.rows):
            return None
        row = self.rows[at]
        if role == Role.DisplayRole:
            return row.number
        if role == Role.AccessibleTextRole:
            return words.spoken(row, self._look.now_us, self._look.mark)
        if role == Role.AccessibleDescriptionRole:
            return f"lane {self.title}, card {at + 1} of {len(self.rows)}"
        if role == Role.ToolTipRole:
            return words.tool_tip(row, self._look.now_us)
        return None

    # Qt asks these to be called around every change; to the outside they are one story each.
    def will_insert(self, at: int) -> None:
        self.beginInsertRows(QModelIndex(), at, at)

    def will_remove(self, at: int) -> None:
        self.beginRemoveRows(QModelIndex(), at, at)

    def will_move(self, source: int, target: int) -> None:
        before = target + 1 if target > source else target
        self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), before)

    def tell_changed(self, at: int) -> None:
        self.dataChanged.emit(self.index(at, 0), self.index(at, self._columns - 1))


class ModelTeller(BoardListener):
    """Passes every change of the rows on to the model of its lane, and news to whoever wants to hear them."""

    def __init__(self) -> None:
        self._models: dict[str, LaneModel] = {}
        self._tell_came: Callable[[BoardRow], None] | None = None
        self._tell_worsened: Callable[[BoardRow, int], None] | None = None

    def add(self, lane: str, model: LaneModel) -> None:
        """Tell this model of the changes of that lane."""
        self._models[lane] = model

    def tell_news_to(
        self, came: Callable[[BoardRow], None], worsened: Callable[[BoardRow, int], None]
    ) -> None:
        """Who hears of rows that come, and of the step that rows have worsened to."""
        self._tell_came, self._tell_worsened = came, worsened

    def row_came(self, row: BoardRow) -> None:
        if self._tell_came is not None:
            self._tell_came(row)

    def row_worsened(self, row: BoardRow, step: int) -> None:
        if self._tell_worsened is not None:
            self._tell_worsened(row, step)

    def row_will_be_inserted(self, lane: str, position: int) -> None:
        self._models[lane].will_insert(position)

    def row_inserted(self, lane: str) -> None:
        self._models[lane].endInsertRows()

    def row_will_be_removed(self, lane: str, position: int) -> None:
        self._models[lane].will_remove(position)

    def row_removed(self, lane: str) -> None:
        self._models[lane].endRemoveRows()

    def row_will_move(self, lane: str, source: int, target: int) -> None:
        self._models[lane].will_move(source, target)

    def row_moved(self, lane: str) -> None:
        self._models[lane].endMoveRows()

    def row_changed(self, lane: str, position: int) -> None:
        self._models[lane].tell_changed(position)

    def lane_will_reset(self, lane: str) -> None:
        self._models[lane].beginResetModel()

    def lane_reset(self, lane: str) -> None:
        self._models[lane].endResetModel()
