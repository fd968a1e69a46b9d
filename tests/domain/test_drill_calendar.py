"""Rules by which a drill comes again: what they say, how they are kept, which days they mean."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.drill_calendar import DrillRule, Recurrence, rule_of
from desktop.domain.errors import DeskError

MONDAY = date(2026, 11, 23)
TEN = time(10, 0)

rules = st.builds(
    lambda kind, weekday, hour, minute, every, since: DrillRule(
        kind, weekday, time(hour, minute), 1 if kind is Recurrence.WEEKLY else every, since
    ),
    st.sampled_from(Recurrence),
    st.integers(0, 6),
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(1, 5),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)


@given(rules)
def test_a_rule_is_read_back_as_it_was_kept(rule: DrillRule):
    assert rule_of(rule.text()) == rule


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (DrillRule(Recurrence.WEEKLY, 0, TEN), "every Monday at 10:00"),
        (DrillRule(Recurrence.WEEKS, 4, TEN, 3, MONDAY), "every 3 weeks on Friday at 10:00"),
        (DrillRule(Recurrence.MONTHLY, 1, TEN, 2), "every second Tuesday of the month at 10:00"),
        (DrillRule(Recurrence.MONTHLY, 6, TEN, 5), "every last Sunday of the month at 10:00"),
    ],
)
def test_a_rule_as_people_say_it(rule: DrillRule, words: str):
    assert rule.words == words


@given(weeks=st.integers(0, 300), weekday=st.integers(0, 6), since=st.integers(0, 6))
def test_every_third_week_is_counted_from_the_first_also_over_new_year(weeks: int, weekday: int, since: int):
    rule = DrillRule(Recurrence.WEEKS, weekday, TEN, 3, MONDAY + timedelta(days=since))
    assert rule.is_on(MONDAY + timedelta(weeks=weeks, days=weekday)) is (weeks % 3 == 0)


@pytest.mark.parametrize(
    "rule",
    [
        DrillRule(Recurrence.WEEKLY, 7, TEN),
        DrillRule(Recurrence.WEEKS, 0, TEN, 0),
        DrillRule(Recurrence.WEEKS, 0, TEN, 53),
        DrillRule(Recurrence.MONTHLY, 0, TEN, 6),
    ],
)
def test_a_rule_by_which_nothing_comes_is_refused(rule: DrillRule):
    with pytest.raises(DeskError):
        rule.check()


@pytest.mark.parametrize(
    "text", ["", "weekly", "daily mon 10:00 1 2026-11-23", "weekly xxx 10:00 1 2026-11-23"]
)
def test_another_text_is_no_rule(text: str):
    with pytest.raises(DeskError, match="no rule"):
        rule_of(text)
