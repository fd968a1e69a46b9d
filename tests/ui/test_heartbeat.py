from desktop.ui.heartbeat import Heartbeat
from tests.factories import MONDAY_US


def test_each_beat_tells_the_time_of_the_desk(clock, qtbot):
    heart = Heartbeat(clock)
    clock.forward(minutes=1)
    with qtbot.waitSignal(heart.ticked) as ticked:
        heart.beat()
    assert ticked.args == [MONDAY_US + 60_000_000]


def test_every_fifteenth_beat_is_a_slow_one(clock, qtbot):
    heart, slow = Heartbeat(clock), []
    heart.slowly_ticked.connect(slow.append)
    for _ in range(31):
        heart.beat()
    assert len(slow) == 3


def test_it_beats_at_once_when_started_and_stands_still_when_stopped(clock, qtbot):
    heart, beats = Heartbeat(clock), []
    heart.ticked.connect(beats.append)
    heart.start()
    heart.start()
    assert (heart.is_running, len(beats)) == (True, 1)
    heart.stop()
    assert not heart.is_running


def test_hurried_it_ticks_more_often_until_calm_and_the_seconds_go_on(clock, qtbot):
    heart, seconds = Heartbeat(clock), []
    heart.start()
    heart.ticked.connect(seconds.append)
    heart.hurry()
    with qtbot.waitSignals([heart.quickly_ticked] * 3):
        assert heart.is_hurried
    assert seconds == []
    with qtbot.waitSignal(heart.ticked):
        heart.calm()
    assert heart._timer.interval() == 1000
    heart.stop()


def test_what_stands_still_cannot_be_hurried(clock, qtbot):
    heart = Heartbeat(clock)
    heart.hurry()
    assert not heart.is_hurried
