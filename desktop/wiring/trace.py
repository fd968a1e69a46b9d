"""Tells a measurement when the window's first picture, its rows and everything else were there.

Only where the environment variable ESCALATION_DESK_TRACE names a file; each line is one JSON object with the
machine's monotonic time and the processor time used so far, in seconds. ESCALATION_DESK_TRACE_QUIT=1 ends the
program when all is there.
"""

import json
import os
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

_PULSE_MS = 4
_GAP_S = 0.02


class Trace(QObject):
    """Writes down what happened when; silent without a file to write to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        name = os.environ.get("ESCALATION_DESK_TRACE", "")
        self._path = Path(name) if name else None
        self._last_s = 0.0
        self._pulse: QTimer | None = None

    def note(self, event: str, **facts: float) -> None:
        """This happened now."""
        if self._path is None:
            return
        line = json.dumps({"event": event, "t": time.monotonic(), "cpu": time.process_time(), **facts})
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def watch_gaps(self) -> None:
        """From now on note each time the event loop was held up for longer than 20 ms."""
        if self._path is None:
            return
        self._last_s = time.monotonic()
        self._pulse = QTimer(self)
        self._pulse.setInterval(_PULSE_MS)
        self._pulse.timeout.connect(self._beat)
        self._pulse.start()

    def all_ready(self) -> None:
        """Everything is there."""
        self.note("all_ready")
        if self._pulse is not None:
            self._pulse.stop()
        if self._path is not None and os.environ.get("ESCALATION_DESK_TRACE_QUIT") == "1":
            QApplication.exit(0)

    def _beat(self) -> None:
        now_s = time.monotonic()
        if now_s - self._last_s > _GAP_S:
            self.note("gap", seconds=now_s - self._last_s)
        self._last_s = now_s
