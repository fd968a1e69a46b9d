from datetime import timedelta

import pytest
from PySide6.QtWidgets import QRadioButton

from desktop.domain.errors import DeskError
from desktop.domain.instant import to_us
from desktop.domain.person import Role
from desktop.domain.snooze import SnoozeLoad
from desktop.services.policy import default_policy
from desktop.ui.escalation.asking_clocks import ask_snooze, snooze_limits
from desktop.ui.escalation.command_prompt import CommandPrompt
from desktop.ui.escalation.occasion import Facts, Occasion, span_words
from tests.factories import MONDAY, an_actor
from tests.ui.escalation_cards import a_card

MINUTE = timedelta(minutes=1)


def limits(**card):
    facts = Facts(default_policy(), (), an_actor(Role.COORDINATOR))
    found = snooze_limits(Occasion(facts, (1,), MONDAY, row=a_card(1, **card)))
    return found.breach_at, found.latest_at


def form(qtbot, **card):
    facts = Facts(default_policy(), (), an_actor(Role.COORDINATOR))
    asked = ask_snooze(Occasion(facts, (1,), MONDAY, row=a_card(1, number="ESC-2026-0001", **card)))
    made = CommandPrompt(asked, "ESC-0001")
    qtbot.addWidget(made)
    return made


def choices(prompt):
    return [
        button.text().split(" ", 1)[1].strip() for button in prompt.widget("until").findChildren(QRadioButton)
    ]


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


@pytest.mark.parametrize(("due", "chosen"), [(1000, "30"), (25, "20"), (15, "10"), (8, "")])
def test_half_an_hour_is_chosen_at_first_or_what_ends_before_the_breach(theme, qtbot, due, chosen):
    assert form(qtbot, priority="P1", **clock(due)).widget("until").value() == chosen


def test_two_choices_that_end_together_are_one(theme, qtbot):
    found = choices(form(qtbot, priority="P1", **clock(1000)))
    assert [each for each in found if "1 h" in each or "customer" in each] == [found[3]]


def test_until_the_customer_replies_says_until_when_at_the_latest(theme, qtbot):
    assert choices(form(qtbot, priority="P3", **clock(100)))[-1].startswith("Until the customer replies, ")


def test_a_reason_past_the_breach_is_asked_for_only_while_there_is_one_to_come(theme, qtbot):
    assert not form(qtbot, priority="P1", **clock(40)).widget("past_breach_reason").isHidden()
    assert form(qtbot, priority="P1", **clock(-5)).widget("past_breach_reason").isHidden()
    assert form(qtbot, priority="P1", **clock(1000)).widget("past_breach_reason").isHidden()


def test_a_reason_the_desk_asks_for_comes_into_sight(theme, qtbot):
    made = form(qtbot, priority="P1", **clock(-5))
    made.show_refusal(DeskError("The snooze would last past the breach.", field="past_breach_reason"))
    assert not made.widget("past_breach_reason").isHidden()


def test_the_form_warns_of_many_snoozes_and_forbids_none():
    facts = Facts(default_policy(), (), an_actor(Role.COORDINATOR), SnoozeLoad(5, 10))
    asked = ask_snooze(Occasion(facts, (1,), MONDAY, row=a_card(1, number="ESC-2026-0001")))
    assert asked.text.startswith("You hold back 5 escalations already, the desk 10. Alarms return")


def test_long_times_are_told_in_days():
    assert span_words(timedelta(hours=72)) == "3 days"
    assert (span_words(timedelta(hours=8)), span_words(timedelta(minutes=90))) == ("8 h", "1 h 30 m")
