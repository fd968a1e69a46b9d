"""All rows of the board: lanes, filter, order and counts, kept right change by change."""

from collections.abc import Iterable

from desktop.domain.board import BoardRow
from desktop.domain.board_counts import BoardCounts
from desktop.domain.board_filter import BoardFilter
from desktop.domain.board_lane import LaneRows
from desktop.domain.board_layout import Layout
from desktop.domain.board_listener import BoardListener
from desktop.domain.board_order import Order
from desktop.domain.board_steps import StepChange, Wakes

# From how many changes at once the lanes are filled anew: at least, and one in so many rows.
_MANY = 200
_MANY_OF = 20
# How much of the board the filter must hide for its narrowing to start from what is shown.
_HIDES_MOST = 8


class BoardRows:
    """Every row of the board, and which are shown where.

    `rows_of(lane)` gives the shown rows of a lane, or all of them under TABLE in the table's layout; the
    listener is told of each change just before and just after. Rows in other states than those of the lanes
    are not on the board: taking one in takes it off. `counts` tells how many there are of what.
    """

    def __init__(self, listener: BoardListener | None = None) -> None:
        self._listener = listener or BoardListener()
        self._layout = Layout(self._listener)
        self.counts = BoardCounts(self._layout)
        self._rows: dict[int, BoardRow] = {}
        self._filter = BoardFilter()
        # When rows come into the filter or leave it without changing their step.
        self._turns = Wakes()
        self._now_us = 0

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def lanes(self) -> tuple[str, ...]:
        """The lanes of the layout, in order; only TABLE in that of the table."""
        return tuple(lane.name for lane in self._layout.lanes)

    def rows_of(self, lane: str) -> LaneRows:
        """The rows shown in a lane; the same object for the life of the board."""
        return self._layout.lane(lane)

    def get(self, row_id: int) -> BoardRow | None:
        """The row of an escalation, shown or not."""
        return self._rows.get(row_id)

    def locate(self, row_id: int) -> tuple[str, int] | None:
        """The lane and position where an escalation is shown, None where it is not."""
        row = self._rows.get(row_id)
        if row is None:
            return None
        lane = self._layout.lane_of(row)
        position = lane.position(row)
        return None if position is None else (lane.name, position)

    @property
    def filter(self) -> BoardFilter:
        """What is shown."""
        return self._filter

    @property
    def order(self) -> Order:
        """How it is ordered."""
        return self._layout.order

    @property
    def is_unsettled(self) -> bool:
        """Whether some row is held in a place that its values no longer call for."""
        return any(lane.is_unsettled for lane in self._layout.lanes)

    def load(self, rows: Iterable[BoardRow], now_us: int) -> None:
        """Take other rows altogether, in any order."""
        self._now_us = now_us
        self._rows = {row.id: row for row in rows if self._layout.takes(row)}
        self.counts.load(self._rows, now_us)
        self._layout.fill(self._rows.values())
        self._show()

    def set_layout(self, *, is_table: bool) -> None:
        """Show one table instead of lanes, or lanes again."""
        if is_table != self._layout.is_table:
            self._layout.clear()
            self._layout.is_table = is_table
            self._layout.fill(self._rows.values())
            self._show()

    def set_filter(self, wanted: BoardFilter, now_us: int) -> None:
        """Show what passes another filter."""
        is_less = wanted.narrows(self._filter) and not wanted.is_timed
        news = [word for word in wanted.words if word not in self._filter.words]
        self._now_us = now_us
        self._filter = wanted
        if is_less and not news:
            return  # a space after a word, or the same word again: what is shown stays
        if is_less and self._layout.shown * _HIDES_MOST < len(self._rows):
            self.counts.show(self._layout.narrow(news, now_us))
        else:
            self._show()

    def set_order(self, name: str, descending: bool | None = None) -> None:
        """Show another order, one of SORTS, in its own direction unless stated."""
        self._layout.order = Order(name, descending)
        self._show()

    def prepare_search(self) -> None:
        """Do what the first search would have to do, before the person has typed the first letter."""
        for lane in self._layout.lanes:
            lane.join_texts()

    def apply(
        self, changed: Iterable[BoardRow], removed: Iterable[int], now_us: int, *, reorder: bool = True
    ) -> None:
        """Take in rows that are new or have changed, and ids that are gone.

        Without `reorder` the rows in sight keep their places, and new ones come last, until `settle`, so that
        nothing moves under the pointer. Very many changes at once fill the lanes anew.
        """
        self._now_us = max(now_us, self._now_us)
        news = {row.id: row for row in changed}
        gone = [row_id for row_id in removed if row_id not in news]
        if _are_many(len(news) + len(gone), len(self._rows)):
            kept = {row_id: row for row_id, row in self._rows.items() if row_id not in set(gone)}
            self.load((kept | news).values(), self._now_us)
            return
        for row_id, row in news.items():
            self._take(row_id, row if self._layout.takes(row) else None, hold=not reorder)
        for row_id in gone:
            self._take(row_id, None, hold=not reorder)
        if reorder:
            self.settle()

    def settle(self) -> None:
        """Move every row where its values call for: the person looks elsewhere, or asked for it."""
        for lane in self._layout.lanes:
            lane.settle()

    def tick(self, now_us: int) -> bool:
        """Let time pass: whether a count, or what is shown, has changed. Time may also have been put back."""
        if now_us < self._now_us:
            self.load(list(self._rows.values()), now_us)
            return True
        self._now_us = now_us
        changes = self.counts.tick(now_us)
        turned = set(self._turns.due(now_us))
        if self._filter.steps:
            turned.update(change.row.id for change in changes)
        if _are_many(len(changes) + len(turned), len(self._rows)):
            self._show()
        else:
            self.counts.count_shown(changes)
            for row_id in turned:
                self._take(row_id, self._rows[row_id], hold=False)
        for change in changes:
            _tell(self._listener, change)
        return bool(changes or turned)

    def _show(self) -> None:
        words, checks = self._filter.words, self._filter.checks(self._now_us)
        self.counts.show(self._layout.show(words, checks, self._now_us))
        turning = self._rows.values() if self._filter.turns_between_steps else ()
        self._turns.load([(self._filter.turn_us(row, self._now_us), row.id) for row in turning])

    def _take(self, row_id: int, new: BoardRow | None, *, hold: bool) -> None:
        old = self._rows.get(row_id)
        if old is None and new is None:
            return
        is_wanted = new is not None and self._filter.matches(new, self._now_us)
        was_shown = self._layout.move(old, new, is_wanted=is_wanted, hold=hold)
        if new is None:
            del self._rows[row_id]
            self._turns.put(row_id, 0)
        else:
            self._rows[row_id] = new
            self._turns.put(row_id, self._filter.turn_us(new, self._now_us))
        change = self.counts.put(old, new, self._now_us, was_shown=was_shown, is_shown=is_wanted)
        if old is None and new is not None:
            self._listener.row_came(new)
        elif change is not None:
            _tell(self._listener, change)


def _are_many(changes: int, rows: int) -> bool:
    return changes > max(_MANY, rows // _MANY_OF)


def _tell(listener: BoardListener, change: StepChange) -> None:
    if change.after > change.before:
        listener.row_worsened(change.row, change.after)
