"""Quiet hours, in the person's own wall time."""

from datetime import UTC, datetime, time

from desktop.domain.person import Person
from desktop.domain.quiet import quiet_until

NIGHT = Person(1, "Maya", "M", zone="Europe/Berlin", quiet_from=time(22), quiet_to=time(7))


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_without_quiet_hours_there_are_none():
    assert quiet_until(Person(1, "Maya", "M"), at(23, 2)) is None


def test_in_the_evening_they_last_until_the_next_morning():
    assert quiet_until(NIGHT, at(23, 21, 30)) == at(24, 6)


def test_after_midnight_they_last_until_this_morning():
    assert quiet_until(NIGHT, at(24, 2)) == at(24, 6)


def test_their_last_instant_is_quiet_no_more():
    assert quiet_until(NIGHT, at(24, 6)) is None


def test_the_night_of_the_spring_change_is_an_hour_shorter():
    # 22:00 CET on 28 March to 07:00 CEST on 29 March: eight hours of real time.
    assert quiet_until(NIGHT, at(28, 21, month=3)) == at(29, 5, month=3)


def test_hours_within_a_day_end_that_day():
    lunch = Person(1, "Maya", "M", quiet_from=time(12), quiet_to=time(13))
    assert quiet_until(lunch, at(23, 12, 15)) == at(23, 13)


def test_until_midnight_is_until_midnight():
    evening = Person(1, "Maya", "M", quiet_from=time(20), quiet_to=time(0))
    assert quiet_until(evening, at(23, 23)) == at(24, 0)


def test_an_end_that_a_clock_change_skips_is_the_first_instant_after():
    odd = Person(1, "Maya", "M", zone="Europe/Berlin", quiet_from=time(1), quiet_to=time(2, 30))
    assert quiet_until(odd, at(29, 0, 30, month=3)) == at(29, 1, month=3)
