"""From the start of the process to the first frame, to the first cards, and to the board with all its rows.

The first frame is the window in its place with its surfaces (bars, pages, board, panel) in the colours of its
theme, without a word. The next one has words and the first cards of each lane; it has no limit of its own but
that of the board. The board is the real one: every row is in its lanes, sorted and counted.
"""

from statistics import median

from tests.benchmarks import starting
from tests.benchmarks.big_desk import desk_of
from tests.benchmarks.measure import Row, row

_GAP_MS = 50.0


def run(*, quick: bool = False) -> list[Row]:
    """Rows of the table of ratios."""
    sizes, rounds = ((50, 100), 1) if quick else ((10_000, 100_000), 7)
    database = desk_of(*sizes)
    bare, frame, cards, board, gaps = [], [], [], [], []
    for number in range(rounds + 1):
        with starting.bare_window() as window:
            bare_ms = window.wait_for("first_frame")
        with starting.program(database) as program:
            program.wait_for("all_ready")
            if number:  # the first one of each is for the page cache and the byte code
                bare.append(bare_ms)
                frame.append(program.wait_for("first_frame"))
                cards.append(program.wait_for("first_cards"))
                board.append(program.wait_for("board_ready"))
                gaps.append(program.longest_gap_ms())
    rows = f"{sizes[0]:,} open, {sizes[1]:,} closed"
    return [
        row("start to first frame / bare PySide6 window", median(frame), median(bare), 1.4, "ms"),
        row("start to first cards and words / bare window", median(cards), median(bare), 3.0, "ms"),
        row(f"start to board with rows ({rows}) / bare window", median(board), median(bare), 3.0, "ms"),
        row(
            f"longest gap of the event loop from then on, median of {rounds}",
            median(gaps),
            _GAP_MS,
            1.0,
            "ms",
        ),
    ]
