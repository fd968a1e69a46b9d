"""The board's page: filters above, cards below, kept current and remembered."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from desktop.domain.board import BoardRow
from desktop.domain.board_filter import BoardFilter
from desktop.domain.errors import DeskError
from desktop.domain.view import SavedView
from desktop.ui.board.board_state import BoardMemory
from desktop.ui.board.cards import BoardCards
from desktop.ui.board.commands import BoardCommands
from desktop.ui.board.feed import BoardFeed
from desktop.ui.board.filter_bar import FilterBar
from desktop.ui.board.metrics import Density
from desktop.ui.board.mover import BoardMover
from desktop.ui.board.ports import KeepsState, KeepsViews, MovesCards, ReadsBoard
from desktop.ui.board.saved_views import SavedViews
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
    """The live board.

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
        self._services = services
        self._runner = around.runner
        self._memory = BoardMemory(services.state, around.runner, self)
        self._reach_when_there = 0
        self._held: QFrame | None = None
        self.cards = BoardCards(around.theme, around.icons, around.actions, self._targets_of)
        self.rows = self.cards.rows
        self.selection = self.cards.selection
        self.feed = BoardFeed(self.rows, services.board, around.runner, around.clock, self)
        self.mover = BoardMover(self.rows, services.moves, around.runner, self)
        menu = ViewMenu(around.actions, self)
        self.filters = FilterBar(around.theme, menu)
        self.commands = BoardCommands(self.cards, self.filters, self.mover, around.actions)
        self.views = SavedViews(services.views, around.actions, around.runner, self)
        menu.set_views(self.views)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.cards)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.split, 1)
        self.cards.look.now_us = around.heartbeat.now_us()
        around.heartbeat.ticked.connect(self._beat)
        around.heartbeat.slowly_ticked.connect(self._beat_slowly)
        self._connect()
        self._restore()
        self._show_all()

    def _connect(self) -> None:
        self.feed.loaded.connect(self._show_loaded)
        self.feed.changed.connect(self._show_changed)
        self.feed.settled.connect(self._show_all)
        self.feed.failed.connect(self._show_failure)
        self.filters.filter_changed.connect(self.set_filter)
        self.filters.search_entered.connect(self.rows.prepare_search)
        self.filters.search_left.connect(self.cards.focus_current)
        self.filters.order_requested.connect(self.feed.settle)
        self.mover.moved.connect(self._tell_moved)
        self.mover.refused.connect(self.message_requested)
        self.mover.failed.connect(self._tell_failure)
        self.views.view_chosen.connect(self.show_view)
        self.cards.cards_dropped.connect(self.commands.drop)
        self.cards.open_requested.connect(self.open_escalation_requested)
        self.cards.menu_requested.connect(self.commands.open_menu)
        self.cards.escape_pressed.connect(self.commands.clear_last)
        self.cards.touched.connect(self.feed.touch)
        self.cards.sort_requested.connect(self.set_order)
        self.cards.empty_pressed.connect(self._press_empty)
        self.commands.open_requested.connect(self.open_escalation_requested)
        self.commands.peek_requested.connect(self.peek_requested)
        self.commands.density_chosen.connect(self.density_chosen)
        self.commands.order_chosen.connect(self.set_order)
        self.commands.table_chosen.connect(self.set_table)
        self.commands.settle_requested.connect(self.feed.settle)
        self.commands.said.connect(self.message_requested)
        self.selection.selection_changed.connect(self.states_changed)
        self.selection.current_changed.connect(self.current_changed)

    # ---- the page, as the window sees it

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions that this page carries out."""
        return {
            **self.commands.handles(),
            "save_view": self._save_view,
            "manage_views": self._manage_views,
        }

    def why_not(self, action_id: str) -> str:
        """The reason for which an action cannot be done now, or nothing."""
        return self.commands.why_not(action_id)

    def focus_first(self) -> None:
        """Put the focus on the cards."""
        self.cards.focus_current()

    def hold_details(self) -> None:
        """Keep room beside the cards for the details panel."""
        self._held = QFrame()
        self._held.setProperty("part", "details")
        self.split.addWidget(self._held)

    def set_details(self, panel: QWidget) -> None:
        """Put the details panel beside the cards."""
        if self._held is not None:
            self.split.replaceWidget(1, panel)
            self._held.deleteLater()
            self._held = None
        else:
            self.split.addWidget(panel)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)

    def selected_ids(self) -> tuple[int, ...]:
        """What commands act on."""
        return self.selection.ids

    def load(self) -> None:
        """Read everything anew."""
        self.set_operator()
        self.views.load()
        self.feed.load()

    def show_first(self, rows: Iterable[BoardRow]) -> None:
        """Show a first handful of cards until all are there."""
        self.feed.show_first(rows)
        self._show_all()

    def refresh(self, *, own: bool = False) -> None:
        """Ask for what has changed; with `own`, by what the person just did."""
        self.feed.refresh(own=own)

    def set_operator(self) -> None:
        """Another person works at this desk."""
        operator = self._services.moves.operator()
        self.filters.fields.set_operator(operator.person_id if operator is not None else None)

    def set_density(self, density: str) -> None:
        """Show cards in that density."""
        self.cards.set_density(Density(density))
        self.commands.show_checks()

    def set_letters_on(self, is_on: bool) -> None:
        """Switch J, K and X on or off; the other letters are actions."""
        self.cards.set_letters_on(is_on)

    def jump_urgent(self) -> None:
        """Go to the most urgent clock."""
        row = self.cards.most_urgent()
        if row is None:
            self.message_requested.emit("No clock is running.")
            return
        if self.rows.locate(row.id) is None:
            self.filters.clear()
        self.go_to(row.id)
        self.peek_requested.emit(row.id)

    def go_to(self, row_id: int) -> bool:
        """Select a card and go to it; False when it is not on the board."""
        if not self.cards.reach(row_id):
            return False
        self.selection.select_only(row_id)
        self.cards.focus_current()
        return True

    def running_clocks(self) -> list[BoardRow]:
        """The rows whose clock runs."""
        return self.cards.running()

    def keep_state(self) -> None:
        """Remember over a restart what is shown."""
        self._memory.keep(self.cards)

    # ---- what is shown

    def set_filter(self, wanted: BoardFilter) -> None:
        """Show what passes."""
        self.rows.set_filter(wanted, self.cards.look.now_us)
        self.filters.show_filter(wanted)
        self._show_all()
        self.states_changed.emit()

    def set_order(self, name: str, descending: bool | None = None) -> None:
        """Show another order."""
        self.rows.set_order(name, descending)
        self.cards.table.show_order(self.rows.order)
        self._show_all()

    def set_table(self, is_table: bool) -> None:
        """Show the table, or the lanes."""
        self.cards.set_table(is_table)
        self.cards.table.show_order(self.rows.order)
        self._show_all()
        self.cards.focus_current()

    def show_view(self, view: SavedView) -> None:
        """Show the board as it was saved."""
        self.cards.set_table(view.is_table)
        self.set_order(view.order, view.descending)
        if view.density:
            self.density_chosen.emit(view.density)
        self.set_filter(view.board_filter(self._operator_id()))
        self.cards.focus_current()

    def _show_all(self) -> None:
        self.cards.say_empty(is_loaded=self.feed.is_loaded, is_new_desk=self.feed.is_new_desk)
        self.cards.show_facts()
        self.filters.show_counts(self.rows)
        self.filters.show_unsettled(self.rows.is_unsettled)
        self.commands.show_checks()

    def _show_loaded(self) -> None:
        self._show_all()
        if self.selection.current and not self.cards.reach(self.selection.current):
            self.selection.select_only(0)

    def _show_changed(self, removed: frozenset[int]) -> None:
        self.selection.drop(removed)
        self._show_all()
        if self._reach_when_there:
            # focus follows the card to where it went
            self.cards.reach(self._reach_when_there)
            self.cards.focus_current()
            self._reach_when_there = 0

    def _show_failure(self, error: DeskError) -> None:
        if self.feed.is_loaded:
            self._tell_failure(error)
        else:
            self.cards.say_failed(str(error))

    def _beat(self, now_us: int) -> None:
        if self.cards.tick(now_us, all_cards=False):
            self._show_all()
        self.feed.beat()

    def _beat_slowly(self, now_us: int) -> None:
        self.cards.tick(now_us, all_cards=True)
        self._show_all()

    # ---- what the person does

    def _targets_of(self, ids: Iterable[int]) -> frozenset[str]:
        return self.mover.targets_of(ids)

    def _tell_moved(self, bulk: "Bulk") -> None:
        self._reach_when_there = self.selection.current
        self.feed.refresh(own=True)
        self.work_told.emit(bulk, self.mover.sentence(bulk))
        if bulk.refused:
            first = bulk.refused[0]
            kept = counted(len(bulk.refused), "card stays", "cards stay")
            self.message_requested.emit(f"{kept}: {first.number}: {first.sentence}")

    def _tell_failure(self, error: DeskError) -> None:
        self._runner.error_raised.emit(error, self)

    def _press_empty(self) -> None:
        if len(self.rows):
            self.filters.clear()
        elif self.feed.is_loaded:
            self.new_escalation_requested.emit()
        else:
            self.feed.load()

    def _save_view(self) -> None:
        order = self.rows.order
        view = SavedView(
            0,
            "",
            self.rows.filter.to_mapping(),
            order.sort.name,
            order.descending,
            self.cards.look.density.value,
            self.cards.is_table,
        )
        self.views.save(view, self.filters.anchor())

    def _manage_views(self) -> None:
        self.views.manage(self.filters.anchor())

    def _operator_id(self) -> int | None:
        operator = self._services.moves.operator()
        return operator.person_id if operator is not None else None

    def _restore(self) -> None:
        state = self._memory.recall(self.cards)
        self.cards.set_table(state.is_table)
        self.set_order(state.order, state.descending)
        self.set_filter(BoardFilter.from_mapping(state.filter, self._operator_id()))
        if state.current:
            self.selection.select_only(state.current)
