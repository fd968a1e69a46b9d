"""What the desk costs while nobody does anything and nothing falls due: the board in sight, its clocks on."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import psutil

from tests.benchmarks import starting
from tests.benchmarks.big_desk import desk_of
from tests.benchmarks.measure import Row, row

_SETTLE_S = 15.0  # the daily backup is made right after the start
_ONE_PERCENT = 10.0  # ms of processor time a second


def run(*, quick: bool = False) -> list[Row]:
    """Rows of the table of ratios."""
    sizes, settle_s, seconds = ((50, 100), 1.0, 2.0) if quick else ((10_000, 100_000), _SETTLE_S, 30.0)
    with starting.program(_quiet(desk_of(*sizes))) as program:
        program.wait_for("all_ready")
        time.sleep(settle_s)
        process = psutil.Process(program.process.pid)
        before, began_s = process.cpu_times(), time.monotonic()
        time.sleep(seconds)
        after, ended_s = process.cpu_times(), time.monotonic()
    used_ms = (after.user + after.system - before.user - before.system) * 1e3
    what = f"processor, idle with {sizes[0]:,} open on the board / 1 % of a core"
    return [row(what, used_ms / (ended_s - began_s), _ONE_PERCENT, 1.0, "ms per s")]


def _quiet(database: Path) -> Path:
    """A copy of the desk on which no alarm is due for a day; the steps of the cards change all the same."""
    copy = Path(shutil.copy(database, database.with_name(f"quiet-{database.name}")))
    with closing(sqlite3.connect(copy)) as driver, driver:
        driver.execute(
            "UPDATE commitment SET next_threshold_at = ? WHERE next_threshold_at IS NOT NULL",
            (int((time.time() + 86_400) * 1e6),),
        )
    return copy
