"""The board's page: filters above, cards below, kept current and remembered."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.board import BoardRow
from desktop.ui.board.board_state import BoardMemory
from desktop.ui.board.cards import BoardCards
from desktop.ui.board.commands import BoardCommands
from desktop.ui.board.feed import BoardFeed
from desktop.ui.board.filter_bar import FilterBar
from desktop.ui.board.freshness import Freshness
from desktop.ui.board.metrics import Density
from desktop.ui.board.mover import BoardMover
from desktop.ui.board.news import BoardNews
from desktop.ui.board.ports import KeepsState, KeepsViews, MovesCards, ReadsBoard
from desktop.ui.board.saved_views import SavedViews
from desktop.ui.board.sight import BoardSight
from desktop.ui.board.split import BoardSplit
from desktop.ui.board.view_menu import ViewMenu
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted

if TYPE_CHECKING:  # the board is shown before anything can be moved
    from desktop.domain.escalation import Bulk


class BoardServices(NamedTuple):
    """What the page asks of the desk."""

    board: ReadsBoard
    moves: MovesCards
    views: KeepsViews
    state: KeepsState


class BoardPage(QWidget):
    """The live board: `cards` and `filters` in sight, decided by `sight`, moved by `mover`.

    Signals:
        open_escalation_requested: (int id) show it in the details panel and go there.
        peek_requested: (int id) show it in the details panel; the focus stays on the card. 0: nothing.
        current_changed: (int id) another card is the current one.
        new_escalation_requested: from the empty state.
        message_requested: (str) a sentence for the toast.
        work_told: (Bulk, str) what was carried out from here, and the sentence that says so.
        density_chosen: (str) the person wants another density.
        states_changed: `why_not` may answer differently.
    """

    title = "Board"
    open_escalation_requested = Signal(int)
    peek_requested = Signal(int)
    current_changed = Signal(int)
    new_escalation_requested = Signal()
    message_requested = Signal(str)
    work_told = Signal(object, str)
    density_chosen = Signal(str)
    states_changed = Signal()

    def __init__(self, services: BoardServices, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._memory = BoardMemory(services.state, around.runner, self)
        self.cards = BoardCards(around.theme, around.icons, around.actions, self._targets_of)
        self.rows = self.cards.rows
        self.selection = self.cards.selection
        self.feed = BoardFeed(self.rows, services.board, around.runner, around.clock, self)
        self.mover = BoardMover(self.rows, services.moves, around.runner, self)
        menu = ViewMenu(around.actions, self)
        self.filters = FilterBar(around.theme, menu)
        self.commands = BoardCommands(self.cards, self.filters, self.mover, around.actions)
        self.sight = BoardSight(
            self.cards, self.feed, self.filters, self.commands, around.announcer, self.mover.operator_id
        )
        self.views = SavedViews(services.views, around.actions, around.runner, self)
        self.views.set_source(self.sight.view, self.filters.anchor)
        menu.set_views(self.views)
        self.news = BoardNews(self.cards, around.heartbeat, around.announcer)
        self.freshness = Freshness(self.cards, self.feed, self.sight, around)
        self.split = BoardSplit(self.cards)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.split, 1)
        self.cards.look.now_us = around.heartbeat.now_us()
        self._connect()
        self.sight.restore(self._memory)
        self.sight.show()

    def _connect(self) -> None:
        self._connect_cards()
        self._connect_commands()
        self.filters.filter_changed.connect(self.sight.set_filter)
        self.filters.search_entered.connect(self.rows.prepare_search)
        self.filters.search_left.connect(self.cards.focus_current)
        self.filters.order_requested.connect(self.feed.settle)
        self.mover.moved.connect(self._tell_moved)
        self.mover.refused.connect(self.message_requested)
        self.mover.failed.connect(self.freshness.tell_failure)
        self.views.view_chosen.connect(self.sight.show_view)
        self.sight.density_chosen.connect(self.density_chosen)
        self.sight.filter_changed.connect(self.states_changed)

    def _connect_cards(self) -> None:
        self.cards.cards_dropped.connect(self.commands.drop)
        self.cards.open_requested.connect(self.open_escalation_requested)
        self.cards.menu_requested.connect(self.commands.open_menu)
        self.cards.escape_pressed.connect(self.commands.clear_last)
        self.cards.touched.connect(self.feed.touch)
        self.cards.sort_requested.connect(self.sight.set_order)
        self.cards.empty_pressed.connect(self._press_empty)
        self.selection.selection_changed.connect(self.states_changed)
        self.selection.current_changed.connect(self.current_changed)

    def _connect_commands(self) -> None:
        self.commands.open_requested.connect(self.open_escalation_requested)
        self.commands.peek_requested.connect(self.peek_requested)
        self.commands.density_chosen.connect(self.density_chosen)
        self.commands.order_chosen.connect(self.sight.set_order)
        self.commands.table_chosen.connect(self.sight.set_table)
        self.commands.settle_requested.connect(self.feed.settle)
        self.commands.said.connect(self.message_requested)

    # ---- the page, as the window sees it

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions that this page carries out."""
        return {**self.commands.handles(), **self.views.handles()}

    def why_not(self, action_id: str) -> str:
        """The reason for which an action cannot be done now, or nothing."""
        return self.commands.why_not(action_id)

    def focus_first(self) -> None:
        """Put the focus on the cards."""
        self.cards.focus_current()

    def selected_ids(self) -> tuple[int, ...]:
        """What commands act on."""
        return self.selection.ids

    def load(self) -> None:
        """Read everything anew."""
        self.set_operator()
        self.views.load()
        self.feed.load()

    def refresh(self, *, own: bool = False) -> None:
        """Ask for what has changed; with `own`, by what the person just did."""
        self.feed.refresh(own=own)

    def set_operator(self) -> None:
        """Another person works at this desk."""
        self.filters.fields.set_operator(self.mover.operator_id())

    def set_density(self, density: str) -> None:
        """Show cards in that density."""
        self.cards.look.set_density(Density(density))
        self.commands.show_checks()

    def jump_urgent(self) -> None:
        """Go to the most urgent clock."""
        row = self.cards.clocks.most_urgent()
        if row is None:
            self.message_requested.emit("No clock is running.")
            return
        if self.rows.locate(row.id) is None:
            self.filters.clear()
        self.go_to(row.id)
        self.peek_requested.emit(row.id)

    def go_to(self, row_id: int) -> bool:
        """Select a card and go to it; where it has none nothing stays selected, and the answer is False."""
        if not self.cards.reach(row_id):
            self.selection.select_only(0)  # or commands would be carried out on what was chosen before
            self.freshness.choose_when_there(row_id)
            return False
        self.selection.select_only(row_id)
        self.cards.focus_current()
        return True

    def running_clocks(self) -> list[BoardRow]:
        """The rows whose clock runs."""
        return self.cards.clocks.running()

    def keep_state(self) -> None:
        """Remember over a restart what is shown."""
        self._memory.keep(self.cards)

    # ---- what the person does

    def _targets_of(self, ids: Iterable[int]) -> frozenset[str]:
        return self.mover.targets_of(ids)

    def _tell_moved(self, bulk: "Bulk") -> None:
        self.freshness.follow_current()
        self.work_told.emit(bulk, self.mover.sentence(bulk))
        if bulk.refused:
            first = bulk.refused[0]
            kept = counted(len(bulk.refused), "card stays", "cards stay")
            self.message_requested.emit(f"{kept}: {first.number}: {first.sentence}")

    def _press_empty(self) -> None:
        if len(self.rows):
            self.filters.clear()
        elif self.feed.is_loaded:
            self.new_escalation_requested.emit()
        else:
            self.feed.load()
