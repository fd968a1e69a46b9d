"""A past escalation becomes injects, expectations and notes; deadlines come from the policy alone."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.commitment import Kind
from desktop.domain.drill_alias import aliases_of
from desktop.domain.drill_benchmark import Benchmark, benchmark_line, benchmarks
from desktop.domain.drill_check import check_scenario
from desktop.domain.drill_check_spoiler import player_texts
from desktop.domain.drill_document import write_scenario
from desktop.domain.drill_folded import fold
from desktop.domain.drill_from_build import scenario_of
from desktop.domain.drill_from_events import As, lines_of
from desktop.domain.drill_from_time import Pressed
from desktop.domain.drill_leftover import leftovers
from desktop.domain.drill_words import InjectType
from desktop.domain.errors import DeskError
from tests.domain.pasts import CANARIES, EVENTS, EVERYTHING, NAMES, START, WORDS, a_past, at, event

PAST = a_past()
LINES = lines_of(PAST)
ALIASES = aliases_of(NAMES, [EVERYTHING], seed=9, year=2026, ordinary=WORDS)
SCENARIO = scenario_of(PAST, LINES, ALIASES.said, weeks=ALIASES.weeks)


def becomes(kind: str) -> list[As]:
    return [line.becomes for line in LINES if line.kind == kind]


def expected(act: str):
    text = next(each for each in SCENARIO.expectations() if each[1].match and each[1].match.event == act)
    return text[1]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("escalation.opened", [As.INJECT]), ("customer.answered", [As.INJECT]), ("signal.joined",
        [As.INJECT]),
        ("escalation.acknowledged", [As.EXPECTATION]), ("oncall.paged", [As.EXPECTATION]),
        ("decision.recorded", [As.DECISION]), ("override.applied", [As.DECISION]),
        ("evidence.attached", [As.DATA]), ("alarm.raised", [As.DROP]),
        ("note.added", [As.NOTE, As.CONTINGENCY, As.ARTIFACT]), ("fact.set", [As.NOTE]),
        ("escalation.resolved", [As.EXPECTATION, As.CONTINGENCY]),
    ],
)  # fmt: skip
def test_each_event_becomes_what_it_was_to_the_team(kind, wanted):
    assert becomes(kind) == wanted


def test_the_draft_is_clean():
    assert [fault.message for fault in check_scenario(SCENARIO)] == []


def test_nothing_real_is_left_in_a_drill_of_an_escalation_that_is_full_of_it():
    scenario = replace(SCENARIO, origin=replace(SCENARIO.origin, ref=""))
    text = fold(json.dumps(write_scenario(scenario), ensure_ascii=False))
    assert [each for each in CANARIES if fold(each) in text] == []
    assert [each.quote for each in leftovers(SCENARIO, NAMES, WORDS) if each.token != "Ferries"] == []


def test_whatever_a_line_becomes_nothing_real_is_left():
    for wanted in (As.INJECT, As.ARTIFACT, As.DATA, As.CONTINGENCY, As.NOTE, As.DECISION):
        lines = [LINES[0], *(line.turned(wanted) if wanted in line.can else line for line in LINES[1:])]
        scenario = scenario_of(PAST, lines, ALIASES.said, weeks=3)
        text = fold(json.dumps(write_scenario(replace(scenario, origin=replace(scenario.origin, ref="")))))
        assert [each for each in CANARIES if fold(each) in text] == []


def test_a_deadline_is_what_the_policy_allowed_and_the_real_time_stands_beside_it():
    one = expected("escalation.acknowledged")
    assert one.deadline_s == 300
    assert benchmarks(SCENARIO)[one.id] == Benchmark(300, 360)


def test_another_pace_of_the_real_team_changes_no_deadline():
    slow = tuple(replace(each, at=at(29)) if each.seq == 4 else each for each in EVENTS)
    scenario = scenario_of(a_past(events=slow), lines_of(a_past(events=slow)), ALIASES.said, weeks=3)
    found = {one.match.event: one.deadline_s for _, one in scenario.expectations() if one.match}
    assert found["escalation.acknowledged"] == 300


def test_what_the_policy_wanted_is_expected_though_nobody_did_it():
    past = a_past(events=EVENTS[:1])
    scenario = scenario_of(past, lines_of(past), ALIASES.said, weeks=3)
    one = next(one for _, one in scenario.expectations() if one.match.event == "escalation.contained")
    assert benchmarks(scenario)[one.id].real_s is None


def test_long_stretches_without_anything_become_leaps_with_a_caption():
    story = [phase.story for phase in SCENARIO.phases if phase.story]
    captions = [inject for inject in SCENARIO.injects if inject.type is InjectType.ADMIN]
    assert len(story) == len(captions) > 1
    assert all(caption.subject.startswith("It is ") for caption in captions)
    assert SCENARIO.pace.duration_s < 2 * 3600 < 300 * 60


def test_the_story_begins_whole_weeks_away_on_the_same_weekday():
    begins = SCENARIO.pace.start
    assert (begins - START) % timedelta(weeks=1) == timedelta()
    assert begins.weekday() == START.weekday()
    assert begins != START


def test_cause_and_fix_are_for_staff_only():
    shown = " ".join(text for text, _ in player_texts(SCENARIO))
    assert "cause is found" not in shown
    assert "cause is found" in " ".join(inject.notes for inject in SCENARIO.injects)


def test_what_was_luck_is_not_there_this_time_and_fired_by_hand():
    inject = next(each for each in SCENARIO.injects if each.type is InjectType.CONTINGENCY)
    assert inject.body.startswith("Not this time:")
    assert inject.trigger.value == "manual"


def test_data_come_after_the_time_they_really_took():
    effect = next(
        each for inject in SCENARIO.injects for each in inject.effects if each.kind == "release_data"
    )
    assert effect.delay_s == 20 * 60
    assert effect.value in SCENARIO.world.withheld


def test_the_next_word_is_due_when_the_team_says_it_is():
    inject = next(each for each in SCENARIO.injects if each.after)
    assert inject.after.field == "next_update_at"
    assert inject.expect[0].match.event == "update.sent"


def test_a_decision_is_put_before_the_lead_with_the_real_choice_among_the_options():
    inject, decision = next(iter(SCENARIO.decisions()))
    assert decision.options[0].label.startswith("Stop it.")
    assert inject.expect[0].match.where == {"decision": decision.id}


def test_words_that_give_a_drill_away_are_said_as_the_story_would():
    past = a_past(description="This exercise of the players has a root cause, says the trainer.")
    scenario = scenario_of(past, lines_of(past), str, weeks=1)
    assert not [fault for fault in check_scenario(scenario) if "gives the drill away" in fault.message]


def test_hostile_text_makes_a_draft_that_can_be_read():
    text = "{{customer}} <b>x</b> \u202e %s " * 400
    past = a_past(title=text, description=text, events=(event(1, 0, "escalation.opened", title=text),))
    scenario = scenario_of(past, lines_of(past), str, weeks=1)
    assert [fault.message for fault in check_scenario(scenario)] == []


def test_nothing_to_play_is_refused():
    with pytest.raises(DeskError, match="Nothing happens"):
        scenario_of(PAST, [line.turned(As.DROP) for line in LINES], str, weeks=1)


def test_every_event_is_in_the_record_and_its_hash_knows_of_a_change():
    assert len(PAST.document()["timeline"]) == len(EVENTS)
    assert PAST.fingerprint() != a_past(title="Another").fingerprint()
    assert PAST.document()["due"][Kind.CONTAIN.value] == at(60).isoformat()


def test_time_is_pressed_and_keeps_its_order():
    time = Pressed([0, 60, 5_000, 5_100])
    assert [time.sim_s(each) for each in (0, 60, 100, 3_000, 5_000, 5_100, 5_200)] == [
        0, 60, 100, 240, 240, 340, 440,
    ]  # fmt: skip
    assert time.leaps[0].story_s == 5_000


@pytest.mark.parametrize("real", [None, -45, 0, 3_723])
def test_a_benchmark_is_kept_in_words_and_read_back(real):
    inject, one = next(iter(SCENARIO.expectations()))
    told = Benchmark(900, real)
    changed = replace(inject, source=f"From the record.\n{benchmark_line(one.id, told)}; by the clock 2 h")
    assert benchmarks(replace(SCENARIO, injects=(changed,)))[one.id] == told


def test_a_ticket_of_another_customer_that_was_joined_to_it_comes_from_another_customer():
    other = replace(
        event(30, 18, "escalation.opened", title="Ours too", customer="Zubrowska Mills"), is_merged=True
    )
    past = a_past(events=(*EVENTS, other))
    scenario = scenario_of(past, lines_of(past), ALIASES.said, weeks=1)
    tickets = [
        each.value["customer"] for one in scenario.injects for each in one.effects if "ticket" in each.kind
    ]
    assert tickets == ["CA", "CB"]
    assert [each["id"] for each in scenario.world.customers] == ["CA", "CB"]
    assert [fault.message for fault in check_scenario(scenario)] == []


def test_what_the_real_team_did_early_counts_as_done_at_once():
    assert all(each.real_s is None or each.real_s >= 0 for each in benchmarks(SCENARIO).values())
