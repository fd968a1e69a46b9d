"""The shipped policy says what domain.md says, answers questions and survives being written."""

import json
from dataclasses import FrozenInstanceError, replace
from datetime import timedelta

import pytest

from desktop.domain.ageing import AgeingRule
from desktop.domain.commitment import Kind
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.policy import FACTORS, Occasion, Policy, Priority, Severity, Target, Unless, Urgency
from desktop.domain.policy_check import assess_example, check_examples
from desktop.domain.worktime import Calendar
from tests.domain.policies import a_document, a_policy

POLICY = a_policy()
H, MIN = timedelta(hours=1), timedelta(minutes=1)
DAY = timedelta(hours=8, minutes=30)  # of the shipped business hours, 09:00 to 17:30


def test_the_weights_are_those_of_the_rule():
    assert {factor.key: factor.weight for factor in POLICY.factors} == dict(
        zip(FACTORS, (30, 20, 15, 15, 20), strict=True)
    )


@pytest.mark.parametrize("key", ["business_impact", "reputational_risk"])
def test_a_factor_that_people_judge_has_six_different_anchors(key):
    assert len(set(POLICY.factor(key).anchors)) == 6


@pytest.mark.parametrize(
    ("tier", "factor"), [("standard", 1), ("growth", 2), ("enterprise", 4), ("strategic", 5)]
)
def test_tiers_give_the_factors_of_the_rule(tier, factor):
    found = POLICY.tier(tier)
    assert found is not None
    assert found.factor == factor


def test_severities_give_the_factors_of_the_rule():
    assert [POLICY.severity(n).factor for n in (1, 2, 3, 4)] == [5, 4, 2, 1]


def test_every_severity_has_criteria_and_two_examples():
    assert all(level.criteria and len(level.examples) >= 2 for level in POLICY.severities)


@pytest.mark.parametrize(
    ("score", "priority"),
    [(100, "P1"), (75, "P1"), (74, "P2"), (55, "P2"), (54, "P3"), (35, "P3"), (34, "P4"), (0, "P4")],
)
def test_a_score_falls_in_the_band_it_reaches(score, priority):
    assert POLICY.priority_of(score) == priority


@pytest.mark.parametrize(
    ("priority", "lengths"),
    [
        (Priority.P1, (5 * MIN, 5 * MIN, 1 * H, 4 * H, 30 * MIN)),
        (Priority.P2, (10 * MIN, 15 * MIN, 4 * H, 24 * H, 2 * H)),
        (Priority.P3, (30 * MIN, 2 * H, 2 * DAY, 5 * DAY, 1 * DAY)),
        (Priority.P4, (4 * H, 8 * H, 5 * DAY, 10 * DAY, 3 * DAY)),
    ],
)
def test_targets_are_those_of_the_rule(priority, lengths):
    assert tuple(POLICY.target(priority, kind).resolve(POLICY)[0] for kind in Kind) == lengths


@pytest.mark.parametrize(
    ("priority", "calendar"),
    [("P1", Calendar.always()), ("P2", Calendar.always()), ("P3", POLICY.calendars["business"])],
)
def test_grave_priorities_run_round_the_clock(priority, calendar):
    assert {POLICY.target(Priority(priority), kind).resolve(POLICY)[1] for kind in Kind} == {calendar}


@pytest.mark.parametrize(
    ("priority", "length"), [("P1", 1 * H), ("P2", 4 * H), ("P3", 1 * DAY), ("P4", 3 * DAY)]
)
def test_updates_may_be_rarer_once_contained(priority, length):
    target = POLICY.target(Priority(priority), Kind.UPDATE, contained=True)
    assert target.resolve(POLICY)[0] == length


def test_containment_changes_the_target_of_updates_only():
    kinds = [kind for kind in Kind if kind is not Kind.UPDATE]
    assert all(
        POLICY.target(Priority.P1, kind, contained=True) == POLICY.target(Priority.P1, kind) for kind in kinds
    )


def test_a_working_day_of_a_target_follows_its_calendar():
    short = Calendar.from_mapping({"zone": "UTC", "week": {"mon": [["09:00", "13:00"]]}})
    policy = replace(POLICY, calendars={"business": short})
    assert Target(working_days=2, calendar="business").resolve(policy) == (8 * H, short)


def test_ageing_is_that_of_the_rule():
    assert POLICY.ageing == AgeingRule()


@pytest.mark.parametrize(("priority", "length"), [("P1", 30 * MIN), ("P2", 2 * H), ("P3", DAY), ("P4", DAY)])
def test_an_acknowledged_escalation_is_forgotten_after_the_time_of_the_rule(priority, length):
    assert POLICY.forgotten[Priority(priority)].resolve(POLICY)[0] == length


def test_only_the_clock_of_the_resolution_may_pause():
    assert POLICY.pause.kinds == {Kind.RESOLVE}


def test_a_pause_that_waits_says_on_whom():
    assert POLICY.pause_reason("waiting_on_customer").waiting_on == "customer"


@pytest.mark.parametrize(
    ("priority", "breached", "limit"),
    [("P1", False, 60), ("P2", False, 60), ("P3", False, 480), ("P4", False, 480), ("P1", True, 15)],
)
def test_snoozes_are_limited_as_the_rule_says(priority, breached, limit):
    assert POLICY.snooze.limit(Priority(priority), breached=breached) == limit * MIN


@pytest.mark.parametrize(
    ("occasion", "urgency", "sound", "repeats"),
    [
        ("new", "normal", 1, [5, 10, 15]),
        ("warming", "none", 0, []),
        ("at_risk", "low", 0, []),
        ("breaching_soon", "normal", 1, [5, 10]),
        ("breached", "critical", 2, [15, 30, 60]),
        ("update_late", "normal", 0, [15, 30]),
        ("handover_due", "normal", 0, []),
    ],
)
def test_announcements_are_those_of_the_table(occasion, urgency, sound, repeats):
    told = POLICY.announce[Occasion(occasion)]
    assert (told.urgency, told.sound) == (Urgency(urgency), sound)
    assert told.repeat_at == tuple(n * MIN for n in repeats)


def test_new_escalations_are_announced_from_sev2_up():
    assert POLICY.announce[Occasion.NEW].severities == {Severity.SEV1, Severity.SEV2}


def test_whatever_is_announced_says_what_to_do():
    assert all(told.act for told in POLICY.announce.values() if told.is_told)


def test_a_breach_of_p1_stands_alone_in_a_flood():
    assert POLICY.flood.stands_alone(Priority.P1, Occasion.BREACHED)
    assert not POLICY.flood.stands_alone(Priority.P2, Occasion.BREACHED)


@pytest.mark.parametrize(
    ("priority", "occasion", "passes"),
    [
        ("P1", "breaching_soon", True),
        ("P1", "breached", True),
        ("P1", "at_risk", False),
        ("P2", "breached", True),
        ("P2", "breaching_soon", False),
        ("P3", "breached", False),
    ],
)
def test_quiet_hours_let_pass_what_the_rule_says(priority, occasion, passes):
    assert POLICY.quiet.passes(Priority(priority), Occasion(occasion)) is passes


@pytest.mark.parametrize("priority", list(Priority))
def test_every_ladder_begins_with_the_owner_whatever_was_missed(priority):
    firsts = {step.condition: step.targets for step in reversed(POLICY.ladder[priority])}
    assert firsts == dict.fromkeys(Unless, ("owner",))


def test_the_ladder_climbs_from_owner_over_coordinator_to_the_on_call_leader():
    steps = [step for step in POLICY.ladder[Priority.P1] if step.condition is Unless.ACKNOWLEDGE]
    assert [step.targets for step in steps] == [("owner",), ("role:coordinator",), ("role:on-call leader",)]


@pytest.mark.parametrize("area", POLICY.areas, ids=lambda area: area.key)
def test_every_area_has_three_to_six_issue_types_each_with_an_example(area):
    assert 3 <= len(area.issue_types) <= 6
    assert all(kind.examples for kind in area.issue_types)


def test_an_issue_type_knows_its_area():
    assert POLICY.area_of("payments_outage") == POLICY.area("payments")
    assert POLICY.issue_type("payments_outage").severity is Severity.SEV1


@pytest.mark.parametrize("word", ["strategic", "Strategic", " STRATEGIC "])
def test_a_tier_is_found_by_key_or_name(word):
    assert POLICY.tier(word) == POLICY.tiers[-1]


@pytest.mark.parametrize(("revenue", "factor"), [(0, 0), (9_999, 0), (10_000, 1), (4_200_000, 4), (10**9, 5)])
def test_revenue_falls_in_the_highest_band_it_reaches(revenue, factor):
    assert POLICY.revenue_band(revenue).factor == factor


@pytest.mark.parametrize(
    "look_up",
    [
        lambda: POLICY.factor("mood"),
        lambda: POLICY.severity(5),
        lambda: POLICY.area("moon"),
        lambda: POLICY.issue_type("eclipse"),
        lambda: POLICY.area_of("eclipse"),
        lambda: POLICY.pause_reason("lunch"),
    ],
)
def test_what_the_policy_does_not_have_is_not_found(look_up):
    with pytest.raises(NotFound):
        look_up()


@pytest.mark.parametrize("example", POLICY.examples, ids=lambda example: example.title)
def test_a_worked_example_comes_to_what_it_says(example):
    found = assess_example(example, POLICY)
    assert (found.value, found.priority) == (example.score, example.priority)


def test_an_example_that_lies_is_named():
    document = a_document()
    document["examples"][1]["score"] = 69
    with pytest.raises(DeskError, match="says 69 but comes to 68") as fault:
        check_examples(Policy.from_mapping(document))
    assert fault.value.field == "examples[1].score"


def test_the_score_a_story_explains_is_the_sum_of_its_terms():
    by_title = {example.title: example for example in POLICY.examples}
    found = assess_example(by_title["Checkout times out for all EU merchants"], POLICY)
    assert [term.shown for term in found.terms] == ["30 / 30", "20 / 20", "12 / 15", "12 / 15", "20 / 20"]


def test_a_policy_written_and_read_is_the_same():
    assert Policy.from_mapping(POLICY.to_mapping()) == POLICY


def test_a_policy_survives_json():
    kept = replace(POLICY, version=7)
    assert Policy.from_mapping(json.loads(json.dumps(kept.to_mapping()))) == kept


def test_a_policy_keeps_what_it_said_of_single_targets():
    document = a_document()
    document["targets"]["P3"]["assign"] = {"length": "45 min", "calendar": "24x7"}
    policy = Policy.from_mapping(document)
    assert Policy.from_mapping(policy.to_mapping()).target(Priority.P3, Kind.ASSIGN) == Target(45 * MIN)


def test_own_holidays_stay_beside_those_of_the_country():
    document = a_document()
    document["calendars"]["business"]["holidays"] = ["2026-12-24"]
    written = Policy.from_mapping(document).to_mapping()["calendars"]["business"]
    assert written["holidays"] == ["2026-12-24"]
    assert written["holidays_of"]["country"] == "DE"


def test_a_policy_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        POLICY.senior_at = 1  # type: ignore[misc]
    with pytest.raises(TypeError):
        POLICY.bands[Priority.P1] = 1  # type: ignore[index]


def test_versions_of_a_policy_differ():
    assert replace(POLICY, version=2) != POLICY
    assert len({POLICY, replace(POLICY, version=2), a_policy()}) == 2


def test_a_policy_has_the_five_factors_and_no_others():
    with pytest.raises(DeskError, match="The factors of a policy are"):
        replace(POLICY, factors=POLICY.factors[1:])


def test_some_factor_has_a_weight():
    weightless = tuple(replace(factor, weight=0) for factor in POLICY.factors)
    with pytest.raises(DeskError, match="Every weight is zero"):
        replace(POLICY, factors=weightless)


def test_no_weight_is_below_zero():
    with pytest.raises(DeskError, match="less than nothing"):
        replace(POLICY.factors[0], weight=-1)
