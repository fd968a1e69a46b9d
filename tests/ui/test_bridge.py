import threading

import pytest

from desktop.domain.events import AutomationStopped, EscalationChanged, PeopleChanged
from desktop.services.bus import Bus
from desktop.ui.bridge import Bridge


@pytest.fixture
def bus(qtbot):
    return Bus()


@pytest.fixture
def bridge(bus):
    made = Bridge(bus)
    yield made
    made.close()


def test_an_event_of_another_thread_arrives_here(bus, bridge, qtbot):
    with qtbot.waitSignal(bridge.escalations_changed) as changed:
        thread = threading.Thread(target=bus.publish, args=(EscalationChanged((4,), 9),))
        thread.start()
        thread.join()
    assert changed.args == [frozenset({4})]


def test_many_events_become_one(bus, bridge, qtbot):
    told = []
    bridge.escalations_changed.connect(told.append)
    bridge.people_changed.connect(lambda: told.append("people"))
    for row_id in range(50):
        bus.publish(EscalationChanged((row_id,), row_id))
    bus.publish(PeopleChanged((1,), 51))
    qtbot.waitUntil(lambda: "people" in told)
    assert told == [frozenset(range(50)), "people"]


def test_what_comes_right_after_is_told_a_little_later(bus, bridge, qtbot):
    told = []
    bridge.escalations_changed.connect(told.append)
    bus.publish(EscalationChanged((1,), 1))
    qtbot.waitUntil(lambda: len(told) == 1)
    bus.publish(EscalationChanged((2,), 2))
    bus.publish(EscalationChanged((3,), 3))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [frozenset({1}), frozenset({2, 3})]


def test_stopped_automation_says_why(bus, bridge, qtbot):
    with qtbot.waitSignal(bridge.automation_stopped) as stopped:
        bus.publish(AutomationStopped("The disk is full."))
    assert stopped.args == ["The disk is full."]


def test_a_closed_bridge_hears_no_more(bus, qtbot):
    bridge, told = Bridge(bus), []
    bridge.escalations_changed.connect(told.append)
    bridge.close()
    bus.publish(EscalationChanged((1,), 1))
    assert told == []
