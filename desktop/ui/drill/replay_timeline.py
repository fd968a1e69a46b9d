"""A run drawn over its time: injects, decisions, what players and staff did, where the replay stands."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.drill_replay import Told, clock
from desktop.ui.text import counted
from desktop.ui.theme import Theme

#: Lanes from the top: (tone, its name, the token of its mark).
_LANES = (
    ("inject", "Injects", "drill.word"),
    ("decision", "Decisions", "text.danger"),
    ("player", "Players", "primary.bar"),
    ("staff", "Staff", "text.secondary"),
)
_STEPS_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480)
_MARK = 4.5
_RIGHT = 30


class ReplayTimeline(QWidget):
    """Draws a run; a click goes there. The slider below it is its way for the keyboard.

    Signals:
        wanted: (int sim_ms) the person points at a time.
    """

    wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._told: Sequence[Told] = ()
        self._forkable: tuple[int, ...] = ()
        self._end_ms = 1
        self._now_ms = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Timeline of the run")
        theme.theme_changed.connect(self._resize)

    def show_run(self, told: Sequence[Told], end_ms: int, forkable_ms: Sequence[int]) -> None:
        """Draw another run; `forkable_ms` are the times it can go on from."""
        self._told, self._end_ms = told, max(end_ms, 1)
        self._forkable = tuple(forkable_ms)
        counts = [
            counted(sum(each.tone == tone for each in told), name.lower().rstrip("s"))
            for tone, name, _ in _LANES[:2]
        ]
        self.setAccessibleDescription(f"{clock(end_ms)} long, {', '.join(counts)}")
        self.update()

    def set_now(self, sim_ms: int) -> None:
        """Where the replay stands."""
        self._now_ms = sim_ms
        self.update()

    def inset(self) -> tuple[int, int]:
        """How far its time is from its edges, at the left and at the right."""
        return self._left(), _RIGHT

    def sizeHint(self) -> QSize:
        return QSize(600, round((len(_LANES) + 1) * self._lane() + 14))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        room = self._room()
        share = (event.position().x() - room.left()) / max(room.width(), 1)
        self.wanted.emit(round(min(max(share, 0.0), 1.0) * self._end_ms))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("tiny"))
        self._draw_scale(painter)
        for row, (tone, name, token) in enumerate(_LANES):
            y = self._y(row)
            painter.setPen(self._theme.colour("text.secondary"))
            side = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(QRectF(0, y - 10, self._left() - 10, 20), side, name)
            for each in self._told:
                if each.tone == tone:
                    is_past = each.sim_ms <= self._now_ms
                    self._draw_mark(painter, QPointF(self._x(each.sim_ms), y), tone, token, is_past)
        self._draw_forks(painter)
        now = self._x(self._now_ms)
        painter.setPen(QPen(self._theme.colour("text.danger"), 2))
        painter.drawLine(QPointF(now, 2), QPointF(now, self._room().bottom()))

    def _draw_scale(self, painter: QPainter) -> None:
        room = self._room()
        painter.setPen(self._theme.colour("line.normal"))
        painter.setBrush(self._theme.colour("surface.bar"))
        painter.drawRect(room)
        step_ms = 60_000 * next(
            (each for each in _STEPS_MIN if self._end_ms / 60_000 / each <= 12), _STEPS_MIN[-1]
        )
        for at_ms in range(0, self._end_ms + 1, step_ms):
            x = self._x(at_ms)
            painter.setPen(self._theme.colour("line.normal"))
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
            painter.setPen(self._theme.colour("text.secondary"))
            box = QRectF(x - 40, room.bottom() + 2, 80, self._lane())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), clock(at_ms)[:5])

    def _draw_mark(self, painter: QPainter, at: QPointF, tone: str, token: str, is_past: bool) -> None:
        """Filled when it has happened by now, hollow when it is still to come."""
        colour = self._theme.colour(token)
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(colour if is_past else self._theme.colour("surface.bar"))
        size = _MARK * self._theme.text_scale
        if tone == "inject":
            painter.drawEllipse(at, size, size)
        elif tone == "decision":
            painter.drawPolygon(_shape(at, size * 1.25, ((0, -1), (1, 0), (0, 1), (-1, 0))))
        elif tone == "player":
            painter.drawRect(QRectF(at.x() - size * 0.8, at.y() - size * 0.8, size * 1.6, size * 1.6))
        else:
            painter.drawPolygon(_shape(at, size, ((0, -1), (1, 0.8), (-1, 0.8))))

    def _draw_forks(self, painter: QPainter) -> None:
        """Small notches where the run can go on otherwise."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("text.primary"))
        for sim_ms in self._forkable:
            at = QPointF(self._x(sim_ms), self._room().bottom() - 3)
            painter.drawPolygon(_shape(at, 4, ((0, -1), (1, 0.8), (-1, 0.8))))

    def _x(self, sim_ms: int) -> float:
        room = self._room()
        return room.left() + room.width() * min(sim_ms, self._end_ms) / self._end_ms

    def _y(self, row: int) -> float:
        return self._room().top() + self._lane() * (row + 0.5) + 2

    def _room(self) -> QRectF:
        left = self._left()
        return QRectF(left, 2, max(self.width() - left - _RIGHT, 10), self._lane() * len(_LANES) + 6)

    def _left(self) -> int:
        return QFontMetrics(self._theme.font("tiny")).horizontalAdvance("Decisions") + 18

    def _lane(self) -> float:
        return max(20.0, QFontMetrics(self._theme.font("tiny")).height() + 5)

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()


def _shape(at: QPointF, size: float, corners: Sequence[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(at.x() + x * size, at.y() + y * size) for x, y in corners])
