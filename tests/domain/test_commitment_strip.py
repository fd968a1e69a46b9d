from datetime import timedelta

from desktop.domain.commitment_strip import What
from tests.domain.calendars import berlin, utc
from tests.domain.commitments import HOUR, START, a_commitment, a_pause


def told(commitment, at=None):
    """The strip in short: what, hours of wall time, hours counted."""
    return [
        (segment.what.value, (segment.end - segment.start) / HOUR, segment.counted / HOUR)
        for segment in commitment.segments(at)
    ]


def test_a_commitment_round_the_clock_is_one_stretch():
    assert told(a_commitment(4 * HOUR)) == [("running", 4, 4)]


def test_the_strip_shows_closed_hours():
    assert told(a_commitment(7 * HOUR, berlin())) == [
        ("running", 2, 2),
        ("closed", 1, 0),
        ("running", 4.5, 4.5),
        ("closed", 15.5, 0),
        ("running", 0.5, 0.5),
    ]


def test_the_strip_shows_breaks_and_holidays():
    commitment = a_commitment(3 * HOUR, berlin())
    before_christmas = type(commitment)(commitment.kind, utc("2026-12-24 09:00"), 3 * HOUR, berlin())
    assert [what for what, _, _ in told(before_christmas)] == [
        "running", "closed", "break", "closed", "holiday", "closed", "running",
    ]  # fmt: skip


def test_the_strip_shows_a_pause_with_who_and_why():
    pause = a_pause(HOUR, 3 * HOUR, waiting_on="Acme")
    strip = a_commitment(4 * HOUR, pauses=(pause,)).segments()
    assert [segment.what for segment in strip] == [What.RUNNING, What.PAUSED, What.RUNNING]
    assert strip[1].why == "waiting on customer (Acme), paused by Ana"
    assert strip[1].counted == timedelta()


def test_a_pause_over_closed_hours_is_one_stretch():
    commitment = a_commitment(7 * HOUR, berlin(), pauses=(a_pause(HOUR, 4 * HOUR),))
    assert told(commitment)[:3] == [("running", 1, 1), ("paused", 3, 0), ("running", 3.5, 3.5)]


def test_of_overlapping_pauses_each_stretch_is_owed_to_the_one_begun_first():
    pauses = (a_pause(2 * HOUR, 4 * HOUR, waiting_on="Later"), a_pause(HOUR, 3 * HOUR, waiting_on="First"))
    strip = a_commitment(4 * HOUR, pauses=pauses).segments()
    assert [(segment.start - START) / HOUR for segment in strip] == [0, 1, 3, 4]
    assert "First" in strip[1].why
    assert "Later" in strip[2].why


def test_an_open_pause_lasts_until_the_moment_of_looking():
    paused = a_commitment(4 * HOUR).paused(START + HOUR, "waiting", "Ana")
    assert told(paused) == [("running", 4, 4)]
    assert told(paused, START + 3 * HOUR) == [("running", 1, 1), ("paused", 2, 0), ("running", 3, 3)]


def test_time_past_the_deadline_is_a_last_stretch():
    assert told(a_commitment(4 * HOUR), START + 6 * HOUR) == [("running", 4, 4), ("over", 2, 0)]


def test_time_past_the_deadline_ends_with_the_stop():
    stopped = a_commitment(4 * HOUR).stopped(START + 5 * HOUR)
    assert told(stopped, START + 9 * HOUR) == told(stopped) == [("running", 4, 4), ("over", 1, 0)]


def test_stopped_in_time_the_strip_still_reaches_to_due():
    assert told(a_commitment(4 * HOUR).stopped(START + HOUR)) == [("running", 4, 4)]
