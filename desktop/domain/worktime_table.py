"""Openings numbered through: the open time before each, so that two bisections answer any question."""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from desktop.domain.worktime_layout import Stretch, clipped


class Table(NamedTuple):
    """The openings within [lo, hi), in order and apart; `before` is the table's open time before each."""

    lo: int
    hi: int
    starts: list[int]
    ends: list[int]
    before: list[int]
    total: int

    @classmethod
    def of(cls, lo: int, hi: int, openings: list[Stretch]) -> "Table":
        """The table of these openings, which must be all there are within [lo, hi)."""
        before, total = [], 0
        for start, end in openings:
            before.append(total)
            total += end - start
        return cls(lo, hi, [start for start, _ in openings], [end for _, end in openings], before, total)

    def within(self, lo: int, hi: int) -> list[Stretch]:
        """The openings from `lo` to `hi`, cut there."""
        i = max(bisect_right(self.starts, lo) - 1, 0)
        j = bisect_left(self.starts, hi)
        return clipped(list(zip(self.starts[i:j], self.ends[i:j], strict=True)), lo, hi)


def open_at(table: Table, at_us: int) -> bool:
    """Whether an opening of the table holds this instant."""
    i = bisect_right(table.starts, at_us) - 1
    return i >= 0 and at_us < table.ends[i]


def open_before(table: Table, at_us: int) -> int:
    """The open time from the beginning of the table to an instant in it."""
    _, _, starts, ends, before, _ = table
    i = bisect_right(starts, at_us) - 1
    if i < 0:
        return 0
    end = ends[i]
    return before[i] + (at_us if at_us < end else end) - starts[i]


def due_in(table: Table, start_us: int, target_us: int) -> int | None:
    """The instant `target_us` of open time from a start within the table; None when it lies outside.

    Forwards the first such instant, backwards the last; for zero the first open one not before the start.
    """
    _, _, starts, ends, before, total = table
    i = bisect_right(starts, start_us) - 1
    if i < 0:
        goal = target_us
    else:
        end = ends[i]
        if start_us < end:
            if not target_us:
                return start_us
            goal = before[i] + start_us - starts[i] + target_us
        else:
            goal = before[i] + end - starts[i] + target_us
    if target_us > 0:
        if goal > total:
            return None
        i = bisect_left(before, goal) - 1
    elif target_us < 0:
        if goal < 0:
            return None
        i = bisect_right(before, goal) - 1
    else:
        return starts[i + 1] if i + 1 < len(starts) else None
    return starts[i] + goal - before[i]
