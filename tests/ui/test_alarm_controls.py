"""Silence and the test notification, from anywhere."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, MONDAY_US
from tests.ui.alarm_support import alarming


@pytest.fixture
def desk(qapp, clock):
    made = alarming(clock)
    made.pump.start()
    yield made
    made.close()


def test_a_silence_from_before_the_start_is_known(qtbot, desk):
    desk.desk.until = MONDAY + timedelta(minutes=4)
    with qtbot.waitSignal(desk.controls.silence_changed):
        desk.controls.start()
    assert desk.controls.silence_sentence == "Sounds silenced until 09:04"


def test_a_silence_ends_by_itself(qtbot, desk, clock):
    with qtbot.waitSignal(desk.controls.silence_changed):
        desk.controls.toggle_silence()
    clock.forward(minutes=10)
    with qtbot.waitSignal(desk.controls.silence_changed):
        desk.controls.tick(MONDAY_US)
    assert desk.controls.silence_sentence == ""


def test_the_result_of_a_test_is_told_wherever_it_was_asked_for(qtbot, desk):
    desk.controls.handles()["alarms.send_test"]()
    with qtbot.waitSignal(desk.controls.message_requested) as told:
        desk.pump.test_answered.emit(True, "Arrived: dunst shows it on the desktop.")
    assert told.args == ["Test notification: Arrived: dunst shows it on the desktop."]


def test_a_test_nobody_answers_is_given_up(qtbot, desk):
    desk.controls._patience.setInterval(20)
    with qtbot.waitSignal(desk.controls.test_answered) as answered:
        desk.controls.send_test()
    assert answered.args[0] is False


def test_one_test_at_a_time(qtbot, desk):
    desk.controls.send_test()
    desk.controls.send_test()
    qtbot.waitUntil(lambda: not desk.around.runner.pending)
    assert desk.desk.tests == 1
