"""Rates against what is usual, shares of errors, and uptime."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.spike import (
    WINDOW_US,
    Baseline,
    SpikeRule,
    baseline_of,
    baseline_until_us,
    error_share,
    is_spike,
    rate_baseline,
    rate_facts,
    ratio,
    score,
    uptime,
    window_counts,
)

NOW = 1_790_000_000_000_000
DAY = 86_400_000_000
COUNTS = (10, 12, 8, 11, 9, 10, 13) * 6


def test_windows_are_counted_oldest_first_with_their_end_and_without_their_beginning():
    at_us = [NOW, NOW - 9, NOW - 10, NOW - 19, NOW - 20, NOW + 1]
    assert window_counts(at_us, NOW, 10, 2) == (2, 2)


@given(st.lists(st.integers(0, 1000)), st.integers(1, 50), st.integers(0, 30))
def test_every_instant_is_counted_in_exactly_one_window(at_us, window_us, windows):
    counted = window_counts(at_us, 900, window_us, windows)
    assert sum(counted) == sum(900 - windows * window_us < one <= 900 for one in at_us)


def test_what_is_usual_is_the_median_and_how_far_counts_stray_from_it():
    assert baseline_of(COUNTS) == Baseline(10.0, 1.0, 42)


def test_without_a_past_nothing_is_usual():
    assert baseline_of(()) == Baseline(0.0, 0.0, 0)


def test_the_score_is_the_modified_z_score():
    assert score(30, Baseline(10, 2, 42)) == pytest.approx(0.6745 * 10)


def test_above_a_median_that_never_varies_any_count_is_infinitely_far():
    assert (score(11, Baseline(10, 0, 42)), score(10, Baseline(10, 0, 42))) == (inf, 0.0)


def test_where_next_to_nothing_is_usual_the_ratio_is_against_one():
    assert (ratio(12, Baseline(0, 0, 42)), ratio(12, Baseline(4, 0, 42))) == (12.0, 3.0)


@pytest.mark.parametrize(
    ("count", "baseline", "spike"),
    [
        (30, Baseline(10, 1, 42), True),
        (29, Baseline(10, 1, 42), False),  # less than three times the usual
        (30, Baseline(10, 6, 42), False),  # it often varies so much
        (9, Baseline(0, 0, 42), False),  # too few to bother anybody
        (500, Baseline(10, 1, 35), False),  # too short a past
    ],
)
def test_a_spike_is_much_many_times_the_usual_and_an_outlier(count, baseline, spike):
    assert is_spike(count, baseline) is spike


@given(st.integers(0, 500), st.integers(0, 500), st.floats(0, 100), st.floats(0, 100))
def test_more_is_never_less_of_a_spike(count, more, median, mad):
    baseline = Baseline(median, mad, 42)
    assert not is_spike(count, baseline) or is_spike(count + more, baseline, SpikeRule())


def test_the_share_of_errors_is_in_percent_and_unknown_of_few():
    assert (error_share(5, 100), error_share(5, 19), error_share(0, 20)) == (5.0, None, 0.0)


@pytest.mark.parametrize(
    ("downs", "percent"),
    [
        ([], 100.0),
        ([(0, 10)], 90.0),
        ([(0, 10), (5, 15)], 85.0),
        ([(-50, 10), (95, 500)], 85.0),
        ([(90, None)], 90.0),
        ([(200, 300)], 100.0),
        ([(20, 10)], 100.0),
        ([(-5, None)], 0.0),
    ],
)
def test_uptime_is_what_is_left_of_the_period(downs, percent):
    assert uptime(downs, 0, 100) == percent


def test_an_empty_period_is_up():
    assert uptime([(0, None)], 100, 100) == 100.0


@given(st.lists(st.tuples(st.integers(0, 200), st.none() | st.integers(0, 200)), max_size=6))
def test_uptime_counts_every_moment_once(downs):
    down = sum(any(b <= at and (e is None or at < e) for b, e in downs) for at in range(50, 150))
    assert uptime(downs, 50, 150) == 100 - down


def test_the_rate_is_compared_with_what_is_usual():
    assert rate_facts(12, Baseline(4.0, 1.0, 36)) == {
        "rate.10m": 12,
        "rate.baseline": 4.0,
        "rate.ratio": 3.0,
    }


def test_the_rate_of_a_source_without_a_past_has_nothing_to_be_compared_with():
    assert rate_facts(12, Baseline(0.0, 0.0, 0)) == {"rate.10m": 12}


UNTIL = baseline_until_us(NOW)


def test_what_is_usual_is_counted_since_the_first_signal():
    usual = [UNTIL - i * WINDOW_US // 4 for i in range(4 * 36 + 1)]
    assert rate_baseline(usual, UNTIL) == Baseline(4.0, 0.0, 36)


def test_signals_older_than_fourteen_days_and_those_since_are_left_out():
    assert rate_baseline([UNTIL - 15 * DAY, UNTIL + 1], UNTIL).windows == 0


@given(st.integers(0, 10**15))
def test_a_baseline_ends_at_least_one_window_ago_and_less_than_two(now_us):
    assert WINDOW_US <= now_us - baseline_until_us(now_us) < 2 * WINDOW_US


@given(st.integers(10**12, 10**15), st.integers(0, WINDOW_US - 1))
def test_all_signals_of_the_same_ten_minutes_have_the_same_baseline(now_us, later_us):
    begun_us = now_us // WINDOW_US * WINDOW_US
    assert baseline_until_us(begun_us) == baseline_until_us(begun_us + later_us)
