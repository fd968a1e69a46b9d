"""Rows in an order, kept as short runs: a change costs the same in a long list as in a short one."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress, repeat
from operator import and_, contains
from typing import Any, overload

from desktop.domain.board import BoardRow, search_text

#: Rows of a run when the list is built; a run is split when it has grown to twice as many.
RUN_LENGTH = 2048

# Between the search texts of a run: search_text leaves it in none, and no search word holds it.
_BORDER = "\0"
# How much of a run is looked at to tell a common word from a rare one, and how often it occurs there.
_SAMPLE_SIGNS = 4096
_COMMON = 6

#: What rows are ordered by: a tuple, comparable with those of all other rows.
KeyOf = Callable[[BoardRow], tuple[Any, ...]]


class _Texts:
    """The search texts of some rows as one string: one search in it is far cheaper than one in each row."""

    __slots__ = ("_ends", "_joined", "_lines")

    def __init__(self, rows: list[BoardRow]) -> None:
        texts = list(map(search_text, rows))
        self._joined = _BORDER.join(texts)
        lengths = [len(text) + 1 for text in texts]
        self._ends = array("q", (end - 1 for end in accumulate(lengths)))
        # Copies that lie beside one another in memory, made for the first common word.
        self._lines: list[str] = []

    def holding(self, words: Sequence[str], rows: list[BoardRow]) -> list[BoardRow]:
        """The rows whose text holds every word, in order; at least one word is given."""
        first, *others = words
        hit = self._joined.find(first)
        if hit < 0:
            return []
        if self._joined.count(first, 0, _SAMPLE_SIGNS) >= _COMMON:
            flags: Iterable[bool] = map(contains, self._separate(), repeat(first))
            for word in others:
                flags = map(and_, flags, map(contains, self._separate(), repeat(word)))
            return list(compress(rows, flags))
        found = self._at_hits(first, hit)
        if others:
            lines = self._separate()
            found = [index for index in found if all(word in lines[index] for word in others)]
        return [rows[index] for index in found]

    def _at_hits(self, word: str, hit: int) -> list[int]:
        found = []
        while hit >= 0:
            index = bisect_right(self._ends, hit)
            found.append(index)
            hit = self._joined.find(word, self._ends[index] + 1)
        return found

    def _separate(self) -> list[str]:
        self._lines = self._lines or self._joined.split(_BORDER)
        return self._lines


class _Run:
    """Some rows, with their search texts joined when first searched."""

    __slots__ = ("_texts", "rows")

    def __init__(self, rows: list[BoardRow]) -> None:
        self.rows = rows
        self._texts: _Texts | None = None

    def touch(self) -> None:
        """Forget the joined texts: the rows have changed."""
        self._texts = None

    def texts(self) -> _Texts:
        """The joined texts, made when first asked for."""
        if self._texts is None:
            self._texts = _Texts(self.rows)
        return self._texts

    def holding(self, words: Sequence[str]) -> list[BoardRow]:
        """The rows whose search text holds every word, in order."""
        return self.texts().holding(words, self.rows)


class Runs(Sequence[BoardRow]):
    """Rows in the order of a key that the caller keeps to."""

    def __init__(self, rows: Iterable[BoardRow] = ()) -> None:
        self._fill(rows if isinstance(rows, list) else list(rows))

    def _fill(self, ordered: list[BoardRow]) -> None:
        self._runs = [_Run(ordered[at : at + RUN_LENGTH]) for at in range(0, len(ordered), RUN_LENGTH)]
        self._starts: list[int] = list(range(0, len(ordered), RUN_LENGTH))
        self._count = len(ordered)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[BoardRow]:
        return chain.from_iterable(run.rows for run in self._runs)

    @overload
    def __getitem__(self, index: int) -> BoardRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[BoardRow]: ...
    def __getitem__(self, index: int | slice) -> BoardRow | list[BoardRow]:
        if isinstance(index, slice):
            return list(self)[index]
        position = index if index >= 0 else index + self._count
        if not 0 <= position < self._count:
            raise IndexError(index)
        at = bisect_right(self._starts, position) - 1
        return self._runs[at].rows[position - self._starts[at]]

    def find(self, key: tuple[Any, ...], key_of: KeyOf) -> int:
        """The position of the first row whose key is not below `key`."""
        if not self._runs:
            return 0
        at = bisect_left(self._runs, key, key=lambda run: key_of(run.rows[0]))
        at = max(0, at - 1)
        return self._starts[at] + bisect_left(self._runs[at].rows, key, key=key_of)

    def insert(self, position: int, row: BoardRow) -> None:
        """Put a row before the one at `position`."""
        if not self._runs:
            self._fill([row])
            return
        at = max(0, bisect_left(self._starts, position) - 1)
        run = self._runs[at]
        run.rows.insert(position - self._starts[at], row)
        run.touch()
        self._count += 1
        if len(run.rows) > 2 * RUN_LENGTH:
            self._split(at)
        else:
            self._shift(at + 1, 1)

    def pop(self, position: int) -> BoardRow:
        """Take the row at `position` out."""
        at = bisect_right(self._starts, position) - 1
        run = self._runs[at]
        row = run.rows.pop(position - self._starts[at])
        run.touch()
        self._count -= 1
        self._shift(at + 1, -1)
        if not run.rows:
            del self._runs[at], self._starts[at]
        return row

    def put(self, position: int, row: BoardRow) -> None:
        """Put a row in the place of the one at `position`."""
        at = bisect_right(self._starts, position) - 1
        run = self._runs[at]
        if search_text(run.rows[position - self._starts[at]]) != search_text(row):
            run.touch()
        run.rows[position - self._starts[at]] = row

    def containing(self, words: Sequence[str]) -> list[BoardRow]:
        """The rows whose search text holds every word, in order; all for no word."""
        if not words:
            return list(self)
        return list(chain.from_iterable(run.holding(words) for run in self._runs))

    def join_texts(self) -> None:
        """Do now what the first search would do, so that the first key typed is as quick as the next."""
        for run in self._runs:
            run.texts()

    def _split(self, at: int) -> None:
        rows = self._runs[at].rows
        self._runs[at : at + 1] = [_Run(rows[:RUN_LENGTH]), _Run(rows[RUN_LENGTH:])]
        lengths = [len(run.rows) for run in self._runs]
        self._starts = [0, *accumulate(lengths[:-1])]

    def _shift(self, at: int, by: int) -> None:
        if at < len(self._starts):
            self._starts[at:] = [start + by for start in self._starts[at:]]
