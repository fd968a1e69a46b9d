"""When an acknowledged escalation counts as forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.escalation import State
from desktop.domain.forgotten import remind_us, return_us
from desktop.domain.instant import to_us
from desktop.domain.policy import Priority
from tests.domain.policies import a_policy
from tests.domain.test_next_action import ESCALATION
from tests.factories import MONDAY, MONDAY_US

POLICY = a_policy()
ACKNOWLEDGED = replace(ESCALATION, state=State.ACKNOWLEDGED)


@pytest.mark.parametrize(
    ("priority", "after"), [(Priority.P1, timedelta(minutes=30)), (Priority.P2, timedelta(hours=2))]
)
def test_the_policy_says_after_how_long(priority: Priority, after: timedelta):
    escalation = replace(ACKNOWLEDGED, priority=priority)
    assert remind_us(escalation, POLICY, MONDAY_US) == to_us(MONDAY + after)


def test_milder_ones_have_a_working_day():
    escalation = replace(ACKNOWLEDGED, priority=Priority.P3)
    reminded = remind_us(escalation, POLICY, MONDAY_US)
    assert reminded is not None
    assert reminded >= to_us(MONDAY + timedelta(hours=8))


def test_a_time_of_its_own_counts_instead():
    escalation = replace(ACKNOWLEDGED, forget_after=timedelta(minutes=7))
    assert remind_us(escalation, POLICY, MONDAY_US) == to_us(MONDAY + timedelta(minutes=7))


def test_after_the_reminder_half_the_time_is_left():
    assert return_us(ACKNOWLEDGED, POLICY, MONDAY_US) == to_us(MONDAY + timedelta(hours=1))


@pytest.mark.parametrize("state", sorted(set(State) - {State.ACKNOWLEDGED}))
def test_only_acknowledged_ones_are_looked_for(state: State):
    assert remind_us(replace(ESCALATION, state=state), POLICY, MONDAY_US) is None


def test_an_unclassified_one_is_not_looked_for():
    assert remind_us(replace(ACKNOWLEDGED, priority=None), POLICY, MONDAY_US) is None
