"""What the board remembers over a restart."""

import json
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import QByteArray, QObject

from desktop.domain.board import SORTS, TIME_LEFT
from desktop.ui.board.cards import BoardCards
from desktop.ui.board.ports import KeepsState
from desktop.ui.tasks import TaskRunner

_KEY = "board"


@dataclass(frozen=True, slots=True)
class BoardState:
    """Filter, order, layout, the current card, and the widths of the table's columns."""

    filter: dict[str, Any] = field(default_factory=dict)
    order: str = TIME_LEFT
    descending: bool = False
    is_table: bool = False
    current: int = 0
    columns: str = ""

    def to_text(self) -> str:
        """As one short text."""
        body = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(body, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_text(cls, text: str | None) -> "BoardState":
        """The state again; what is damaged or unknown gets its default."""
        try:
            body = json.loads(text or "{}")
        except ValueError:
            return cls()
        if not isinstance(body, dict):
            return cls()
        wanted, order, current = body.get("filter"), body.get("order"), body.get("current")
        return cls(
            wanted if isinstance(wanted, dict) else {},
            order if order in SORTS else TIME_LEFT,
            body.get("descending") is True,
            body.get("is_table") is True,
            current if isinstance(current, int) else 0,
            str(body.get("columns") or ""),
        )


class BoardMemory:
    """Keeps the board's state over a restart."""

    def __init__(self, state: KeepsState, runner: TaskRunner, owner: QObject) -> None:
        self._state = state
        self._runner = runner
        self._owner = owner

    def keep(self, cards: BoardCards) -> None:
        """Write down what the cards show."""
        order = cards.rows.order
        state = BoardState(
            cards.rows.filter.to_mapping(),
            order.sort.name,
            order.descending,
            cards.is_table,
            cards.selection.current,
            cards.table.horizontalHeader().saveState().toBase64().toStdString(),
        )
        self._runner.run(partial(self._state.set_ui_state, _KEY, state.to_text()), owner=self._owner)

    def recall(self, cards: BoardCards) -> BoardState:
        """What was written down; the widths of the columns are put back at once."""
        state = BoardState.from_text(self._state.ui_state(_KEY))
        if state.columns:
            cards.table.horizontalHeader().restoreState(QByteArray.fromBase64(state.columns.encode()))
        return state
