"""Memory with the board loaded, and what a full collection costs then."""

import gc
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.benchmarks import starting
from tests.benchmarks.big_desk import desk_of
from tests.benchmarks.measure import Row, ms, row

_COLLECTION_MS = 1.0
_SETTLE_S = 8.0  # the first sweep and the daily backup come right after the start


def run(*, quick: bool = False) -> list[Row]:
    """Rows of the table of ratios."""
    sizes, rounds = ((50, 100), 1) if quick else ((10_000, 100_000), 3)
    database = desk_of(*sizes)
    bare, ours, collections = [], [], []
    for _ in range(rounds):
        with starting.bare_window() as window:
            window.wait_for("first_frame")
            bare.append(window.memory_mb())
        with starting.program(database) as program:
            program.wait_for("all_ready")
            time.sleep(0.5 if quick else _SETTLE_S)
            ours.append(program.memory_mb())
        collections.append(_collection_ms(database))
    return [
        row(f"peak memory with {sizes[0]:,} open / bare window", median(ours), median(bare), 2.4, "MB"),
        row("full collection after loading", median(collections), _COLLECTION_MS, 1.0, "ms"),
    ]


def _collection_ms(database: Path) -> float:
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as folder:
        copy, trace = Path(folder, "desk.sqlite3"), Path(folder, "trace.jsonl")
        copy.write_bytes(database.read_bytes())
        environment = os.environ | {"ESCALATION_DESK_TRACE": str(trace), "ESCALATION_DESK_TRACE_QUIT": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.bench_memory", str(copy)],
            cwd=starting.ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            timeout=starting.PATIENCE_S,
        )
    return float(done.stdout)


def collect_when_loaded(database: str) -> float:
    """Run the window here until all is there; gives how long a full collection takes then."""
    from desktop.main import run_window
    from desktop.options import WindowOptions

    run_window(WindowOptions(database))
    return min(ms(gc.collect) for _ in range(3))


if __name__ == "__main__":
    sys.stdout.write(f"{collect_when_loaded(sys.argv[1])}\n")
    sys.stdout.flush()
    os._exit(0)  # the window was left as it stood
