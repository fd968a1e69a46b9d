"""What the keys, menus and the palette do on the board."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from desktop.ui.action_set import ActionSet
from desktop.ui.actions import Needs
from desktop.ui.board.cards import BoardCards
from desktop.ui.board.filter_bar import FilterBar
from desktop.ui.board.metrics import Density
from desktop.ui.board.mover import BoardMover

_MENU = (
    "open",
    "acknowledge",
    "own",
    "assign",
    "severity",
    "move",
    "contain",
    "resolve",
    "pause",
    "snooze",
    "note",
    "merge",
)


class BoardCommands(QObject):
    """Carries out the actions of the board on what is selected.

    Signals:
        open_requested: (int id), peek_requested: (int id): show it beside the board, and go there or stay.
        density_chosen: (str), order_chosen: (str), table_chosen: (bool): the board should look different.
        settle_requested: show the new order now.
        said: (str) a sentence for the toast.
    """

    open_requested = Signal(int)
    peek_requested = Signal(int)
    density_chosen = Signal(str)
    order_chosen = Signal(str)
    table_chosen = Signal(bool)
    settle_requested = Signal()
    said = Signal(str)

    def __init__(self, cards: BoardCards, filters: FilterBar, mover: BoardMover, actions: ActionSet) -> None:
        super().__init__(cards)
        self._cards = cards
        self._filters = filters
        self._mover = mover
        self._actions = actions
        self.menu: QMenu | None = None

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions carried out here."""
        return {
            "find": self._find,
            "clear_filter": self.clear_last,
            "clear_filters": self._filters.clear,
            "select_all": self._cards.select_lane,
            "copy_number": self._copy_number,
            "new_order": self.settle_requested.emit,
            "view.lanes": partial(self.table_chosen.emit, False),
            "view.table": partial(self.table_chosen.emit, True),
            "escalation.open": self._open,
            "escalation.peek": self._peek,
            "escalation.move": self._offer_moves,
            "escalation.move_next": partial(self._move_by, 1),
            "escalation.move_previous": partial(self._move_by, -1),
            **{f"view.{density}": partial(self.density_chosen.emit, density.value) for density in Density},
            **{
                spec.id: partial(self.order_chosen.emit, spec.id.removeprefix("sort."))
                for spec in self._actions
                if spec.id.startswith("sort.")
            },
        }

    def why_not(self, action_id: str) -> str:
        """The reason for which an action cannot be done now, or nothing."""
        if action_id not in self._actions:
            return ""
        count, needs = len(self._cards.selection), self._actions.spec(action_id).needs
        if needs is not Needs.NOTHING and not count:
            return "Select a card first."
        if needs is Needs.ONE and count > 1:
            return "Select one card only."
        if action_id in ("clear_filter", "clear_filters") and self._cards.rows.filter.is_empty:
            return "No filter is set."
        return ""

    def show_checks(self) -> None:
        """Tick what is in force: layout, density, order."""
        rows = self._cards.rows
        self._actions["view.lanes"].setChecked(not self._cards.is_table)
        self._actions["view.table"].setChecked(self._cards.is_table)
        for density in Density:
            self._actions[f"view.{density}"].setChecked(self._cards.look.density is density)
        for spec in self._actions:
            if spec.id.startswith("sort."):
                self._actions[spec.id].setChecked(spec.id == f"sort.{rows.order.sort.name}")

    def clear_last(self) -> None:
        """Esc: the filter set last, then the selection."""
        if not self._filters.clear_last():
            self._cards.selection.select_only(0)

    def drop(self, state: str) -> None:
        """The selected cards were let go over a lane."""
        self._mover.move(self._cards.selection.ids, state, self._cards.anchor())

    def open_menu(self, at: QPoint) -> None:
        """Offer what can be done with the selected cards."""
        menu = self.menu = QMenu(self._cards)
        for name in _MENU:
            menu.addAction(self._actions[f"escalation.{name}"])
            if name in ("open", "severity", "resolve"):
                menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _find(self) -> None:
        self._filters.search.setFocus()
        self._filters.search.selectAll()

    def _copy_number(self) -> None:
        numbers = [row.number for row in self._cards.selected_rows()]
        QGuiApplication.clipboard().setText("\n".join(numbers))
        self.said.emit(f"Copied {numbers[0]}." if len(numbers) == 1 else f"Copied {len(numbers)} numbers.")

    def _open(self) -> None:
        self.open_requested.emit(self._cards.selection.current or self._cards.selection.ids[0])

    def _peek(self) -> None:
        self.peek_requested.emit(self._cards.selection.current or self._cards.selection.ids[0])

    def _offer_moves(self) -> None:
        self.menu = self._mover.open_menu(self._cards.selection.ids, self._place_of_menu())

    def _place_of_menu(self) -> QPoint:
        """Below the button that was pressed for it, else at the current card."""
        focus, window = QApplication.focusWidget(), self._cards.window()
        if isinstance(focus, QPushButton) and focus.window() is window:
            return focus.mapToGlobal(QPoint(0, focus.height() + 2))
        anchor = self._cards.anchor()
        if not anchor.isNull():
            return window.mapToGlobal(anchor.topLeft())
        return self._cards.mapToGlobal(QPoint(40, 40))

    def _move_by(self, by: int) -> None:
        self._mover.move_by(self._cards.selection.ids, by, self._cards.anchor())
