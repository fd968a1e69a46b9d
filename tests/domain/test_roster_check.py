"""What is wrong with a rota, found before it goes wrong."""

import pytest

from desktop.domain.roster_check import Fault, Limits, Surroundings, check
from tests.domain.rosters import HOUR, layer, off, override, schedule, utc

WEEK = utc("2026-03-02T00:00"), utc("2026-03-09T00:00")
DAY = "2026-03-03T00:00", "2026-03-04T00:00"
NAMES = {"A": "Ana", "B": "Ben", "E": "Eve", "H": "Hal"}


def found(rota, *, window=WEEK, **around):
    """Faults and sentences, in order."""
    around = Surroundings(name_of=lambda person: NAMES.get(person, person), **around)
    return [(each.fault, each.text) for each in check(rota, *window, around)]


def test_a_rota_without_fault_has_no_findings():
    assert check(schedule(layer()), *WEEK) == []


def test_an_empty_window_has_no_findings():
    assert check(schedule(), WEEK[0], WEEK[0]) == []


def test_a_gap_is_found_with_its_length():
    rota = schedule(layer(people="A", restrict=[{"from": "02:00", "to": "01:00"}]))
    window = utc("2026-03-03T12:00"), utc("2026-03-04T12:00")
    assert found(rota, window=window)[0] == (Fault.GAP, "Nobody is on call for 1 h.")


def test_a_desk_that_is_not_open_all_day_has_gaps_in_its_hours_alone():
    rota = schedule(layer(people="A", restrict=[{"from": "09:00", "to": "17:00"}]))
    hours = [(utc("2026-03-03T08:00"), utc("2026-03-03T18:00"))]
    (finding,) = check(rota, *WEEK, Surroundings(wanted=hours))
    assert (finding.start, finding.end) == (utc("2026-03-03T16:00"), utc("2026-03-03T18:00"))


def test_time_off_is_found_and_the_gap_it_leaves():
    rota = schedule(layer("low", people="B"), layer("high", people="A"), time_off=[off("A", *DAY)])
    assert found(rota) == [
        (Fault.GAP, "Nobody is on call for 1 d: Ana is away or taken out."),
        (Fault.ON_LEAVE, "Ana is away for 1 d of a planned shift."),
    ]


def test_time_off_that_an_override_covers_is_well():
    cover = override(*DAY, add="E", remove="A")
    assert found(schedule(layer(people="A"), time_off=[off("A", *DAY)], overrides=[cover])) == []


def test_somebody_put_in_while_away_is_found():
    cover = override("2026-03-03T12:00", "2026-03-04T12:00", add="E", remove="A")
    rota = schedule(layer(people="A"), time_off=[off("E", *DAY)], overrides=[cover])
    assert found(rota) == [(Fault.ON_LEAVE, "Eve is on call by an override for 12 h while away.")]


def test_somebody_put_in_on_top_of_those_planned_is_an_overlap():
    rota = schedule(layer(people=[["A", "B"]]), overrides=[override(*DAY, add="E", remove="X")])
    assert found(rota) == [(Fault.OVERLAP, "Eve is on call on top of Ana and Ben for 1 d.")]


def test_somebody_on_call_in_two_schedules_is_an_overlap():
    other = schedule(layer(people="A", restrict=[{"days": ["tue"], "from": "08:00", "to": "12:00"}]))
    elsewhere = {"Payments": other.shifts(*WEEK)}
    assert found(schedule(layer(people="A")), elsewhere=elsewhere) == [
        (Fault.OVERLAP, "Ana is on call in Payments as well for 4 h.")
    ]


def test_somebody_without_a_channel_is_found_once():
    rota = schedule(layer(unit="day", people="AB"))
    window = utc("2026-03-02T08:00"), utc("2026-03-06T08:00")
    assert found(rota, window=window, is_reachable=lambda person: person != "B") == [
        (Fault.NO_CHANNEL, "Ben is on call for 2 d and has no working channel.")
    ]


@pytest.mark.parametrize(
    ("changes", "place", "text"),
    [
        ([{"remove": "X"}], 0, "The override that takes out X changes nothing."),
        ([{"add": "A"}], 0, "The override that adds Ana changes nothing."),
        (
            [{"add": "E", "remove": "A"}, {"add": "H", "remove": ["A", "E"]}],
            0,
            "The override that puts Eve in the place of Ana changes nothing.",
        ),
    ],
)
def test_an_override_that_changes_nothing_is_found(changes, place, text):
    rota = schedule(layer(people="A"), overrides=[override(*DAY, **change) for change in changes])
    around = Surroundings(name_of=lambda person: NAMES.get(person, person))
    masked = [each for each in check(rota, *WEEK, around) if each.fault is Fault.MASKED]
    assert [(each.override, each.text) for each in masked] == [(place, text)]


def test_an_override_that_begins_to_count_later_is_not_masked():
    late = override("2026-03-08T00:00", "2026-03-10T00:00", add="A", remove="B")
    rota = schedule(layer(people="AB"), overrides=[late])
    assert Fault.MASKED not in {fault for fault, _ in found(rota)}


def test_many_days_in_a_row_are_found():
    rota = schedule(layer(unit="day", count=9, people="AB"))
    (finding,) = [each for each in check(rota, WEEK[0], utc("2026-03-12T00:00")) if each.people == ("A",)]
    assert finding.fault is Fault.MANY_DAYS
    assert finding.text == "A is on call on 10 days in a row."
    assert (finding.start, finding.end) == (utc("2026-03-02T08:00"), utc("2026-03-11T08:00"))


def test_a_week_from_monday_to_monday_is_not_too_long():
    assert check(schedule(layer(people="AB")), *WEEK) == []


def test_little_rest_between_shifts_is_found():
    split = [{"from": "08:00", "to": "14:00"}, {"from": "20:00", "to": "22:00"}]
    rota = schedule(layer("rest", people="B"), layer(people="A", restrict=split))
    window = utc("2026-03-03T00:00"), utc("2026-03-04T00:00")
    rests = [text for fault, text in found(rota, window=window) if fault is Fault.SHORT_REST]
    assert "Ana has 6 h of rest between two shifts." in rests


def test_rest_counts_shifts_in_other_schedules():
    morning, night = ([{"from": a, "to": b}] for a, b in (("06:00", "12:00"), ("18:00", "22:00")))
    window = utc("2026-03-03T00:00"), utc("2026-03-04T00:00")
    elsewhere = {"Payments": schedule(layer(people="A", restrict=night)).shifts(*window)}
    rota = schedule(layer(people="A", restrict=morning))
    assert (Fault.SHORT_REST, "Ana has 6 h of rest between two shifts.") in found(
        rota, window=window, elsewhere=elsewhere
    )


def test_limits_are_the_desks_own():
    rota = schedule(layer(people="A", restrict=[{"from": "08:00", "to": "20:00"}]))
    limits = Limits(most_days=2, rest=13 * HOUR)
    faults = {fault for fault, _ in found(rota, limits=limits)}
    assert faults == {Fault.GAP, Fault.MANY_DAYS, Fault.SHORT_REST}


def test_somebody_whose_turns_all_fall_on_free_days_is_found():
    weekdays = [{"days": ["mon", "tue", "wed", "thu", "fri"], "from": "09:00", "to": "09:00"}]
    rota = schedule(layer(unit="day", people="ABCDEFG", restrict=weekdays))
    window = utc("2026-03-02T08:00"), utc("2026-03-30T07:00")
    assert [text for fault, text in found(rota, window=window) if fault is Fault.NO_TURN] == [
        "Every turn of F falls outside the hours of primary.",
        "Every turn of G falls outside the hours of primary.",
    ]


def test_too_short_a_look_says_nothing_of_turns():
    rota = schedule(layer(people="ABC", restrict=[{"days": ["mon"]}]))
    assert Fault.NO_TURN not in {fault for fault, _ in found(rota)}


def test_findings_are_in_order_of_time():
    rota = schedule(
        layer(people="A"), time_off=[off("A", "2026-03-06T00:00", "2026-03-07T00:00"), off("A", *DAY)]
    )
    starts = [each.start for each in check(rota, *WEEK)]
    assert starts == sorted(starts)
