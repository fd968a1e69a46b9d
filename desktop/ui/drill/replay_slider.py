"""A time of the drill on a line: drawn in the desk's own colours, moved by keys and by the mouse."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QStyle

from desktop.ui.theme import Theme

#: How far the line begins within the widget, in pixels: half of its grip.
GRIP = 9
_STEP_S, _PAGE_S = 5, 60


class TimeSlider(QSlider):
    """Seconds of the drill: arrows go by five, the keys of pages by a minute.

    Signals:
        moved: (int second) by the person.
    """

    moved = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._is_told = False
        self.setAccessibleName("Time of the drill")
        self.setSingleStep(_STEP_S)
        self.setPageStep(_PAGE_S)
        self.valueChanged.connect(self._tell)
        theme.theme_changed.connect(self.update)

    def show_at(self, second: int) -> None:
        """Stand there, without telling."""
        self._is_told = True
        self.setValue(second)
        self._is_told = False

    def sizeHint(self) -> QSize:
        return QSize(200, 28)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 28)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y, at = self.height() / 2, self._x()
        painter.setPen(QPen(self._theme.colour("line.control"), 4))
        painter.drawLine(QPointF(GRIP, y), QPointF(self.width() - GRIP, y))
        painter.setPen(QPen(self._theme.colour("primary.bar"), 4))
        painter.drawLine(QPointF(GRIP, y), QPointF(at, y))
        painter.setPen(QPen(self._theme.colour("surface.panel"), 2))
        painter.setBrush(self._theme.colour("primary.bar"))
        painter.drawEllipse(QPointF(at, y), GRIP - 1, GRIP - 1)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus.ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1, 1, self.width() - 2, self.height() - 2), 5, 5)

    def _x(self) -> float:
        span = max(self.width() - 2 * GRIP, 1)
        value = QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), self.value(), span)
        return GRIP + value

    def _go_to(self, event: QMouseEvent) -> None:
        span = max(self.width() - 2 * GRIP, 1)
        at = round(event.position().x()) - GRIP
        self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at, span))

    def _tell(self, second: int) -> None:
        if not self._is_told:
            self.moved.emit(second)
