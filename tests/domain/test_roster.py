"""Who is on call: rotations, layers, restrictions, joining, overrides and time off, by hand."""

from datetime import date, timedelta

import pytest

from desktop.domain.errors import DeskError, NotFound
from desktop.domain.roster import Gap, Schedule, Shift
from tests.domain.rosters import HOUR, at_wall, layer, off, override, said, schedule, utc, walls

CONTRACT = {
    "zone": "America/Chicago",
    "layers": [
        {
            "name": "primary",
            "start": "2026-03-02T09:00",
            "every": {"unit": "week", "count": 1},
            "people": [["A"], ["B"], ["C", "D"]],
            "restrict": [{"days": ["mon", "tue"], "from": "08:00", "to": "20:00"}],
        }
    ],
    "overrides": [{"from": "2026-03-02T15:00:00Z", "to": "2026-03-02T17:00:00Z", "add": "E", "remove": "A"}],
    "time_off": [{"person": "B", "from": "2026-03-10T13:00:00Z", "to": "2026-03-11T00:00:00Z"}],
}


def test_the_documents_of_other_programs_are_understood():
    rota = Schedule.from_mapping(CONTRACT)
    assert rota.shifts(utc("2026-03-02T00:00"), utc("2026-03-03T00:00")) == [
        (utc("2026-03-02T14:00"), utc("2026-03-02T15:00"), ("C", "D"), "primary"),
        (utc("2026-03-02T15:00"), utc("2026-03-02T17:00"), ("E",), "override"),
        (utc("2026-03-02T17:00"), utc("2026-03-03T00:00"), ("A",), "primary"),
    ]
    # Daylight saving began on the 8th; B is away from the second day on.
    assert said(rota.shifts(utc("2026-03-09T00:00"), utc("2026-03-12T00:00"))) == [
        "09 13:00 – 09 14:00 A primary",
        "09 14:00 – 10 01:00 B primary",
        "11 00:00 – 11 01:00 B primary",
    ]


def test_a_weekly_handoff_stays_at_nine_over_the_change_and_counts_both_ends():
    rota = Schedule.from_mapping(CONTRACT)
    first, last = utc("2026-03-02T15:00"), utc("2026-03-16T14:00")
    assert rota.handoffs("primary", first, last) == [first, utc("2026-03-09T14:00"), last]


def test_the_shift_is_cut_to_the_window():
    rota = schedule(layer(people="A"))
    window = utc("2026-05-01T03:00"), utc("2026-05-01T04:30")
    assert rota.shifts(*window) == [Shift(*window, ("A",), "primary")]


def test_an_empty_window_has_no_shifts():
    rota = schedule(layer(people="A"))
    at = utc("2026-05-01T03:00")
    assert (rota.shifts(at, at), rota.shifts(at, at - HOUR), rota.gaps(at, at)) == ([], [], [])


def test_a_shift_lasts_over_handoffs_to_the_same_people_which_are_told_apart():
    rota = schedule(layer(unit="day", people="A"))
    window = utc("2026-03-02T08:00"), utc("2026-03-05T07:00")
    assert said(rota.shifts(*window)) == ["02 08:00 – 05 07:00 A primary"]
    assert len(rota.handoffs("primary", *window)) == 3


def test_a_rotation_extends_backwards_before_its_start():
    rota = schedule(layer(start="2026-03-02T09:00", people="ABC"))
    assert [rota.on_call(utc(f"2026-02-{day}T12:00"))[0] for day in ("09", "16", "23")] == ["A", "B", "C"]


def test_an_uneven_split_alternates_between_its_lengths():
    rota = schedule(layer(start="2026-03-02T09:00", unit="day", count=[4, 3], people="AB"))
    handoffs = rota.handoffs("primary", utc("2026-02-24T00:00"), utc("2026-03-17T00:00"))
    assert walls("Europe/Berlin", handoffs) == [
        "02-27 09:00",
        "03-02 09:00",
        "03-06 09:00",
        "03-09 09:00",
        "03-13 09:00",
        "03-16 09:00",
    ]


def test_months_clamp_to_the_last_day_from_the_day_they_started_on():
    rota = schedule(layer(start="2026-01-31T09:00", unit="month"))
    handoffs = rota.handoffs("primary", utc("2025-11-01T00:00"), utc("2026-07-01T00:00"))
    assert [text[:5] for text in walls("Europe/Berlin", handoffs)] == [
        "11-30",
        "12-31",
        "01-31",
        "02-28",
        "03-31",
        "04-30",
        "05-31",
        "06-30",
    ]


def test_the_last_layer_with_somebody_wins_and_an_empty_slot_lets_the_lower_through():
    rota = schedule(layer("low", people="L"), layer("high", unit="day", people=[["H"], []]))
    assert said(rota.shifts(utc("2026-03-02T08:00"), utc("2026-03-04T20:00"))) == [
        "02 08:00 – 03 08:00 H high",
        "03 08:00 – 04 08:00 L low",
        "04 08:00 – 04 20:00 H high",
    ]


def test_a_restriction_over_midnight_belongs_to_the_day_it_starts_on():
    rota = schedule(layer(people="A", restrict=[{"days": ["fri"], "from": "20:00", "to": "08:00"}]))
    assert said(rota.shifts(utc("2026-03-05T00:00"), utc("2026-03-09T00:00"))) == [
        "06 19:00 – 07 07:00 A primary"
    ]


def test_a_restriction_that_ends_when_it_begins_lasts_a_day():
    rota = schedule(layer(people="A", restrict=[{"days": ["fri"], "from": "09:00", "to": "09:00"}]))
    assert said(rota.shifts(utc("2026-03-05T00:00"), utc("2026-03-09T00:00"))) == [
        "06 08:00 – 07 08:00 A primary"
    ]


def test_restrictions_add_up():
    nights_and_weekends = [{"from": "20:00", "to": "08:00"}, {"days": ["sat", "sun"]}]
    rota = schedule(layer(people="A", restrict=nights_and_weekends))
    assert said(rota.shifts(utc("2026-03-06T12:00"), utc("2026-03-09T12:00"))) == [
        "06 19:00 – 09 07:00 A primary"
    ]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (True, ["25 23:00 – 26 23:00 A primary"]),
        (False, ["24 12:00 – 25 23:00 A primary", "26 23:00 – 27 12:00 A primary"]),
    ],
)
def test_a_layer_is_for_holidays_alone_or_for_all_other_days(only, expected):
    restrict = [{"holidays": "DE-BY", "only": only}]
    holidays = {"DE-BY": ["2026-12-26"]}
    rota = schedule(layer(people="A", restrict=restrict), holidays=holidays)
    assert said(rota.shifts(utc("2026-12-24T12:00"), utc("2026-12-27T12:00"))) == expected


def test_holidays_not_listed_are_asked_for_by_year():
    asked = []

    def holidays_of(country, year):
        asked.append((country, year))
        return [date(year, 1, 1)]

    rota = schedule(layer(people="A", restrict=[{"holidays": "FR"}]), holidays_of=holidays_of)
    assert rota.on_call(utc("2027-01-01T12:00")) == ("A",)
    assert rota.on_call(utc("2027-01-03T12:00")) == ()
    assert set(asked) == {("FR", 2026), ("FR", 2027)}


def test_a_layer_may_have_a_zone_of_its_own():
    office = [{"from": "09:00", "to": "17:00"}]
    rota = schedule(
        layer("berlin", people="B", restrict=office),
        layer("tokyo", people="T", restrict=office, zone="Asia/Tokyo"),
        layer("denver", people="D", restrict=office, zone="America/Denver"),
    )
    assert said(rota.shifts(utc("2026-07-01T00:00"), utc("2026-07-02T00:00"))) == [
        "01 00:00 – 01 08:00 T tokyo",
        "01 08:00 – 01 15:00 B berlin",
        "01 15:00 – 01 23:00 D denver",
    ]


def test_somebody_joins_and_leaves_by_date_and_the_others_go_on_in_turn():
    people = [["A"], {"people": ["B"], "to": "2026-03-18"}, ["C"], {"people": ["D"], "from": "2026-03-22"}]
    rota = schedule(layer(start="2026-03-02T09:00", people=people))
    mondays = [utc("2026-02-23T12:00") + timedelta(weeks=n) for n in range(9)]
    # B would be halfway into a week on the 18th and does not begin it; D comes after C from the 22nd on.
    assert "".join(rota.on_call(at)[0] for at in mondays) == "CABCDACDA"


def test_a_rotation_that_all_have_left_is_a_gap():
    rota = schedule(layer(people=[{"people": ["A"], "to": "2026-03-20"}]))
    (gap,) = rota.gaps(utc("2026-03-15T00:00"), utc("2026-04-01T00:00"))
    assert gap == Gap(utc("2026-03-16T08:00"), utc("2026-04-01T00:00"), ())


def test_time_off_leaves_the_others_of_the_group():
    rota = schedule(layer(people=[["A", "B"]]), time_off=[off("A", "2026-03-03T00:00", "2026-03-04T00:00")])
    assert rota.on_call(utc("2026-03-03T12:00")) == ("B",)


def test_time_off_leaves_a_hole_that_a_lower_layer_does_not_hide():
    away = [off("H", "2026-03-03T00:00", "2026-03-04T00:00")]
    rota = schedule(layer("low", people="L"), layer("high", people="H"), time_off=away)
    assert rota.on_call(utc("2026-03-03T12:00")) == ()
    assert rota.gaps(utc("2026-03-01T00:00"), utc("2026-03-08T00:00")) == [
        Gap(utc("2026-03-03T00:00"), utc("2026-03-04T00:00"), ("H",))
    ]


@pytest.mark.parametrize(
    ("change", "people", "decided_by"),
    [
        ({"add": "E"}, ("A", "B", "E"), "override"),
        ({"remove": "A"}, ("B",), "primary"),
        ({"add": "E", "remove": "A"}, ("E", "B"), "override"),
        ({"add": "E", "remove": "X"}, ("A", "B", "E"), "override"),
        ({"add": "A"}, ("A", "B"), "primary"),
        ({"add": ["E", "F"], "remove": ["A", "B"]}, ("E", "F"), "override"),
    ],
)
def test_an_override_adds_removes_or_replaces(change, people, decided_by):
    start, end = "2026-03-03T00:00", "2026-03-04T00:00"
    rota = schedule(layer(people=[["A", "B"]]), overrides=[override(start, end, **change)])
    assert rota.shifts(utc(start), utc(end)) == [(utc(start), utc(end), people, decided_by)]


def test_removing_everybody_leaves_a_hole_that_a_lower_layer_does_not_hide():
    change = override("2026-03-03T00:00", "2026-03-04T00:00", remove="H")
    rota = schedule(layer("low", people="L"), layer("high", people="H"), overrides=[change])
    assert rota.on_call(utc("2026-03-03T12:00")) == ()


def test_an_override_fills_a_gap():
    change = override("2026-03-03T00:00", "2026-03-04T00:00", add="E")
    rota = schedule(overrides=[change])
    assert said(rota.shifts(utc("2026-03-01T00:00"), utc("2026-03-08T00:00"))) == [
        "03 00:00 – 04 00:00 E override"
    ]


def test_of_overrides_at_odds_the_later_one_wins():
    start, end = "2026-03-03T00:00", "2026-03-04T00:00"
    there_and_back = [override(start, end, add="E", remove="A"), override(start, end, add="A", remove="E")]
    rota = schedule(layer(people="A"), overrides=there_and_back)
    assert rota.on_call(utc("2026-03-03T12:00")) == ("A",)


def test_somebody_put_in_by_hand_is_on_call_although_off():
    start, end = "2026-03-03T00:00", "2026-03-04T00:00"
    rota = schedule(
        layer(people="A"), overrides=[override(start, end, add="A")], time_off=[off("A", start, end)]
    )
    assert said(rota.shifts(utc(start), utc(end))) == ["03 00:00 – 04 00:00 A override"]


def test_answers_are_in_utc_whatever_zone_is_asked_in():
    rota = schedule(layer(people="A"))
    start = at_wall("Asia/Kolkata", "2026-03-03T05:30").astimezone()
    (shift,) = rota.shifts(start, start + HOUR)
    assert shift.start.isoformat() == "2026-03-03T00:00:00+00:00"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(DeskError, match="no time zone"):
        schedule(layer()).on_call(utc("2026-03-03T00:00").replace(tzinfo=None))


def test_a_time_out_of_reach_is_refused():
    with pytest.raises(DeskError, match="out of a rota's reach"):
        schedule(layer()).on_call(utc("2300-03-03T00:00"))


def test_handoffs_of_an_unknown_layer_are_refused():
    with pytest.raises(NotFound, match="no layer “secondary”"):
        schedule(layer()).handoffs("secondary", utc("2026-03-03T00:00"), utc("2026-03-04T00:00"))
