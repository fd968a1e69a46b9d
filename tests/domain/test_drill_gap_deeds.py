"""What may be done to a gap, and which actions have no end."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.domain.drill_gap import GapState
from desktop.domain.drill_gap_deeds import GapDeed, ageing_step, vague_advice, vague_words, why_not
from desktop.domain.drill_record import Gap

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
GAP = Gap(1, "handoff_quality", "HQ3", "commitment dropped", "", 2, GapState.PROPOSED, MONDAY, "engine")

ALLOWED = {
    GapState.PROPOSED: {GapDeed.CONFIRM, GapDeed.DECLINE},
    GapState.OPEN: {GapDeed.ACCEPT, GapDeed.DECLINE},
    GapState.ACCEPTED: {GapDeed.LINK, GapDeed.SHOW, GapDeed.WAIVE},
    GapState.ACTION_LINKED: {GapDeed.SHOW, GapDeed.WAIVE},
    GapState.VERIFIED: {GapDeed.CLOSE},
    GapState.DECLINED: {GapDeed.REOPEN},
    GapState.CLOSED: {GapDeed.REOPEN},
}


@pytest.mark.parametrize("state", list(GapState))
def test_a_gap_goes_its_way_and_no_other(state):
    gap = replace(GAP, state=state)
    assert {deed for deed in GapDeed if not why_not(deed, gap, is_lead=True)} == ALLOWED[state]


def test_nobody_but_a_lead_waives():
    assert "Only a lead" in why_not(GapDeed.WAIVE, replace(GAP, state=GapState.ACCEPTED), is_lead=False)


def test_typing_done_closes_nothing():
    gap = replace(GAP, state=GapState.ACTION_LINKED)
    assert "later drill" in why_not(GapDeed.CLOSE, gap, is_lead=True)


@pytest.mark.parametrize("text", ["Improve the handoff", "Investigate retries", "Consider a second pager"])
def test_an_action_without_an_end_is_vague(text):
    assert vague_words(text)
    assert "no end" in vague_advice(text)


@pytest.mark.parametrize(
    "text",
    ["Add the tier to the ticket form", "Improve paging so that a senior answers within 5 minutes", ""],
)
def test_an_action_with_an_end_is_not(text):
    assert vague_advice(text) == ""


def test_an_action_ages_until_its_day_is_over():
    due = date(2026, 11, 12)
    steps = [ageing_step(MONDAY, due, MONDAY + timedelta(days=days)) for days in (0, 6, 8.5, 10, 11)]
    assert steps == [0, 1, 2, 3, 4]
