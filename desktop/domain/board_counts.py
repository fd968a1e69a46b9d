"""How many rows the board has: in each step, with each value of a field, and kept from sight."""

from collections import Counter
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from desktop.domain.board import BREACHED, NO_STEP, BoardRow
from desktop.domain.board_layout import Layout
from desktop.domain.board_steps import StepChange, StepCounts


class BoardCounts:
    """The figures of a board, kept right change by change; all count rows whether shown or not."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._rows: Mapping[int, BoardRow] = {}
        self._steps = StepCounts()
        self._by_field: dict[str, Counter[Any]] = {}
        self._breached_shown = 0

    @property
    def steps(self) -> tuple[int, ...]:
        """How many rows are in each step, fresh to breached."""
        return tuple(self._steps.counts)

    @property
    def hidden(self) -> int:
        """How many rows the filter keeps from sight."""
        return len(self._rows) - self._layout.shown

    @property
    def hidden_breached(self) -> int:
        """How many breached rows the filter keeps from sight."""
        return self._steps.counts[BREACHED] - self._breached_shown

    def of(self, field: str) -> Mapping[Any, int]:
        """How many rows have each value of a field: `of("owner_id")[0]` are unowned."""
        if field not in self._by_field:
            value_of = itemgetter(BoardRow._fields.index(field))
            self._by_field[field] = Counter(map(value_of, self._rows.values()))
        return self._by_field[field]

    # ---- for the board, which tells of every change

    def load(self, rows: Mapping[int, BoardRow], now_us: int) -> None:
        """Count other rows altogether; the mapping is looked at again whenever something is asked."""
        self._rows = rows
        self._by_field.clear()
        self._steps.load(rows.values(), now_us)

    def show(self, breached: int) -> None:
        """Other rows are in sight, so many of them breached."""
        self._breached_shown = breached

    def tick(self, now_us: int) -> list[StepChange]:
        """The rows that changed step by now."""
        return self._steps.tick(self._rows, now_us)

    def count_shown(self, changes: list[StepChange]) -> None:
        """Rows changed step; those in sight count towards what is shown."""
        for change in changes:
            if self._layout.lane_of(change.row).position(change.row) is not None:
                self._breached_shown += (change.after == BREACHED) - (change.before == BREACHED)

    def put(
        self, old: BoardRow | None, new: BoardRow | None, now_us: int, *, was_shown: bool, is_shown: bool
    ) -> StepChange | None:
        """Count a changed row (both), a new one (no `old`) or a gone one (no `new`); how its step changed."""
        change = None
        if new is not None:
            change = self._steps.put(new, now_us)
        elif old is not None:
            change = StepChange(old, self._steps.step(old.id), NO_STEP)
            self._steps.drop(old.id)
        if change is not None:
            was_breached, is_breached = change.before == BREACHED, change.after == BREACHED
            self._breached_shown += (is_shown and is_breached) - (was_shown and was_breached)
        for field, counter in self._by_field.items():
            if old is not None:
                counter[getattr(old, field)] -= 1
            if new is not None:
                counter[getattr(new, field)] += 1
        return change
