"""The shapes of injects on a timeline: one for each type."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF


def draw_shape(painter: QPainter, kind: str, at: QPointF, size: float) -> None:
    """A shape for each type: round, square, diamond, up, down, flat."""
    x, y = at.x(), at.y()
    if kind == "adaptive":
        points = [QPointF(x, y - size), QPointF(x + size, y), QPointF(x, y + size), QPointF(x - size, y)]
    elif kind == "complexity":
        points = [QPointF(x, y - size), QPointF(x + size, y + size), QPointF(x - size, y + size)]
    elif kind == "contingency":
        points = [QPointF(x - size, y - size), QPointF(x + size, y - size), QPointF(x, y + size)]
    elif kind in ("expected_action", "admin"):
        half = size * (0.85 if kind == "expected_action" else 0.5)
        painter.drawRect(QRectF(x - size * 0.85, y - half, size * 1.7, half * 2))
        return
    else:
        painter.drawEllipse(at, size * 0.9, size * 0.9)
        return
    painter.drawPolygon(QPolygonF(points))
