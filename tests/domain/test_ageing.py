from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ageing import AgeingRule, Step, exact, step, thresholds
from desktop.domain.errors import DeskError
from tests.domain.calendars import berlin, utc
from tests.domain.commitments import HOUR, MICROSECOND, MINUTE, START, a_commitment, commitments

RULE = AgeingRule()


def reached_after(target, rule=RULE):
    """Minutes from start to each step of a commitment round the clock."""
    found = thresholds(a_commitment(target), rule)
    instants = (found.warming_at, found.at_risk_at, found.soon_at, found.due_at)
    return [(at - START) / MINUTE for at in instants]


def test_steps_have_words_and_an_order():
    assert [each.word for each in Step] == ["Fresh", "Warming", "At risk", "Breaching soon", "Breached"]
    assert Step.FRESH < Step.BREACHED


@pytest.mark.parametrize(
    ("target", "minutes"),
    [
        # A day: at risk at the share's 18 h, not at 23 h; breaching soon likewise.
        (24 * HOUR, [720, 1080, 1296, 1440]),
        # Four hours: an hour left is three quarters; 15 minutes left would be later than nine tenths.
        (4 * HOUR, [120, 180, 216, 240]),
        # Three hours: the hour left comes before three quarters.
        (3 * HOUR, [90, 120, 162, 180]),
        # Two hours are twice the hour, so it counts; the quarter hour comes before nine tenths.
        (2 * HOUR, [60, 60, 105, 120]),
        # An hour is not: its hour left would be the start.
        (1 * HOUR, [30, 45, 45, 60]),
        # Half an hour: 15 minutes left is breaching soon, and then at risk as well.
        (30 * MINUTE, [15, 15, 15, 30]),
        # 20 minutes: shares only.
        (20 * MINUTE, [10, 15, 18, 20]),
    ],
)
def test_each_step_is_reached_at_its_share_or_its_minutes_left(target, minutes):
    assert reached_after(target) == minutes


def test_minutes_count_only_from_twice_their_length_on():
    assert reached_after(2 * HOUR - MICROSECOND)[1] == pytest.approx(90)
    assert reached_after(2 * HOUR)[1] == 60


def test_a_policy_may_set_other_shares_and_minutes():
    rule = AgeingRule.of(
        warming="1/3", at_risk=0.6, soon=0.8, at_risk_left=timedelta(), soon_left=5 * MINUTE, minutes_need=3
    )
    assert reached_after(timedelta(minutes=15), rule) == [5, 9, 10, 15]


def test_the_minutes_left_are_open_time():
    # Seven hours from 09:00 UTC end at 08:30 the next day; the hour before began at 16:00, before closing.
    found = thresholds(a_commitment(7 * HOUR, berlin()), AgeingRule.of(at_risk=0.89))
    assert found.at_risk_at == utc("2026-11-23 16:00")


def test_a_share_no_microsecond_meets_is_reached_with_the_next():
    found = thresholds(a_commitment(timedelta(microseconds=3)), AgeingRule.of(warming="1/2"))
    assert found.warming_at == START + 2 * MICROSECOND


def test_a_share_is_exact_where_binary_arithmetic_is_not():
    # 0.9 of ten years of 365 days is a whole number of microseconds; the float product may miss it.
    target = timedelta(days=3650)
    assert thresholds(a_commitment(target), RULE).soon_at == START + timedelta(days=3285)
    assert exact(0.9) == Fraction(9, 10)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (119.999999, Step.FRESH),
        (120, Step.WARMING),
        (180, Step.AT_RISK),
        (216, Step.BREACHING_SOON),
        (239.999999, Step.BREACHING_SOON),
        (240, Step.BREACHED),
        (10_000, Step.BREACHED),
    ],
)
def test_a_commitment_shows_the_step_it_has_reached(minutes, expected):
    assert step(a_commitment(4 * HOUR), RULE, START + minutes * MINUTE) is expected


def test_each_step_tells_when_it_is_reached():
    found = thresholds(a_commitment(4 * HOUR), RULE)
    assert found.reached_at(Step.FRESH) is None
    assert found.reached_at(Step.AT_RISK) == START + 3 * HOUR
    assert found.reached_at(Step.BREACHED) == START + 4 * HOUR


def test_a_pause_freezes_the_step():
    paused = a_commitment(4 * HOUR).paused(START + 2.5 * HOUR, "waiting", "Ana")
    assert step(paused, RULE, START + 90 * HOUR) is Step.WARMING


def test_the_steps_of_a_paused_commitment_are_as_early_as_they_can_be():
    paused = a_commitment(4 * HOUR).paused(START + HOUR, "waiting", "Ana")
    assert thresholds(paused, RULE).at_risk_at == START + 3 * HOUR
    assert thresholds(paused, RULE, START + 2 * HOUR).at_risk_at == START + 4 * HOUR


def test_a_stopped_commitment_keeps_its_step():
    assert step(a_commitment(4 * HOUR).stopped(START + 2 * HOUR), RULE, START + 90 * HOUR) is Step.WARMING


@pytest.mark.parametrize(
    "faulty",
    [
        {"warming": 0},
        {"warming": 0.8},
        {"soon": 0.7},
        {"soon": 1},
        {"at_risk_left": -MINUTE},
        {"soon_left": -MINUTE},
        {"minutes_need": 0.5},
        {"at_risk": "most"},
        {"at_risk": "1/0"},
        {"at_risk": float("nan")},
        {"soon": float("inf")},
    ],
)
def test_a_faulty_rule_is_refused(faulty):
    with pytest.raises(DeskError) as caught:
        AgeingRule.of(**faulty)
    assert caught.value.field == "ageing"


@given(commitments(), st.timedeltas(timedelta(days=-1), timedelta(days=40)))
def test_the_step_is_what_share_and_minutes_say(commitment, after):
    at = commitment.started_at + after
    used, left, target = commitment.used(at), commitment.time_left(at), commitment.target
    is_soon = used >= 0.9 * target or (left <= 15 * MINUTE and target >= 30 * MINUTE)
    is_at_risk = used >= 0.75 * target or (left <= 60 * MINUTE and target >= 120 * MINUTE)
    expected = Step.FRESH
    for reached, name in (
        (used * 2 >= target, Step.WARMING),
        (is_at_risk, Step.AT_RISK),
        (is_soon, Step.BREACHING_SOON),
    ):
        expected = name if reached else expected
    assert step(commitment, RULE, at) is (Step.BREACHED if used >= target else expected)


@given(commitments())
def test_thresholds_are_in_order_and_each_is_the_first_instant_of_its_step(commitment):
    found = thresholds(commitment, RULE)
    instants = [found.warming_at, found.at_risk_at, found.soon_at, found.due_at]
    assert instants == sorted(instants)
    for name in (Step.WARMING, Step.AT_RISK, Step.BREACHING_SOON, Step.BREACHED):
        reached_at = found.reached_at(name)
        assert reached_at is not None
        assert step(commitment, RULE, reached_at) >= name
        assert step(commitment, RULE, reached_at - MICROSECOND) < name


@given(commitments())
def test_a_commitment_that_was_resumed_has_the_thresholds_it_had_while_paused(commitment):
    begun, ended = commitment.started_at + HOUR, commitment.started_at + 30 * HOUR
    paused = replace(commitment, pauses=()).paused(begun, "waiting", "Ana")
    assert thresholds(paused, RULE, ended) == thresholds(paused.resumed(ended), RULE)
