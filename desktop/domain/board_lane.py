"""One lane of the board: its rows as a person sees them, and the telling of every change before and after."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, count, repeat
from operator import contains
from typing import Any, overload

from desktop.domain.board import BoardRow, order_key, search_text
from desktop.domain.board_filter import Check
from desktop.domain.board_listener import BoardListener
from desktop.domain.board_order import Order, in_order
from desktop.domain.board_runs import Runs


class LaneRows(Sequence[BoardRow]):
    """The rows shown in a lane, in order; a kept reference stays good for the life of the board.

    Rows that pass no filter are kept beside, always in order of time left. While a person points at the lane,
    rows keep their places though their values call for others; `settle` moves them there.
    """

    def __init__(self, name: str, listener: BoardListener) -> None:
        self.name = name
        self._listener = listener
        self._base = Runs()
        self._shown = Runs()
        self._order = Order()
        # Places of rows that are not where their values call for.
        self._held: dict[int, tuple[Any, ...]] = {}
        self._at_end = count()

    def __len__(self) -> int:
        return len(self._shown)

    def __iter__(self) -> Iterator[BoardRow]:
        return iter(self._shown)

    @overload
    def __getitem__(self, index: int) -> BoardRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[BoardRow]: ...
    def __getitem__(self, index: int | slice) -> BoardRow | list[BoardRow]:
        return self._shown[index]

    @property
    def total(self) -> int:
        """How many rows the lane has, shown or not."""
        return len(self._base)

    @property
    def is_unsettled(self) -> bool:
        """Whether some row is not where its values call for."""
        return bool(self._held)

    def fill(self, rows: list[BoardRow]) -> None:
        """Other rows altogether, given in order of time left; `show` must follow."""
        self._base = Runs(rows)

    def matching(self, words: Sequence[str], checks: Iterable[Check]) -> list[BoardRow]:
        """The rows that pass, in order of time left."""
        found = self._base.containing(words)
        for check in checks:
            found = [row for row in found if check(row)]
        return found

    def narrowed(self, words: Iterable[str]) -> list[BoardRow]:
        """The rows in sight that hold every word, in order of time left."""
        found = list(self._shown)
        texts = list(map(search_text, found))
        for word in words:
            holds = list(map(contains, texts, repeat(word)))
            found, texts = list(compress(found, holds)), list(compress(texts, holds))
        return found if self._order.by_time_left and not self._held else in_order(found)

    def show(self, rows: list[BoardRow], order: Order) -> None:
        """Show these rows, given in order of time left."""
        self._order = order
        self._held.clear()
        if not rows and not self._shown:
            return
        arranged = order.arranged(rows)
        self._listener.lane_will_reset(self.name)
        self._shown = Runs(arranged)
        self._listener.lane_reset(self.name)

    def join_texts(self) -> None:
        """Make the first search as quick as the next."""
        self._base.join_texts()

    def position(self, row: BoardRow) -> int | None:
        """Where the row is shown, None where it is not; `row` as it was last put here."""
        at = self._shown.find(self._held.get(row.id) or self._order.key(row), self._place_of)
        return at if at < len(self._shown) and self._shown[at].id == row.id else None

    def keep(self, old: BoardRow | None, new: BoardRow | None) -> None:
        """Take a changed row (both), a new one (no `old`) or a gone one (no `new`) into the stock."""
        if old is not None and new is not None and order_key(old) == order_key(new):
            self._base.put(self._base.find(order_key(old), order_key), new)
            return
        if old is not None:
            self._base.pop(self._base.find(order_key(old), order_key))
        if new is not None:
            self._base.insert(self._base.find(order_key(new), order_key), new)

    def insert(self, row: BoardRow, *, at_end: bool) -> None:
        """Show a row that was not shown: where its values call for, or at the end for now."""
        key = (1, next(self._at_end)) if at_end else self._order.key(row)
        at = self._shown.find(key, self._place_of)
        self._listener.row_will_be_inserted(self.name, at)
        if at_end:
            self._held[row.id] = key
        self._shown.insert(at, row)
        self._listener.row_inserted(self.name)

    def remove(self, position: int) -> None:
        """Show a row no longer."""
        self._listener.row_will_be_removed(self.name, position)
        row = self._shown.pop(position)
        self._held.pop(row.id, None)
        self._listener.row_removed(self.name)

    def replace(self, position: int, row: BoardRow, *, hold: bool) -> None:
        """Show other values of a row: where they call for, or with `hold` in its place for now."""
        old = self._shown[position]
        place = self._place_of(old)
        if place == self._order.key(row):
            self._held.pop(row.id, None)
        elif hold:
            self._held[row.id] = place
        else:
            self._shift(position, row)
            return
        self._shown.put(position, row)
        self._listener.row_changed(self.name, position)

    def settle(self) -> None:
        """Move every held row where its values call for."""
        if len(self._held) > max(16, len(self._shown) // 16):
            self.show(sorted(self._shown, key=order_key), self._order)
            return
        for place in sorted(self._held.values()):
            at = self._shown.find(place, self._place_of)
            self._shift(at, self._shown[at])

    def _shift(self, position: int, row: BoardRow) -> None:
        held = self._held.pop(row.id, None)
        old = self._shown[position]
        target = self._target(position, row, held or self._order.key(old))
        if target != position:
            self._listener.row_will_move(self.name, position, target)
            self._shown.pop(position)
            self._shown.insert(target, row)
            self._listener.row_moved(self.name)
        else:
            self._shown.put(position, row)
        self._listener.row_changed(self.name, target)

    def _target(self, position: int, row: BoardRow, place: tuple[Any, ...]) -> int:
        # The list without the row: looked up with the row in its old place, then counted without it.
        self._held[row.id] = place
        target = self._shown.find(self._order.key(row), self._place_of)
        del self._held[row.id]
        return target - 1 if target > position else target

    def _place_of(self, row: BoardRow) -> tuple[Any, ...]:
        return self._held.get(row.id) or self._order.key(row)
