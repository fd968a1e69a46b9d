"""The list of rules: Space switches, Ctrl+Up, Ctrl+Down and dragging move, Delete removes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from desktop.domain.clock import Clock
from desktop.domain.rule_action import Names
from desktop.services.rule_rows import RuleState
from desktop.ui.kit.table_model import Column
from desktop.ui.rules.order_table import OrderModel, OrderTable
from desktop.ui.rules.words import sentence, state_more, state_words
from desktop.ui.theme import Theme

_STATE, _FIRED = 2, 3


class RuleTable(OrderTable[RuleState]):
    """Rules in the order they are asked.

    Signals:
        switched: the current rule is to be switched on or off.
        removed: the current rule is to go.
    """

    switched = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, clock: Clock) -> None:
        self._clock = clock
        self._names: Names = {}
        self._places: dict[int, int] = {}
        columns: tuple[Column[RuleState], ...] = (
            Column("No.", self._place, width=52, align_right=True),
            Column("Rule", lambda row: row.rule.name, tip=self._sentence),
            Column("State", state_words, width=130, tip=_tip),
            Column("Fired, 7 days", lambda row: f"{row.fired_week:,}", width=110, align_right=True),
            Column("Overruled", lambda row: f"{row.overruled:,}", width=100, align_right=True),
        )
        self.model_of_rules = OrderModel(
            columns, step=_step, sentence=self._said, second=self._second, strong=(1,)
        )
        super().__init__(
            self.model_of_rules, theme, "Rules in the order they are asked", key=_key, spare=(4, _FIRED)
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.let_drag()

    def show_rules(self, rules: Sequence[RuleState], names: Names) -> None:
        """Show these."""
        self._names = names
        self._places = {state.rule.id: place for place, state in enumerate(rules, 1)}
        self.show_rows(rules)

    def place(self, state: RuleState) -> int:
        """Where a rule stands, 1 for the first."""
        return self._places[state.rule.id]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Space and not with_control:
            self.switched.emit()
        elif with_control and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def _place(self, row: RuleState) -> str:
        return str(self._places.get(row.rule.id, row.rule.order))

    def _second(self, row: RuleState, column: int) -> str:
        if column == 1:
            return self._sentence(row)
        return state_more(row, self._clock.now()) if column == _STATE else ""

    def _sentence(self, row: RuleState) -> str:
        return sentence(row.rule, self._names)

    def _said(self, row: RuleState) -> str:
        return f"{self._place(row)}, {row.rule.name}, {state_words(row)}. {self._sentence(row)}"


def _tip(row: RuleState) -> str:
    return row.tripped_why or row.fault or state_words(row)


def _step(row: RuleState) -> tuple[str, int]:
    """A strip at what a person should look at; the state says it in words."""
    return ("breaching_soon.accent" if row.is_tripped or row.fault else ""), -1


def _key(row: RuleState) -> object:
    return row.rule.id
