"""Small pictures: how grave (shape and digit), and how far a clock has aged (a pie, a pause, a tick)."""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF

#: How many sixteenths of a turn the pie of each step fills, fresh to breached.
_PIE_16 = (0, 4, 8, 12, 16)


@cache
def severity_path(severity: int) -> QPainterPath:
    """The outline of a severity in a box of 1 × 1: octagon, triangle, diamond, circle."""
    path = QPainterPath()
    if severity == 4:
        path.addEllipse(QRectF(0.03, 0.03, 0.94, 0.94))
        return path
    corners = {
        1: ((0.3, 0.0), (0.7, 0.0), (1.0, 0.3), (1.0, 0.7), (0.7, 1.0), (0.3, 1.0), (0.0, 0.7), (0.0, 0.3)),
        2: ((0.5, 0.0), (1.0, 0.96), (0.0, 0.96)),
        3: ((0.5, -0.03), (1.03, 0.5), (0.5, 1.03), (-0.03, 0.5)),
    }.get(severity, ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)))
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    path.closeSubpath()
    return path


def draw_severity(
    painter: QPainter, box: QRectF, severity: int, fill: QColor, ink: QColor, font: QFont
) -> None:
    """The shape of a severity, filled, with its digit."""
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(box.width(), box.height())
    painter.fillPath(severity_path(severity), fill)
    painter.restore()
    digit = str(severity) if 1 <= severity <= 4 else "?"
    metrics = QFontMetrics(font)
    low = 0.70 if severity == 2 else 0.5  # the middle of a triangle lies lower
    x = box.center().x() - metrics.horizontalAdvance(digit) / 2
    y = box.top() + box.height() * low + metrics.tightBoundingRect(digit).height() / 2
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(QPointF(x, y), digit)


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
