"""The strip above everything: what came, what was done, what is to come, and where the drill is now."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.drill_look import Standing
from desktop.domain.drill_view import DrillView, FeedLine
from desktop.ui.drill.console_words import sim_clock
from desktop.ui.text import counted
from desktop.ui.theme import Theme

_PAD = 14
_STEPS_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440)
_MINUTE = 60_000
_MOST_TICKS = 12
_LEFT_OUT = frozenset({Standing.REMINDER})


class Mark(NamedTuple):
    """One thing on the strip; `shape` says what it is without colour."""

    at_ms: int
    shape: str
    name: str = ""


class Strip(NamedTuple):
    """All that is painted, besides the line of now."""

    length_ms: int
    injects: tuple[Mark, ...] = ()
    acts: tuple[Mark, ...] = ()
    phases: tuple[tuple[str, int], ...] = ()


def acts_of(feed: Sequence[FeedLine]) -> tuple[Mark, ...]:
    """What the players did."""
    return tuple(Mark(each.sim_ms, "diamond") for each in feed if each.tone == "player")


def strip_of(view: DrillView, acts: tuple[Mark, ...]) -> Strip:
    """What the strip shows of a drill."""
    shapes = {
        Standing.FIRED: "dot",
        Standing.HELD: "bars",
        Standing.READY: "ringed",
        Standing.SKIPPED: "cross",
        Standing.RECALLED: "cross",
        Standing.DEAD: "cross",
    }
    injects = tuple(
        Mark(at_ms, shapes.get(line.standing, "ring"), line.id)
        for line in view.injects
        if line.standing not in _LEFT_OUT
        and (at_ms := line.fired_ms if line.fired_ms is not None else line.due_ms) is not None
        and at_ms >= 0
    )
    last_ms = max((each.at_ms for each in injects), default=0)
    # whole minutes, so that a drill that runs over its end does not move everything with each beat
    length_ms = max(view.duration_ms, -(-max(view.sim_ms, last_ms) // (5 * _MINUTE)) * 5 * _MINUTE, _MINUTE)
    return Strip(length_ms, injects, acts, tuple((title, from_ms) for _, title, from_ms in view.phases))


class Timeline(QWidget):
    """Injects above, participants' acts below; a click on an inject shows it.

    Signals:
        picked: (str id) of an inject.
    """

    picked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._strip = Strip(_MINUTE)
        self._feed: Sequence[FeedLine] = ()
        self._acts: tuple[Mark, ...] = ()
        self._now_ms = 0
        self._chosen = ""
        self.setAccessibleName("Timeline")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._resize)

    def show_view(self, view: DrillView, chosen: str) -> None:
        """The drill as it is now; painted only where something can be seen to differ."""
        if view.feed is not self._feed:
            self._feed, self._acts = view.feed, acts_of(view.feed)
        strip = strip_of(view, self._acts)
        before = self._x(self._now_ms)
        differs = strip != self._strip or chosen != self._chosen
        self._strip, self._now_ms, self._chosen = strip, view.sim_ms, chosen
        if differs:
            self.setAccessibleDescription(self._sentence())
            self.update()
        elif before != self._x(self._now_ms):
            self.update()

    def sizeHint(self) -> QSize:
        line = QFontMetrics(self._theme.font("small")).height()
        return QSize(400, 4 * line + 34)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        near = [(abs(self._x(mark.at_ms) - x), mark.name) for mark in self._strip.injects]
        if near and min(near)[0] <= 12:
            self.picked.emit(min(near)[1])

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head = QFontMetrics(theme.font("small")).height() + 6
        box = QRectF(0.5, head + 0.5, self.width() - 1, self.height() - head - 1)
        painter.setPen(QPen(theme.colour("line.normal"), theme.number("line.width")))
        painter.setBrush(theme.colour("surface.bar"))
        painter.drawRoundedRect(box, 5, 5)
        self._draw_phases(painter, box, head)
        self._draw_axis(painter, box)
        inner = box.height() - QFontMetrics(theme.font("tiny")).height() - 6
        upper, lower = box.top() + inner * 0.32, box.top() + inner * 0.76
        for mark in self._strip.injects:
            self._draw_inject(painter, mark, upper)
        for mark in self._strip.acts:
            self._draw_act(painter, mark, lower)
        x = self._x(self._now_ms)
        painter.setPen(QPen(theme.colour("text.danger"), 2))
        painter.drawLine(QPointF(x, box.top() + 1), QPointF(x, box.bottom() - 1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("text.danger"))
        painter.drawPolygon(
            QPolygonF([QPointF(x - 5, box.top()), QPointF(x + 5, box.top()), QPointF(x, box.top() + 7)])
        )
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def _draw_phases(self, painter: QPainter, box: QRectF, head: int) -> None:
        theme = self._theme
        font = theme.font("small_strong")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        phases = self._strip.phases
        for at, (title, from_ms) in enumerate(phases):
            left = self._x(from_ms)
            right = self._x(phases[at + 1][1]) if at + 1 < len(phases) else float(self.width() - _PAD)
            is_now = from_ms <= self._now_ms and (at + 1 == len(phases) or self._now_ms < phases[at + 1][1])
            if is_now:
                painter.fillRect(
                    QRectF(left, box.top() + 1, right - left, box.height() - 2), theme.colour("drill.soft")
                )
            painter.setPen(theme.colour("drill.word" if is_now else "text.secondary"))
            shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, max(int(right - left) - 8, 0))
            painter.drawText(QPointF(left, head - 6 - metrics.descent() + 2), shown)
            if at:
                painter.setPen(QPen(theme.colour("line.control"), 1, Qt.PenStyle.DashLine))
                painter.drawLine(QPointF(left, box.top() + 1), QPointF(left, box.bottom() - 1))

    def _draw_axis(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        font = theme.font("tiny")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        minutes = self._strip.length_ms // _MINUTE
        room = max(self.width() // (metrics.horizontalAdvance("T+00:00") + 24), 1)
        step = next((each for each in _STEPS_MIN if minutes / each <= min(_MOST_TICKS, room)), _STEPS_MIN[-1])
        for minute in range(0, minutes + 1, step):
            x = self._x(minute * _MINUTE)
            painter.setPen(theme.colour("line.soft"))
            painter.drawLine(QPointF(x, box.top() + 1), QPointF(x, box.bottom() - metrics.height() - 4))
            painter.setPen(theme.colour("text.secondary"))
            words = f"T+{minute:02}"
            half = metrics.horizontalAdvance(words) / 2
            place = min(max(x - half, 3), self.width() - 2 * half - 3)
            painter.drawText(QPointF(place, box.bottom() - metrics.descent() - 2), words)

    def _draw_inject(self, painter: QPainter, mark: Mark, y: float) -> None:
        theme, x = self._theme, self._x(mark.at_ms)
        colour = theme.colour("drill.word")
        if mark.name == self._chosen:
            painter.setPen(QPen(theme.colour("focus.ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x, y), 9, 9)
        quiet = theme.colour("text.secondary")
        if mark.shape == "dot":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(x, y), 5, 5)
        elif mark.shape == "cross":
            painter.setPen(QPen(quiet, 2))
            painter.drawLine(QPointF(x - 4, y - 4), QPointF(x + 4, y + 4))
            painter.drawLine(QPointF(x - 4, y + 4), QPointF(x + 4, y - 4))
        elif mark.shape == "bars":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRect(QRectF(x - 4, y - 5, 3, 10))
            painter.drawRect(QRectF(x + 1, y - 5, 3, 10))
        else:
            painter.setPen(QPen(colour if mark.shape == "ringed" else quiet, 2))
            painter.setBrush(theme.colour("surface.panel"))
            painter.drawEllipse(QPointF(x, y), 4, 4)

    def _draw_act(self, painter: QPainter, mark: Mark, y: float) -> None:
        x = self._x(mark.at_ms)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("warming.accent"))
        painter.drawPolygon(
            QPolygonF([QPointF(x, y - 6), QPointF(x + 6, y), QPointF(x, y + 6), QPointF(x - 6, y)])
        )

    def _x(self, at_ms: int) -> int:
        room = max(self.width() - 2 * _PAD, 1)
        share = min(max(at_ms / self._strip.length_ms, 0.0), 1.0)
        return round(_PAD + room * share)

    def _sentence(self) -> str:
        injects = self._strip.injects
        came = sum(mark.shape == "dot" for mark in injects)
        coming = [mark for mark in injects if mark.shape in ("ring", "ringed") and mark.at_ms > self._now_ms]
        said = [
            f"{counted(came, 'inject')} fired",
            counted(len(self._strip.acts), "participant action"),
            f"{len(coming)} to come",
        ]
        if coming:
            said.append(f"the next at {sim_clock(min(mark.at_ms for mark in coming))}")
        return ", ".join(said)

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()
