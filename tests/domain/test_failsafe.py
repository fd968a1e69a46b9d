"""Repeats that join, the storm brake, and the breaker of a rule; edges to the microsecond."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.failsafe import (
    AlertState,
    BreakerRule,
    RuleBaseline,
    brakes,
    is_quiet,
    is_told,
    joins,
    rule_baseline,
    trip_limit,
    trips,
)

MIN = 60_000_000
HOUR = 60 * MIN
DAY = 24 * HOUR
NOW = 1_790_000_000_000_000
INSTANTS = st.integers(0, 2 * HOUR)


def test_a_repeat_joins_an_escalation_that_is_open_however_old():
    assert joins(AlertState(True), NOW, 0)


@pytest.mark.parametrize(("ago", "joined"), [(HOUR - 1, True), (HOUR, False), (HOUR + 1, False), (-1, True)])
def test_a_repeat_joins_what_ended_less_than_the_window_ago(ago, joined):
    assert joins(AlertState(False, NOW - ago), NOW, HOUR) is joined


@pytest.mark.parametrize(("ago", "told"), [(15 * MIN - 1, False), (15 * MIN, True)])
def test_a_repeat_is_told_every_fifteen_minutes(ago, told):
    assert is_told(7, NOW - ago, NOW) is told


def test_a_repeat_is_told_at_first_and_at_every_power_of_ten():
    told = [count for count in range(1, 10_001) if is_told(count, 0 if count == 1 else NOW, NOW)]
    assert told == [1, 10, 100, 1000, 10_000]


@pytest.mark.parametrize(("openings", "braked"), [(0, False), (9, False), (10, True), (11, True)])
def test_never_more_than_the_limit_is_opened(openings, braked):
    assert brakes([NOW] * openings, 10, 10 * MIN, NOW) is braked


@pytest.mark.parametrize(("ago", "braked"), [(10 * MIN - 1, True), (10 * MIN, False), (-1, True)])
def test_an_opening_counts_until_exactly_one_window_later(ago, braked):
    assert brakes([NOW - ago], 1, 10 * MIN, NOW) is braked


@given(st.lists(INSTANTS, max_size=60), st.integers(1, 8), st.integers(1, HOUR))
def test_no_window_anywhere_holds_more_openings_than_the_limit(arrivals, limit, window_us):
    opened = []
    for at_us in sorted(arrivals):
        if not brakes(opened, limit, window_us, at_us):
            opened.append(at_us)
    assert all(sum(at <= one < at + window_us for one in opened) <= limit for at in opened)


@pytest.mark.parametrize(("ago", "quiet"), [(10 * MIN - 1, False), (10 * MIN, True)])
def test_a_storm_seems_over_after_a_window_without_a_signal(ago, quiet):
    assert is_quiet(NOW - ago, 10 * MIN, NOW) is quiet


def steady(an_hour, days=14):
    """So many firings in each hour before the last one."""
    return [NOW - HOUR - i * HOUR - j for i in range(days * 24) for j in range(an_hour)]


def test_a_rule_without_a_past_may_fire_up_to_the_floor():
    baseline = rule_baseline([], NOW, NOW)
    assert [trips([NOW] * n, baseline, NOW) is not None for n in (20, 21)] == [False, True]


def test_a_steady_rule_may_vary_as_chance_has_it():
    # mean 100, deviation 0: 100 + 3 · √100
    assert trip_limit(rule_baseline(steady(100), NOW, NOW - 20 * DAY)) == 130


def test_a_rule_that_fires_in_bursts_may_vary_more():
    bursts = [NOW - HOUR - i * HOUR for i in range(0, 336, 4) for _ in range(100)]
    baseline = rule_baseline(bursts, NOW, NOW - 20 * DAY)
    assert trip_limit(baseline) == int(baseline.mean + 3 * baseline.deviation) > 130


def test_fourteen_days_of_hours_are_the_baseline_and_no_more():
    baseline = rule_baseline([*steady(2), NOW - 15 * DAY], NOW, NOW - 30 * DAY)
    assert baseline == RuleBaseline(2.0, 0.0, 336)


def test_hours_before_the_rule_was_switched_on_do_not_count():
    assert rule_baseline(steady(2, days=1), NOW, NOW - HOUR - DAY).windows == 24


def test_what_happens_now_is_no_part_of_what_is_usual():
    assert rule_baseline([NOW] * 500, NOW, NOW - 20 * DAY).mean == 0


@pytest.mark.parametrize(("at_us", "trip"), [(NOW - HOUR + 1, True), (NOW - HOUR, False), (NOW + 1, False)])
def test_a_firing_counts_for_exactly_one_window(at_us, trip):
    rule = BreakerRule(floor=0)
    assert (trips([at_us], RuleBaseline(0, 0, 0), NOW, rule) is not None) is trip


def test_a_trip_says_what_is_usual_and_what_is_abnormal():
    trip = trips([NOW] * 45, RuleBaseline(3.0, 1.0, 336), NOW)
    assert trip.sentence == (
        "It fired 45 times in 60 min. Usual are 3.0, and more than 20 are abnormal: it only proposes now."
    )


@given(st.lists(INSTANTS, max_size=40), st.floats(0, 50), st.floats(0, 50))
def test_a_rule_never_trips_at_or_below_the_floor(firings, mean, deviation):
    trip = trips(firings, RuleBaseline(mean, deviation, 336), HOUR)
    assert trip is None or trip.firings > max(20, mean)
