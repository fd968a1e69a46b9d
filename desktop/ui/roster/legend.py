"""What the shapes of the plan mean."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.roster.painter import PlanPainter
from desktop.ui.roster.rows import Bar, Look
from desktop.ui.theme import Theme

_LOOKS = ((Look.SHIFT, "On call"), (Look.CHANGED, "Changed"), (Look.GAP, "Gap"), (Look.AWAY, "Time off"))
_GAP, _SWATCH = 12, 26


class Legend(QWidget):
    """One swatch for each shape, with its word beside it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._painter = PlanPainter(theme)
        self.setAccessibleName(f"Shapes: {', '.join(words for _, words in _LOOKS)}")
        theme.theme_changed.connect(self.updateGeometry)
        theme.theme_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("small"))
        wide = sum(_SWATCH + 6 + metrics.horizontalAdvance(words) + _GAP for _, words in _LOOKS)
        return QSize(wide, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = QFontMetrics(self._theme.font("small"))
        x, height = 0.0, metrics.height()
        top = (self.height() - height) / 2
        for look, words in _LOOKS:
            self._painter.paint_swatch(painter, QRectF(x, top, _SWATCH, height), Bar(0, 1, look, "", ""))
            painter.setFont(self._theme.font("small"))
            painter.setPen(self._theme.colour("text.secondary"))
            painter.drawText(int(x) + _SWATCH + 6, int(top) + metrics.ascent(), words)
            x += _SWATCH + 6 + metrics.horizontalAdvance(words) + _GAP
