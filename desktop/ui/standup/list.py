"""The escalations of one owner in letters that a room can read."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.standup import StandupRow
from desktop.ui.kit.keys import is_enter
from desktop.ui.standup import words
from desktop.ui.theme import Theme

#: So much larger than elsewhere.
LARGER = 1.55
_PAD = 16
_ROW_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


def large(theme: Theme, role: str) -> QFont:
    """A font of the theme, for a room."""
    font = QFont(theme.font(role))
    font.setPointSizeF(font.pointSizeF() * LARGER)
    return font


class StandupModel(QAbstractListModel):
    """What is to be said about one owner's escalations."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.rows: tuple[StandupRow, ...] = ()

    def show_rows(self, rows: tuple[StandupRow, ...]) -> None:
        """Others."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == _ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.sentence(row, self._now())
        return None


class StandupDelegate(QStyledItemDelegate):
    """Paints a heading, what stands out, and what changed."""

    def __init__(self, theme: Theme, now: Callable[[], datetime], view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._now = now
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        row = index.data(_ROW_ROLE)
        width = max(self._view.viewport().width(), 300)
        if not isinstance(row, StandupRow):
            return QSize(width, 40)
        strong = QFontMetrics(large(self._theme, "strong")).height()
        body = QFontMetrics(large(self._theme, "body")).height()
        marked = strong if words.marks(row, self._now()) else 0
        height = strong + body * (1 + len(words.lines(row))) + marked
        return QSize(width, height + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(_ROW_ROLE)
        theme, rect = self._theme, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.colour("surface.selected" if chosen else "surface.panel"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line.normal"))
        if isinstance(row, StandupRow):
            self._draw_row(painter, rect.adjusted(_PAD, _PAD, -_PAD, -_PAD), row)
        if chosen and self._view.hasFocus():
            painter.setPen(theme.colour("focus.ring"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
            painter.drawRect(rect.adjusted(1, 1, -2, -3))
        painter.restore()

    def _draw_row(self, painter: QPainter, box: QRect, row: StandupRow) -> None:
        top = self._line(painter, box, box.top(), words.head(row), "strong", "text.primary")
        top = self._line(painter, box, top, words.aside(row), "body", "text.secondary")
        left = box.left()
        found = words.marks(row, self._now())
        font = large(self._theme, "strong")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        for mark in found:
            painter.setPen(self._theme.colour(mark.token))
            width = box.right() - left
            shown = metrics.elidedText(mark.text, Qt.TextElideMode.ElideRight, max(width, 0))
            painter.drawText(QRect(left, top, width, metrics.height()), 0, shown)
            left += metrics.horizontalAdvance(shown) + 2 * _PAD
        top += metrics.height() if found else 0
        for line in words.lines(row):
            top = self._line(painter, box, top, line, "body", "text.primary")

    def _line(self, painter: QPainter, box: QRect, top: int, text: str, role: str, token: str) -> int:
        font = large(self._theme, role)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QRect(box.left(), top, box.width(), metrics.height()), 0, shown)
        return top + metrics.height()


class StandupList(QListView):
    """Arrows up and down choose; left and right go to other owners; letters begin a note.

    Signals:
        turned: (int) to the owner before (-1) or after (1).
        typed: (str) the first letter of a note.
        opened: Enter on a line.
        paused: Space: the timer is to stop, or to go on.
        picked: another line is the current one.
    """

    turned = Signal(int)
    typed = Signal(str)
    opened = Signal()
    paused = Signal()
    picked = Signal()

    def __init__(self, theme: Theme, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = StandupModel(now)
        self.setModel(self.rows)
        self.setItemDelegate(StandupDelegate(theme, now, self))
        self.setAccessibleName("What there is to say")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(self.picked)
        theme.theme_changed.connect(self.doItemsLayout)

    def current(self) -> StandupRow | None:
        """The line that is meant."""
        at = self.currentIndex().row()
        return self.rows.rows[at] if 0 <= at < len(self.rows.rows) else None

    def show_rows(self, rows: tuple[StandupRow, ...]) -> None:
        """Others; the current one stays where it still is."""
        before = self.current()
        known = before.standing.escalation_id if before is not None else 0
        if rows != self.rows.rows:
            self.rows.show_rows(rows)
            ids = [row.standing.escalation_id for row in rows]
            if ids:
                self.setCurrentIndex(self.rows.index(ids.index(known) if known in ids else 0))
        self.picked.emit()

    def step(self, by: int) -> None:
        """To the line before or after."""
        to = self.currentIndex().siblingAtRow(self.currentIndex().row() + by)
        if to.isValid():
            self.setCurrentIndex(to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        turns = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if plain and event.key() in turns:
            self.turned.emit(turns[Qt.Key(event.key())])
        elif is_enter(event):
            self.opened.emit()
        elif plain and event.key() == Qt.Key.Key_Space:
            self.paused.emit()
        elif plain and event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Letters begin a note here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
