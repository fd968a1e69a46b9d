"""Where rows are shown: in lanes by state, or all in one table."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from desktop.domain.board import BREACHED, LANES, BoardRow, order_key
from desktop.domain.board_filter import Check
from desktop.domain.board_lane import LaneRows
from desktop.domain.board_listener import BoardListener
from desktop.domain.board_order import Order, in_order

#: The one lane of the table.
TABLE = ""


class Layout:
    """The lanes in use, with the rows they hold."""

    def __init__(self, listener: BoardListener) -> None:
        self._by_state = {lane.state: LaneRows(lane.state, listener) for lane in LANES}
        self._table = LaneRows(TABLE, listener)
        self.is_table = False
        self.order = Order()

    @property
    def lanes(self) -> tuple[LaneRows, ...]:
        """The lanes in use, in order."""
        return (self._table,) if self.is_table else tuple(self._by_state.values())

    @property
    def shown(self) -> int:
        """How many rows are in sight."""
        return sum(map(len, self.lanes))

    def takes(self, row: BoardRow) -> bool:
        """Whether a row of this state belongs on the board."""
        return row.state in self._by_state

    def lane(self, name: str) -> LaneRows:
        """A lane by its state, or the table."""
        return self._table if name == TABLE else self._by_state[name]

    def lane_of(self, row: BoardRow) -> LaneRows:
        """The lane that a row is in."""
        return self._table if self.is_table else self._by_state[row.state]

    def clear(self) -> None:
        """Show nothing any more."""
        for lane in self.lanes:
            lane.fill([])
            lane.show([], self.order)

    def fill(self, rows: Iterable[BoardRow]) -> None:
        """Take other rows altogether; `show` must follow."""
        ordered = in_order(rows)
        if self.is_table:
            self._table.fill(ordered)
            return
        found: dict[str, list[BoardRow]] = {state: [] for state in self._by_state}
        for row in ordered:
            found[row.state].append(row)
        for state, in_state in found.items():
            self._by_state[state].fill(in_state)

    def show(self, words: Sequence[str], checks: Sequence[Check], now_us: int) -> int:
        """Show what passes; gives how many of it are breached."""
        breached = 0
        for lane in self.lanes:
            found = lane.matching(words, checks)
            breached += _breached_among(found, now_us)
            lane.show(found, self.order)
        return breached

    def narrow(self, words: Sequence[str], now_us: int) -> int:
        """Show only what holds the words of that which is shown; gives how many of it are breached."""
        breached = 0
        for lane in self.lanes:
            found = lane.narrowed(words)
            breached += _breached_among(found, now_us)
            lane.show(found, self.order)
        return breached

    def move(self, old: BoardRow | None, new: BoardRow | None, *, is_wanted: bool, hold: bool) -> bool:
        """Put a changed row (both), a new one (no `old`) or a gone one (no `new`) where it belongs now.

        Shown only when wanted; with `hold`, in its place or at the end for now. Gives whether it was in
        sight.
        """
        before = None if old is None else self.lane_of(old)
        after = None if new is None else self.lane_of(new)
        position = None if old is None or before is None else before.position(old)
        if before is not None and new is not None and before is after:
            before.keep(old, new)
            if position is not None and is_wanted:
                before.replace(position, new, hold=hold)
                return True
        else:
            if before is not None:
                before.keep(old, None)
            if after is not None:
                after.keep(None, new)
        if before is not None and position is not None:
            before.remove(position)
        if after is not None and new is not None and is_wanted:
            after.insert(new, at_end=hold)
        return position is not None


def _breached_among(found: list[BoardRow], now_us: int) -> int:
    """How many are breached of rows in order of time left: running ones come first, then paused ones."""
    running = bisect_left(found, (0, now_us + 1), key=_rank)
    paused_from = bisect_left(found, (1, 0), lo=running, key=_rank)
    paused_to = bisect_left(found, (2, 0), lo=paused_from, key=_rank)
    return running + sum(row.clock_step == BREACHED for row in found[paused_from:paused_to])


def _rank(row: BoardRow) -> tuple[int, int]:
    return order_key(row)[:2]
