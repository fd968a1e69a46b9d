"""The watchdog says loudly when alarms are not being raised."""

import pytest

from desktop.domain.events import AutomationRunning, AutomationStopped
from desktop.services.bus import Bus
from desktop.services.watchdog import Watchdog


@pytest.fixture
def heard():
    return []


@pytest.fixture
def watchdog(clock, heard):
    bus = Bus()
    bus.subscribe(object, heard.append)
    return Watchdog(clock=clock, bus=bus, patience_s=90)


def test_with_sweeps_all_is_well(watchdog, clock, heard):
    for _ in range(10):
        clock.forward(seconds=30)
        watchdog.swept()
        assert watchdog.check().ok
    assert heard == []


def test_without_sweeps_it_says_so_once(watchdog, clock, heard):
    clock.forward(seconds=91)
    watchdog.check()
    watchdog.check()
    (event,) = heard
    assert event == AutomationStopped("Alarms are not being raised: nothing was checked for 91 s.")


def test_a_failed_sweep_is_said_at_once(watchdog, heard):
    watchdog.failed("the disk is full")
    assert heard == [AutomationStopped("Alarms are not being raised: the disk is full")]
    assert not watchdog.check().ok


def test_a_sweep_that_works_again_is_said_too(watchdog, heard):
    watchdog.failed("the disk is full")
    watchdog.swept()
    assert heard[-1] == AutomationRunning()
    assert watchdog.check().ok


def test_a_machine_that_slept_has_missed_nothing(watchdog, clock):
    clock.jump(hours=8)
    assert watchdog.check().ok
