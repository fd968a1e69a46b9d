"""The table of the review queue, for hands that stay on the letters."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.services.review_rows import ReviewRow
from desktop.ui.kit.row_table import RowTable


class QueueTable(RowTable[ReviewRow]):
    """Moves by J and K and marks by X, where single letters are on."""

    letters_on: Callable[[], bool] = staticmethod(lambda: True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
        if event.modifiers() or not self.letters_on() or event.key() not in (*steps, Qt.Key.Key_X):
            super().keyPressEvent(event)
            return
        at, flags = self.currentIndex(), self.selectionModel().SelectionFlag
        if event.key() == Qt.Key.Key_X:
            self.selectionModel().select(at, flags.Toggle | flags.Rows)
        else:
            to = at.siblingAtRow(at.row() + steps[Qt.Key(event.key())])
            if to.isValid():
                self.setCurrentIndex(to)
