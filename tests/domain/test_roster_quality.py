"""How good a rota is: half coverage, half fairness."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.roster_quality import fairness, quality
from tests.domain.rosters import HOUR, layer, off, override, schedule, utc

FORTNIGHT = utc("2026-03-02T08:00"), utc("2026-03-16T08:00")


def test_an_even_rota_without_gaps_is_of_full_quality():
    found = quality(schedule(layer(people="AB")), *FORTNIGHT)
    assert (found.score, found.coverage, found.fairness) == (1.0, 1.0, 1.0)
    assert found.hours == (("A", 168.0), ("B", 168.0))
    assert found.missing == timedelta()


def test_coverage_is_the_share_of_the_time_with_somebody_on_call():
    away = [off("A", "2026-03-02T08:00", "2026-03-05T20:00")]
    found = quality(schedule(layer(people="AB"), time_off=away), *FORTNIGHT)
    assert found.coverage == 0.75
    assert found.missing == 84 * HOUR
    assert found.fairness == 0.5
    assert found.score == 0.625


def test_fairness_is_the_mean_over_pairs_of_less_by_more():
    assert fairness([10, 10, 5]) == pytest.approx((1 + 0.5 + 0.5) / 3)


@pytest.mark.parametrize("hours", [[], [7], [0, 0]])
def test_nobody_and_one_alone_and_none_at_all_are_even(hours):
    assert fairness(hours) == 1.0


@given(st.lists(st.floats(0, 1000), max_size=6))
def test_fairness_lies_between_nothing_and_one(hours):
    assert 0 <= fairness(hours) <= 1


def test_somebody_listed_who_has_no_hours_counts():
    found = quality(schedule(layer(people="AB")), FORTNIGHT[0], FORTNIGHT[0] + 24 * HOUR)
    assert found.hours == (("A", 24.0), ("B", 0.0))
    assert found.fairness == 0.0


def test_somebody_who_has_left_before_does_not_count():
    people = [["A"], {"people": ["B"], "to": "2026-02-01"}]
    found = quality(schedule(layer(people=people)), *FORTNIGHT)
    assert found.hours == (("A", 336.0),)


def test_whoever_helps_out_counts():
    cover = [override("2026-03-03T00:00", "2026-03-03T12:00", add="E", remove="A")]
    found = quality(schedule(layer(people="A"), overrides=cover), *FORTNIGHT)
    assert found.hours == (("A", 324.0), ("E", 12.0))


def test_a_desk_that_is_not_open_all_day_measures_against_its_hours():
    office = schedule(layer(people="A", restrict=[{"from": "09:00", "to": "17:00"}]))
    wanted = [
        (utc("2026-03-03T08:00"), utc("2026-03-03T18:00")),
        (utc("2026-03-04T09:00"), utc("2026-03-04T11:00")),
    ]
    found = quality(office, *FORTNIGHT, wanted=wanted)
    assert found.coverage == pytest.approx(10 / 12)
    assert found.missing == 2 * HOUR


def test_where_no_time_is_wanted_all_is_covered():
    assert quality(schedule(), *FORTNIGHT, wanted=[]).coverage == 1.0
