"""Swaps: who asked whom, what both said, and the answer of whoever is asked."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.services.roster_values import SwapState
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.kit.table_pane import TablePane
from desktop.ui.roster.ports import RosterFound
from desktop.ui.roster.words import SWAP_STATES, when_words
from desktop.ui.text import counted
from desktop.ui.theme import Theme

_HINT = "Select one shift of yours in the plan and press S to ask for a swap."


class SwapsTab(TablePane[SwapState]):
    """All swaps, those first that nobody has answered.

    Signals:
        answered: (int swap, bool accepts) whoever is asked has decided.
        withdrawn: (int swap) whoever asked wants it no more.
    """

    answered = Signal(int, bool)
    withdrawn = Signal(int)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        self._zone, self._found = ZoneInfo("UTC"), RosterFound()
        columns: tuple[Column[SwapState], ...] = (
            Column("State", lambda row: SWAP_STATES.get(row.state, row.state), width=170),
            Column("Gives away", lambda row: self._found.name_of(row.asker_id), width=230),
            Column("Takes it", lambda row: self._found.name_of(row.other_id), width=230),
            Column("Note", lambda row: row.ended_why or row.note),
        )
        model = TwoLineModel(columns, step=_step, sentence=self._said, second=self._second, strong=(1, 2))
        table: RowTable[SwapState] = RowTable(model, theme, "Swaps", key=_key, stretch=3)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.agree_button = Button("Agree…", "primary", keys="Enter")
        self.decline_button = Button("Decline")
        self.withdraw_button = Button("Withdraw")
        buttons = (self.withdraw_button, self.decline_button, self.agree_button)
        beside = QWidget()
        super().__init__(table, beside, icons, buttons, parent=parent)
        beside.hide()  # a line says all there is
        self.empty.show_state("calendar", "No swaps yet", _HINT)
        table.picked.connect(self._follow)
        table.opened.connect(self._agree)
        self.agree_button.clicked.connect(self._agree)
        self.decline_button.clicked.connect(self._decline)
        self.withdraw_button.clicked.connect(self._withdraw)

    def show_found(self, found: RosterFound, zone: ZoneInfo) -> None:
        """Show the swaps there are."""
        self._found, self._zone = found, zone
        waiting = sum(swap.state == "asked" for swap in found.swaps)
        self.show_rows(found.swaps)
        self.hint.setText(f"{counted(waiting, 'swap')} waiting for an answer.")
        self._follow()

    @property
    def waiting_for_operator(self) -> int:
        """How many whoever works here is to answer."""
        own = self._found.operator.id if self._found.operator is not None else 0
        return sum(swap.state == "asked" and swap.other_id == own for swap in self._found.swaps)

    def _follow(self) -> None:
        swap = self.table.current()
        own = self._found.operator.id if self._found.operator is not None else 0
        is_open = swap is not None and swap.state == "asked"
        is_other = is_open and swap is not None and swap.other_id == own
        is_asker = is_open and swap is not None and swap.asker_id == own
        self.agree_button.setEnabled(is_other)
        self.decline_button.setEnabled(is_other)
        self.withdraw_button.setEnabled(is_asker)
        if is_open and swap is not None:
            self.hint.setText(self._consents(swap))

    def _consents(self, swap: SwapState) -> str:
        """Who has agreed, who has not yet."""
        asker, other = self._found.name_of(swap.asker_id), self._found.name_of(swap.other_id)
        return f"{asker} wants it ✓ · {other} has not answered yet. Only {other} can answer."

    def _second(self, row: SwapState, column: int) -> str:
        if column == 1:
            return when_words(row.start, row.end, self._zone)
        if column == 2:
            return f"gives {when_words(*row.back, self._zone)}" if row.back else "gives nothing in return"
        state = self._found.schedule(row.schedule_id)
        return (state.name if state is not None else "") if column == 0 else ""

    def _said(self, row: SwapState) -> str:
        parts = [
            SWAP_STATES.get(row.state, row.state),
            f"{self._found.name_of(row.asker_id)} gives away {when_words(row.start, row.end, self._zone)}",
            f"{self._found.name_of(row.other_id)} takes it, {self._second(row, 2)}",
            row.ended_why or row.note,
        ]
        return ", ".join(part for part in parts if part)

    def _agree(self) -> None:
        self._answer(accepts=True)

    def _decline(self) -> None:
        self._answer(accepts=False)

    def _answer(self, *, accepts: bool) -> None:
        swap = self.table.current()
        if swap is not None and self.agree_button.isEnabled():
            self.answered.emit(swap.id, accepts)

    def _withdraw(self) -> None:
        swap = self.table.current()
        if swap is not None:
            self.withdrawn.emit(swap.id)


def _step(row: SwapState) -> tuple[str, int]:
    return ("primary.edge", -1) if row.state == "asked" else ("", -2 if row.state == "accepted" else -1)


def _key(row: SwapState) -> object:
    return row.id
