from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.clock import Clock, DrillClock, ManualClock, SystemClock
from desktop.domain.errors import DeskError
from tests.domain.calendars import utc

NOON = utc("2026-11-23 12:00")


@pytest.fixture
def hand() -> ManualClock:
    return ManualClock(NOON)


def test_the_system_clock_tells_utc_and_never_runs_back():
    clock: Clock = SystemClock()
    first, earlier = clock.now(), clock.monotonic()
    assert first.tzinfo is UTC
    assert first.year >= 2025
    assert clock.monotonic() >= earlier


def test_a_manual_clock_stands_still(hand):
    assert (hand.now(), hand.now()) == (NOON, NOON)
    assert hand.monotonic() == 0


def test_time_let_pass_moves_wall_and_monotonic_time(hand):
    hand.forward(minutes=5)
    hand.forward(timedelta(seconds=30), microseconds=1)
    assert hand.now() == NOON + timedelta(minutes=5, seconds=30, microseconds=1)
    assert hand.monotonic() == 330.000001


def test_time_does_not_pass_backwards(hand):
    with pytest.raises(DeskError, match="cannot pass backwards"):
        hand.forward(seconds=-1)


def test_a_jump_moves_the_wall_alone(hand):
    hand.jump(hours=8)
    hand.jump(timedelta(hours=-9))
    assert hand.now() == NOON - timedelta(hours=1)
    assert hand.monotonic() == 0


def test_setting_a_later_time_lets_it_pass(hand):
    hand.set(NOON + timedelta(hours=1))
    assert (hand.now(), hand.monotonic()) == (NOON + timedelta(hours=1), 3600)


def test_setting_an_earlier_time_puts_back_the_wall_alone(hand):
    hand.set(NOON - timedelta(hours=1))
    assert (hand.now(), hand.monotonic()) == (NOON - timedelta(hours=1), 0)


def test_a_manual_clock_needs_a_zone():
    with pytest.raises(DeskError, match="has no time zone"):
        ManualClock(datetime(2026, 11, 23))  # noqa: DTZ001 - the fault under test


def test_a_drill_runs_at_its_speed(hand):
    drill = DrillClock(hand, utc("2027-01-01 00:00"), speed=60)
    hand.forward(seconds=90)
    assert drill.now() == utc("2027-01-01 01:30")
    assert drill.monotonic() == 90 * 60


def test_a_paused_drill_stands_still_and_runs_on(hand):
    drill = DrillClock(hand, NOON, speed=2)
    hand.forward(seconds=10)
    drill.pause()
    hand.forward(hours=1)
    assert (drill.is_paused, drill.now()) == (True, NOON + timedelta(seconds=20))
    drill.resume()
    hand.forward(seconds=5)
    assert (drill.is_paused, drill.now()) == (False, NOON + timedelta(seconds=30))


def test_a_new_speed_counts_from_now_on(hand):
    drill = DrillClock(hand, NOON, speed=10)
    hand.forward(seconds=10)
    drill.set_speed(0.5)
    hand.forward(seconds=10)
    assert (drill.speed, drill.now()) == (0.5, NOON + timedelta(seconds=105))


def test_a_new_speed_does_not_wake_a_paused_drill(hand):
    drill = DrillClock(hand, NOON)
    drill.pause()
    drill.set_speed(30)
    hand.forward(hours=1)
    assert drill.now() == NOON


def test_pausing_twice_is_pausing_once(hand):
    drill = DrillClock(hand, NOON)
    drill.pause()
    hand.forward(seconds=10)
    drill.pause()
    drill.resume()
    drill.resume()
    assert drill.now() == NOON


def test_a_jump_of_the_machine_is_none_in_the_drill(hand):
    drill = DrillClock(hand, NOON, speed=5)
    hand.jump(hours=8)
    assert drill.now() == NOON


@pytest.mark.parametrize("speed", [0, -1, float("inf"), float("nan")])
def test_a_drill_needs_a_speed(hand, speed):
    with pytest.raises(DeskError) as caught:
        DrillClock(hand, NOON, speed)
    assert caught.value.field == "speed"
