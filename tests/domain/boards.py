"""Rows of a board for tests, and somebody who follows a board by what it tells."""

import itertools
from typing import Any

from desktop.domain.board import BoardRow
from desktop.domain.board_listener import BoardListener
from desktop.domain.board_rows import BoardRows

NOW_US = 1_790_000_000_000_000
MINUTE_US = 60_000_000

_ids = itertools.count(1)


def a_board_row(*, left_min: float | None = 120, **fields: Any) -> BoardRow:
    """An open row whose clock of four hours ends in so many minutes; None for no clock at all."""
    row_id = fields.pop("id", None) or next(_ids)
    due_us = 0 if left_min is None else NOW_US + round(left_min * MINUTE_US)
    base: dict[str, Any] = dict.fromkeys(BoardRow._fields, 0)
    base |= dict.fromkeys(("priority", "tier", "area", "issue_type", "team", "owner", "initials"), "")
    base |= dict.fromkeys(("waiting_on", "next_told", "reference"), "")
    base |= dict.fromkeys(("provisional", "unacknowledged", "needs_review", "sample", "clock_paused"), False)
    base |= {
        "id": row_id,
        "number": f"ESC-2026-{row_id:04}",
        "state": "new",
        "severity": 2,
        "title": f"Problem {row_id}",
        "customer": "Fennel & Rye",
        "opened_us": NOW_US - 60 * MINUTE_US,
        "clock": "" if left_min is None else "resolve",
        "clock_step": -1,
    }
    if left_min is not None:
        base |= {
            "warming_us": due_us - 120 * MINUTE_US,
            "at_risk_us": due_us - 60 * MINUTE_US,
            "soon_us": due_us - 15 * MINUTE_US,
            "due_us": due_us,
        }
    base |= fields
    return BoardRow(**base)


class Follower(BoardListener):
    """Keeps what it is told of each lane, and is strict about before and after as Qt's model tester is."""

    def __init__(self) -> None:
        self.board = BoardRows(self)
        self.lanes: dict[str, list[int]] = {}
        self.told: list[str] = []
        self._pending: tuple[str, int, int] | None = None

    def ids(self, lane: str) -> list[int]:
        return [row.id for row in self.board.rows_of(lane)]

    def followed(self, lane: str) -> list[int]:
        return self.lanes.setdefault(lane, [])

    def row_will_be_inserted(self, lane: str, position: int) -> None:
        self._begin("insert", lane, position)

    def row_inserted(self, lane: str) -> None:
        position, _ = self._end(lane)
        self.followed(lane).insert(position, self.board.rows_of(lane)[position].id)
        self._agree(lane)

    def row_will_be_removed(self, lane: str, position: int) -> None:
        self._begin("remove", lane, position)

    def row_removed(self, lane: str) -> None:
        position, _ = self._end(lane)
        self.followed(lane).pop(position)
        self._agree(lane)

    def row_will_move(self, lane: str, source: int, target: int) -> None:
        assert source != target
        self._begin("move", lane, source, target)

    def row_moved(self, lane: str) -> None:
        source, target = self._end(lane)
        self.followed(lane).insert(target, self.followed(lane).pop(source))
        self._agree(lane)

    def row_changed(self, lane: str, position: int) -> None:
        assert self._pending is None
        assert 0 <= position < len(self.board.rows_of(lane))
        self.told.append(f"change {lane} {position}")

    def lane_will_reset(self, lane: str) -> None:
        self._begin("reset", lane)

    def lane_reset(self, lane: str) -> None:
        self._end(lane)
        self.lanes[lane] = self.ids(lane)

    def _begin(self, what: str, lane: str, source: int = 0, target: int = 0) -> None:
        assert self._pending is None
        self._agree(lane)
        self._pending = (lane, source, target)
        self.told.append(f"{what} {lane} {source}".rstrip())

    def _end(self, lane: str) -> tuple[int, int]:
        assert self._pending is not None
        assert self._pending[0] == lane
        _, source, target = self._pending
        self._pending = None
        return source, target

    def _agree(self, lane: str) -> None:
        assert len(self.board.rows_of(lane)) == len(self.followed(lane))
