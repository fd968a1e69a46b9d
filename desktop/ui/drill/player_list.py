"""The inbox as a list: what has reached the players, the latest first."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.domain.drill_view import Received
from desktop.ui.drill import player_words as words
from desktop.ui.icons import Icons
from desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_PAD = 10
_ICON = 18
_DOT = 8


class InboxModel(QAbstractListModel):
    """What came, newest first; `unread` are the numbers of those that nobody has opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Received, ...] = ()
        self.unread: set[int] = set()

    def show_rows(self, rows: Sequence[Received]) -> None:
        """These are there now; a row that is there stays where it is."""
        wanted = tuple(rows)
        if wanted == self.rows:
            return
        numbers = [row.number for row in wanted]
        kept = [row.number for row in self.rows]
        more = len(numbers) - len(kept)
        if kept and more > 0 and numbers[more:] == kept:
            self.beginInsertRows(QModelIndex(), 0, more - 1)
            self.rows = wanted
            self.endInsertRows()
        elif numbers == kept:
            self.rows = wanted
        else:
            self.beginResetModel()
            self.rows = wanted
            self.endResetModel()
        self.tell_changed()

    def tell_changed(self) -> None:
        """Something about the rows is another."""
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def at(self, index: Index) -> Received | None:
        """The row of an index."""
        return self.rows[index.row()] if 0 <= index.row() < len(self.rows) else None

    def place_of(self, number: int) -> int:
        """Where a row stands; -1 for one that is not there."""
        return next((at for at, row in enumerate(self.rows) if row.number == number), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 Qt's variant
        row = self.at(index)
        if row is None:
            return None
        if role == Role.DisplayRole:
            return words.subject(row)
        if role == Role.AccessibleTextRole:
            return self._spoken(row)
        return None

    def _spoken(self, row: Received) -> str:
        parts = [
            "unread" if row.number in self.unread else "",
            "taken back" if row.is_recalled else "",
            words.news(row),
            words.addressed(row),
            tag_of(row),
            f"at {words.spoken_clock(row.sim_ms)}",
        ]
        return ", ".join(filter(None, parts))


def tag_of(row: Received) -> str:
    """What is to be done about it."""
    decision = row.decision
    if decision is None or row.is_recalled:
        return ""
    if decision.is_open:
        return "Decide"
    return "Decided" if decision.option and not decision.is_defaulted else "Not decided in time"


class InboxDelegate(QStyledItemDelegate):
    """Paints a row: who and when above, what it is about below, unread ones strong with a dot."""

    def __init__(self, model: InboxModel, theme: Theme, icons: Icons, view: QListView) -> None:
        super().__init__(view)
        self._model = model
        self._theme = theme
        self._icons = icons
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        line = QFontMetrics(self._theme.font("strong")).height()
        return QSize(200, 3 * line + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.at(index)
        if row is None:
            return
        theme, rect = self._theme, option.rect
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.colour("surface.selected" if is_selected else "surface.panel"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line.soft"))
        is_unread = row.number in self._model.unread
        if is_unread:
            self._draw_dot(painter, rect)
        icon = self._icons.icon(words.look_of(row.channel).icon, "text.secondary")
        left = rect.left() + _PAD + _DOT + 4
        icon.paint(painter, QRect(left, rect.top() + 9, _ICON, _ICON))
        self._draw_words(painter, row, rect, left + _ICON + 8, is_unread=is_unread)
        if is_selected and self._view.hasFocus():
            painter.setPen(theme.colour("focus.ring"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _draw_dot(self, painter: QPainter, rect: QRect) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("drill.fill"))
        painter.drawEllipse(QRectF(rect.left() + _PAD - 2, rect.top() + 14, _DOT, _DOT))
        painter.restore()

    def _draw_words(
        self, painter: QPainter, row: Received, rect: QRect, left: int, *, is_unread: bool
    ) -> None:
        theme = self._theme
        primary = theme.colour("text.primary")
        right = rect.right() - _PAD
        line = QFontMetrics(theme.font("strong")).height()
        top = rect.top() + 8
        time = words.clock(row.sim_ms)
        small = theme.font("small")
        width = QFontMetrics(small).horizontalAdvance(time)
        secondary = theme.colour("text.secondary")
        self._line(painter, QRect(right - width, top, width + 1, line), time, "small", secondary)
        name = f"{words.look_of(row.channel).name} · {words.source(row)}"
        self._line(painter, QRect(left, top, right - width - 8 - left, line), name, "small", secondary)
        role = "strong" if is_unread else "body"
        said = f"Taken back: {words.subject(row)}" if row.is_recalled else words.subject(row)
        self._line(painter, QRect(left, top + line, right - left, line), said, role, primary)
        below = QRect(left, top + 2 * line, right - left, line)
        tag = tag_of(row)
        if tag:
            ink = theme.colour("drill.word" if tag == "Decide" else "text.secondary")
            self._line(painter, below, tag, "small_strong", ink)
            below.setLeft(left + QFontMetrics(theme.font("small_strong")).horizontalAdvance(tag) + 10)
        self._line(painter, below, words.addressed(row), "small", secondary)

    def _line(self, painter: QPainter, box: QRect, text: str, role: str, ink: Any) -> None:  # noqa: ANN401
        font = self._theme.font(role)
        painter.setFont(font)
        painter.setPen(ink)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(box.width(), 0))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


class InboxList(QListView):
    """The list itself.

    Signals:
        chosen: (int number) this one is to be read.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What has reached you, the latest first")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.inbox = InboxModel(self)
        self.setModel(self.inbox)
        self.setItemDelegate(InboxDelegate(self.inbox, theme, icons, self))
        self.selectionModel().currentChanged.connect(self._tell)
        theme.theme_changed.connect(self.viewport().update)

    def choose(self, number: int) -> None:
        """Go to one of them."""
        at = self.inbox.place_of(number)
        if at >= 0:
            self.setCurrentIndex(self.inbox.index(at))

    @property
    def current(self) -> Received | None:
        """The one that is read."""
        return self.inbox.at(self.currentIndex())

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self.inbox.at(now)
        if row is not None:
            self.chosen.emit(row.number)
