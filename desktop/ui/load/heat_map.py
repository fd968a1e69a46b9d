"""Pages by hour and weekday as a map in colours that also the colour-blind and a printer tell apart."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.ui.kit.cividis import colour_of, ink_on
from desktop.ui.load import words
from desktop.ui.theme import Theme

_ROWS, _HOURS = 7, 24
_CELL = 24
_GAP = 1
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class HeatMap(QWidget):
    """Seven days of 24 hours, the number in each cell, the night marked; arrows read it out.

    Signals:
        read: (str) the cell under the cursor in a sentence.
    """

    read = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hours: Sequence[Sequence[int]] = ((0,) * _HOURS,) * _ROWS
        self._at = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._resize)

    def show_hours(self, hours: Sequence[Sequence[int]], summary: str) -> None:
        """Show these counts; the summary is what a screen reader says of them."""
        self._hours = hours
        self.setAccessibleName("Pages by hour and weekday")
        self.setAccessibleDescription(summary)
        self.update()

    @property
    def cell(self) -> tuple[int, int]:
        """The weekday, Monday 0, and the hour of the cursor."""
        return self._at

    def sentence(self) -> str:
        """What the cursor stands on."""
        row, hour = self._at
        return words.cell_words(row, hour, self._hours[row][hour])

    def sizeHint(self) -> QSize:
        height = self._cell_height()
        return QSize(_HOURS * 30 + 60, round(height * (_ROWS + 2)) + 2)

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("tiny"))
        return QSize(_HOURS * (metrics.horizontalAdvance("00") + 4) + self._left(), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or event.key() not in _STEPS:
            super().keyPressEvent(event)
            return
        down, right = _STEPS[Qt.Key(event.key())]
        self._go_to((self._at[0] + down) % _ROWS, (self._at[1] + right) % _HOURS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position())
        if cell is not None:
            self._go_to(*cell)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.read.emit(self.sentence())

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(QPointF(event.pos()))
            text = words.cell_words(*cell, self._hours[cell[0]][cell[1]]) if cell is not None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.font("tiny"))
        self._draw_head(painter)
        most = max(map(max, self._hours))
        for row in range(_ROWS):
            box = self._box(row, 0)
            painter.setPen(self._theme.colour("text.secondary"))
            name = QRectF(0, box.top(), self._left() - 6, box.height())
            side = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(name, side, words.DAYS[row])
            for hour in range(_HOURS):
                self._draw_cell(painter, self._box(row, hour), self._hours[row][hour], most)
        self._draw_night(painter)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus.ring"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._box(*self._at).adjusted(1, 1, -1, -1))

    def _draw_head(self, painter: QPainter) -> None:
        """The hours, and over those of the night the word."""
        painter.setPen(self._theme.colour("text.secondary"))
        for hour in range(_HOURS):
            box = self._box(-1, hour)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), f"{hour:02}")
        for first, last in ((0, 5), (22, 23)):
            box = self._box(-2, first).united(self._box(-2, last)).adjusted(0, 3, -_GAP, -3)
            painter.fillRect(box, self._theme.colour("side.fill"))
            painter.setPen(self._theme.colour("side.text_selected"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), "night")
            painter.setPen(self._theme.colour("text.secondary"))

    def _draw_cell(self, painter: QPainter, box: QRectF, count: int, most: int) -> None:
        box = box.adjusted(0, 0, -_GAP, -_GAP)
        if not count:
            painter.fillRect(box, self._theme.colour("surface.window"))
            painter.setPen(self._theme.colour("text.secondary"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), "·")
            return
        fill = colour_of((count - 1) / (most - 1) if most > 1 else 1.0)
        painter.fillRect(box, fill)
        painter.setPen(ink_on(fill))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), f"{count}" if count < 100 else "99+")

    def _draw_night(self, painter: QPainter) -> None:
        """A line where the night ends and begins."""
        painter.setPen(QPen(self._theme.colour("text.primary"), 2))
        for hour in (6, 22):
            box = self._box(0, hour)
            painter.drawLine(QPointF(box.left(), box.top()), QPointF(box.left(), self._box(6, hour).bottom()))

    def _go_to(self, row: int, hour: int) -> None:
        self._at = (row, hour)
        self.read.emit(self.sentence())
        self.update()

    def _cell_at(self, place: QPointF) -> tuple[int, int] | None:
        cells = ((row, hour) for row in range(_ROWS) for hour in range(_HOURS))
        return next((cell for cell in cells if self._box(*cell).contains(place)), None)

    def _box(self, row: int, hour: int) -> QRectF:
        """The place of a cell; row -1 are the hours, -2 the word above them."""
        left, height = self._left(), self._cell_height()
        wide = (self.width() - left) / _HOURS
        return QRectF(left + hour * wide, (row + 2) * height, wide, height)

    def _left(self) -> int:
        return QFontMetrics(self._theme.font("tiny")).horizontalAdvance("Wed") + 12

    def _cell_height(self) -> float:
        return max(_CELL, QFontMetrics(self._theme.font("tiny")).height() + 6)

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()
