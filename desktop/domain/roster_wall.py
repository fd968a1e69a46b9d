"""Wall time of one zone and real time, both ways, exact over every change of the clocks.

Wall times are microseconds since 1970-01-01T00:00 on the wall, instants microseconds since the epoch.
"""

from bisect import bisect_left, bisect_right
from datetime import timedelta
from zoneinfo import ZoneInfo

from desktop.domain.instant import US_PER_DAY, from_us, span_us

#: Days in a block of the table; clock changes are looked for day by day and found to the microsecond.
_BLOCK_DAYS = 64
_BLOCK_US = _BLOCK_DAYS * US_PER_DAY
#: No zone is further than this from UTC.
_MARGIN_US = 2 * US_PER_DAY


class WallTable:
    """A zone's clock over some stretch of time, between whose changes it is only an offset from UTC.

    Outside its stretch it goes on as at its edges, which is right to a day or so.
    """

    __slots__ = ("_ends", "_offsets", "_starts", "_wall_ends", "_wall_starts")

    def __init__(self, stages: list[tuple[int, int]]) -> None:
        """Takes the instant each offset holds from, in order, and the offset."""
        self._starts = [start for start, _ in stages]
        self._offsets = [offset for _, offset in stages]
        self._ends = self._starts[1:]
        #: What the clock shows where an offset begins, and what it would show next where one ends.
        self._wall_starts = [start + offset for start, offset in stages]
        self._wall_ends = [end + offset for end, offset in zip(self._ends, self._offsets, strict=False)]

    def last(self, wall: int) -> int:
        """The last instant at which the clock shows this wall time, or the first after it, if skipped."""
        i = max(bisect_right(self._wall_starts, wall) - 1, 0)
        at = wall - self._offsets[i]
        return min(at, self._ends[i]) if i < len(self._ends) else at

    def firsts(self, walls: list[int]) -> list[int]:
        """The first instants at which the clock shows these wall times, which are in order.

        For one that is skipped it is the first instant after.
        """
        found: list[int] = []
        begin = 0
        for i, offset in enumerate(self._offsets):
            stop = bisect_left(walls, self._wall_ends[i], begin) if i < len(self._ends) else len(walls)
            part = [wall - offset for wall in walls[begin:stop]]
            if i and part and part[0] < self._starts[i]:
                start = self._starts[i]
                part = [max(at, start) for at in part]
            found += part
            begin = stop
        return found

    def latest(self, at: int) -> int:
        """The latest wall time whose first instant has come: in a repeated hour the last one before it."""
        i = max(bisect_right(self._starts, at) - 1, 0)
        wall = at + self._offsets[i]
        return max(wall, self._wall_ends[i - 1] - 1) if i else wall

    def shown(self, at: int) -> int:
        """What the clock shows at an instant."""
        return at + self._offsets[max(bisect_right(self._starts, at) - 1, 0)]


class WallClock:
    """The clock on the wall of one zone, laid out where it is asked for."""

    __slots__ = ("_blocks", "_tables", "_zone")

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._blocks: dict[int, list[tuple[int, int]]] = {}
        self._tables: dict[tuple[int, int], WallTable] = {}

    def over(self, lo: int, hi: int) -> WallTable:
        """Its table for the wall times shown from `lo` to `hi`, and for a day more on both sides."""
        key = (lo - _MARGIN_US) // _BLOCK_US, (hi + _MARGIN_US) // _BLOCK_US
        table = self._tables.get(key)
        if table is None:
            stages: list[tuple[int, int]] = []
            for number in range(key[0], key[1] + 1):
                for stage in self._block(number):
                    if not stages or stages[-1][1] != stage[1]:
                        stages.append(stage)
            table = self._tables[key] = WallTable(stages)
        return table

    def _block(self, number: int) -> list[tuple[int, int]]:
        block = self._blocks.get(number)
        if block is None:
            block = self._blocks[number] = self._laid_out(number)
        return block

    def _laid_out(self, number: int) -> list[tuple[int, int]]:
        at = number * _BLOCK_US
        stages = [(at, self._offset_at(at))]
        for day in range(1, _BLOCK_DAYS + 1):
            probe = at + day * US_PER_DAY
            offset = self._offset_at(probe)
            if offset != stages[-1][1]:
                change = self._change_between(probe - US_PER_DAY, probe, offset)
                if change < at + _BLOCK_US:
                    stages.append((change, offset))
        return stages

    def _offset_at(self, at: int) -> int:
        return span_us(from_us(at).astimezone(self._zone).utcoffset() or timedelta())

    def _change_between(self, before: int, after: int, offset: int) -> int:
        """The first instant with the offset that holds at `after`, by bisection."""
        while after - before > 1:
            middle = (before + after) // 2
            if self._offset_at(middle) == offset:
                after = middle
            else:
                before = middle
        return after
