"""The clocks that run on the board, shown or not."""

from desktop.domain.board import BREACHED, BoardRow, step_of
from desktop.domain.board_rows import BoardRows
from desktop.ui.board import words


class BoardClocks:
    """Finds clocks among all rows of the board."""

    def __init__(self, rows: BoardRows) -> None:
        self._rows = rows

    def running(self) -> list[BoardRow]:
        """The rows whose clock runs, in no order."""
        rows = map(self._rows.get, self._rows.counts.of("id"))
        return [row for row in rows if row is not None and row.clock and not row.clock_paused]

    def most_urgent(self) -> BoardRow | None:
        """The running clock that is due first: of what nobody has acknowledged, else of all."""
        running = self.running()
        waiting = [row for row in running if row.unacknowledged]
        return min(waiting or running, key=_due, default=None)

    def next_sentence(self, now_us: int) -> str:
        """Which clock is due first: "Next clock: 0412, contain 52 m left."; empty where none runs."""
        nearest = min(self.running(), key=_due, default=None)
        if nearest is None:
            return ""
        word = "Breached" if step_of(nearest, now_us) == BREACHED else "Next clock"
        return f"{word}: {words.number(nearest, now_us)}, {words.clock(nearest, now_us)}."


def _due(row: BoardRow) -> int:
    return row.due_us
