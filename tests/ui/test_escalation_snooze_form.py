from datetime import timedelta

import pytest

from desktop.domain.instant import to_us
from desktop.domain.person import Role
from desktop.services.policy import default_policy
from desktop.ui.escalation.asking_clocks import snooze_limits
from desktop.ui.escalation.occasion import Facts, Occasion
from tests.factories import MONDAY, an_actor
from tests.ui.escalation_cards import a_card

MINUTE = timedelta(minutes=1)


def limits(**card):
    facts = Facts(default_policy(), (), an_actor(Role.COORDINATOR))
    found = snooze_limits(Occasion(facts, (1,), MONDAY, row=a_card(1, **card)))
    return found.breach_at, found.latest_at


def clock(minutes, **card):
    due_us = to_us(MONDAY + minutes * MINUTE)
    return {"clock": "contain", "due_us": due_us, "warming_us": 1, "at_risk_us": 2, "soon_us": 3} | card


def test_a_breach_to_come_allows_a_quarter_of_an_hour_beyond_it():
    assert limits(priority="P1", **clock(7)) == (MONDAY + 7 * MINUTE, MONDAY + 22 * MINUTE)


@pytest.mark.parametrize(("priority", "hours"), [("P1", 1), ("P2", 1), ("P3", 8), ("", 8)])
def test_without_a_breach_in_sight_the_priority_decides(priority, hours):
    assert limits(priority=priority, **clock(10_000))[1] == MONDAY + timedelta(hours=hours)


def test_once_breached_it_is_a_quarter_of_an_hour():
    assert limits(priority="P3", **clock(-5)) == (None, MONDAY + 15 * MINUTE)


def test_a_paused_clock_runs_into_no_breach():
    assert limits(priority="P1", **clock(7, clock_paused=True, clock_step=1)) == (None, MONDAY + 60 * MINUTE)
