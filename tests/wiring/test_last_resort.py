"""A bug that shows before the board is there is told on standard error, in the log and in a window."""

import logging
import subprocess
import sys
from pathlib import Path

from desktop.wiring.last_resort import DeskLog

BROKEN = """
import sys
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from desktop import main
from desktop.options import WindowOptions
from desktop.wiring.session import WindowSession

def broken(self):
    {where}
WindowSession._look = broken

class Witness(QObject):
    def look(self, error):
        shown = [each.windowTitle() + ": " + type(each).__name__ for each in QApplication.topLevelWidgets()]
        print([each for each in shown if "Dialog" in each])
        QApplication.exit(0)

app = QApplication([])
runs = main.Runs(main.SystemClock())
witness = Witness()
runs._last_resort.found.connect(witness.look)
runs.open(WindowOptions(sys.argv[1]))
app.exec()
"""
IN_SLOT = "raise RuntimeError('a bug in the first frame')"
IN_THREAD = "import threading; threading.Thread(target=lambda: 1 / 0).start()"


def started(tmp_path: Path, where: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BROKEN.format(where=where), str(tmp_path / "desk.sqlite3")]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)


def log_of(done: subprocess.CompletedProcess[str]) -> str:
    line = next(line for line in done.stderr.splitlines() if line.startswith("Something in the program"))
    return Path(line.rpartition(" in ")[2].rstrip(".")).read_text()


def test_a_bug_in_the_first_frame_is_told_logged_and_shown(tmp_path):
    done = started(tmp_path, IN_SLOT)
    assert "RuntimeError: a bug in the first frame" in done.stderr
    assert "RuntimeError: a bug in the first frame" in log_of(done)
    assert done.stdout.strip() == "['Escalation Desk: CrashDialog']"


def test_a_bug_in_a_thread_is_told_logged_and_shown(tmp_path):
    done = started(tmp_path, IN_THREAD)
    assert "ZeroDivisionError" in log_of(done)
    assert done.stdout.strip() == "['Escalation Desk: CrashDialog']"


def test_a_long_log_is_put_aside_and_the_one_before_it_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.wiring.last_resort.LOG_BYTES", 100)
    log = DeskLog(tmp_path / "desk.log", encoding="utf-8")
    for at in range(5):
        log.emit(logging.makeLogRecord({"msg": f"entry {at} " + "x" * 60}))
    log.close()
    kept = [(tmp_path / name).read_text()[:7] for name in ("desk.log.2", "desk.log.1", "desk.log")]
    assert kept == ["entry 0", "entry 2", "entry 4"]
