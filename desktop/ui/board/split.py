"""The cards, and beside them the room for the details of one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QWidget


class BoardSplit(QSplitter):
    """Cards at the left, details at the right; neither can be pushed out of sight."""

    def __init__(self, cards: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._held: QFrame | None = None
        self.setChildrenCollapsible(False)
        self.addWidget(cards)

    def hold_details(self) -> None:
        """Keep room beside the cards for the details panel."""
        self._held = QFrame()
        self._held.setProperty("part", "details")
        self.addWidget(self._held)

    def set_details(self, panel: QWidget) -> None:
        """Put the details panel beside the cards."""
        if self._held is not None:
            self.replaceWidget(1, panel)
            self._held.deleteLater()
            self._held = None
        else:
            self.addWidget(panel)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
