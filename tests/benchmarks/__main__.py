"""Measures everything and prints one table of ratios: `make bench`.

    python -m tests.benchmarks [--only NAME ...] [--quick] [--json FILE]

Every `bench_NAME.py` here has `run()` and gives its rows; each runs in a process of its own, so that none
disturbs another. The status is 0 unless one broke down: a figure over its limit is marked, not an error.
"""

import argparse
import inspect
import json
import os
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from tests.benchmarks.measure import Row, is_over, table
from tests.support import private_environment

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NAMES = sorted(file.stem.removeprefix("bench_") for file in HERE.glob("bench_*.py"))
#: No measurement takes longer than this, in seconds.
PATIENCE_S = 900


def measured(name: str, *, is_quick: bool = False) -> list[Row]:
    """The rows of one measurement, taken in this process; quickly means: too small to tell anything."""
    module = import_module(f"tests.benchmarks.bench_{name}")
    if is_quick and "quick" in inspect.signature(module.run).parameters:
        return list(module.run(quick=True))
    return list(module.run())


def measured_apart(name: str, *, is_quick: bool, home: Path) -> list[Row]:
    """The rows of one measurement, taken in a process of its own.

    Raises: CalledProcessError when it breaks down, TimeoutExpired when it takes for ever.
    """
    answer = home / f"{name}.json"
    command = [sys.executable, "-m", "tests.benchmarks", "--only", name, "--answer", str(answer)]
    if is_quick:
        command.append("--quick")
    subprocess.run(command, cwd=ROOT, check=True, timeout=PATIENCE_S)
    rows: list[Row] = json.loads(answer.read_text())
    return rows


def main() -> int:
    """The command line above."""
    given = _arguments()
    if given.answer:  # we are that process of its own
        rows = measured(given.only[0], is_quick=given.quick)
        given.answer.write_text(json.dumps(rows))
        return 0
    rows, broken = [], []
    home = private_environment.enter()  # the person's files and screen stay out of it
    with home, tempfile.TemporaryDirectory(prefix="desk-bench-") as folder:
        os.environ.setdefault("DESK_BENCH_CACHE", folder)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's program compiles itself at every start
        for name in given.only or NAMES:
            began = time.monotonic()
            try:
                rows += measured_apart(name, is_quick=given.quick, home=Path(folder))
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
                broken.append(f"{name}: {error}")
            print(f"{time.monotonic() - began:4.0f} s  {name}", file=sys.stderr, flush=True)
    _tell(rows, broken)
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1) + "\n")
    return 1 if broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure the figures.")
    parser.add_argument("--only", action="append", choices=NAMES, metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="tiny sizes: to see that it runs, not how fast")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows here as well")
    parser.add_argument("--answer", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _tell(rows: list[Row], broken: list[str]) -> None:
    print(table(rows))
    over = sum(is_over(row) for row in rows)
    print(f"\n{len(rows) - over} of {len(rows)} figures within their limits")
    for line in broken:
        print(f"BROKEN DOWN  {line}")


if __name__ == "__main__":
    sys.exit(main())
