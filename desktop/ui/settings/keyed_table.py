"""A table whose rows are moved, switched and removed by keys; each has a button as its twin."""

from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.ui.kit.row_table import RowTable

Row = TypeVar("Row")
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class KeyedTable(RowTable[Row], Generic[Row]):
    """Ctrl+Up and Ctrl+Down move the current row, Space switches it, Del removes it.

    Signals:
        moved: (int) by so many rows.
        switched: on, or off.
        removed: the person does not want the row.
    """

    moved = Signal(int)
    switched = Signal()
    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, with_control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if with_control and key in _MOVES:
            self.moved.emit(_MOVES[Qt.Key(key)])
        elif key == Qt.Key.Key_Space and not with_control:
            self.switched.emit()
        elif key == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)
