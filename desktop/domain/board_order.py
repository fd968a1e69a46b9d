"""How the rows of a lane are ordered."""

from collections.abc import Iterable
from itertools import groupby, islice
from operator import eq, itemgetter
from typing import Any

from desktop.domain.board import SORTS, TIME_LEFT, BoardRow, order_key

_due_of = itemgetter(BoardRow._fields.index("due_us"))


def in_order(rows: Iterable[BoardRow]) -> list[BoardRow]:
    """Very many rows sorted by `order_key`, without a key for each: few fall due at one instant."""
    running: list[BoardRow] = []
    paused: list[BoardRow] = []
    without: list[BoardRow] = []
    for row in rows:
        (without if not row.clock else paused if row.clock_paused else running).append(row)
    return _by_due(running) + _by_due(paused) + sorted(without, key=order_key)


def _by_due(rows: list[BoardRow]) -> list[BoardRow]:
    rows.sort(key=_due_of)
    if not any(map(eq, map(_due_of, rows), map(_due_of, islice(rows, 1, None)))):
        return rows
    ordered: list[BoardRow] = []
    for _, group in groupby(rows, _due_of):
        ordered += sorted(group, key=order_key)
    return ordered


class Order:
    """How the rows of a lane are ordered: by one field and, within it, by time left."""

    def __init__(self, name: str = TIME_LEFT, descending: bool | None = None) -> None:
        self.sort = SORTS[name]
        self.descending = self.sort.descending if descending is None else descending
        self.by_time_left = name == TIME_LEFT and not self.descending

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Order) and (self.sort, self.descending) == (other.sort, other.descending)

    def __hash__(self) -> int:
        return hash((self.sort, self.descending))

    def key(self, row: BoardRow) -> tuple[Any, ...]:
        """The row's place; the leading 0 leaves room for rows put at the end until the next ordering."""
        if self.by_time_left:
            return (0, *order_key(row))
        value = _folded(row[self.sort.field])
        return (0, _Falling(value) if self.descending else value, *order_key(row))

    def arranged(self, rows: list[BoardRow]) -> list[BoardRow]:
        """Rows that come in order of time left, in this order; sorts by the one field, which is stable."""
        if self.by_time_left:
            return rows
        value_of = itemgetter(self.sort.field)
        if not rows or not isinstance(value_of(rows[0]), str):
            return sorted(rows, key=value_of, reverse=self.descending)
        # Keys made beforehand, all of it without a call back into Python for each row.
        folded = list(map(str.casefold, map(value_of, rows)))
        order = sorted(range(len(rows)), key=folded.__getitem__, reverse=self.descending)
        return list(map(rows.__getitem__, order))


class _Falling:
    """A value that compares the other way round."""

    __slots__ = ("_value",)

    def __init__(self, value: str | int) -> None:
        self._value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Falling) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __lt__(self, other: "_Falling") -> bool:
        # All values of one field are of one type.
        return other._value < self._value  # type: ignore[operator]


def _folded(value: str | int) -> str | int:
    return value.casefold() if isinstance(value, str) else value
