"""A bar that runs out: the deadline of an expected action, and its grace behind it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.drill_view import ExpectationLine
from desktop.ui.drill.console_words import state_words
from desktop.ui.kit.marks import slanted
from desktop.ui.theme import Theme


class Countdown(QWidget):
    """How much of the time is gone; a line parts deadline and grace, and a diamond says when it was met."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._span = (0, 0, 0)
        self._gone = 0
        self._met: int | None = None
        self._state = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Time left")
        theme.theme_changed.connect(self.update)

    def show_line(self, line: ExpectationLine, sim_ms: int) -> None:
        """How an expected action stands; painted only where a pixel differs."""
        begin, deadline, grace = line.from_ms or 0, line.deadline_ms or 0, line.grace_ms or 0
        gone = sim_ms if line.state == "open" else min(sim_ms, grace)
        if line.seen_ms is not None:
            gone = line.seen_ms
        shown = (self._span, self._pixel(self._gone), self._met, self._state)
        self._span, self._gone = (begin, deadline, max(grace, deadline)), gone
        self._met, self._state = line.seen_ms, line.state
        if shown != (self._span, self._pixel(gone), self._met, self._state):
            self.setAccessibleDescription(state_words(line, sim_ms))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRectF(0, 2, self.width(), 8)
        painter.setBrush(theme.colour("chip.track"))
        painter.drawRoundedRect(bar, 4, 4)
        line = self._pixel(self._span[1])
        painter.setBrush(slanted(theme.colour("line.control")))
        painter.drawRect(QRectF(line, 2, max(self.width() - line, 0), 8))
        filled = self._pixel(self._gone)
        painter.setBrush(theme.colour(self._colour()))
        painter.drawRoundedRect(QRectF(0, 2, filled, 8), 4, 4)
        painter.setPen(QPen(theme.colour("text.primary"), 1.5))
        painter.drawLine(QPointF(line, 0), QPointF(line, 12))
        painter.end()

    def _colour(self) -> str:
        if self._state in ("met", "clean"):
            return "text.success"
        if self._state in ("missed", "violated"):
            return "text.danger"
        return "text.warning" if self._gone >= self._span[1] else "primary.bar"

    def _pixel(self, at_ms: int) -> int:
        begin, _, end = self._span
        if end <= begin:
            return 0
        return round(self.width() * min(max((at_ms - begin) / (end - begin), 0.0), 1.0))
