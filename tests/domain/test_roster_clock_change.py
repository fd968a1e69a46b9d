"""Rosters on the days on which the clocks change, by hand."""

from tests.domain.rosters import at_wall, layer, said, schedule, utc


def test_a_handoff_at_a_time_that_is_skipped_comes_first_thing_after():
    rota = schedule(layer(start="2026-03-28T02:30", unit="day", people="AB"))
    handoffs = rota.handoffs("primary", utc("2026-03-28T00:00"), utc("2026-03-30T23:00"))
    assert handoffs == [utc("2026-03-28T01:30"), utc("2026-03-29T01:00"), utc("2026-03-30T00:30")]


def test_a_handoff_at_a_time_that_comes_twice_is_at_the_first():
    rota = schedule(layer(start="2026-10-24T02:30", unit="day", people="AB"))
    handoffs = rota.handoffs("primary", utc("2026-10-25T00:00"), utc("2026-10-25T23:00"))
    assert handoffs == [at_wall("Europe/Berlin", "2026-10-25T02:30", fold=0)]
    assert rota.on_call(at_wall("Europe/Berlin", "2026-10-25T02:15", fold=1)) == ("B",)


def test_an_hourly_rotation_loses_the_turn_whose_hour_is_skipped():
    rota = schedule(layer(start="2026-03-29T00:00", unit="hour", people="ABCD"))
    assert said(rota.shifts(utc("2026-03-29T00:00"), utc("2026-03-29T03:00"))) == [
        "29 00:00 – 29 01:00 B primary",
        "29 01:00 – 29 02:00 D primary",
        "29 02:00 – 29 03:00 A primary",
    ]
    assert len(rota.handoffs("primary", utc("2026-03-29T00:00"), utc("2026-03-29T03:00"))) == 4


def test_an_hourly_rotation_keeps_one_turn_for_an_hour_that_comes_twice():
    rota = schedule(layer(start="2026-10-25T00:00", unit="hour", people="ABCD"))
    assert said(rota.shifts(utc("2026-10-24T23:00"), utc("2026-10-25T03:00"))) == [
        "24 23:00 – 25 00:00 B primary",
        "25 00:00 – 25 02:00 C primary",
        "25 02:00 – 25 03:00 D primary",
    ]


def test_a_restriction_runs_from_the_first_showing_to_the_last():
    rota = schedule(layer(people="A", restrict=[{"from": "02:15", "to": "02:45"}]))
    assert said(rota.shifts(utc("2026-10-25T00:00"), utc("2026-10-25T12:00"))) == [
        "25 00:15 – 25 01:45 A primary"
    ]


def test_a_restriction_whose_hours_are_all_skipped_has_no_time_that_day():
    rota = schedule(layer(people="A", restrict=[{"from": "02:15", "to": "02:45"}]))
    assert rota.shifts(utc("2026-03-29T00:00"), utc("2026-03-29T12:00")) == []


def test_a_day_that_a_zone_skipped_belongs_to_nobody():
    rota = schedule(layer(start="2011-12-28T09:00", unit="day", people="ABCD"), zone="Pacific/Apia")
    handoffs = rota.handoffs("primary", utc("2011-12-28T00:00"), utc("2012-01-01T00:00"))
    # The 29th at UTC-10; the 30th never came; the 31st at UTC+14.
    assert handoffs == [
        utc("2011-12-28T19:00"),
        utc("2011-12-29T19:00"),
        utc("2011-12-30T10:00"),
        utc("2011-12-30T19:00"),
        utc("2011-12-31T19:00"),
    ]
