"""Signals over HTTP from a second process, each on the disk before its answer, and what people notice.

Throughput is set against raw transactions of two rows in sqlite3, as durable, made in turn with it; the
limits are those of at least 0.4 and 0.8 of them, turned round. The gaps are those between the beats of a
timer on the thread of the real window.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop.adapters.listener.book import KnownSource
from desktop.adapters.listener.listener import Listener
from desktop.domain.clock import ManualClock, SystemClock
from desktop.domain.events import MessagesKept
from desktop.domain.person import Actor, Role
from desktop.domain.source import NewMessage, Source, SourceKind
from desktop.services.desk import Desk
from desktop.services.receiving import GroupWriter
from desktop.ui.bridge import Bridge
from tests.benchmarks.http_load import BODY_BYTES, body_of
from tests.benchmarks.measure import Row, row
from tests.factories import MONDAY
from tests.support.real_window import real_window

ROOT = Path(__file__).parents[2]
LEAD = Actor("Lead", None, frozenset({Role.LEAD}))
TOKEN = "t" * 32
FEW, MANY = 4, 16
#: Of the storm; more than twenty openings in ten minutes would brake the source.
KEYS = 20
_BEAT_MS = 5
_WORST_MS = 50.0
_A_SECOND = 20


def run(*, quick: bool = False) -> list[Row]:
    """Rows of the table of ratios."""
    rounds, seconds, storm = (1, 0.2, 500) if quick else (7, 1.5, 10_000)
    return [*_throughput(rounds, seconds), *_gaps(2 * seconds), *_storm(storm)]


class Book:
    """One source with its token."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def known(self) -> tuple[KnownSource, ...]:
        return (KnownSource(self._source, TOKEN),)


@contextmanager
def listening(desk: Desk) -> Iterator[int]:
    """This desk with one source and its listener on; gives the port."""
    source = desk.source.add(Source(0, "", "Prometheus", SourceKind.ALERTMANAGER, rate_per_s=10_000), LEAD)
    writer = GroupWriter(desk.receiving)
    listener = Listener("127.0.0.1", 0, book=Book(source), submit=writer.submit, clock=desk.clock)
    try:
        yield listener.start()[1]
    finally:
        listener.stop()
        writer.close()


@contextmanager
def loaded(port: int, connections: int, seconds: float) -> Iterator["subprocess.Popen[str]"]:
    """A second process that sends meanwhile."""
    command = [sys.executable, "-m", "tests.benchmarks.http_load", str(port), TOKEN, str(connections)]
    with subprocess.Popen([*command, str(seconds)], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        yield process


def ms_each(port: int, connections: int, seconds: float) -> float:
    """Milliseconds for one signal, so many under way at once."""
    with loaded(port, connections, seconds) as process:
        said = json.loads(process.communicate()[0])
    assert said["refused"] == 0
    return float(said["s"] / said["kept"] * 1e3)


def raw_ms_each(path: Path, seconds: float) -> float:
    """Milliseconds for one durable transaction of two rows: what came, and a line of its trail."""
    with closing(sqlite3.connect(path, isolation_level=None)) as driver:
        driver.execute("PRAGMA journal_mode = WAL")
        driver.execute("PRAGMA synchronous = FULL")
        driver.execute("CREATE TABLE IF NOT EXISTS came (id INTEGER PRIMARY KEY, at INTEGER, body BLOB)")
        driver.execute("CREATE TABLE IF NOT EXISTS trail (id INTEGER PRIMARY KEY, at INTEGER, hash TEXT)")
        body, count, began_s = b"x" * BODY_BYTES, 0, time.perf_counter()
        while (took_s := time.perf_counter() - began_s) < seconds or not count:
            driver.execute("BEGIN IMMEDIATE")
            driver.execute("INSERT INTO came (at, body) VALUES (?, ?)", (count, body))
            driver.execute("INSERT INTO trail (at, hash) VALUES (?, ?)", (count, "f" * 64))
            driver.execute("COMMIT")
            count += 1
    return took_s / count * 1e3


def _throughput(rounds: int, seconds: float) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as name:
        folder = Path(name)
        desk = Desk.open(folder / "desk.sqlite3", folder / "backups", SystemClock())
        with closing(desk), listening(desk) as port:
            ms_each(port, MANY, 0.2)
            taken: list[tuple[float, float, float]] = [
                (
                    raw_ms_each(folder / "raw.sqlite3", seconds / 2),
                    ms_each(port, FEW, seconds),
                    ms_each(port, MANY, seconds),
                )
                for _ in range(rounds)
            ]
    raw, few, many = (median(times) for times in zip(*taken, strict=True))
    what = "2 kB signal over HTTP / raw durable transaction"
    return [
        row(f"{what}, {FEW} connections", few, raw, 1 / 0.4, "ms"),
        row(f"{what}, {MANY} connections", many, raw, 1 / 0.8, "ms"),
    ]


def live(seconds: float) -> None:
    """Let the window live as it does, other threads beside it: QTest.qWait hardly lets them run."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1e3), loop.quit)
    loop.exec()


class Heartbeat:
    """The gaps between the beats of a timer, in milliseconds."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def over(self, seconds: float) -> list[float]:
        """The gaps of the next seconds, sorted."""
        self.gaps.clear()
        self._last_s = time.perf_counter()
        self._timer.start()
        live(seconds)
        self._timer.stop()
        return sorted(self.gaps)

    def _beat(self) -> None:
        now_s = time.perf_counter()
        self.gaps.append((now_s - self._last_s) * 1e3)
        self._last_s = now_s


@contextmanager
def deciding(desk: Desk) -> Iterator[None]:
    """Decide about signals as they come, in a thread of its own."""
    came, is_over = threading.Event(), threading.Event()

    def decide() -> None:
        while not is_over.is_set():
            came.wait()
            came.clear()
            while desk.signal.process().remaining and not is_over.is_set():
                pass

    thread = threading.Thread(target=decide)
    heard = desk.bus.subscribe(MessagesKept, lambda event: came.set())
    thread.start()
    try:
        yield
    finally:
        heard.cancel()
        is_over.set()
        came.set()
        thread.join()


def _gaps(seconds: float) -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as name:
        database = Path(name) / "desk.sqlite3"
        desk = Desk.open(database, Path(name) / "backups", SystemClock())
        with closing(desk), real_window(database, SystemClock()), listening(desk) as port:
            heart = Heartbeat()
            idle = heart.over(seconds)
            with deciding(desk), loaded(port, MANY, seconds + 1.0) as process:
                live(0.5)
                busy = heart.over(seconds)
                process.communicate()
    idle_ms, busy_ms = _p99(idle), _p99(busy)
    return [
        row(f"gap of the window, p99, {MANY} senders / idle", busy_ms, idle_ms, 2.0, "ms"),
        row(f"gap of the window, worst, {MANY} senders / {_WORST_MS:.0f} ms", busy[-1], _WORST_MS, 1.0, "ms"),
    ]


def _p99(gaps: list[float]) -> float:
    return gaps[int(0.99 * (len(gaps) - 1))]


class Told:
    """When screens were told something."""

    def __init__(self, desk: Desk) -> None:
        self.at_s: list[float] = []
        self._bridge = Bridge(desk.bus)
        for signal in (self._bridge.escalations_changed, self._bridge.outbox_filled):
            signal.connect(self._note)

    def close(self) -> None:
        """Hear no more."""
        self._bridge.close()

    def most_a_second(self) -> int:
        """The most in any one second."""
        times = self.at_s
        return max((sum(1 for at in times if began <= at < began + 1.0) for began in times), default=0)

    def _note(self, *_: object) -> None:
        self.at_s.append(time.perf_counter())


def _storm(alerts: int) -> list[Row]:
    """Alerts of one cause, kept and decided while a window listens, each key repeated again and again."""
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as name:
        desk = Desk.open(Path(name) / "desk.sqlite3", Path(name) / "backups", ManualClock(MONDAY))
        with closing(desk), closing(Told(desk)) as told:
            source = desk.source.add(Source(0, "", "Prometheus", SourceKind.ALERTMANAGER), LEAD)
            now = desk.clock.now()
            bodies = (body_of(number, KEYS) for number in range(alerts))
            with deciding(desk):
                desk.receiving.keep_and_tell([NewMessage(source.id, body, now) for body in bodies])
                while desk.receiving.count_waiting():
                    live(0.05)
            desk.alarm.sweep()
            live(0.5)
            with desk.store.read() as session:

                def count(what: str) -> int:
                    return int(session.sql(f"SELECT count(*) FROM {what}").fetchone()[0])

                opened, decided = count("escalation"), count("signal WHERE disposition <> ''")
                shown = count("outbox WHERE channel = 'desktop'")
            most = told.most_a_second()
    what = f"storm of {alerts:,} alerts"
    return [
        row(f"{what}: escalations / dedup keys", opened, KEYS, 1.0, ""),
        row(f"{what}: alerts / signals with a disposition", alerts, decided, 1.0, ""),
        row(f"{what}: notifications on the desktop / 1", shown, 1, 1.0, ""),
        row(
            f"{what}: screens told in the busiest second / {_A_SECOND}",
            most,
            _A_SECOND,
            1.0,
            "",
        ),
    ]
