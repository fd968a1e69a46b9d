"""The slanted stripes that say "drill" from across a room, whatever stands on them."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from desktop.ui.theme import Theme

_STRIPE = 14.0
_STRONG = 5.0  # of a narrow border: stripes as broad as on a bar would not be seen as such


def draw_hatch(painter: QPainter, box: QRectF, theme: Theme, *, is_narrow: bool = False) -> None:
    """Fill a box with the drill's colour and stripes from bottom left to top right."""
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(box, theme.colour("drill.fill"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("drill.text" if is_narrow else "drill.hatch"))
    wide = _STRONG if is_narrow else _STRIPE
    high = box.height()
    left = box.left() - high
    while left < box.right():
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(left, box.bottom()),
                    QPointF(left + wide, box.bottom()),
                    QPointF(left + wide + high, box.top()),
                    QPointF(left + high, box.top()),
                ]
            )
        )
        left += 3 * wide if is_narrow else 2 * wide
    painter.restore()
