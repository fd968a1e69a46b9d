"""The rows of the board as lanes or as a table, whichever is chosen, or why there is nothing to see."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.board import BoardRow
from desktop.domain.board_layout import TABLE
from desktop.domain.board_rows import BoardRows
from desktop.ui.action_set import ActionSet
from desktop.ui.board.clocks import BoardClocks
from desktop.ui.board.filter_history import described
from desktop.ui.board.lane_model import ModelTeller
from desktop.ui.board.lanes import LanesView
from desktop.ui.board.look import BoardLook
from desktop.ui.board.selection import Selection
from desktop.ui.board.selection_bar import SelectionBar
from desktop.ui.board.table_view import BoardTable, TableModel
from desktop.ui.icons import Icons
from desktop.ui.kit.empty import EmptyState
from desktop.ui.theme import Theme


class BoardCards(QWidget):
    """Everything below the filter bar.

    Signals:
        open_requested: (int id), menu_requested: (QPoint), escape_pressed, touched: as of the views.
        cards_dropped: (str state) the selected cards were let go over a lane.
        sort_requested: (str name, bool descending) a heading of the table was pressed.
        empty_pressed: the button of the empty state.
    """

    open_requested = Signal(int)
    menu_requested = Signal(QPoint)
    escape_pressed = Signal()
    touched = Signal()
    cards_dropped = Signal(str)
    sort_requested = Signal(str, bool)
    empty_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        actions: ActionSet,
        targets_of: Callable[[Iterable[int]], frozenset[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "board")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.teller = ModelTeller()
        self.rows = BoardRows(self.teller)
        self.clocks = BoardClocks(self.rows)
        self.look = BoardLook(theme, parent=self)
        self.selection = Selection(self)
        self.lanes = LanesView(self.rows, self.teller, self.look, self.selection, targets_of)
        self.table = self._made_table()
        self.empty = EmptyState(icons)
        self.empty.button_pressed.connect(self.empty_pressed)
        self._stack = QStackedWidget()
        for page in (self.lanes, self.table, self.empty):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(SelectionBar(self.selection, actions, icons))
        for view in (self.lanes, self.table):
            view.open_requested.connect(self.open_requested)
            view.menu_requested.connect(self.menu_requested)
            view.escape_pressed.connect(self.escape_pressed)
            view.touched.connect(self.touched)
        self.lanes.cards_dropped.connect(self.cards_dropped)
        for card_view in (*self.lanes.views(), self.table):
            actions.give_letters_to(card_view)
        actions.give_page_letters_to(self.empty.button)

    def _made_table(self) -> BoardTable:
        model = TableModel(self.rows.rows_of(TABLE), self.look, self)
        self.teller.add(TABLE, model)
        table = BoardTable(model, self.look, self.selection)
        model.modelReset.connect(self._restore_in_table)
        table.sort_requested.connect(self.sort_requested)
        self.selection.selection_changed.connect(table.repaint_cards)
        self.selection.current_changed.connect(table.repaint_cards)
        return table

    # ---- what is shown

    @property
    def is_table(self) -> bool:
        return self.rows.lanes == (TABLE,)

    def set_table(self, is_table: bool) -> None:
        """Show the table, or the lanes."""
        self.rows.set_layout(is_table=is_table)
        self.show_right_page()

    def set_letters_on(self, is_on: bool) -> None:
        """Switch the keys J, K and X on or off."""
        self.lanes.set_letters_on(is_on)
        self.table.letters_on = is_on

    def tick(self, now_us: int, *, all_cards: bool) -> bool:
        """Let time pass; whether a step or what is shown has changed."""
        self.look.now_us = now_us
        has_changed = self.rows.tick(now_us)
        if self.is_table:
            if has_changed or all_cards or self.table.shows_seconds():
                self.table.repaint_cards()
        else:
            self.lanes.tick(all_cards=has_changed or all_cards)
        return has_changed

    def repaint_card(self, row_id: int) -> None:
        """Paint one card anew, where it is shown."""
        place = self.rows.locate(row_id)
        if place is not None:
            (self.table if self.is_table else self.lanes.lane(place[0]).view).repaint_card(place[1])

    def show_facts(self) -> None:
        """Bring headings up to date, and show the cards or why there are none."""
        if not self.is_table:
            self.lanes.show_facts()
        self.show_right_page()

    def show_right_page(self) -> None:
        """Lanes, table, or the empty state, which `say_empty` filled."""
        shown = len(self.rows) - self.rows.counts.hidden
        wanted: QWidget = self.empty if not shown else self.table if self.is_table else self.lanes
        if self._stack.currentWidget() is not wanted:
            self._stack.setCurrentWidget(wanted)

    def say_empty(self, *, is_loaded: bool, is_new_desk: bool) -> None:
        """Say why there is nothing to see: never used, filtered to nothing, or all done."""
        if len(self.rows) > self.rows.counts.hidden:
            return  # there is something, and looking for the next clock would take its time
        if not is_loaded:
            self.empty.show_state("clock", "Reading the board…")
        elif len(self.rows):
            text = f"No cards match {described(self.rows.filter)}."
            self.empty.show_state(
                "filter", text, self.clocks.next_sentence(self.look.now_us), "Clear filters"
            )
        elif is_new_desk:
            self.empty.show_state(
                "inbox",
                "No escalations yet",
                "Log the first one; its clocks start at once.",
                "New escalation",
            )
        else:
            self.empty.show_state(
                "sun", "Nothing waiting", "New escalations appear here by themselves.", "New escalation"
            )

    def say_failed(self, sentence: str) -> None:
        """Say that the board could not be read."""
        self.empty.show_state("danger", "The board could not be read", sentence, "Try again")
        self._stack.setCurrentWidget(self.empty)

    # ---- the current card

    def focus_current(self) -> None:
        """Put the focus on the current card, or the first."""
        if self._stack.currentWidget() is self.empty:
            self.empty.setFocus()
        elif self.is_table:
            self.reach(self.selection.current)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.lanes.focus_current()

    def reach(self, row_id: int) -> bool:
        """Bring a card into sight; False when it is not shown."""
        if not self.is_table:
            return self.lanes.reach(row_id)
        place = self.rows.locate(row_id)
        if place is not None:
            self.table.reach(place[1])
        return place is not None

    def has_card_focus(self) -> bool:
        """Whether the keys act on cards now."""
        return self.table.hasFocus() or self.lanes.has_card_focus()

    def selected_rows(self) -> list[BoardRow]:
        """The rows selected, in the order in which they were."""
        return [row for row in map(self.rows.get, self.selection.ids) if row is not None]

    def select_lane(self) -> None:
        """Select every card of the current card's lane, or all of the table."""
        place = self.rows.locate(self.selection.current)
        if place is not None:
            self.selection.select((row.id for row in self.rows.rows_of(place[0])), self.selection.current)

    def anchor(self) -> QRect:
        """Where the current card is, in the window; empty when it is not shown."""
        place = self.rows.locate(self.selection.current)
        if place is None:
            return QRect()
        view = self.table if self.is_table else self.lanes.lane(place[0]).view
        corner, width = view.card_rect_at(place[1])
        return QRect(self.window().mapFromGlobal(corner), QRect(0, 0, width, 1).size())

    def _restore_in_table(self) -> None:
        if self.is_table and self.selection.current:
            self.reach(self.selection.current)
