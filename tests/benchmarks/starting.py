"""Starts the program, or a bare window, and tells when things were there; shared by several benchmarks.

The program writes what happened when into the file that ESCALATION_DESK_TRACE names.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120.0
_LOOK_S = 0.005

#: A window with nothing in it, which says when it was painted and stays.
BARE = """
import os, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.say)
        return False

    def say(self):
        with open(os.environ["ESCALATION_DESK_TRACE"], "a") as file:
            file.write('{"event": "first_frame", "t": %f}\\n' % time.monotonic())

app = QApplication([])
window = QMainWindow()
painted = Painted()
window.installEventFilter(painted)
window.resize(1280, 800)
window.show()
app.exec()
"""


@dataclass
class Started:
    """A program that runs; `events` are those it told so far."""

    process: subprocess.Popen[bytes]
    began_s: float
    trace: Path
    events: list[dict[str, float | str]] = field(default_factory=list)

    def wait_for(self, name: str) -> float:
        """Wait for an event; gives its time in milliseconds since the process was started.

        Raises: AssertionError when it ends or takes too long before that.
        """
        end_s = time.monotonic() + PATIENCE_S
        while (found := self._time_of(name)) is None:
            if self.process.poll() is not None or time.monotonic() > end_s:
                raise AssertionError(f"{name} never came: {self.events}")
            time.sleep(_LOOK_S)
        return found

    def longest_gap_ms(self) -> float:
        """The longest time for which the event loop was held up, of those told."""
        gaps = [float(event["seconds"]) for event in self.events if event["event"] == "gap"]
        return max(gaps, default=0.0) * 1e3

    def memory_mb(self) -> float:
        """The most memory the process had at once."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1024

    def _time_of(self, name: str) -> float | None:
        if self.trace.exists():
            self.events = [json.loads(line) for line in self.trace.read_text().splitlines()]
        times = [float(event["t"]) for event in self.events if event["event"] == name]
        return (times[0] - self.began_s) * 1e3 if times else None


@contextmanager
def bare_window() -> Iterator[Started]:
    """A bare PySide6 window."""
    with _started("-c", BARE) as started:
        yield started


@contextmanager
def program(database: Path) -> Iterator[Started]:
    """The program on a copy of that database."""
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as folder:
        copy = Path(shutil.copy(database, folder))
        os.sync()  # the disk must not be busy with the copy while the program starts
        with _started("-m", "desktop", "--database", str(copy)) as started:
            yield started


@contextmanager
def _started(*arguments: str) -> Iterator[Started]:
    with tempfile.TemporaryDirectory(prefix="desk-trace-") as folder:
        trace = Path(folder, "trace.jsonl")
        environment = os.environ | {"ESCALATION_DESK_TRACE": str(trace)}
        began_s = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
        )
        try:
            yield Started(process, began_s, trace)
        finally:
            process.kill()
            process.wait()
