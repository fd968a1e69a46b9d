"""Fails a test that leaves a thread, a running timer or a window behind, or a traceback on stderr."""

import gc
import os
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakSet

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

PATIENCE_S = float(os.environ.get("DESK_TESTS_PATIENCE_S", "5"))  # for a thread that was told to end
TRACEBACK = "Traceback (most recent call last)"
QT_KEEPS = {"QTipLabel", "QWhatsThat"}  # one hidden window for the whole process, made by Qt at first use

_failed = pytest.StashKey[bool]()
_started_timers: "WeakSet[QTimer]" = WeakSet()


def _watch_timers() -> None:
    start = QTimer.start

    def recorded_start(timer: QTimer, *args: Any) -> None:
        _started_timers.add(timer)
        start(timer, *args)

    QTimer.start = recorded_start  # type: ignore[method-assign]


def _address(thing: QObject) -> int:
    return int(Shiboken.getCppPointer(thing)[0])


def _windows() -> dict[int, QWidget]:
    app = QCoreApplication.instance()
    if not isinstance(app, QApplication):
        return {}
    return {_address(w): w for w in app.topLevelWidgets() if w.metaObject().className() not in QT_KEEPS}


def _running_timers() -> dict[int, QTimer]:
    return {id(timer): timer for timer in _started_timers if Shiboken.isValid(timer) and timer.isActive()}


def _threads() -> set[threading.Thread]:
    # Python keeps a dummy entry for every foreign thread it has seen, long after that thread has ended.
    return {t for t in threading.enumerate() if not isinstance(t, threading._DummyThread)}


def _delete_what_was_told_to() -> None:
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@dataclass(frozen=True)
class Before:
    """What there was before a test: its fixtures of wider scope, mostly."""

    threads: set[threading.Thread]
    timers: set[int]
    windows: set[int]

    @classmethod
    def now(cls) -> "Before":
        """Look around."""
        return cls(_threads(), set(_running_timers()), set(_windows()))

    def left_behind(self) -> list[str]:
        """What is there that was not, in words; windows and timers go, so that only one test is blamed."""
        return [*self._threads_left(), *self._qt_left()]

    def _threads_left(self) -> list[str]:
        new = _threads() - self.threads
        for thread in new:
            thread.join(PATIENCE_S)
        left = [f"thread {t.name!r} (running {getattr(t, '_target', None)})" for t in new if t.is_alive()]
        if QCoreApplication.instance() is not None and not QThreadPool.globalInstance().waitForDone(5000):
            left.append("work in Qt's global thread pool")
        return left

    def _qt_left(self) -> list[str]:
        _delete_what_was_told_to()
        if not self._new_windows() and not self._new_timers():
            return []
        gc.collect()  # a window in a reference cycle that nothing else holds is not left behind
        _delete_what_was_told_to()
        left = []
        for timer in self._new_timers():
            left.append(f"running timer {timer!r} of {timer.parent()!r}, every {timer.interval()} ms")
            timer.stop()
        for window in self._new_windows():
            left.append(f"window {window!r} titled {window.windowTitle()!r}")
            window.hide()
            window.deleteLater()
        _delete_what_was_told_to()
        return left

    def _new_windows(self) -> list[QWidget]:
        return [
            window
            for address, window in _windows().items()
            if address not in self.windows and not self._belongs_before(window)
        ]

    def _new_timers(self) -> list[QTimer]:
        return [
            timer
            for key, timer in _running_timers().items()
            if key not in self.timers and not self._belongs_before(timer)
        ]

    def _belongs_before(self, part: QObject) -> bool:
        """Whether it is of a window of wider scope, which lives on with its timers and lists."""
        owner: QObject | None = part
        while owner is not None:
            if isinstance(owner, QWidget) and _address(owner) in self.windows:
                return True
            owner = owner.parent()
        return False


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Runs around every test; one that failed anyway (its traceback keeps objects alive) is only tidied."""
    before = Before.now()
    yield
    left = before.left_behind()
    if left and not request.node.stash.get(_failed, False):
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Called by pytest after setup, call and teardown of each test."""
    report = yield
    item.stash[_failed] = item.stash.get(_failed, False) or report.failed
    if report.when == "teardown" and report.passed and TRACEBACK in report.capstderr:
        report.outcome = "failed"
        report.longrepr = "wrote a traceback to stderr:\n" + report.capstderr
    return report


def pytest_configure(config: pytest.Config) -> None:
    """Called by pytest once."""
    _watch_timers()
