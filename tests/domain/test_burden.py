"""What being on call costs each person, week by week."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.burden import (
    Page,
    Weights,
    burden,
    first_free,
    free_at,
    heat_map,
    interruptions,
    pages_left,
)
from desktop.domain.roster import Shift
from tests.domain.rosters import HOUR, MINUTE, layer, schedule, utc

WEEK = utc("2026-03-02T00:00"), utc("2026-03-09T00:00")


def berlin(person):
    return "Europe/Berlin"


def greenwich(person):
    return "UTC"


def paged(*texts, person="A"):
    return [Page(person, utc(text)) for text in texts]


def one_week(pages, shifts=(), zone_of=greenwich, **more):
    (week,) = burden(pages, shifts, WEEK[0] + 12 * HOUR, WEEK[1] - 12 * HOUR, zone_of=zone_of, **more)
    return week


@pytest.mark.parametrize(
    ("text", "is_night", "is_weekend"),
    [
        ("2026-03-03T12:00", 0, 0),
        ("2026-03-03T21:59", 0, 0),
        ("2026-03-03T22:00", 1, 0),
        ("2026-03-04T05:59", 1, 0),
        ("2026-03-04T06:00", 0, 0),
        ("2026-03-07T00:00", 1, 1),
        ("2026-03-08T21:00", 0, 1),
    ],
)
def test_pages_are_told_apart_by_night_and_weekend(text, is_night, is_weekend):
    week = one_week(paged(text))
    assert (week.pages, week.night_pages, week.weekend_pages) == (1, is_night, is_weekend)


def test_night_is_what_the_persons_own_clock_shows():
    week = one_week(paged("2026-03-03T21:30"), zone_of=berlin)
    assert week.night_pages == 1


def test_pages_within_a_minute_of_the_first_are_one_interruption():
    at = utc("2026-03-03T12:00")
    times = [at, at + timedelta(seconds=60), at + timedelta(seconds=61), at + timedelta(seconds=100)]
    assert interruptions(reversed(times)) == [at, at + timedelta(seconds=61)]


@given(st.lists(st.integers(0, 600)))
def test_interruptions_are_more_than_a_minute_apart_and_hold_every_page(seconds):
    at = utc("2026-03-03T12:00")
    times = [at + timedelta(seconds=each) for each in seconds]
    found = interruptions(times)
    assert all(b - a > MINUTE for a, b in pairwise(found))
    assert all(any(timedelta() <= time - each <= MINUTE for each in found) for time in times)


def test_hours_on_call_are_cut_to_the_week_and_count_the_change_of_the_clock():
    rota = schedule(layer(people="A"))
    shifts = rota.shifts(utc("2026-03-20T00:00"), utc("2026-04-10T00:00"))
    weeks = burden([], shifts, utc("2026-03-23T12:00"), utc("2026-03-30T12:00"), zone_of=berlin)
    assert [(week.week, week.hours_on_call) for week in weeks] == [
        (date(2026, 3, 23), 167.0),
        (date(2026, 3, 30), 168.0),
    ]


def test_days_in_a_row_go_on_from_the_week_before():
    shifts = [Shift(utc("2026-02-26T08:00"), utc("2026-03-04T08:00"), ("A",), "primary")]
    assert one_week([], shifts).days_in_a_row == 7


def test_the_longest_run_of_a_week_counts():
    shifts = [
        Shift(utc(f"2026-03-{day:02}T08:00"), utc(f"2026-03-{day:02}T16:00"), ("A",), "primary")
        for day in (2, 4, 5, 6, 8)
    ]
    assert one_week([], shifts).days_in_a_row == 3


def test_the_index_is_the_sum_of_its_parts():
    pages = paged("2026-03-03T12:00", "2026-03-04T02:00", "2026-03-07T23:00")
    week = one_week(pages, weights=Weights(page=1, night_page=10, weekend_page=100, day_in_a_row=1000))
    assert [(part.name, part.times, part.points) for part in week.parts] == [
        ("pages", 3, 3),
        ("night pages", 2, 20),
        ("weekend pages", 1, 100),
        ("days in a row", 0, 0),
    ]
    assert week.index == 123


def test_weeks_are_in_order_of_name_and_time_with_the_quiet_ones():
    pages = [*paged("2026-03-17T12:00", person="B"), *paged("2026-03-03T12:00")]
    weeks = burden(pages, [], utc("2026-03-04T00:00"), utc("2026-03-23T00:00"), zone_of=greenwich)
    assert [(week.person, week.week.day, week.pages) for week in weeks] == [
        ("A", 2, 1),
        ("A", 9, 0),
        ("A", 16, 0),
        ("B", 2, 0),
        ("B", 9, 0),
        ("B", 16, 1),
    ]


def test_whoever_was_neither_paged_nor_on_call_then_is_left_out():
    assert burden(paged("2026-01-03T12:00"), [], *WEEK, zone_of=greenwich) == []


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 6 * 7 * 24 * 60 - 1))))
def test_every_page_is_in_one_week_and_one_field_of_the_heat_map(times):
    pages = [Page(person, WEEK[0] + minute * MINUTE) for person, minute in times]
    weeks = burden(pages, [], WEEK[0], WEEK[0] + 6 * 7 * 24 * HOUR, zone_of=berlin)
    assert sum(week.pages for week in weeks) == len(pages)
    assert sum(map(sum, heat_map(pages, zone_of=berlin))) == len(pages)


def test_the_heat_map_has_a_field_for_each_hour_of_each_weekday():
    fields = heat_map(paged("2026-03-03T23:30", "2026-03-10T23:59"), zone_of=berlin)
    assert (len(fields), {len(day) for day in fields}) == (7, {24})
    assert fields[2][0] == 2


def test_only_pages_of_the_last_hour_count_against_the_limit():
    now = utc("2026-03-03T12:00")
    times = [now - HOUR, now - 59 * MINUTE, now]
    assert [pages_left(times, now, most) for most in (1, 2, 3)] == [0, 0, 1]


def test_the_next_page_is_allowed_when_enough_of_the_last_hour_is_over():
    now = utc("2026-03-03T12:00")
    times = [now - 50 * MINUTE, now - 40 * MINUTE, now - 10 * MINUTE]
    assert free_at(times, now, 4) == now
    assert free_at(times, now, 3) == now + 10 * MINUTE
    assert free_at(times, now, 1) == now + 50 * MINUTE


@given(st.lists(st.integers(-120, 0)), st.integers(1, 5))
def test_a_page_is_allowed_when_it_is_said_to_be_and_not_before(minutes, most):
    now = utc("2026-03-03T12:00")
    times = [now + minute * MINUTE for minute in minutes]
    free = free_at(times, now, most)
    assert pages_left(times, free, most) > 0
    assert free == now or pages_left(times, free - timedelta(microseconds=1), most) == 0


def test_the_first_who_may_be_paged_is_asked():
    now = utc("2026-03-03T12:00")
    times = {"A": [now - MINUTE, now - MINUTE], "B": [now - MINUTE]}
    assert first_free("AB", times.__getitem__, now, 2) == "B"
    assert first_free("AB", times.__getitem__, now, 1) is None
