"""The word that says whether the drill runs, on the drill's own stripes."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.drill.console_words import PAUSED, RUNNING
from desktop.ui.theme import Theme

_STRIPE = 14


class StateWord(QWidget):
    """RUNNING stands on full colour, PAUSED on stripes with two bars before it, ENDED in an outline."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._word = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._resize)

    @property
    def word(self) -> str:
        """What it says."""
        return self._word

    def show_word(self, word: str) -> None:
        """Another state."""
        if word != self._word:
            self._word = word
            self.setAccessibleName(f"The drill is {word.lower()}")
            self._resize()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("heading"))
        # as wide as the longest word, so that nothing moves when the state changes
        return QSize(metrics.horizontalAdvance("BRIEFING") + metrics.height() + 34, metrics.height() + 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        outline = QPainterPath()
        outline.addRoundedRect(box, 5, 5)
        is_full = self._word in (RUNNING, PAUSED)
        painter.fillPath(outline, theme.colour("drill.fill" if is_full else "surface.panel"))
        if self._word == PAUSED:
            self._draw_stripes(painter, outline, box)
        painter.setPen(QPen(theme.colour("drill.fill" if is_full else "drill.word"), 2))
        painter.drawPath(outline)
        ink = theme.colour("drill.text" if is_full else "drill.word")
        self._draw_sign(painter, box)
        painter.setPen(ink)
        painter.setFont(theme.font("heading"))
        painter.drawText(
            box.adjusted(box.height() * 0.9, 0, -4, 0), int(Qt.AlignmentFlag.AlignVCenter), self._word
        )
        painter.end()

    def _draw_stripes(self, painter: QPainter, outline: QPainterPath, box: QRectF) -> None:
        painter.save()
        painter.setClipPath(outline)
        painter.setPen(QPen(self._theme.colour("drill.hatch"), _STRIPE / 2))
        x = box.left() - box.height()
        while x < box.right():
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
            x += _STRIPE
        painter.restore()

    def _draw_sign(self, painter: QPainter, box: QRectF) -> None:
        size = box.height() * 0.36
        left, top = box.left() + box.height() * 0.34, box.center().y() - size / 2
        painter.setPen(Qt.PenStyle.NoPen)
        is_full = self._word in (RUNNING, PAUSED)
        painter.setBrush(self._theme.colour("drill.text" if is_full else "drill.word"))
        if self._word == RUNNING:
            painter.drawPolygon(
                [QPointF(left, top), QPointF(left + size, top + size / 2), QPointF(left, top + size)]
            )
        elif self._word == PAUSED:
            painter.drawRect(QRectF(left, top, size * 0.34, size))
            painter.drawRect(QRectF(left + size * 0.62, top, size * 0.34, size))
        else:
            painter.drawRect(QRectF(left, top, size, size))

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()
