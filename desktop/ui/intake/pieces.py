"""The evidence to come, each piece with a button to take it off again, and the place to drop more."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.intake.content import Piece
from desktop.ui.kit.button import Button
from desktop.ui.kit.drop import DropArea
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.tip import as_tip
from desktop.ui.text import file_size, one_line


class PiecesField(QWidget):
    """Names what will be attached.

    Signals:
        dropped: (tuple of NewEvidence or Path) something more to attach.
        changed: a piece was added or taken off.
    """

    dropped = Signal(object)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pieces: list[Piece] = []
        self._buttons: list[Button] = []
        self.area = DropArea("Drop files here, or paste a picture or an e-mail")
        self.area.dropped.connect(self.dropped)
        self._flow = FlowLayout(spacing=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._flow)
        column.addWidget(self.area)
        self.setFocusProxy(self.area)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(self._pieces)

    def set_pieces(self, pieces: tuple[Piece, ...]) -> None:
        """Show these."""
        self._pieces = list(pieces)
        self._show()

    def add(self, pieces: tuple[Piece, ...]) -> None:
        """Add these."""
        self._pieces.extend(pieces)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for piece in self._pieces:
            size = f" ({file_size(len(piece.evidence.data))})" if piece.evidence.data else ""
            button = Button(f"{one_line(piece.name)[:60]}{size}  ✕".replace("&", "&&"))
            button.setAccessibleName(f"Take off {one_line(piece.name)}")
            button.setToolTip(as_tip(piece.path or one_line(piece.name)))
            button.clicked.connect(self._take_off)
            self._flow.addWidget(button)
            self._buttons.append(button)

    def _take_off(self) -> None:
        at = next((at for at, button in enumerate(self._buttons) if button is self.sender()), -1)
        if at >= 0:
            del self._pieces[at]
            self._show()
            self.area.setFocus()
            self.changed.emit()
