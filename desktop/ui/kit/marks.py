"""Small pictures that say how far a clock has aged: a pie, a pause, a tick."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

#: How many sixteenths of a turn the pie of each step fills, fresh to breached.
_PIE_16 = (0, 4, 8, 12, 16)


def draw_pie(painter: QPainter, box: QRectF, step: int, colour: QColor) -> None:
    """Empty, a quarter, a half, three quarters, full."""
    inner = box.adjusted(0.7, 0.7, -0.7, -0.7)
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(inner)
    if step > 0:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(inner, 90 * 16, -_PIE_16[min(step, 4)] * 360)


def draw_pause(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Two upright bars."""
    bar = box.width() * 0.28
    painter.fillRect(QRectF(box.left() + box.width() * 0.12, box.top(), bar, box.height()), colour)
    painter.fillRect(QRectF(box.right() - box.width() * 0.12 - bar, box.top(), bar, box.height()), colour)


def draw_tick(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Done."""
    pen = QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    points = ((0.1, 0.55), (0.4, 0.85), (0.92, 0.2))
    painter.drawPolyline(
        [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in points]
    )


def slanted(colour: QColor) -> QBrush:
    """Slanted lines: time that stood still."""
    return QBrush(colour, Qt.BrushStyle.BDiagPattern)
