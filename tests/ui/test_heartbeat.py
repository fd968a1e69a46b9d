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
