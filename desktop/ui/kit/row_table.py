"""Tables with two lines to a row, and a mark in colour, word and shape at its head."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.ui.kit.marks import draw_pie, draw_tick
from desktop.ui.kit.table_model import Column, Index, Role, RowsModel
from desktop.ui.theme import Theme

_PAD = 8
_STRIP = 6
_LEAST = 260
Row = TypeVar("Row")

#: Roles of what the delegate paints beside the text.
STEP_ROLE = Qt.ItemDataRole.UserRole + 1
SECOND_ROLE = Qt.ItemDataRole.UserRole + 2
STRONG_ROLE = Qt.ItemDataRole.UserRole + 3


class TwoLineModel(RowsModel[Row], Generic[Row]):
    """Rows with a second line under some columns, and a step (token, pie) in the first.

    `step` gives the token of a row's strip ("" for none) and how far its pie is filled (-1 none, -2 a tick);
    `sentence` says a row to a screen reader; `strong` are the columns that stand out.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        step: Callable[[Row], tuple[str, int]],
        sentence: Callable[[Row], str],
        second: Callable[[Row, int], str] | None = None,
        strong: Sequence[int] = (0, 1),
    ) -> None:
        super().__init__(columns)
        self._strong = frozenset(strong)
        self._step = step
        self._sentence = sentence
        self._second = second

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        row = self.row(index)
        if row is not None:
            if role == STEP_ROLE and index.column() == 0:
                return self._step(row)
            if role == SECOND_ROLE:
                return self._second(row, index.column()) if self._second is not None else ""
            if role == STRONG_ROLE:
                return index.column() in self._strong
            if role == Role.AccessibleTextRole and index.column() == 0:
                return self._sentence(row)
        return super().data(index, role)

    def refresh_texts(self) -> None:
        """The time has gone on."""
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Role.DisplayRole])


class TwoLineDelegate(QStyledItemDelegate):
    """Paints rows of a TwoLineModel."""

    def __init__(self, theme: Theme, columns: Sequence[Column[Row]], view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._right = [column.align_right for column in columns]

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(80, round(46 * self._theme.text_scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._theme, option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.colour("surface.selected" if selected else "surface.panel"))
        step = index.data(STEP_ROLE)
        box = rect.adjusted(_PAD, 0, -_PAD, 0)
        if step is not None:
            box = self._draw_step(painter, rect, *step)
        self._draw_texts(painter, box, index)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line.soft"))
        if self._view.hasFocus() and self._view.currentIndex().row() == index.row():
            self._draw_focus(painter, rect, index.column())

    def _draw_step(self, painter: QPainter, rect: QRect, token: str, pie: int) -> QRect:
        if not token:
            return rect.adjusted(_PAD, 0, -_PAD, 0)
        accent = self._theme.colour(token)
        painter.fillRect(rect.left(), rect.top(), _STRIP, rect.height() - 1, accent)
        left = rect.left() + _STRIP + _PAD
        size = round(13 * self._theme.text_scale)
        mark = QRectF(left, rect.center().y() - size / 2 + 1, size, size)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if pie >= 0:
            draw_pie(painter, mark, pie, accent)
        elif pie == -2:
            draw_tick(painter, mark, accent)
        painter.restore()
        if pie == -1:
            return rect.adjusted(_STRIP + _PAD, 0, -4, 0)
        return rect.adjusted(round(mark.right()) - rect.left() + 7, 0, -4, 0)

    def _draw_texts(self, painter: QPainter, box: QRect, index: Index) -> None:
        theme = self._theme
        text, second = str(index.data() or ""), str(index.data(SECOND_ROLE) or "")
        side = Qt.AlignmentFlag.AlignRight if self._right[index.column()] else Qt.AlignmentFlag.AlignLeft
        strong = bool(index.data(STRONG_ROLE))
        first = box.adjusted(0, 4, 0, -box.height() // 2) if second else box
        self._draw_line(painter, first, text, "strong" if strong else "body", "text.primary", side)
        if second:
            below = box.adjusted(0, box.height() // 2 - 1, 0, -4)
            self._draw_line(painter, below, second, "small", "text.secondary", side)
        painter.setFont(theme.font())

    def _draw_line(
        self, painter: QPainter, box: QRect, text: str, font: str, colour: str, side: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(self._theme.font(font))
        painter.setPen(self._theme.colour(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)

    def _draw_focus(self, painter: QPainter, rect: QRect, column: int) -> None:
        """A ring round the whole row, this column's part of it."""
        ring = self._theme.colour("focus.ring")
        painter.fillRect(rect.left(), rect.top(), rect.width(), 2, ring)
        painter.fillRect(rect.left(), rect.bottom() - 2, rect.width(), 2, ring)
        if column == 0:
            painter.fillRect(rect.left(), rect.top(), 2, rect.height() - 1, ring)
        if column == len(self._right) - 1:
            painter.fillRect(rect.right() - 1, rect.top(), 2, rect.height() - 1, ring)


class RowTable(QTableView, Generic[Row]):
    """Shows such a model; whole rows are selected and stay selected by their key when others come.

    Column `stretch` takes the room that is left; where that is too little, columns `spare` are hidden.

    Signals:
        opened: the person wants the current row.
        picked: other rows are selected.
    """

    opened = Signal()
    picked = Signal()

    def __init__(
        self,
        model: TwoLineModel[Row],
        theme: Theme,
        name: str,
        *,
        key: Callable[[Row], object],
        stretch: int = 1,
        spare: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._theme = theme
        self._key = key
        self._stretch = stretch
        self._spare = tuple(spare)
        self.setModel(model)
        self.setItemDelegate(TwoLineDelegate(theme, model.columns, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(self.picked)
        theme.theme_changed.connect(self._resize)
        self._resize()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; selection and current row follow their keys, else the first is selected."""
        kept = {self._key(row) for row in self.selected()}
        current = self.current()
        current_key = self._key(current) if current is not None else None
        self._rows.set_rows(rows)
        for at, row in enumerate(rows):
            if self._key(row) == current_key:
                self.setCurrentIndex(self._rows.index(at, 0))
        mode = self.selectionModel().SelectionFlag
        self.clearSelection()
        still = [at for at, row in enumerate(rows) if self._key(row) in kept]
        for at in still:
            self.selectionModel().select(self._rows.index(at, 0), mode.Select | mode.Rows)
        if rows and not still:
            self.selectRow(0)
        self.picked.emit()

    def selectRow(self, row: int) -> None:
        """Qt's own looks for a column at the edge of the view, and finds none where that is the right one."""
        mode = self.selectionModel().SelectionFlag
        index = self._rows.index(row, 0)
        self.selectionModel().setCurrentIndex(index, mode.ClearAndSelect | mode.Rows)

    def fit_height(self, most: int) -> None:
        """Be as high as the rows there are, up to so many."""
        rows = min(max(len(self._rows.rows), 1), most)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + rows * self.verticalHeader().defaultSectionSize() + 2)

    def selected(self) -> list[Row]:
        """The selected rows, from the top."""
        found = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows.rows[at] for at in found if at < len(self._rows.rows)]

    def current(self) -> Row | None:
        """The row with the focus, or None."""
        return self._rows.row(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Letters are commands here, not a search."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._resize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Hide what can be spared until there is room to read."""
        scale = self._theme.text_scale
        widths = {at: column.width * scale for at, column in enumerate(self._rows.columns)}
        widths[self._stretch] = _LEAST * scale
        for at in self._spare:
            is_hidden = sum(widths.values()) > self.viewport().width()
            self.setColumnHidden(at, is_hidden)
            if is_hidden:
                del widths[at]

    def _open(self, _index: QModelIndex) -> None:
        self.opened.emit()

    def _resize(self) -> None:
        scale = self._theme.text_scale
        for at, column in enumerate(self._rows.columns):
            self.setColumnWidth(at, round(column.width * scale))
        self.verticalHeader().setDefaultSectionSize(round(46 * scale))
        self._fit()
