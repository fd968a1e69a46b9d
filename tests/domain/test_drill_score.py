"""Scores of drills: exact, explained, and the same wherever and however fast they were run."""

import json
import random
from dataclasses import replace

import pytest

from desktop.domain.drill_explain import explain, sentence
from desktop.domain.drill_gap import proposals
from desktop.domain.drill_grade import timeliness
from desktop.domain.drill_score import DrillScore, score_log
from desktop.services.drill_log_file import entries
from desktop.services.drill_report import as_json
from tests.domain.drills import charged_twice, fired, line, observed, worked_run

SCENARIO = charged_twice()


def scored(*lines) -> DrillScore:
    return score_log(SCENARIO, entries([json.dumps(each) for each in lines], SCENARIO))


def of(score: DrillScore, expectation: str):
    return next(each for each in score.expectations if each.id == expectation)


PRINTED = {
    "E01": ("met", 1000, 1000, 1000),
    "E02": ("met", 1000, 500, 500),
    "E03": ("late", 900, 1000, 900),
    "E04": ("met", 1000, 1000, 1000),
    "E05": ("missed", 0, None, 0),
    "E06": ("late", 900, 1000, 900),
    "E07A": ("met", 1000, 1000, 1000),
    "E07B": ("not_exercised", None, None, None),
    "E08": ("met", 1000, 833, 833),
    "E09": ("met", 1000, 750, 750),
    "E10": ("late", 850, 1000, 850),
    "E11": ("met", 1000, 667, 567),
    "E12": ("missed", 0, None, 0),
    "N01": ("violated", None, None, 0),
    "E13": ("met", 1000, 1000, 1000),
    "E14": ("clean", None, None, 1000),
    "E15": ("met", 1000, 1000, 1000),
}


def test_the_worked_run_comes_to_what_is_printed():
    answer = as_json(scored(*worked_run()))
    assert {name: tuple(each.values()) for name, each in answer.pop("expectations").items()} == PRINTED
    assert answer == {
        "overall": 723,
        "band": "S",
        "capped": False,
        "scored": 16,
        "planned": 17,
        "competences": {
            "recognition": 900,
            "triage": 786,
            "oncall_escalation": 833,
            "handoff": 378,
            "communication": 819,
            "decision_rights": 671,
            "post_incident": 1000,
        },
        "gaps": ["DA5", "DA2", "DA6", "DR1", "HQ2", "HQ3", "DR3"],
    }


@pytest.mark.parametrize(
    ("t_s", "expected"),
    [(0, 1000), (600, 1000), (601, 999), (900, 750), (1199, 501), (1200, 500), (1201, 250), (None, 0)],
)
def test_time_counts_as_the_rules_print_it(t_s, expected):
    assert timeliness(t_s, 600, 600) == expected


def test_lines_of_another_order_and_pauses_change_nothing():
    lines = worked_run()
    random.Random(5).shuffle(lines)
    paused = [line(20, "clock.paused"), line(20, "clock.resumed"), line(70, "clock.speed", speed=5)]
    assert as_json(scored(*lines, *paused)) == as_json(scored(*worked_run()))


def test_a_missed_critical_expectation_caps_the_band_and_not_the_number():
    score = scored(
        fired(0, "I01"), line(1, "escalation.acknowledged"), line(2, "escalation.classified"),
        observed(2, "E02", ok=["tier", "area", "level"]), fired(10, "I03"), line(11, "evidence.attached"),
        fired(72, "I12"), line(73, "debrief.scheduled"), line(90, "run.ended"),
    )  # fmt: skip
    assert (score.overall, score.band, score.is_capped, score.missed_critical) == (679, "M", True, ("E04",))


def test_what_is_done_before_its_inject_within_the_phase_counts_in_full():
    early = of(scored(line(8, "oncall.paged"), fired(10, "I03")), "E04")
    assert (early.score, early.is_early, early.t_s) == (1000, True, 0)
    assert "anticipated" in sentence(early)
    other_phase = of(scored(line(13, "update.sent", stage="initial"), fired(22, "I06")), "E08")
    assert other_phase.status == "missed"


def test_checks_nobody_could_see_leave_the_expectation_out():
    score = scored(fired(14, "I04"), line(15, "decision.recorded", decision="D1", option="stop"))
    assert of(score, "E06").status == "not_observed"
    assert score.coverage < 1000


def test_an_unseen_check_is_no_failed_one():
    event = line(15, "decision.recorded", decision="D1", option="stop")
    score = scored(fired(14, "I04"), event, observed(15, "E06", ok=["approver"], unseen=["rationale"]))
    assert of(score, "E06").quality == 1000


def test_the_event_itself_tells_what_it_can_of_quality():
    body = {"escalation": {"customer_tier": "enterprise", "product_area": "", "priority": "P2"}}
    assert of(scored(fired(0, "I01"), line(3, "escalation.classified", **body)), "E02").quality == 750


def test_a_rating_replaces_checks_and_a_hint_costs():
    score = scored(
        fired(45, "I09"), line(46, "hint.shown", expectation="E11"), line(50, "handoff.accepted"),
        observed(50, "E11", rating="S"),
    )  # fmt: skip
    assert of(score, "E11").score == 650


def test_an_adjustment_keeps_what_was_found_and_says_why():
    change = line(60, "expectation.overridden", expectation="E01", t_s=60, reason="the clock stood", by="Ada")
    found = of(scored(fired(0, "I01"), line(15, "escalation.acknowledged"), change), "E01")
    assert (found.score, found.original) == (1000, 750)
    assert "Adjusted by Ada because the clock stood (was 750)." in sentence(found)


def test_every_number_is_explained_down_to_the_log():
    score = scored(*worked_run())
    tree = explain(score)
    assert [part.title for part in tree.parts][:2] == ["recognition", "triage"]
    e02 = tree.parts[1].parts[1]
    assert e02.sentence == (
        "Done 13 min after I01, deadline 15 min: on time. 2 of 4 quality points: missing High or above."
    )
    assert len(e02.events) == 3


def test_a_gap_is_proposed_with_its_reason_and_proof():
    found = {each.code: each for each in proposals(scored(*worked_run()))}
    assert found["DA2"].why == "late"
    assert found["HQ2"].why == "not shown: Next update due is carried over"
    assert all(each.evidence for each in found.values())


def test_one_event_may_meet_two_expectations():
    score = scored(
        fired(14, "I04"), fired(62, "I11"), line(64, "decision.recorded", decision="D2", option="staged")
    )
    assert of(score, "E13").score == 1000
    assert of(score, "E06").status == "missed"


def test_nothing_counts_after_the_end():
    assert (
        of(scored(fired(0, "I01"), line(5, "run.ended"), line(6, "escalation.acknowledged")), "E01").score
        == 0
    )


def test_an_empty_log_scores_nothing():
    score = scored()
    assert (score.overall, score.band, score.scored, score.planned) == (None, "", 0, 17)


def test_an_event_that_counts_twice_is_told_at_both():
    scenario = charged_twice()
    first = scenario.injects[1]
    twin = replace(first.expect[0], id="E03B", competence="triage")
    both = replace(scenario, injects=(scenario.injects[0], replace(first, expect=(*first.expect, twin))))
    lines = [json.dumps(each) for each in (fired(6, "I02"), line(9, "escalation.linked"))]
    tree = explain(score_log(both, entries(lines, both)))
    assert "The same event counts for E03B as well." in tree.parts[0].parts[0].sentence
