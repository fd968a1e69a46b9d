"""A team's drills as a line, and the last two compared; told apart by shape, never by colour alone."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme import Theme

#: Where bands begin, in permille, as scenarios have them unless they say otherwise.
BAND_LINES = (("P", 850), ("S", 650), ("M", 400))
_FULL = 1000
_DOT = 5.0
_MOST_LABELS = 12


class ChartPoint(NamedTuple):
    """One drill in the line: its words below the axis, its value and coverage in permille."""

    label: str
    value: int | None
    coverage: int
    sentence: str


class _Frame(NamedTuple):
    """Where the axes run."""

    left: float
    right: float
    top: float
    bottom: float

    def y(self, permille: int) -> float:
        """The height of a value."""
        return self.bottom - (self.bottom - self.top) * permille / _FULL


class TrendChart(QWidget):
    """Scores over drills with the lines of the bands; bars at the foot show how much was covered."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._points: tuple[ChartPoint, ...] = ()
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.theme_changed.connect(self.update)

    def show_points(self, name: str, points: Sequence[ChartPoint]) -> None:
        """Draw these; `name` is what is measured."""
        self._name, self._points = name, tuple(points)
        said = "; ".join(point.sentence for point in self._points)
        self.setAccessibleName(f"{name} over drills. {said}" if said else f"{name}: no drill counts yet")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 170)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("small"))
        line = painter.fontMetrics().height()
        wide = painter.fontMetrics().horizontalAdvance("1000")
        frame = _Frame(wide + 12.0, self.width() - 34.0, line + 6.0, self.height() - 2.0 * line - 14)
        self._draw_axes(painter, frame)
        self._draw_line(painter, frame)

    def _draw_axes(self, painter: QPainter, frame: _Frame) -> None:
        theme = self._theme
        for permille in (0, 250, 500, 750, _FULL):
            y = frame.y(permille)
            painter.setPen(QPen(theme.colour("line.soft"), 1))
            painter.drawLine(QPointF(frame.left, y), QPointF(frame.right, y))
            painter.setPen(theme.colour("text.secondary"))
            box = QRectF(0, y - 10, frame.left - 6, 20)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, int(right), str(permille))
        for band, permille in BAND_LINES:
            y = frame.y(permille)
            painter.setPen(QPen(theme.colour("text.secondary"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(frame.left, y), QPointF(frame.right, y))
            painter.setPen(theme.colour("text.primary"))
            painter.drawText(QPointF(frame.right + 8, y + 4), band)

    def _draw_line(self, painter: QPainter, frame: _Frame) -> None:
        theme, count = self._theme, len(self._points)
        if not count:
            return
        step = (frame.right - frame.left) / count
        metrics = painter.fontMetrics()
        before: QPointF | None = None
        every = -(-count // _MOST_LABELS)
        for at, point in enumerate(self._points):
            x = frame.left + step * (at + 0.5)
            high = (frame.bottom - frame.top) * point.coverage / _FULL
            cover = QRectF(x - min(step * 0.3, 14), frame.bottom - high, min(step * 0.6, 28), high)
            painter.fillRect(cover, theme.colour("drill.soft"))
            painter.setPen(QPen(theme.colour("line.soft"), 1))
            painter.drawRect(cover)
            if at % every == 0:
                painter.setPen(theme.colour("text.secondary"))
                words = metrics.elidedText(point.label, Qt.TextElideMode.ElideRight, int(step * every) - 4)
                below = QRectF(x - step * every / 2, frame.bottom + 4, step * every, metrics.height())
                painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter), words)
            if point.value is None:
                before = None
                continue
            spot = QPointF(x, frame.y(point.value))
            if before is not None:
                painter.setPen(QPen(theme.colour("drill.word"), 2))
                painter.drawLine(before, spot)
            before = spot
        self._draw_dots(painter, frame, step)

    def _draw_dots(self, painter: QPainter, frame: _Frame, step: float) -> None:
        theme = self._theme
        for at, point in enumerate(self._points):
            if point.value is None:
                continue
            spot = QPointF(frame.left + step * (at + 0.5), frame.y(point.value))
            painter.setPen(QPen(theme.colour("surface.panel"), 1.5))
            painter.setBrush(theme.colour("drill.word"))
            painter.drawEllipse(spot, _DOT, _DOT)
            painter.setPen(theme.colour("text.primary"))
            box = QRectF(spot.x() - 30, spot.y() - 24, 60, 16)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), str(point.value))


class DotPlot(QWidget):
    """Each competence in the last drill, filled, and in the one before, hollow."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[tuple[str, int | None, int | None], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self.update)

    def show_rows(self, now: Mapping[str, int], before: Mapping[str, int]) -> None:
        """Draw these, by the words of the competence."""
        names = list(dict.fromkeys((*now, *before)))
        self._rows = tuple((name, now.get(name), before.get(name)) for name in names)
        self.setAccessibleName("; ".join(_row_words(*row) for row in self._rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, round((len(self._rows) * 24 + 30) * self._theme.text_scale))

    def minimumSizeHint(self) -> QSize:
        return QSize(260, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("small"))
        metrics, theme = painter.fontMetrics(), self._theme
        names = max((metrics.horizontalAdvance(name) for name, _, _ in self._rows), default=0)
        left, right = names + 16.0, self.width() - metrics.horizontalAdvance("+1000 ") - 12.0
        high = (self.height() - 26.0) / max(len(self._rows), 1)
        for band, permille in BAND_LINES:
            x = left + (right - left) * permille / _FULL
            painter.setPen(QPen(theme.colour("text.secondary"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height() - 24.0))
            painter.setPen(theme.colour("text.primary"))
            painter.drawText(QPointF(x - 4, self.height() - 8.0), band)
        for at, (name, now, before) in enumerate(self._rows):
            y = high * (at + 0.5)
            painter.setPen(theme.colour("text.primary"))
            painter.drawText(QPointF(0, y + 4), name)
            painter.setPen(QPen(theme.colour("line.soft"), 1))
            painter.drawLine(QPointF(left, y), QPointF(right, y))
            self._draw_pair(painter, left, right, y, now, before)

    def _draw_pair(
        self, painter: QPainter, left: float, right: float, y: float, now: int | None, before: int | None
    ) -> None:
        theme = self._theme
        ink = theme.colour("drill.word")
        width = right - left
        if now is not None and before is not None:
            painter.setPen(QPen(ink, 2))
            painter.drawLine(
                QPointF(left + width * before / _FULL, y), QPointF(left + width * now / _FULL, y)
            )
            painter.setPen(theme.colour("text.primary"))
            change = now - before
            painter.drawText(QPointF(right + 8, y + 4), f"{change:+}" if change else "=")
        painter.setPen(QPen(ink, 2))
        if before is not None:
            painter.setBrush(theme.colour("surface.panel"))
            painter.drawEllipse(QPointF(left + width * before / _FULL, y), _DOT, _DOT)
        if now is not None:
            painter.setBrush(ink)
            painter.drawEllipse(QPointF(left + width * now / _FULL, y), _DOT, _DOT)


def _row_words(name: str, now: int | None, before: int | None) -> str:
    said = f"{name} {now}" if now is not None else f"{name} not exercised"
    return f"{said}, before {before}" if before is not None else said
