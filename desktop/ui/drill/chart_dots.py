"""Two runs on one chart: a line for each part, a ring for the first run, a full diamond for the second."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme import Theme

_MOST = 1000
_STEP = 250


@dataclass(frozen=True, slots=True)
class DotRow:
    """One line of the chart; None where a run has no number. `is_head` sets it off from what follows."""

    name: str
    before: int | None
    after: int | None
    is_head: bool = False
    text: str = ""


class DotPlot(QWidget):
    """Marks of shape and place, so that it reads in grey; arrows go from line to line.

    Signals:
        read: (str) the line under the cursor in a sentence.
    """

    read = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: Sequence[DotRow] = ()
        self._names = ("before", "after")
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._resize)

    def show_rows(self, rows: Sequence[DotRow], before: str, after: str, summary: str) -> None:
        """Show them; `before` and `after` name the runs."""
        self._rows, self._names = rows, (before, after)
        self._at = min(self._at, max(len(rows) - 1, 0))
        self.setAccessibleName("Both runs, part by part")
        self.setAccessibleDescription(summary)
        self._resize()

    def sentence(self) -> str:
        """The line under the cursor."""
        if not self._rows:
            return ""
        row = self._rows[self._at]
        said = [
            f"{name} {'not counted' if value is None else value}"
            for name, value in zip(self._names, (row.before, row.after), strict=True)
        ]
        change = "" if row.before is None or row.after is None else f" ({row.after - row.before:+d})"
        about = f", {row.text}" if row.text else ""
        return f"{row.name}{about}: {', '.join(said)}{change}"

    def sizeHint(self) -> QSize:
        return QSize(520, round(self._line() * (len(self._rows) + 2)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._left() + 160, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or not self._rows:
            super().keyPressEvent(event)
        else:
            self._go_to((self._at + step) % len(self._rows))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y() // self._line()) - 2
        if 0 <= row < len(self._rows):
            self._go_to(row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, row in enumerate(self._rows):
            if row.is_head:
                band = QRectF(0, self._top(at), self.width(), self._line() - 1)
                painter.fillRect(band, self._theme.colour("surface.bar"))
        self._draw_legend(painter)
        self._draw_scale(painter)
        for at, row in enumerate(self._rows):
            self._draw_row(painter, at, row)
        if self.hasFocus() and self._rows:
            painter.setPen(QPen(self._theme.colour("focus.ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(1, self._top(self._at), self.width() - 2, self._line() - 1))

    def _draw_legend(self, painter: QPainter) -> None:
        painter.setFont(self._theme.font("small"))
        x, y = float(self._left()), self._line() / 2
        metrics = painter.fontMetrics()
        for name, draw in zip(self._names, (self._ring, self._diamond), strict=True):
            draw(painter, QPointF(x + 6, y))
            painter.setPen(self._theme.colour("text.primary"))
            wide = metrics.horizontalAdvance(name)
            painter.drawText(QPointF(x + 18, y + metrics.ascent() / 2 - 1), name)
            x += 18 + wide + 24

    def _draw_scale(self, painter: QPainter) -> None:
        painter.setFont(self._theme.font("tiny"))
        bottom = self._top(len(self._rows))
        for value in range(0, _MOST + 1, _STEP):
            x = self._x(value)
            painter.setPen(QPen(self._theme.colour("line.normal"), 1))
            painter.drawLine(QPointF(x, self._top(0)), QPointF(x, bottom))
            painter.setPen(self._theme.colour("text.secondary"))
            box = QRectF(x - 30, self._line(), 60, self._line())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), f"{value:,}")

    def _draw_row(self, painter: QPainter, at: int, row: DotRow) -> None:
        top, line = self._top(at), self._line()
        painter.setFont(self._theme.font("small_strong" if row.is_head else "small"))
        painter.setPen(self._theme.colour("text.primary"))
        box = QRectF(8, top, self._left() - 20, line)
        shown = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        y = top + line / 2
        if row.before is not None and row.after is not None:
            painter.setPen(QPen(self._theme.colour("text.secondary"), 1.5))
            painter.drawLine(QPointF(self._x(row.before), y), QPointF(self._x(row.after), y))
        if row.after is not None:
            self._diamond(painter, QPointF(self._x(row.after), y))
        if row.before is not None:
            self._ring(painter, QPointF(self._x(row.before), y))

    def _ring(self, painter: QPainter, at: QPointF) -> None:
        painter.setPen(QPen(self._theme.colour("text.primary"), 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, 6, 6)

    def _diamond(self, painter: QPainter, at: QPointF) -> None:
        painter.setPen(QPen(self._theme.colour("text.primary"), 1))
        painter.setBrush(self._theme.colour("drill.word"))
        corners = ((0, -6), (6, 0), (0, 6), (-6, 0))
        painter.drawPolygon(QPolygonF([QPointF(at.x() + x, at.y() + y) for x, y in corners]))

    def _go_to(self, row: int) -> None:
        self._at = row
        self.read.emit(self.sentence())
        self.update()

    def _x(self, value: int) -> float:
        room = max(self.width() - self._left() - 28, 40)
        return self._left() + 8 + room * min(max(value, 0), _MOST) / _MOST

    def _top(self, row: int) -> float:
        return self._line() * (row + 2)

    def _left(self) -> int:
        metrics = QFontMetrics(self._theme.font("small_strong"))
        widest = max((metrics.horizontalAdvance(row.name) for row in self._rows), default=80)
        return min(widest, metrics.horizontalAdvance("Post-incident review and")) + 28

    def _line(self) -> float:
        return max(22.0, QFontMetrics(self._theme.font("small")).height() + 6)

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()
