"""What the shapes of the timeline mean."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme import Theme

_WORDS = (("dot", "inject"), ("diamond", "participant action"), ("ring", "to come"))


class Legend(QWidget):
    """A shape and its word, three times."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName("Dots are injects, diamonds are participants' actions, rings are to come")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("small"))
        width = sum(metrics.horizontalAdvance(words) + 34 for _, words in _WORDS)
        return QSize(width, metrics.height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        font = theme.font("small")
        metrics = QFontMetrics(font)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        x, y = 8.0, self.height() / 2
        for shape, words in _WORDS:
            painter.setPen(Qt.PenStyle.NoPen)
            if shape == "diamond":
                painter.setBrush(theme.colour("warming.accent"))
                corners = ((0, -6), (6, 0), (0, 6), (-6, 0))
                painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))
            elif shape == "dot":
                painter.setBrush(theme.colour("drill.word"))
                painter.drawEllipse(QPointF(x, y), 5, 5)
            else:
                painter.setPen(QPen(theme.colour("text.secondary"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(x, y), 4, 4)
            painter.setPen(theme.colour("text.secondary"))
            painter.drawText(QPointF(x + 10, y + metrics.ascent() / 2 - 1), words)
            x += metrics.horizontalAdvance(words) + 34
        painter.end()
