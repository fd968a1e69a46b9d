"""The course of a scenario as a picture: phases as bands, injects as marks, deadlines as bars."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_timeline import Mark, Timeline, timeline
from desktop.ui.drill.editor_marks import draw_shape
from desktop.ui.drill.editor_words import TYPES, clock_words
from desktop.ui.kit.tip import as_tip
from desktop.ui.text import one_line
from desktop.ui.theme import Theme

_EDGE, _BAND, _AXIS, _LANE, _MOST_LANES = 10, 20, 16, 17, 7
_STEPS_S = (60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400)


class TimelineView(QWidget):
    """Arrow keys and clicks choose an inject.

    Signals:
        picked: (int) an inject by its place in the document.
    """

    picked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._line: Timeline | None = None
        self._lanes: list[int] = []
        self._chosen = -1
        self._most = _MOST_LANES
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Timeline of the scenario")
        self.setAccessibleDescription("Left and right go from inject to inject.")
        theme.theme_changed.connect(self.update)

    def show_scenario(self, scenario: Scenario) -> None:
        """Show another course."""
        self._line = timeline(scenario)
        self._share_lanes()
        self.updateGeometry()
        self.update()

    def choose(self, place: int) -> None:
        """Mark an inject."""
        self._chosen = place
        mark = self._mark(place)
        if mark is not None:
            self.setAccessibleDescription(self.said(mark))
        self.update()

    def set_most_lanes(self, most: int) -> None:
        """Be no higher than so many lines of injects; they share them where that is too few."""
        if most != self._most:
            self._most = most
            self._share_lanes()
            self.updateGeometry()
            self.update()

    @property
    def chosen(self) -> int:
        """Which inject is marked."""
        return self._chosen

    def said(self, mark: Mark) -> str:
        """An inject in words."""
        about = "" if mark.is_exact else "about "
        when = f" When {mark.condition}." if mark.condition else ""
        kind = TYPES.get(mark.type, mark.type).partition(":")[0]
        return f"{mark.id}, {about}{clock_words(mark.at_s)}, {kind}: {one_line(mark.title)[:120]}.{when}"

    def place_of(self, mark: Mark) -> QPointF:
        """Where an inject is drawn."""
        lane = self._lanes[mark.place] if mark.place < len(self._lanes) else 0
        return QPointF(self._x(mark.at_s), self._top() + (lane + 0.5) * self._lane())

    def sizeHint(self) -> QSize:
        lanes = max(self._lanes, default=0) + 1
        return QSize(400, round(self._top() + lanes * self._lane() + _AXIS * self._theme.text_scale + 6))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    # -- choosing
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        order = self._in_time()
        if event.key() in steps and order:
            at = next((i for i, mark in enumerate(order) if mark.place == self._chosen), -1)
            to = min(max(at + steps[Qt.Key(event.key())], 0), len(order) - 1)
            self._pick(order[to])
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and order:
            self._pick(order[0 if event.key() == Qt.Key.Key_Home else -1])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self._nearest(event.position())
        if mark is not None:
            self._pick(mark)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            mark = self._nearest(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), as_tip(self.said(mark)) if mark is not None else "", self)
            return True
        return super().event(event)

    def _pick(self, mark: Mark) -> None:
        self.choose(mark.place)
        self.picked.emit(mark.place)

    def _in_time(self) -> list[Mark]:
        return sorted(self._line.marks, key=lambda mark: mark.at_s) if self._line is not None else []

    def _mark(self, place: int) -> Mark | None:
        marks = self._line.marks if self._line is not None else ()
        return marks[place] if 0 <= place < len(marks) else None

    def _nearest(self, point: QPointF) -> Mark | None:
        near = [
            ((self.place_of(mark) - point).manhattanLength(), mark.place, mark)
            for mark in (self._line.marks if self._line is not None else ())
        ]
        found = min(near, default=None)
        return found[2] if found is not None and found[0] < 24 else None

    # -- measures
    def _lane(self) -> float:
        return _LANE * self._theme.text_scale

    def _top(self) -> float:
        return _BAND * self._theme.text_scale + 4

    def _x(self, at_s: int) -> float:
        line = self._line
        if line is None:
            return _EDGE
        whole = max(line.ends_s - line.begins_s, 1)
        return _EDGE + (at_s - line.begins_s) / whole * max(self.width() - 2 * _EDGE, 1)

    def _share_lanes(self) -> None:
        """Give each inject the first lane in which it and its bars stand free."""
        line = self._line
        if line is None:
            return
        self._lanes = [0] * len(line.marks)
        free_s = [line.begins_s - 1] * self._most
        room_s = max((line.ends_s - line.begins_s) // 40, 1)
        for mark in sorted(line.marks, key=lambda each: each.at_s):
            lane = next((i for i, free in enumerate(free_s) if free <= mark.at_s), None)
            if lane is None:
                lane = min(range(self._most), key=free_s.__getitem__)
            self._lanes[mark.place] = lane
            ends_s = max([mark.at_s, *(bar.to_s for bar in mark.bars)])
            free_s[lane] = max(ends_s, mark.at_s + room_s) + room_s

    # -- painting
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.colour("surface.panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._line is None or (not self._line.bands and not self._line.marks):
            painter.setPen(theme.colour("text.secondary"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "Nothing to show yet")
            return
        self._draw_bands(painter, self._line)
        self._draw_axis(painter, self._line)
        for mark in self._line.marks:
            self._draw_branch(painter, mark)
        for mark in self._line.marks:
            self._draw_bars(painter, mark)
        for mark in self._line.marks:
            self._draw_mark(painter, mark)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus.ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _draw_bands(self, painter: QPainter, line: Timeline) -> None:
        theme = self._theme
        painter.setFont(theme.font("small_strong"))
        height = self.height() - _AXIS * theme.text_scale
        for at, band in enumerate(line.bands):
            left, right = self._x(band.from_s), self._x(band.to_s)
            box = QRectF(left, 2, max(right - left, 1), height - 2)
            painter.fillRect(box, theme.colour("drill.soft" if at % 2 == 0 else "surface.panel"))
            head = QRectF(left + 6, 2, max(right - left - 8, 0), _BAND * theme.text_scale)
            painter.setPen(theme.colour("drill.word"))
            self._draw_words(painter, head, one_line(band.title)[:80])
            painter.setPen(theme.colour("line.normal"))
            painter.drawLine(QPointF(left, 2), QPointF(left, height))

    def _draw_words(self, painter: QPainter, box: QRectF, words: str) -> None:
        shown = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(box, int(side), shown)

    def _draw_axis(self, painter: QPainter, line: Timeline) -> None:
        theme = self._theme
        painter.setFont(theme.font("tiny"))
        wide = painter.fontMetrics().horizontalAdvance("00:00:00") + 12
        whole_s = max(line.ends_s - line.begins_s, 1)
        fits = max(int((self.width() - 2 * _EDGE) // wide), 1)
        step_s = next((step for step in _STEPS_S if whole_s / step <= fits), whole_s)
        top = self.height() - _AXIS * theme.text_scale
        at_s = -(-line.begins_s // step_s) * step_s
        while at_s <= line.ends_s:
            x = self._x(at_s)
            painter.setPen(theme.colour("line.normal"))
            painter.drawLine(QPointF(x, top), QPointF(x, top + 3))
            painter.setPen(theme.colour("text.secondary"))
            left = min(max(x - wide / 2, 0), self.width() - wide)
            box = QRectF(left, top, wide, self.height() - top)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), clock_words(at_s))
            at_s += step_s

    def _draw_branch(self, painter: QPainter, mark: Mark) -> None:
        if not mark.from_id or self._line is None:
            return
        home = next((each for each in self._line.marks if each.id == mark.from_id), None)
        if home is None:
            return
        colour = self._theme.colour("drill.word" if mark.place == self._chosen else "text.secondary")
        painter.setPen(QPen(colour, 1.4 if mark.place == self._chosen else 1.0, Qt.PenStyle.DashLine))
        start, end = self.place_of(home), self.place_of(mark)
        painter.drawPolyline(QPolygonF([start, QPointF(start.x(), end.y()), end]))
        if mark.place == self._chosen and mark.condition:
            painter.setFont(self._theme.font("tiny"))
            box = QRectF(
                start.x() + 4, end.y() - self._lane(), max(end.x() - start.x() + 120, 60), self._lane()
            )
            self._draw_words(painter, box, f"when {mark.condition}")

    def _draw_bars(self, painter: QPainter, mark: Mark) -> None:
        theme, place = self._theme, self.place_of(mark)
        painter.setPen(Qt.PenStyle.NoPen)
        for at, bar in enumerate(mark.bars[:3]):
            y = place.y() - 4 + at * 3.4
            token = "drill.fill" if bar.is_decision else "text.danger" if bar.is_critical else "primary.bar"
            colour = QColor(theme.colour(token))
            painter.setBrush(colour)
            painter.drawRect(QRectF(place.x(), y, max(self._x(bar.to_s) - place.x(), 2), 2.2))
            if bar.grace_s:
                colour.setAlphaF(0.35)
                painter.setBrush(colour)
                left = self._x(bar.to_s)
                painter.drawRect(QRectF(left, y, max(self._x(bar.to_s + bar.grace_s) - left, 1), 2.2))

    def _draw_mark(self, painter: QPainter, mark: Mark) -> None:
        theme, place = self._theme, self.place_of(mark)
        size = (6.5 if mark.place == self._chosen else 5.0) * theme.text_scale
        is_chosen, is_branch = mark.place == self._chosen, bool(mark.condition)
        edge = "focus.ring" if is_chosen else "drill.fill" if is_branch else "surface.panel"
        painter.setPen(QPen(theme.colour(edge), 2 if is_chosen or is_branch else 1))
        painter.setBrush(theme.colour("surface.panel" if is_branch else "drill.fill"))
        draw_shape(painter, mark.type, place, size)
        if is_chosen:
            painter.setFont(theme.font("tiny_strong"))
            words = one_line(mark.id)[:24]
            wide, high = painter.fontMetrics().horizontalAdvance(words) + 6, painter.fontMetrics().height()
            left = place.x() + size + 3
            if left + wide > self.width():
                left = place.x() - size - 3 - wide
            box = QRectF(left, place.y() - high / 2, wide, high)
            painter.fillRect(box, theme.colour("surface.panel"))
            painter.setPen(theme.colour("text.primary"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
