"""Every drill that ships can be played, handed out and taken apart without a spoiler."""

import pytest

from desktop.adapters.documents.drill_pack import players_of, staff_of, texts_of
from desktop.domain.drill_engine import DrillRun
from desktop.domain.drill_look import Standing
from desktop.domain.drill_score import score_log
from desktop.domain.drill_words import is_gap_code
from desktop.services.drill_file import read_file, read_text, write_json, write_text
from desktop.services.drill_shipped import shipped, shipped_files
from desktop.services.policy import default_policy

FILES = {path.name.split(".")[0]: path for path in shipped_files()}
MINUTE = 60_000


def test_six_drills_ship():
    assert list(FILES) == [
        "blind-cockpit", "charged-again", "emergency-lane", "long-restore", "night-handoff", "three-tickets",
    ]  # fmt: skip
    assert len({scenario.id for scenario in shipped()}) == 6


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_drill_has_neither_fault_nor_warning(name):
    assert [str(fault) for fault in read_file(FILES[name]).faults] == []


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_drill_is_written_and_read_the_same(name):
    scenario = read_file(FILES[name]).scenario
    assert read_text(write_text(scenario)).scenario == scenario
    assert read_text(write_json(scenario)).scenario == scenario


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_drill_has_what_a_trainer_expects(name):
    scenario = read_file(FILES[name]).scenario
    assert 10 <= len(scenario.injects) <= 16
    assert len(scenario.complications) == 3
    assert list(scenario.decisions())
    assert sum(one.critical for _, one in scenario.expectations()) >= 3
    assert all(one.gap is None or is_gap_code(one.gap.code) for _, one in scenario.expectations())


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_drills_handout_is_made_and_its_guide_names_every_inject(name):
    scenario = read_file(FILES[name]).scenario
    handout, guide = (" ".join(texts_of(make(scenario))) for make in (players_of, staff_of))
    assert all(inject.id in guide for inject in scenario.injects)
    assert not any(inject.notes and inject.notes in handout for inject in scenario.injects)


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_drill_runs_to_its_end_with_nobody_at_the_table(name):
    scenario = read_file(FILES[name]).scenario
    run = DrillRun(scenario)
    run.start(0)
    for minute in range(1, scenario.pace.duration_s // 60 + 1):
        run.advance(minute * MINUTE)
        for line in run.look(minute * MINUTE).lines:
            if line.standing is Standing.READY:
                run.fire(minute * MINUTE, line.inject)
    run.end(scenario.pace.duration_s * 1000)
    score = score_log(scenario, run.log)
    assert score.band in ("M", "U")
    assert all(decision.option for decision in run.state.decisions.values())


def test_shipped_drills_speak_of_areas_kinds_and_tiers_as_the_policy_does():
    policy = default_policy()
    areas = {area.key for area in policy.areas}
    kinds = {kind.key for area in policy.areas for kind in area.issue_types}
    tiers = {tier.key for tier in policy.tiers}
    for scenario in shipped():
        assert set(scenario.tags.product_area) <= areas
        assert set(scenario.tags.incident_type) <= kinds
        assert set(scenario.tags.customer_tier) <= tiers
        assert {customer["tier"] for customer in scenario.world.customers} <= tiers
