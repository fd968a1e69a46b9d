"""Rows of the board in a view: the keys, clicks and drags that lanes and table have in common."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from desktop.domain.board import BoardRow
from desktop.ui.board.lane_model import Index, LaneModel
from desktop.ui.board.look import BoardLook
from desktop.ui.board.selection import Selection

_SECONDS_SHOWN_US = 121_000_000  # text.duration tells seconds below two minutes
_MORE_KEYS = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_J: 1, Qt.Key.Key_K: -1,
    Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8, Qt.Key.Key_Home: -(1 << 40), Qt.Key.Key_End: 1 << 40,
}  # fmt: skip
_LETTERS = {Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_X}


class RowDelegate(QStyledItemDelegate):
    """Paints rows, and knows whether their view has the focus."""

    has_focus = False


class RowsView(QTableView):
    """Shows rows of the board through a delegate; what is selected is shared with other views.

    Signals:
        lane_left: (int by) the person goes to the neighbouring lane, -1 or 1.
        open_requested: (int id) of a card that was double-clicked.
        menu_requested: (QPoint) on the screen, for the selected cards.
        drag_requested: the selected cards are being pulled away.
        escape_pressed: nothing here wanted it.
        touched: the person did something here just now.
    """

    lane_left = Signal(int)
    open_requested = Signal(int)
    menu_requested = Signal(QPoint)
    drag_requested = Signal()
    escape_pressed = Signal()
    touched = Signal()

    def __init__(
        self,
        model: LaneModel,
        look: BoardLook,
        selection: Selection,
        delegate: RowDelegate,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows: Sequence[BoardRow] = model.rows
        self._model = model
        self._look = look
        self._selection = selection
        self._delegate = delegate
        self._pressed_at: QPoint | None = None
        self._collapse_to = 0
        self.letters_on = True
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._dress()

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(16)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    # ---- what is shown

    def visible_range(self) -> range:
        """The positions of the rows that can be seen."""
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        return (
            range(max(first, 0), (last if last >= 0 else len(self._rows) - 1) + 1) if self._rows else range(0)
        )

    def shows_seconds(self) -> bool:
        """Whether a clock in sight tells seconds now."""
        now_us = self._look.now_us
        rows = (self._rows[at] for at in self.visible_range())
        return any(
            r.clock and not r.clock_paused and abs(r.due_us - now_us) < _SECONDS_SHOWN_US for r in rows
        )

    def repaint_cards(self) -> None:
        """Paint what can be seen anew."""
        self.viewport().update()

    def repaint_card(self, at: int) -> None:
        """Paint the card at a position anew."""
        top = self.rowViewportPosition(at)
        self.viewport().update(0, top, self.viewport().width(), self.rowHeight(at))

    def reach(self, at: int) -> None:
        """Make the card at a position the one the keys act from, and bring it into sight."""
        index = self._model.index(at, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)

    def mark_selected(self, positions: Sequence[int]) -> None:
        """Tell accessibility which cards are selected; painting looks at the shared selection itself."""
        chosen = QItemSelection()
        for at in positions:
            index = self._model.index(at, 0)
            chosen.select(index, index)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def card_rect_at(self, at: int) -> tuple[QPoint, int]:
        """Where the card at a position ends, on the screen, and how wide it is."""
        rect = self.visualRect(self._model.index(at, 0))
        return self.viewport().mapToGlobal(rect.bottomLeft()), rect.width()

    # ---- keys

    def keyboardSearch(self, _search: str) -> None:
        """Letters are commands here, not the beginning of a name."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.touched.emit()
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _LETTERS and (
            not self.letters_on or event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        ):
            event.ignore()
        elif key in _MORE_KEYS:
            self._go_by(_MORE_KEYS[key], extend=shift and key not in _LETTERS)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            forward = key == Qt.Key.Key_Right
            self.lane_left.emit(1 if forward != self.isRightToLeft() else -1)
        elif key == Qt.Key.Key_X:
            self._toggle_current()
        elif key == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
        else:
            event.ignore()  # the table's own keys would select behind our back

    def _go_by(self, by: int, *, extend: bool) -> None:
        if not self._rows:
            return
        at = min(max(self._current_position() + by, 0), len(self._rows) - 1)
        self._take(at, extend=extend)

    def _take(self, at: int, *, extend: bool) -> None:
        row_id = self._rows[at].id
        if extend:
            anchor = self._position_of(self._selection.anchor)
            low, high = sorted((at if anchor is None else anchor, at))
            self._selection.select((self._rows[i].id for i in range(low, high + 1)), row_id)
        else:
            self._selection.select_only(row_id)
        self.reach(at)

    def _toggle_current(self) -> None:
        if self._selection.current:
            self._selection.toggle(self._selection.current)

    def _current_position(self) -> int:
        at = self.currentIndex().row()
        return max(at, 0) if self._selection.current else -1

    def _position_of(self, row_id: int) -> int | None:
        """The place of a card of this lane: near the current one, where ranges begin."""
        at = self.currentIndex().row()
        near = range(max(at - 2000, 0), min(at + 2000, len(self._rows)))
        return next((i for i in near if self._rows[i].id == row_id), None)

    # ---- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at = self.rowAt(event.position().toPoint().y())
        self._pressed_at, self._collapse_to = None, 0
        if at < 0:
            if event.button() is Qt.MouseButton.LeftButton:
                self._selection.select_only(0)
            return
        row_id = self._rows[at].id
        if event.button() is Qt.MouseButton.RightButton:
            if row_id not in self._selection:
                self._take(at, extend=False)
            self.menu_requested.emit(event.globalPosition().toPoint())
        elif event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
            self._choose(at, row_id, event.modifiers())

    def _choose(self, at: int, row_id: int, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._take(at, extend=True)
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self._selection.toggle(row_id)
            self.reach(at)
        elif row_id in self._selection and len(self._selection) > 1:
            # several may be about to be dragged: only a click without a drag selects this one alone
            self._collapse_to = row_id
            self._selection.move_current(row_id)
        else:
            self._take(at, extend=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()
        if self._pressed_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        far = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if far >= QApplication.startDragDistance() and len(self._selection):
            self._pressed_at, self._collapse_to = None, 0
            self.drag_requested.emit()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._collapse_to:
            self._selection.select_only(self._collapse_to)
        self._pressed_at, self._collapse_to = None, 0

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.rowAt(event.position().toPoint().y())
        if at >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.open_requested.emit(self._rows[at].id)

    # ---- focus

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._delegate.has_focus = True
        super().focusInEvent(event)
        at = self.currentIndex().row()
        is_here = 0 <= at < len(self._rows) and self._rows[at].id == self._selection.current
        if self._rows and not is_here and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self._take(self.visible_range().start, extend=False)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._delegate.has_focus = False
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
