"""What of the board is shown and how: filter, order, layout; and its telling to bars and menus."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.domain.board_filter import BoardFilter
from desktop.domain.view import SavedView
from desktop.ui.board.board_state import BoardMemory
from desktop.ui.board.cards import BoardCards
from desktop.ui.board.commands import BoardCommands
from desktop.ui.board.feed import BoardFeed
from desktop.ui.board.filter_bar import FilterBar, spoken_line
from desktop.ui.kit.announce import Announcer


class BoardSight(QObject):
    """Everything that decides which cards are in sight, in one place.

    Signals:
        density_chosen: (str) a view wants another density.
        filter_changed: other cards are in sight.
    """

    density_chosen = Signal(str)
    filter_changed = Signal()

    def __init__(
        self,
        cards: BoardCards,
        feed: BoardFeed,
        filters: FilterBar,
        commands: BoardCommands,
        announcer: Announcer,
        operator_id: Callable[[], int | None],
    ) -> None:
        """`operator_id` says who works at this desk: *mine* in a filter means that person."""
        super().__init__(cards)
        self._cards = cards
        self._rows = cards.rows
        self._feed = feed
        self._filters = filters
        self._commands = commands
        self._announcer = announcer
        self._operator_id = operator_id

    def set_filter(self, wanted: BoardFilter) -> None:
        """Show what passes."""
        self._rows.set_filter(wanted, self._cards.look.now_us)
        self._filters.show_filter(wanted)
        self.show()
        self._announcer.say(self._filters, spoken_line(self._rows), about="filter")
        self.filter_changed.emit()

    def set_order(self, name: str, descending: bool | None = None) -> None:
        """Show another order."""
        self._rows.set_order(name, descending)
        self._cards.table.show_order(self._rows.order)
        self.show()

    def set_table(self, is_table: bool) -> None:
        """Show the table, or the lanes."""
        self._cards.set_table(is_table)
        self._cards.table.show_order(self._rows.order)
        self.show()
        self._cards.focus_current()

    def show_view(self, view: SavedView) -> None:
        """Show the board as it was saved."""
        self._cards.set_table(view.is_table)
        self.set_order(view.order, view.descending)
        if view.density:
            self.density_chosen.emit(view.density)
        self.set_filter(view.board_filter(self._operator_id()))
        self._cards.focus_current()

    def view(self) -> SavedView:
        """The board as it is shown now, as a view without a name."""
        order = self._rows.order
        return SavedView(
            0,
            "",
            self._rows.filter.to_mapping(),
            order.sort.name,
            order.descending,
            self._cards.look.density.value,
            self._cards.is_table,
        )

    def restore(self, memory: BoardMemory) -> None:
        """Show the board as it was when the desk was closed."""
        state = memory.recall(self._cards)
        self._cards.set_table(state.is_table)
        self.set_order(state.order, state.descending)
        self.set_filter(BoardFilter.from_mapping(state.filter, self._operator_id()))
        if state.current:
            self._cards.selection.select_only(state.current)

    def show(self) -> None:
        """Bring headings, chips, figures and menus up to date with the rows."""
        self._cards.say_empty(is_loaded=self._feed.is_loaded, is_new_desk=self._feed.is_new_desk)
        self._cards.show_facts()
        self._filters.show_counts(self._rows)
        self._filters.show_unsettled(self._rows.is_unsettled)
        self._commands.show_checks()
