"""Which codes make most of the gaps: bars by count, the line of their sum, and where 80 % is reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.drill_words import gap_title
from desktop.ui.kit.keys import is_enter
from desktop.ui.text import counted
from desktop.ui.theme import Theme

_MOST = 10
_MARK = 80
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Bar:
    """One code; `percent` is what it and those before it make together."""

    code: str
    count: int
    percent: int

    @property
    def words(self) -> str:
        """The code in full."""
        return "All other codes" if self.code == OTHER else f"{self.code}  {gap_title(self.code)}"


def bars_of(counts: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    """At most ten codes, the most frequent first, and all others together."""
    ranked = sorted((each for each in counts if each[1]), key=lambda each: (-each[1], each[0]))
    shown = ranked[:_MOST]
    rest = sum(count for _, count in ranked[_MOST:])
    lines = [*shown, (OTHER, rest)] if rest else shown
    total = sum(count for _, count in lines)
    bars, so_far = [], 0
    for code, count in lines:
        so_far += count
        bars.append(Bar(code, count, (200 * so_far + total) // (2 * total)))
    return tuple(bars)


class ParetoChart(QWidget):
    """Arrows go from bar to bar, Enter shows its gaps.

    Signals:
        read: (str) the bar under the cursor in a sentence.
        opened: (str code)
    """

    read = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Gaps by code")
        theme.theme_changed.connect(self.update)

    def show_bars(self, bars: tuple[Bar, ...], summary: str) -> None:
        """Show these."""
        self._bars = bars
        self._at = min(self._at, max(len(bars) - 1, 0))
        self.setAccessibleDescription(summary)
        self.update()

    def sentence(self) -> str:
        """The bar under the cursor."""
        if not self._bars:
            return ""
        bar = self._bars[self._at]
        return f"{bar.words}: {counted(bar.count, 'gap')}, {bar.percent} % with those before it"

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 220)

    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._bars:
            self._go_to((self._at + step) % len(self._bars))
        elif is_enter(event) and self._bars:
            self._open()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at in range(len(self._bars)):
            if self._slot(at).contains(event.position()):
                self._go_to(at)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._open()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("small"))
        room = self._room()
        self._draw_scale(painter, room)
        most = max((bar.count for bar in self._bars), default=1)
        points = []
        for at, bar in enumerate(self._bars):
            slot = self._slot(at)
            high = room.height() * bar.count / max(most, 1) * 0.92
            wide = slot.width() * 0.66
            box = QRectF(slot.center().x() - wide / 2, room.bottom() - high, wide, high)
            painter.setPen(QPen(self._theme.colour("text.primary"), 1))
            painter.setBrush(self._theme.colour("primary.bar"))
            painter.drawRect(box)
            painter.setPen(self._theme.colour("text.primary"))
            self._write(painter, QRectF(slot.left(), box.top() - 22, slot.width(), 20), str(bar.count))
            self._write(painter, QRectF(slot.left(), room.bottom() + 4, slot.width(), 20), bar.code)
            points.append(QPointF(slot.center().x(), room.bottom() - room.height() * bar.percent / 100))
        self._draw_sum(painter, points)
        if self.hasFocus() and self._bars:
            painter.setPen(QPen(self._theme.colour("focus.ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._slot(self._at).adjusted(1, 1, -1, -1))

    def _draw_scale(self, painter: QPainter, room: QRectF) -> None:
        painter.setPen(self._theme.colour("line.normal"))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        for percent in (0, 50, _MARK, 100):
            y = room.bottom() - room.height() * percent / 100
            style = Qt.PenStyle.DashLine if percent == _MARK else Qt.PenStyle.DotLine
            token = "text.secondary" if percent == _MARK else "line.normal"
            painter.setPen(QPen(self._theme.colour(token), 1, style))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(self._theme.colour("text.secondary"))
            painter.drawText(QPointF(room.right() + 6, y + 5), f"{percent} %")

    def _draw_sum(self, painter: QPainter, points: Sequence[QPointF]) -> None:
        painter.setPen(QPen(self._theme.colour("text.danger"), 2))
        for one, other in pairwise(points):
            painter.drawLine(one, other)
        painter.setBrush(self._theme.colour("surface.panel"))
        for point in points:
            painter.drawEllipse(point, 4, 4)

    def _write(self, painter: QPainter, box: QRectF, text: str) -> None:
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def _open(self) -> None:
        if self._bars and self._bars[self._at].code != OTHER:
            self.opened.emit(self._bars[self._at].code)

    def _go_to(self, at: int) -> None:
        self._at = at
        self.read.emit(self.sentence())
        self.update()

    def _slot(self, at: int) -> QRectF:
        room = self._room()
        wide = min(room.width() / max(len(self._bars), 1), 110.0)
        return QRectF(room.left() + at * wide, room.top() - 22, wide, room.height() + 50)

    def _room(self) -> QRectF:
        metrics = QFontMetrics(self._theme.font("small"))
        right = metrics.horizontalAdvance("100 %") + 14
        below = metrics.height() + 12
        return QRectF(16, 28, max(self.width() - right - 16, 40), max(self.height() - below - 34, 40))
