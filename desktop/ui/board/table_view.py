"""The table: the same rows as the lanes hold, one line each."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from desktop.domain.board import NO_STEP, BoardRow, step_of
from desktop.domain.board_order import Order
from desktop.ui.board.lane_model import Index, LaneModel
from desktop.ui.board.look import BoardLook
from desktop.ui.board.rows_view import RowDelegate, RowsView
from desktop.ui.board.selection import Selection
from desktop.ui.board.table_columns import COLUMNS
from desktop.ui.kit import marks
from desktop.ui.kit.table_model import Role

_PAD = 8
_KEPT_MOST = 20_000
_ROW = {"compact": 26, "normal": 32, "comfortable": 40}
_TIME = next(at for at, column in enumerate(COLUMNS) if column.title == "Time left")


class TableModel(LaneModel):
    """The rows with a heading for each column."""

    def __init__(self, rows: Sequence[BoardRow], look: BoardLook, parent: QWidget | None = None) -> None:
        super().__init__("Table", rows, look, len(COLUMNS), parent)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Role.DisplayRole:
            return COLUMNS[section].title
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[section].align_right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        at = index.row()
        if role == Role.DisplayRole and 0 <= at < len(self.rows):
            return COLUMNS[index.column()].text(self.rows[at], self._look.now_us)
        if role == Role.AccessibleTextRole and index.column():
            return self.data(index, Role.DisplayRole)
        return super().data(index, role)


class TableDelegate(RowDelegate):
    """Paints cells from kept texts; only the countdowns are made at painting."""

    def __init__(self, look: BoardLook, selection: Selection, model: TableModel) -> None:
        super().__init__()
        self._look = look
        self._selection = selection
        self._rows = model.rows
        self._shown: dict[tuple[str, int], str] = {}
        look.look_changed.connect(self._shown.clear)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        at = index.row()
        if at >= len(self._rows):
            return
        row, column = self._rows[at], index.column()
        look = self._look
        step = step_of(row, look.now_us)
        colours = look.step(step)
        rect = option.rect
        painter.fillRect(rect, colours.tint)
        text = COLUMNS[column].text(row, look.now_us)
        left, right = rect.left() + _PAD, rect.right() - _PAD
        if column == 0:
            left = self._draw_first(painter, row, step, QRectF(rect))
            if look.mark:
                left = self._draw_mark(painter, step, left, rect.center().y())
        elif column == _TIME and row.clock:
            left = self._draw_pie(painter, row, step, QRectF(rect))
        is_strong = column in (2, _TIME)
        fonts = look.fonts
        metrics = fonts.strong_metrics if is_strong else fonts.plain_metrics
        painter.setFont(fonts.strong if is_strong else fonts.plain)
        painter.setPen(colours.text)
        shown = self._fit(text, right - left, is_strong=is_strong)
        x = right - metrics.horizontalAdvance(shown) if COLUMNS[column].align_right else left
        painter.drawText(x, rect.center().y() + metrics.capHeight() // 2 + 1, shown)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.theme.colour("line.soft"))
        if look.glows and row.id in look.glows:
            veil = QColor(colours.text)
            veil.setAlphaF(0.25 * look.glows[row.id])
            painter.fillRect(rect, veil)
        if row.id in self._selection or row.id == self._selection.current:
            self._draw_selected(painter, row, QRectF(rect), column)

    def _draw_first(self, painter: QPainter, row: BoardRow, step: int, rect: QRectF) -> int:
        """The strip of the step and the shape of the severity; gives where the words begin."""
        look, size = self._look, round(15 * self._look.scale)
        colours = look.step(step)
        painter.fillRect(QRectF(rect.left(), rect.top(), 6, rect.height()), colours.mark)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect.left() + _PAD + 6, rect.center().y() - size / 2 + 0.5, size, size)
        marks.draw_severity(painter, box, row.severity, colours.text, colours.tint, look.fonts.badge)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        return round(box.right()) + 6

    def _draw_mark(self, painter: QPainter, step: int, left: int, middle: int) -> int:
        """The word of a drill; gives where the words behind it begin."""
        fonts = self._look.fonts
        painter.setFont(fonts.badge)
        painter.setPen(self._look.mark_ink(step))
        painter.drawText(left, middle + fonts.badge_metrics.capHeight() // 2 + 1, self._look.mark)
        return left + fonts.badge_metrics.horizontalAdvance(self._look.mark) + _PAD

    def _draw_pie(self, painter: QPainter, row: BoardRow, step: int, rect: QRectF) -> int:
        size = round(12 * self._look.scale)
        colours = self._look.step(step)
        box = QRectF(rect.left() + _PAD, rect.center().y() - size / 2 + 0.5, size, size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.clock_paused:
            marks.draw_pause(painter, box.adjusted(1, 1, -1, -1), colours.word)
        elif step != NO_STEP:
            marks.draw_pie(painter, box, step, colours.mark)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        return round(box.right()) + 6

    def _draw_selected(self, painter: QPainter, row: BoardRow, rect: QRectF, column: int) -> None:
        look = self._look
        is_focus = self.has_focus and row.id == self._selection.current
        pen = look.focus_pen if is_focus else look.selected_pen
        thick = pen.width()
        for top in (rect.top(), rect.bottom() - thick):
            painter.fillRect(QRectF(rect.left(), top, rect.width(), thick), pen.color())
        if column == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), thick, rect.height()), pen.color())
        elif column == len(COLUMNS) - 1:
            painter.fillRect(QRectF(rect.right() - thick, rect.top(), thick, rect.height()), pen.color())

    def _fit(self, text: str, width: int, *, is_strong: bool) -> str:
        key = (text, -width if is_strong else width)
        found = self._shown.get(key)
        if found is None:
            metrics = self._look.fonts.strong_metrics if is_strong else self._look.fonts.plain_metrics
            if len(self._shown) > _KEPT_MOST:
                self._shown.clear()
            found = self._shown[key] = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))
        return found


class BoardTable(RowsView):
    """The board as a table.

    Signals:
        sort_requested: (str name, bool descending) a heading was pressed.
    """

    sort_requested = Signal(str, bool)

    def __init__(
        self, model: TableModel, look: BoardLook, selection: Selection, parent: QWidget | None = None
    ) -> None:
        delegate = TableDelegate(look, selection, model)
        super().__init__(model, look, selection, delegate, parent)
        delegate.setParent(self)
        self._order = Order()
        self.setAccessibleName("Board as a table")
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(40)
        header.sectionClicked.connect(self._ask_to_sort)
        self._resize()
        look.look_changed.connect(self._resize)

    def show_order(self, order: Order) -> None:
        """Show by which column the rows are ordered."""
        self._order = order
        at = next((i for i, column in enumerate(COLUMNS) if column.sort == order.sort.name), -1)
        down = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(at, down)

    def _ask_to_sort(self, section: int) -> None:
        name = COLUMNS[section].sort
        if not name:
            self.show_order(self._order)
            return
        same = self._order.sort.name == name
        descending = not self._order.descending if same else Order(name).descending
        self.sort_requested.emit(name, descending)

    def _resize(self) -> None:
        scale = self._look.scale
        for at, column in enumerate(COLUMNS):
            self.setColumnWidth(at, round(column.width * scale))
        if self._look.mark:
            more = self._look.fonts.badge_metrics.horizontalAdvance(self._look.mark) + _PAD
            self.setColumnWidth(0, self.columnWidth(0) + more)
        self.verticalHeader().setDefaultSectionSize(round(_ROW[self._look.density.value] * scale))
        self.updateGeometries()
