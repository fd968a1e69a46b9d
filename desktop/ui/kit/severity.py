"""The severity of one escalation as a mark: the shape and digit of the cards."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.kit.marks import draw_severity
from desktop.ui.theme import Theme

_SIZE = 18


class SeverityMark(QWidget):
    """Octagon, triangle, diamond or circle with its digit; its name says the severity in words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._severity = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._resize)

    @property
    def severity(self) -> int:
        return self._severity

    def set_severity(self, severity: int, word: str = "") -> None:
        """Show another severity, 1 to 4."""
        self._severity = severity
        said = f"Severity {severity} {word}".strip()
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        side = round(_SIZE * max(self._theme.text_scale, 1.0))
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        colour, font = self._theme.colour, self._theme.font("tiny_strong")
        draw_severity(painter, box, self._severity, colour("text.primary"), colour("surface.panel"), font)

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()
