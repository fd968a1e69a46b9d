from datetime import timedelta

import pytest

from desktop.domain.ageing import AgeingRule, Step, thresholds
from desktop.domain.commitment import Commitment, Kind
from desktop.domain.worktime import Calendar
from desktop.ui.escalation.standing import standing
from tests.factories import MONDAY

MINUTE = timedelta(minutes=1)


def contain(**facts):
    return Commitment(Kind.CONTAIN, MONDAY, timedelta(hours=1), Calendar.always(), **facts)


def said(commitment, at, **facts):
    return standing(commitment, thresholds(commitment, AgeingRule(), at), at, **facts)


@pytest.mark.parametrize(
    ("minutes", "headline", "word"),
    [
        (1, "59 m left", "Fresh"),
        (35, "25 m left", "Warming"),
        (46, "14 m left", "Breaching soon"),
        (64, "4 m over", "Breached"),
    ],
)
def test_a_running_clock_says_its_time_and_its_step(minutes, headline, word):
    now = said(contain(), MONDAY + minutes * MINUTE)
    assert (now.headline, now.word) == (headline, word)


def test_a_clock_past_its_deadline_is_over_and_one_met_late_is_not():
    late = contain(stopped_at=MONDAY + 64 * MINUTE)
    assert said(contain(), MONDAY + 64 * MINUTE).is_over
    assert not said(late, MONDAY + 70 * MINUTE).is_over


def test_one_met_in_time_tells_how_much_it_used():
    met = said(contain(stopped_at=MONDAY + 20 * MINUTE), MONDAY + 70 * MINUTE)
    assert (met.headline, met.word, met.step) == ("Met", "in 20 m of 1 h", None)


def test_one_met_late_tells_by_how_much():
    met = said(contain(stopped_at=MONDAY + 64 * MINUTE), MONDAY + 70 * MINUTE)
    assert (met.headline, met.step) == ("Met, 4 m late", Step.BREACHED)


def test_a_paused_clock_keeps_its_time_and_its_step():
    paused = contain().paused(MONDAY + 35 * MINUTE, "waiting", "Ada Quist")
    for minutes in (36, 300):
        now = said(paused, MONDAY + minutes * MINUTE)
        assert (now.headline, now.step, now.is_paused) == ("Paused, 25 m left", Step.WARMING, True)


def test_one_called_off_says_so():
    ended = contain(stopped_at=MONDAY + 20 * MINUTE)
    assert said(ended, MONDAY + 70 * MINUTE, is_called_off=True).headline == "Called off"
