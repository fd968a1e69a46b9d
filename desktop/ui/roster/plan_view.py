"""The painted plan, moved about in by keys and mouse; what it shows is in the table beside it too."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from desktop.domain.clock import Clock
from desktop.domain.instant import to_us
from desktop.ui.kit.keys import is_enter
from desktop.ui.kit.tip import as_tip
from desktop.ui.roster.cursor import Cursor, on_row, slot_at
from desktop.ui.roster.layout import Layout
from desktop.ui.roster.painter import PlanPainter
from desktop.ui.roster.period import WEEK, Period
from desktop.ui.roster.ports import RosterFound
from desktop.ui.roster.rows import Bar, Row
from desktop.ui.roster.words import bar_lines
from desktop.ui.theme import Theme

_LETTERS = {"o": "roster.override", "t": "roster.take", "s": "roster.swap", "l": "roster.leave"}
_HOUR_US = 3_600_000_000
_DRAG_STEP = {WEEK: _HOUR_US}
_DRAG_STEP_MONTH = 6 * _HOUR_US
_WITHOUT_LETTERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class PlanView(QAbstractScrollArea):
    """Shows the rows over a period; a stretch of one row is marked.

    Signals:
        cursor_moved: another stretch is marked.
        period_wanted: (int) the person goes so many periods later; negative for earlier.
        asked: (str action) they want it done to what is marked.
        menu_wanted: (QPoint) a menu of what can be done, there on the screen.
    """

    cursor_moved = Signal()
    period_wanted = Signal(int)
    asked = Signal(str)
    menu_wanted = Signal(QPoint)

    letters_on: Callable[[], bool] = staticmethod(lambda: True)

    def __init__(self, theme: Theme, clock: Clock, period: Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self._painter = PlanPainter(theme)
        self._found = RosterFound()
        self._rows: tuple[Row, ...] = ()
        self._layout = Layout((), period, 800, 1.0)
        self._cursor = Cursor(0, (period.start_us, period.start_us), (period.start_us, period.start_us))
        self._dragged_from: int | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Plan of who is on call")
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        theme.theme_changed.connect(self._lay_out)

    # -- what it shows

    @property
    def period(self) -> Period:
        return self._layout.period

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def cursor_now(self) -> Cursor:
        """What is marked."""
        return self._cursor

    @property
    def row(self) -> Row | None:
        """The row on which it is marked."""
        return self._rows[self._cursor.row] if 0 <= self._cursor.row < len(self._rows) else None

    def show_rows(self, rows: Sequence[Row], period: Period, found: RosterFound) -> None:
        """Show other rows; what is marked stays where that is in sight."""
        key = self.row.key if self.row is not None else ""
        kept = self._cursor.span
        self._rows, self._found = tuple(rows), found
        self._layout = Layout(self._rows, period, self.viewport().width(), self._theme.text_scale)
        self._painter.forget()
        place = next((at for at, row in enumerate(self._rows) if row.key == key), 0)
        if not period.start_us <= kept[0] < period.end_us or kept[0] == kept[1]:
            self.mark_at(place, self._start_of_sight())
        else:
            self._set_cursor(Cursor.at(place, kept))
        self._lay_out()

    def mark_at(self, place: int, at_us: int) -> None:
        """Mark the shift of a row at an instant."""
        if self._rows:
            place = min(max(place, 0), len(self._rows) - 1)
            self._set_cursor(on_row(self._rows, place, at_us))

    def mark(self, key: str, start_us: int, end_us: int) -> None:
        """Mark a stretch of the row with that key, or of the first row."""
        place = next((at for at, row in enumerate(self._rows) if row.key == key), 0)
        start_us = max(start_us, self.period.start_us)
        if self._rows and start_us < end_us:
            self._set_cursor(Cursor.at(place, (start_us, min(end_us, self.period.end_us))))

    def tick(self, _now_us: int = 0) -> None:
        """The time has gone on."""
        self.viewport().update()

    def text_at(self, place: QPoint) -> str:
        """What is said about a place of the view: what stands there, in each zone concerned."""
        bar = self._bar_at(place)
        if bar is None:
            return ""
        return "\n".join(bar_lines(bar, self._found, self.period.zone))

    # -- Qt

    def sizeHint(self) -> QSize:
        return QSize(800, min(self._layout.height, 520))

    def minimumSizeHint(self) -> QSize:
        return QSize(360, 90)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        layout, scrolled, now = self._layout, self.verticalScrollBar().value(), self._clock.now()
        today = now.astimezone(self.period.zone).date()
        own = self._found.operator
        painter.fillRect(event.rect(), self._theme.colour("surface.panel"))
        painter.translate(0, -scrolled)
        clip = event.rect().translated(0, scrolled)
        self._painter.paint(painter, layout, today, clip, own.id if own is not None else 0)
        self._painter.paint_cursor(painter, layout, self._cursor, has_focus=self.hasFocus())
        painter.translate(0, scrolled)
        self._painter.paint_head(painter, layout, today)
        bottom = min(layout.height - scrolled, self.viewport().height())
        self._painter.paint_now(painter, layout, to_us(now), bottom, layout.head)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, extends = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        by_day = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _STEPS:
            self._step(_STEPS[key], by_day=by_day, extends=extends)
        elif key in _LINES:
            self._change_row(_LINES[key])
        elif key in _PERIODS and not by_day:
            self.period_wanted.emit(_PERIODS[key])
        elif key == Qt.Key.Key_Home:
            self.asked.emit("roster.now")
        elif key == Qt.Key.Key_Delete:
            self.asked.emit("roster.cancel")
        elif is_enter(event):
            self.asked.emit("roster.override")
        elif self._is_letter(event):
            self.asked.emit(_LETTERS[event.text().lower()])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_of(event.position().toPoint())
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton) and place is not None:
            row, at_us = place
            inside = row == self._cursor.row and self._cursor.start_us <= at_us < self._cursor.end_us
            if event.button() is Qt.MouseButton.LeftButton or not inside:
                self.mark_at(row, at_us)
            self._dragged_from = at_us if event.button() is Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is None or not self._rows:
            return
        at_us = self._layout.time_at(event.position().x())
        moved = abs(self._layout.x_of(at_us) - self._layout.x_of(self._dragged_from))
        if moved >= 6:
            start, end = sorted((self._snapped(self._dragged_from), self._snapped(at_us)))
            if start < end:
                self._set_cursor(Cursor.at(self._cursor.row, (start, end)))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragged_from = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._place_of(event.position().toPoint()) is not None:
            self.asked.emit("roster.override")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        self.menu_wanted.emit(event.globalPos() if by_mouse else self.cursor_place())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.text_at(event.pos())
            if words:
                QToolTip.showText(event.globalPos(), as_tip(words), self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def cursor_place(self) -> QPoint:
        """Where on the screen what is marked ends."""
        return self.viewport().mapToGlobal(self.cursor_box().bottomLeft())

    def cursor_box(self) -> QRect:
        """Where in the viewport the marked time stands."""
        if not self._layout.places:
            return QRect()
        place = self._layout.places[min(self._cursor.row, len(self._layout.places) - 1)]
        box = self._layout.span_box(place, *self._cursor.span).toRect()
        return box.translated(0, -self.verticalScrollBar().value())

    # -- within

    def _step(self, by: int, *, by_day: bool, extends: bool) -> None:
        row = self.row
        if row is None:
            return
        edges = self.period.midnights if by_day else row.edges
        moved = self._cursor.moved(edges, by, extends=extends)
        if moved is None and not extends:
            self.period_wanted.emit(by)
            beyond = self.period.end_us - 1 if by < 0 else self.period.start_us
            self._set_cursor(Cursor.at(self._cursor.row, (beyond, beyond)))
        elif moved is not None:
            self._set_cursor(moved)

    def _change_row(self, by: int) -> None:
        place = self._cursor.row + by
        if not 0 <= place < len(self._rows):
            return
        start, end = self._cursor.span
        edges = self._rows[place].edges
        is_same = start in edges and end in edges
        self._set_cursor(Cursor.at(place, (start, end) if is_same else slot_at(edges, start)))

    def _set_cursor(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._bring_into_sight()
        self.viewport().update()
        self.cursor_moved.emit()

    def _bring_into_sight(self) -> None:
        bar = self.verticalScrollBar()
        if not 0 <= self._cursor.row < len(self._layout.places):
            return
        place = self._layout.places[self._cursor.row]
        top, bottom = place.top - self._layout.head, place.top + place.height
        if top < bar.value():
            bar.setValue(top - 6 if self._cursor.row else 0)
        elif bottom > bar.value() + self.viewport().height():
            bar.setValue(bottom - self.viewport().height() + 6)

    def _start_of_sight(self) -> int:
        now_us, period = to_us(self._clock.now()), self.period
        return now_us if period.start_us <= now_us < period.end_us else period.start_us

    def _lay_out(self) -> None:
        self._layout = Layout(self._rows, self.period, self.viewport().width(), self._theme.text_scale)
        self._painter.forget()
        room = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(room)
        bar.setSingleStep(round(30 * self._theme.text_scale))
        bar.setRange(0, max(self._layout.height - room, 0))
        self.viewport().update()

    def _place_of(self, at: QPoint) -> tuple[int, int] | None:
        row = self._layout.row_at(at.y() + self.verticalScrollBar().value())
        if row < 0 or at.y() < self._layout.head:
            return None
        start = self._layout.time_at(at.x()) if at.x() >= self._layout.names else self._cursor.start_us
        return row, start

    def _bar_at(self, at: QPoint) -> Bar | None:
        place = self._place_of(at)
        if place is None or at.x() < self._layout.names:
            return None
        return self._rows[place[0]].bar_at(place[1])

    def _snapped(self, at_us: int) -> int:
        """The nearest full hour, or six hours in a month, after the local midnight before."""
        step = _DRAG_STEP.get(self.period.unit, _DRAG_STEP_MONTH)
        midnight = max(us for us in self.period.midnights if us <= at_us)
        return min(midnight + round((at_us - midnight) / step) * step, self.period.end_us)

    def _is_letter(self, event: QKeyEvent) -> bool:
        return (
            event.text().lower() in _LETTERS
            and not event.modifiers() & _WITHOUT_LETTERS
            and self.letters_on()
        )


_STEPS = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}
_LINES = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}
_PERIODS = {int(Qt.Key.Key_PageUp): -1, int(Qt.Key.Key_PageDown): 1}
