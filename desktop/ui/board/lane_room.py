"""Which lanes are open and which are narrow strips, where there is not room for all."""

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.board_rows import BoardRows
from desktop.ui.board import room
from desktop.ui.board.lane import Lane
from desktop.ui.board.look import BoardLook
from desktop.ui.board.selection import Selection


class LaneRoom:
    """Shares the width among the lanes: that of the current card first, then those last asked for."""

    def __init__(
        self,
        row: QHBoxLayout,
        lanes: Mapping[str, Lane],
        rows: BoardRows,
        selection: Selection,
        look: BoardLook,
    ) -> None:
        self._row = row
        self._lanes = lanes
        self._rows = rows
        self._selection = selection
        self._look = look
        self._width = 0
        self._wanted_open: list[str] = []

    def expand(self, state: str) -> None:
        """Make room for a lane's cards, at the cost of another if need be."""
        if state in self._wanted_open:
            self._wanted_open.remove(state)
        self._wanted_open.append(state)
        self.share(self._width)

    def share(self, width: int = 0) -> None:
        """Collapse as many lanes as there is no room for: empty ones first, those last asked for last."""
        self._width = width or self._width
        collapsed = room.collapsed(self._width, self._look.scale, self._giving_way())
        for state, lane in self._lanes.items():
            lane.set_collapsed(state in collapsed)
            self._row.setStretchFactor(lane, 0 if state in collapsed else 1)

    def _giving_way(self) -> list[str]:
        current = self._rows.locate(self._selection.current) if self._selection.current else None
        order = [state for state in room.GIVE_WAY if state not in self._wanted_open]
        order.sort(key=self._has_cards)
        order += self._wanted_open
        if current is not None and current[0] in order:
            order.remove(current[0])
            order.append(current[0])
        return order

    def _has_cards(self, state: str) -> bool:
        return bool(len(self._rows.rows_of(state)))
