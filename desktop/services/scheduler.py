"""Wakes the alarm sweep when something is due, every so often anyway, and when the clock jumps.

The only module that imports APScheduler, which takes longer than the window's first frame: import this one
after it. The scheduler holds no truth: what is due stands in the database.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, Future
from datetime import UTC, datetime, timedelta
from inspect import iscoroutinefunction
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from desktop.domain.clock import Clock, SystemClock
from desktop.domain.events import (
    DataImported,
    EscalationChanged,
    MaintenanceChanged,
    PeopleChanged,
    PolicyChanged,
)
from desktop.services.bus import Bus
from desktop.services.spared_import import spared
from desktop.services.watchdog import Watchdog


def _unknown(name: str) -> str:
    raise LookupError(name)


def _no_plugins(**_wanted: str) -> tuple[()]:
    return ()


# The library runs our jobs on a thread. What it could do with processes, with asyncio (and so TLS), and with
# plugins that other packages announce (as e-mail) would take an eighth of the memory of a bare window.
_NOT_WANTED: dict[str, dict[str, Any]] = {
    "asyncio": {"iscoroutinefunction": iscoroutinefunction},
    "concurrent.futures.process": {"BrokenProcessPool": BrokenExecutor},
    "multiprocessing": {},
    "importlib.metadata": {
        "version": _unknown,
        "PackageNotFoundError": LookupError,
        "entry_points": _no_plugins,
    },
}

with spared(_NOT_WANTED):
    from apscheduler.executors.debug import DebugExecutor
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.date import DateTrigger
    from apscheduler.triggers.interval import IntervalTrigger

SAFETY_S = 30.0
WATCH_S = 1.0
#: A difference between wall and monotonic time that grew by this much within a second is a jump.
JUMP_S = 2.0
_RETRY_S = 5.0
_SOON_S = 0.01
_STUCK_S = 1.0
_WAKE, _SAFETY = "wake", "safety"
_log = logging.getLogger(__name__)


def next_by_cron(fields: Mapping[str, str], zone: ZoneInfo, after: datetime) -> datetime | None:
    """The first instant later than `after`, in UTC, that a cron table names; it means times of `zone`."""
    from apscheduler.triggers.cron import CronTrigger  # a desk without recurring drills does without it

    trigger: Any = CronTrigger(timezone=zone, **fields)
    found: datetime | None = trigger.get_next_fire_time(None, after + timedelta(microseconds=1))
    return None if found is None else found.astimezone(UTC)


class Swept(Protocol):
    """What the scheduler wants to know of a sweep."""

    next_wake_at: datetime | None


class AlarmScheduler:
    """Runs sweeps on the worker, one at a time, those asked for meanwhile as one.

    `clock` is the desk's, which may run faster than the machine's, `real`.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        sweep: Callable[[], Swept],
        submit: Callable[[Callable[[], None]], Future[None]],
        bus: Bus,
        watchdog: Watchdog,
        real: Clock | None = None,
        safety_s: float = SAFETY_S,
        watch_s: float = WATCH_S,
    ) -> None:
        self._clock = clock
        self._real = real or SystemClock()
        self._sweep = sweep
        self._submit = submit
        self._bus = bus
        self._watchdog = watchdog
        self._safety_s = safety_s
        self._watch_s = watch_s
        self._lock = threading.Lock()
        self._is_queued = False
        self._sweeping_thread = 0
        self._closed = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="clock-watcher", daemon=True)
        # Jobs run on the scheduler's own thread: all they do is hand the sweep to the worker.
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": DebugExecutor()},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        events = (EscalationChanged, DataImported, PeopleChanged, PolicyChanged, MaintenanceChanged)
        self._subscriptions = [bus.subscribe(event, self._on_change) for event in events]

    def start(self) -> None:
        """Sweep now, and from now on whenever something is due."""
        self._scheduler.start()
        self._arm_safety()
        self._watcher.start()
        self.nudge()

    def nudge(self) -> None:
        """Sweep soon: something may have become due."""
        with self._lock:
            if self._is_queued or self._closed.is_set():
                return
            self._is_queued = True
        try:
            self._submit(self._run)
        except RuntimeError:  # the worker takes no more work: the program is ending
            self._closed.set()

    def close(self) -> None:
        """Wake nothing any more; safe to repeat."""
        for subscription in self._subscriptions:
            subscription.cancel()
        self._closed.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        if self._watcher.is_alive():
            self._watcher.join()

    def _run(self) -> None:
        with self._lock:
            self._is_queued = False
        if self._closed.is_set():
            return
        self._sweeping_thread = threading.get_ident()
        try:
            swept = self._sweep()
        except Exception as error:  # noqa: BLE001 - the outermost loop: whatever went wrong, the next sweep goes on
            _log.exception("the alarm sweep failed")
            self._arm(_RETRY_S)
            self._watchdog.failed(str(error) or type(error).__name__)
        else:
            self._arm_for(swept)
            self._watchdog.swept()
        finally:
            self._sweeping_thread = 0

    def _arm_for(self, swept: Swept) -> None:
        if swept.next_wake_at is None:
            return
        left_s = (swept.next_wake_at - self._clock.now()).total_seconds()
        speed: float = getattr(self._clock, "speed", 1.0)
        # What is due already could not be done just now; the sweep after next may.
        self._arm(max(left_s / speed, _SOON_S) if left_s > 0 else _STUCK_S)

    def _arm(self, in_s: float) -> None:
        if self._closed.is_set():
            return
        # No further ahead than the safety sweep, which comes anyway: a far wake-up would outlast a jump.
        at = self._real.now() + timedelta(seconds=min(in_s, self._safety_s))
        self._scheduler.add_job(self.nudge, DateTrigger(at, UTC), id=_WAKE, replace_existing=True)

    def _arm_safety(self) -> None:
        every = IntervalTrigger(seconds=self._safety_s, timezone=UTC)
        self._scheduler.add_job(self.nudge, every, id=_SAFETY, replace_existing=True)

    def _watch(self) -> None:
        """Compare wall and monotonic time on a thread that waits by the latter: no jump holds it up."""
        drift_s = self._drift_s()
        while not self._closed.wait(self._watch_s):
            now_s = self._drift_s()
            if abs(now_s - drift_s) >= JUMP_S:
                _log.info("the clock jumped by %.1f s", now_s - drift_s)
                # The jobs were set by the old time: a clock put back would hold them up.
                self._arm_safety()
                self._scheduler.wakeup()
                self.nudge()
            drift_s = now_s
            self._watchdog.check()

    def _drift_s(self) -> float:
        return self._real.now().timestamp() - self._real.monotonic()

    def _on_change(self, event: object) -> None:
        # A sweep tells the desk what it changed; that is no reason for another one.
        if threading.get_ident() != self._sweeping_thread:
            self.nudge()
