"""The scheduler wakes the sweep: when something is due, when asked, and when the clock jumps."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from desktop.domain.clock import DrillClock, ManualClock, SystemClock
from desktop.domain.events import AutomationStopped, EscalationChanged
from desktop.services.bus import Bus
from desktop.services.scheduler import AlarmScheduler
from desktop.services.watchdog import Watchdog
from desktop.services.worker import Worker
from tests.factories import MONDAY

LONG_S = 20.0


@dataclass
class Looked:
    next_wake_at: datetime | None


class Sweeps:
    """Stands in for the alarm service: hands each sweep to the test, and says when to wake next."""

    def __init__(self) -> None:
        self.done: queue.Queue[int] = queue.Queue()
        self.count = 0
        self.next_wake_at: datetime | None = None
        self.fault: Exception | None = None
        self.then: Callable[[], None] = int

    def sweep(self) -> Looked:
        self.count += 1
        self.then()
        self.done.put(self.count)
        if self.fault is not None:
            raise self.fault
        next_wake_at, self.next_wake_at = self.next_wake_at, None
        return Looked(next_wake_at)

    def wait(self) -> int:
        return self.done.get(timeout=LONG_S)


class Jumping:
    """The machine's clock, whose wall time can be put forward or back."""

    def __init__(self) -> None:
        self.real = SystemClock()
        self.off = timedelta()

    def now(self) -> datetime:
        return self.real.now() + self.off

    def monotonic(self) -> float:
        return self.real.monotonic()


class Parts:
    def __init__(self, **options) -> None:
        self.bus, self.sweeps, self.worker = Bus(), Sweeps(), Worker()
        self.clock = options.pop("clock", None) or SystemClock()
        self.watchdog = Watchdog(clock=SystemClock(), bus=self.bus)
        self.scheduler = AlarmScheduler(
            clock=self.clock,
            sweep=self.sweeps.sweep,
            submit=self.worker.submit,
            bus=self.bus,
            watchdog=self.watchdog,
            **options,
        )

    def close(self) -> None:
        self.scheduler.close()
        self.worker.close()


@pytest.fixture
def make():
    made: list[Parts] = []

    def parts(**options) -> Parts:
        made.append(Parts(**options))
        return made[-1]

    yield parts
    for one in made:
        one.close()


def test_it_sweeps_when_it_starts(make):
    parts = make()
    parts.scheduler.start()
    assert parts.sweeps.wait() == 1


def test_it_wakes_when_something_is_due(make):
    parts = make()
    parts.sweeps.next_wake_at = parts.clock.now() + timedelta(milliseconds=200)
    due_at = parts.sweeps.next_wake_at
    parts.scheduler.start()
    parts.sweeps.wait()
    parts.sweeps.wait()
    assert parts.clock.now() >= due_at


def test_on_a_fast_clock_it_wakes_sooner(make):
    drill = DrillClock(SystemClock(), MONDAY, speed=3600)
    parts = make(clock=drill)
    parts.sweeps.next_wake_at = drill.now() + timedelta(minutes=20)
    parts.scheduler.start()
    parts.sweeps.wait()
    parts.sweeps.wait()
    assert drill.now() >= MONDAY + timedelta(minutes=20)


def test_it_sweeps_every_so_often_anyway(make):
    parts = make(safety_s=0.2)
    parts.scheduler.start()
    assert [parts.sweeps.wait() for _ in range(3)] == [1, 2, 3]


def test_a_change_at_the_desk_is_looked_at(make):
    parts = make()
    parts.scheduler.start()
    parts.sweeps.wait()
    parts.bus.publish(EscalationChanged((1,), 1))
    assert parts.sweeps.wait() == 2


def test_what_a_sweep_itself_changed_is_no_reason_for_another(make):
    parts = make()
    parts.sweeps.then = lambda: parts.bus.publish(EscalationChanged((1,), 1))
    parts.scheduler.start()
    parts.sweeps.wait()
    parts.worker.submit(int).result()  # whatever was asked for has been done by now
    assert parts.sweeps.count == 1


def test_wishes_made_while_one_waits_are_one_sweep(make):
    parts = make()
    gate = threading.Event()
    parts.worker.submit(gate.wait, LONG_S)
    for _ in range(50):
        parts.scheduler.nudge()
    gate.set()
    parts.sweeps.wait()
    parts.worker.submit(int).result()
    assert parts.sweeps.count == 1


@pytest.mark.parametrize("jump", [timedelta(hours=8), timedelta(hours=-1)], ids=["forward", "back"])
def test_a_jump_of_the_clock_causes_a_sweep(make, jump):
    wall = Jumping()
    parts = make(clock=wall, real=wall, watch_s=0.02)
    parts.scheduler.start()
    parts.sweeps.wait()
    wall.off = jump
    assert parts.sweeps.wait() == 2


def test_after_the_clock_was_put_back_the_next_wake_up_still_comes(make):
    wall = Jumping()
    parts = make(clock=wall, real=wall, watch_s=0.02, safety_s=0.5)
    parts.scheduler.start()
    parts.sweeps.wait()
    wall.off = timedelta(hours=-1)
    parts.sweeps.wait()
    assert parts.sweeps.wait() == 3


def test_a_failing_sweep_is_reported_and_the_next_one_goes_on(make):
    heard = []
    parts = make(safety_s=0.2)
    parts.bus.subscribe(AutomationStopped, heard.append)
    parts.sweeps.fault = OSError("the disk is full")
    parts.scheduler.start()
    parts.sweeps.wait()
    parts.sweeps.wait()
    assert heard[0].reason == "Alarms are not being raised: the disk is full"
    parts.sweeps.fault = None
    before = parts.sweeps.wait()
    while parts.sweeps.wait() < before + 2:
        pass
    assert parts.watchdog.check().ok


def test_closed_it_wakes_nobody(make):
    parts = make(safety_s=0.1)
    parts.scheduler.start()
    parts.sweeps.wait()
    parts.scheduler.close()
    parts.scheduler.nudge()
    count = parts.sweeps.count
    parts.worker.submit(int).result()
    assert parts.sweeps.count == count


def test_a_worker_that_was_closed_first_ends_it_quietly(make):
    parts = make()
    parts.worker.close()
    parts.scheduler.nudge()
    assert parts.sweeps.count == 0


def test_what_is_due_already_and_cannot_be_done_is_not_hammered(make):
    still = ManualClock(MONDAY)
    parts = make(clock=still)
    parts.sweeps.next_wake_at = MONDAY - timedelta(seconds=1)
    parts.scheduler.start()
    parts.sweeps.wait()
    parts.worker.submit(int).result()
    assert parts.sweeps.count == 1
