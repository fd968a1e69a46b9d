"""Small pictures that only cards have, as paths: bell, snooze."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


def draw_bell(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A hollow bell: nobody has acknowledged it yet."""
    x, y, w, h = box.x(), box.y(), box.width(), box.height()
    path = QPainterPath(QPointF(x + 0.04 * w, y + 0.78 * h))
    path.lineTo(x + 0.18 * w, y + 0.62 * h)
    path.lineTo(x + 0.18 * w, y + 0.4 * h)
    path.cubicTo(x + 0.18 * w, y - 0.08 * h, x + 0.82 * w, y - 0.08 * h, x + 0.82 * w, y + 0.4 * h)
    path.lineTo(x + 0.82 * w, y + 0.62 * h)
    path.lineTo(x + 0.96 * w, y + 0.78 * h)
    path.closeSubpath()
    painter.setPen(
        QPen(colour, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.drawArc(QRectF(x + 0.38 * w, y + 0.78 * h, 0.24 * w, 0.2 * h), 180 * 16, 180 * 16)


def draw_snooze(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A Z in a ring: reminders are held back."""
    painter.setPen(
        QPen(colour, 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(0.7, 0.7, -0.7, -0.7))
    x, y, w, h = box.x(), box.y(), box.width(), box.height()
    points = ((0.34, 0.32), (0.66, 0.32), (0.34, 0.68), (0.66, 0.68))
    painter.drawPolyline([QPointF(x + px * w, y + py * h) for px, py in points])
