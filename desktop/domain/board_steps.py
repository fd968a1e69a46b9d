"""How many rows are in each ageing step, kept as time passes without looking at all of them."""

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush
from operator import itemgetter
from typing import NamedTuple

from desktop.domain.board import BREACHED, NO_STEP, BoardRow, step_and_next_us

_CLOCK = ("id", "clock", "clock_paused", "clock_step", "warming_us", "at_risk_us", "soon_us", "due_us")
_clock_of = itemgetter(*map(BoardRow._fields.index, _CLOCK))


class Wakes:
    """At which instant which row wants to be looked at again."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int]] = []
        # The instant that counts for a row; other entries of the heap are out of date.
        self._due: dict[int, int] = {}

    def load(self, instants: Iterable[tuple[int, int]]) -> None:
        """Start anew with (instant, row id); an instant of 0 is never."""
        self._heap = [entry for entry in instants if entry[0]]
        self._due = {row_id: at_us for at_us, row_id in self._heap}
        heapify(self._heap)

    def put(self, row_id: int, at_us: int) -> None:
        """Look at the row at another instant; 0 is never."""
        if not at_us:
            self._due.pop(row_id, None)
        elif self._due.get(row_id) != at_us:
            self._due[row_id] = at_us
            heappush(self._heap, (at_us, row_id))
            if len(self._heap) > 2 * len(self._due) + 64:
                self.load([(due_us, known) for known, due_us in self._due.items()])

    def due(self, now_us: int) -> list[int]:
        """The rows whose instant has come, each once."""
        found = []
        while self._heap and self._heap[0][0] <= now_us:
            at_us, row_id = heappop(self._heap)
            if self._due.get(row_id) == at_us:
                del self._due[row_id]
                found.append(row_id)
        return found


class StepChange(NamedTuple):
    """A row that went from one step to another."""

    row: BoardRow
    before: int
    after: int


class StepCounts:
    """The step of every row and how many are in each, FRESH to BREACHED."""

    def __init__(self) -> None:
        self.counts = [0] * (BREACHED + 1)
        self._steps: dict[int, int] = {}
        self._wakes = Wakes()

    def load(self, rows: Iterable[BoardRow], now_us: int) -> None:
        """Start anew."""
        self._steps, instants = {}, []
        # As step_and_next_us says it; to ask that for each of very many rows would take twice as long.
        for row_id, clock, is_paused, frozen, warming_us, at_risk_us, soon_us, due_us in map(_clock_of, rows):
            if not clock or (is_paused and frozen == NO_STEP):
                continue
            if is_paused:
                step, at_us = frozen, 0
            elif now_us < warming_us:
                step, at_us = 0, warming_us
            elif now_us < at_risk_us:
                step, at_us = 1, at_risk_us
            elif now_us < soon_us:
                step, at_us = 2, soon_us
            elif now_us < due_us:
                step, at_us = 3, due_us
            else:
                step, at_us = BREACHED, 0
            self._steps[row_id] = step
            instants.append((at_us, row_id))
        steps = list(self._steps.values())
        self.counts = [steps.count(step) for step in range(BREACHED + 1)]
        self._wakes.load(instants)

    def step(self, row_id: int) -> int:
        """The step of a row as last counted, or NO_STEP."""
        return self._steps.get(row_id, NO_STEP)

    def put(self, row: BoardRow, now_us: int) -> StepChange:
        """Count a row that is new or has changed."""
        before = self.step(row.id)
        after, at_us = step_and_next_us(row, now_us)
        if before != NO_STEP:
            self.counts[before] -= 1
        if after == NO_STEP:
            self._steps.pop(row.id, None)
        else:
            self._steps[row.id] = after
            self.counts[after] += 1
        self._wakes.put(row.id, at_us)
        return StepChange(row, before, after)

    def drop(self, row_id: int) -> None:
        """Count a row no longer."""
        before = self._steps.pop(row_id, NO_STEP)
        if before != NO_STEP:
            self.counts[before] -= 1
        self._wakes.put(row_id, 0)

    def tick(self, rows: Mapping[int, BoardRow], now_us: int) -> list[StepChange]:
        """The rows that changed step by now; costs nothing for the others."""
        changes = [self.put(rows[row_id], now_us) for row_id in self._wakes.due(now_us)]
        return [change for change in changes if change.before != change.after]
