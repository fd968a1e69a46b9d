"""What the desk costs while nobody does anything: the board showing, its clocks running."""

import time

import psutil

from tests.benchmarks import starting
from tests.benchmarks.big_desk import desk_of
from tests.benchmarks.measure import Row, row

_SETTLE_S = 3.0
_ONE_PERCENT = 10.0  # ms of processor time a second


def run(*, quick: bool = False) -> list[Row]:
    """Rows of the table of ratios."""
    sizes, seconds = ((50, 100), 2.0) if quick else ((10_000, 100_000), 30.0)
    with starting.program(desk_of(*sizes)) as program:
        program.wait_for("all_ready")
        time.sleep(_SETTLE_S)
        process = psutil.Process(program.process.pid)
        before, began_s = process.cpu_times(), time.monotonic()
        time.sleep(seconds)
        after, ended_s = process.cpu_times(), time.monotonic()
    used_ms = (after.user + after.system - before.user - before.system) * 1e3
    what = f"processor, idle with {sizes[0]:,} open on the board / 1 % of a core"
    return [row(what, used_ms / (ended_s - began_s), _ONE_PERCENT, 1.0, "ms per s")]
