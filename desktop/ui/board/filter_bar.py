"""Everything above the board that decides what is shown, and what it hides."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QMenu, QWidget

from desktop.domain.board_filter import BoardFilter
from desktop.domain.board_rows import BoardRows
from desktop.ui.board.filter_chips import FieldChips, StepChips
from desktop.ui.board.filter_history import FilterHistory
from desktop.ui.kit.button import Button
from desktop.ui.kit.chip import Chip
from desktop.ui.kit.label import Label
from desktop.ui.text import counted
from desktop.ui.theme import Theme

#: Narrower than this, at the 100 % text size, nothing stands beside the chips.
_TIGHT_BELOW = 760
#: Line, column, and over how many columns.
Place = tuple[int, int, int]


class FilterBar(QFrame):
    """Chips, the search field, the menu of views, and the line that says what is hidden.

    Signals:
        filter_changed: (BoardFilter) the person wants to see something else.
        search_entered: the field has the focus: the first letter is about to come.
        search_left: the person is done typing and goes to the cards.
        order_requested: show the new order now.
    """

    filter_changed = Signal(object)
    search_entered = Signal()
    search_left = Signal()
    order_requested = Signal()

    def __init__(self, theme: Theme, view_menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "filters")
        self._theme = theme
        self._filter = BoardFilter()
        self._history = FilterHistory()
        self.steps = StepChips(theme)
        self.fields = FieldChips(theme)
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText("Filter the cards   /")
        self.search.setAccessibleName("Filter the cards by words")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.views = Chip("View", theme, checkable=False, opens=True)
        self.views.setMenu(view_menu)
        self._hidden = Label("", "strong")
        self._clear = Button("Clear filters", "link", keys="Shift+Esc")
        self._clear.clicked.connect(self.clear)
        self._order = Button("New order", "link", keys="R")
        self._order.setToolTip("Cards have changed; press R to put them in their new order.")
        self._order.clicked.connect(self.order_requested)
        self._order.hide()
        self._lay_out()
        for chips in (self.steps, self.fields):
            chips.filter_changed.connect(self._take)
        self.show_filter(self._filter)

    def _lay_out(self) -> None:
        self._tools = _in_a_row(self.search, self.views)
        self._told = _in_a_row(self._order, self._hidden, self._clear)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 7, 12, 7)
        self._grid.setSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._places: tuple[Place, ...] = ()
        self._arrange()

    def _arrange(self) -> None:
        """Tools and what is told stand beside the chips, or below where the text is too large for that."""
        scale = self._theme.text_scale
        self.search.setMinimumWidth(round(150 * scale))
        self.search.setMaximumWidth(round(280 * scale))
        self._told.setMinimumHeight(0)
        room = self.width() - 24
        if room >= _TIGHT_BELOW * scale:
            self._told.setMinimumHeight(self.steps.all_open.sizeHint().height())
            places = ((0, 0, 1), (1, 0, 1), (0, 1, 1), (1, 1, 1))
        elif self._tools.minimumSizeHint().width() + self._told.sizeHint().width() + 6 <= room:
            places = ((0, 0, 2), (1, 0, 2), (2, 0, 1), (2, 1, 1))
        else:
            places = ((0, 0, 2), (1, 0, 2), (2, 0, 2), (3, 0, 2))
        if places == self._places:
            return
        self._places = places
        left_top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        beside = (Qt.AlignmentFlag(0), Qt.AlignmentFlag(0), left_top, left_top)
        for part, (line, column, columns), side in zip(self._parts(), places, beside, strict=True):
            self._grid.removeWidget(part)
            self._grid.addWidget(part, line, column, 1, columns, side)

    def _parts(self) -> tuple[QWidget, ...]:
        return (self.steps, self.fields, self._tools, self._told)

    def minimumSizeHint(self) -> QSize:
        """As narrow as any one part may be: the parts make room for one another by going below."""
        widest = max(part.minimumSizeHint().width() for part in self._parts())
        return QSize(widest + 24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def anchor(self) -> QRect:
        """Where the chip of the views is, in the window."""
        return QRect(self.views.mapTo(self.window(), QPoint(0, 0)), self.views.size())

    @property
    def hidden_text(self) -> str:
        """What the line about hidden cards says; empty when nothing is hidden."""
        return self._hidden.text()

    @property
    def shows_unsettled(self) -> bool:
        """Whether a new order waits."""
        return not self._order.isHidden()

    def show_filter(self, wanted: BoardFilter) -> None:
        """Show that this filter is in force."""
        self._filter = wanted
        self._history.note(wanted)
        self.steps.show_filter(wanted)
        self.fields.show_filter(wanted)
        if self.search.text().split() != wanted.text.split():
            self.search.blockSignals(True)
            self.search.setText(wanted.text)
            self.search.blockSignals(False)
        self._clear.setVisible(not wanted.is_empty)

    def show_counts(self, rows: BoardRows) -> None:
        """Bring all figures up to date."""
        self.steps.show_counts(rows)
        self.fields.show_counts(rows)
        self._hidden.setText(hidden_line(rows))
        self._hidden.set_role("danger" if rows.counts.hidden_breached else "secondary")
        self._hidden.setVisible(bool(rows.counts.hidden))
        self._arrange()

    def show_unsettled(self, is_unsettled: bool) -> None:
        """Say that the cards have a new order, which waits until nobody points at them."""
        self._order.setVisible(is_unsettled)

    def clear_last(self) -> bool:
        """Take the filter away that was set last; False when there is none."""
        if self._filter.is_empty:
            return False
        self._take(self._history.without_last(self._filter))
        return True

    def clear(self) -> None:
        """Show everything."""
        self._take(BoardFilter())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search:
            if event.type() is QEvent.Type.FocusIn:
                self.search_entered.emit()
            elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._leave_search(event)
        return super().eventFilter(watched, event)

    def _leave_search(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.search_left.emit()
            return True
        return False

    def _search(self, text: str) -> None:
        self._take(replace(self._filter, text=text))

    def _take(self, wanted: BoardFilter) -> None:
        self.show_filter(wanted)
        self.filter_changed.emit(wanted)


def _in_a_row(*widgets: QWidget) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    return held


def hidden_line(rows: BoardRows) -> str:
    """What a filter hides: "12 of 54 · 2 breached hidden"; a breach is never hidden in silence."""
    if not rows.counts.hidden:
        return ""
    return f"{_shown(rows)} · {_what_is_hidden(rows)} hidden"


def spoken_line(rows: BoardRows) -> str:
    """The same for a screen reader, which has to be told that nothing is hidden as well."""
    if not rows.counts.hidden:
        return f"All {counted(len(rows), 'card')} shown"
    return f"{_shown(rows)}, {_what_is_hidden(rows)} hidden"


def _shown(rows: BoardRows) -> str:
    return f"{len(rows) - rows.counts.hidden:,} of {len(rows):,}"


def _what_is_hidden(rows: BoardRows) -> str:
    breached = rows.counts.hidden_breached
    return f"{breached:,} breached" if breached else counted(rows.counts.hidden, "card")
