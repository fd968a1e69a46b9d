"""A drill runs by its clock and its trainer, and goes on from its log."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.drill_deck import deck
from desktop.domain.drill_engine import DrillRun
from desktop.domain.drill_fold import replayed
from desktop.domain.drill_fork import compared, forked
from desktop.domain.drill_log import Entry, Kind
from desktop.domain.drill_look import Standing
from desktop.domain.drill_plan import Plan
from desktop.domain.drill_scenario import After, Complication, Effect, Scenario
from desktop.domain.drill_score import score_log
from desktop.domain.drill_words import DERIVED, IN_THE_INBOX, MATCHABLE, Mode, OnOverdue
from desktop.domain.errors import DeskError
from desktop.domain.timeline import EventKind
from tests.domain.drills import charged_twice

SCENARIO = charged_twice()
MINUTE = 60_000


def paced(scenario: Scenario = SCENARIO, **changes) -> Scenario:
    return replace(scenario, pace=replace(scenario.pace, **changes))


def started(scenario: Scenario = SCENARIO) -> DrillRun:
    run = DrillRun(scenario)
    run.start(0)
    return run


def stamps(run: DrillRun, kind: str = Kind.FIRED) -> list[tuple[float, str]]:
    return [(each.sim_ms / MINUTE, str(each.body.get("inject", ""))) for each in run.log if each.kind == kind]


def standing(run: DrillRun, inject: str, mono_ms: int) -> Standing:
    return next(line.standing for line in run.look(mono_ms).lines if line.inject == inject)


def test_injects_fire_at_their_own_time_however_late_the_tick():
    run = started()
    run.advance(11 * MINUTE + 700)
    assert stamps(run) == [(0, "I01"), (6, "I02"), (10, "I03")]


def test_a_frozen_clock_never_fires():
    run = started()
    run.pause(5 * MINUTE)
    run.advance(50 * MINUTE)
    assert run.sim_ms(50 * MINUTE) == 5 * MINUTE
    run.resume(50 * MINUTE)
    run.advance(51 * MINUTE)
    assert stamps(run) == [(0, "I01"), (6, "I02")]


def test_fire_now_while_paused_is_stamped_at_the_frozen_second():
    run = started()
    run.pause(3 * MINUTE)
    run.fire(40 * MINUTE, "I07", by="Trainer")
    assert stamps(run)[-1] == (3, "I07")
    assert run.is_paused


def test_the_speed_falls_to_one_while_a_player_has_a_deadline():
    run = started()
    run.set_speed(0, 10)
    assert (run.state.chosen_speed, run.state.speed) == (10, 1)
    run.tell(MINUTE, "escalation.acknowledged", {})
    run.tell(2 * MINUTE, "escalation.classified", {})
    assert run.state.speed == 10
    run.advance(2 * MINUTE + 24_000)
    assert (run.state.speed, stamps(run)[-1]) == (1, (6, "I02"))


def test_without_auto_slow_a_minute_at_five_is_five():
    run = started(paced(auto_slow=False))
    run.set_speed(0, 5)
    run.advance(2 * MINUTE)
    assert run.sim_ms(2 * MINUTE) == 10 * MINUTE
    assert run.state.speed == 5


def test_a_branch_follows_the_decision_and_the_other_one_never_comes():
    run = started()
    run.advance(15 * MINUTE)
    run.tell(15 * MINUTE, "decision.recorded", {"decision": "D1", "option": "stop"})
    run.advance(30 * MINUTE)
    assert (20, "I05A") in stamps(run)
    assert standing(run, "I05B", 30 * MINUTE) is Standing.DEAD


def test_nobody_decides_and_the_default_counts():
    run = started()
    run.advance(27 * MINUTE)
    assert stamps(run, Kind.DEFAULTED) == [(24, "")]
    assert (26, "I05B") in stamps(run)
    run.tell(27 * MINUTE, "decision.recorded", {"decision": "D1", "option": "stop"})
    assert run.state.decisions["D1"].option == "wait"


def test_who_decides_after_the_default_and_before_its_branch_still_decides():
    run = started()
    run.tell(25 * MINUTE, "decision.recorded", {"decision": "D1", "option": "stop"})
    run.advance(27 * MINUTE)
    assert stamps(run)[-1] == (25, "I05A")


def test_the_teams_own_promise_is_the_next_inject():
    run = started()
    told = {"stage": "initial", "values": {"next_update_at": "2026-03-02T16:58:00+01:00"}}
    run.tell(36 * MINUTE, "update.sent", told)
    run.advance(50 * MINUTE)
    assert (48, "I08") in stamps(run)


def test_without_a_promise_the_delay_counts():
    run = started()
    run.tell(36 * MINUTE, "update.sent", {"stage": "initial"})
    run.advance(60 * MINUTE)
    assert (56, "I08") in stamps(run)


def test_a_manual_inject_gets_ready_and_waits_for_a_person():
    run = started()
    run.advance(31 * MINUTE)
    assert standing(run, "I07", 31 * MINUTE) is Standing.READY
    assert run.look(31 * MINUTE).behind_ms == MINUTE


def test_the_facilitator_sets_the_pace():
    run = started(paced(mode=Mode.FACILITATOR))
    run.advance(8 * MINUTE)
    assert stamps(run) == []
    assert standing(run, "I01", 8 * MINUTE) is Standing.READY


def test_a_jump_holds_what_it_passes_and_moves_open_deadlines():
    run = started()
    run.advance(MINUTE)
    run.jump(MINUTE, 12 * MINUTE)
    assert [each for _, each in stamps(run, Kind.HELD)] == ["I02", "I03"]
    run.tell(MINUTE + 1000, "escalation.acknowledged", {})
    e01 = next(each for each in score_log(SCENARIO, run.log).expectations if each.id == "E01")
    assert (e01.t_s, e01.score) == (61, 1000)


@pytest.mark.parametrize(("way", "status"), [("missed", "missed"), ("not_exercised", "not_exercised")])
def test_a_jump_can_end_what_it_passes(way, status):
    run = started()
    run.advance(MINUTE)
    run.jump(MINUTE, 40 * MINUTE, deadlines=way)
    run.tell(MINUTE + 1, "escalation.acknowledged", {})
    assert (
        next(each for each in score_log(SCENARIO, run.log).expectations if each.id == "E01").status == status
    )


def test_a_jump_fires_what_it_passes_where_the_scenario_says_so():
    run = started(paced(on_overdue=OnOverdue.FIRE))
    run.jump(1, 12 * MINUTE)
    assert stamps(run) == [(0, "I01"), (12, "I02"), (12, "I03")]


def test_the_next_inject_can_be_jumped_to():
    run = started()
    run.jump_to_next(1)
    assert stamps(run) == [(0, "I01"), (6, "I02")]


def test_an_inject_is_recalled_within_a_minute():
    run = started()
    run.advance(6 * MINUTE + 30_000)
    run.recall(6 * MINUTE + 30_000, "I02")
    assert score_log(SCENARIO, run.log).planned == 17
    assert standing(run, "I02", 7 * MINUTE) is Standing.RECALLED
    with pytest.raises(DeskError, match="60 s"):
        run.recall(8 * MINUTE, "I01")


def test_what_players_have_acted_on_cannot_be_recalled():
    run = started()
    run.tell(10_000, "escalation.acknowledged", {})
    with pytest.raises(DeskError, match="acted"):
        run.recall(20_000, "I01")


def test_a_skip_needs_its_reason():
    run = started()
    with pytest.raises(DeskError):
        run.skip(0, "I02", " ")
    run.skip(0, "I02", "no time")
    run.advance(10 * MINUTE)
    assert (6, "I02") not in stamps(run)


def test_what_follows_a_skipped_inject_is_dead():
    run = started()
    run.skip(0, "I06", "no time")
    assert standing(run, "I08", 0) is Standing.DEAD


def test_a_held_inject_comes_at_its_new_time():
    run = started()
    run.hold(0, "I02")
    run.advance(7 * MINUTE)
    run.postpone(7 * MINUTE, "I02", 9 * MINUTE)
    run.advance(10 * MINUTE)
    assert (9, "I02") in stamps(run)


def test_an_effect_is_due_when_its_delay_has_passed():
    run = started()
    run.fire(MINUTE, "I07")
    run.advance(42 * MINUTE)
    due = [each for each in run.log if each.kind == Kind.EFFECT and each.body["effect"] == "release_data"]
    assert [(each.sim_ms, each.body["value"]) for each in due] == [(41 * MINUTE, "finance_export")]


def test_a_sleep_of_the_machine_is_a_pause():
    run = started()
    run.tick(1000)
    run.tick(30 * MINUTE)
    assert run.is_paused
    assert run.sim_ms(31 * MINUTE) == 1000


def test_a_killed_drill_goes_on_at_the_same_second():
    run = started()
    run.advance(11 * MINUTE)
    again = DrillRun(SCENARIO, list(run.log), sim_ms=run.sim_ms(11 * MINUTE))
    assert again.is_paused
    again.resume(999 * MINUTE)
    again.advance(1002 * MINUTE)
    assert again.sim_ms(1002 * MINUTE) == 14 * MINUTE
    assert stamps(again) == [(0, "I01"), (6, "I02"), (10, "I03"), (14, "I04")]


def test_improvised_injects_are_numbered():
    run = started()
    run.improvise(0, {"body": "The chief calls."})
    run.improvise(0, {"body": "Again."})
    assert [name for _, name in stamps(run, Kind.IMPROVISED)] == ["X1", "X2"]


def test_the_same_seed_draws_the_same_cards():
    cards = tuple(Complication(f"C{n}", f"card {n}", weight=n) for n in range(1, 9))
    scenario = replace(SCENARIO, complications=cards)
    assert deck(scenario, 7) == deck(scenario, 7)
    assert sorted(deck(scenario, 7)) == sorted(card.id for card in cards)
    assert len({deck(scenario, seed) for seed in range(20)}) > 10


def test_cards_are_drawn_until_none_is_left():
    run = started(replace(SCENARIO, complications=(Complication("C1", "away"),)))
    run.draw(0)
    with pytest.raises(DeskError):
        run.draw(0)


def test_a_fork_counts_only_its_own_part():
    run = started()
    run.tell(MINUTE, "escalation.acknowledged", {})
    run.advance(15 * MINUTE)
    fork = DrillRun(SCENARIO, forked(run.log, len(run.log), run="1"))
    fork.resume(0)
    fork.tell(1000, "decision.recorded", {"decision": "D1", "option": "stop"})
    fork.tell(1000, Kind.OBSERVED, {"expectation": "E06", "ok": ["approver", "rationale"]})
    score = score_log(SCENARIO, fork.log)
    status = {each.id: each.status.value for each in score.expectations}
    assert (status["E01"], status["E06"]) == ("not_exercised", "met")
    lines = {line.name: line for line in compared(score_log(SCENARIO, run.log), score)}
    assert (lines["E06"].before, lines["E06"].after, lines["E06"].change) == (0, 1000, 1000)


def test_nothing_happens_after_the_end():
    run = started()
    run.end(MINUTE)
    assert run.advance(90 * MINUTE) == []
    with pytest.raises(DeskError):
        run.fire(91 * MINUTE, "I02")


def test_a_log_always_comes_to_the_same_state():
    run = started()
    run.tell(25 * MINUTE, "decision.recorded", {"decision": "D1", "option": "stop"})
    run.jump(26 * MINUTE, 50 * MINUTE)
    run.end(60 * MINUTE)
    assert replayed(run.plan, run.log) == run.state
    assert [each.seq for each in run.log] == list(range(1, len(run.log) + 1))
    assert isinstance(run.log[0], Entry)


def test_a_complication_works_on_the_desk_like_an_inject():
    card = Complication("C1", "stale", (Effect("dashboard_value", {"id": "board"}, 60),))
    run = started(replace(SCENARIO, complications=(card,)))
    run.draw(0)
    run.advance(2 * MINUTE)
    due = [(each.sim_ms, each.body["effect"]) for each in run.log if each.kind == Kind.EFFECT]
    assert (MINUTE, "dashboard_value") in due


def test_hints_are_shown_one_after_the_other_until_none_is_left():
    run = started()
    run.advance(7 * MINUTE)
    texts = [run.hint(7 * MINUTE, "E03")[0].body["text"] for _ in range(2)]
    assert texts[0] != texts[1]
    with pytest.raises(DeskError, match="no further"):
        run.hint(7 * MINUTE, "E03")


def test_an_adjustment_needs_a_reason_and_is_never_a_number():
    run = started()
    run.end(20 * MINUTE)
    with pytest.raises(DeskError, match="why"):
        run.override(0, "E01", " ", rating="P")
    with pytest.raises(DeskError, match="rating"):
        run.override(0, "E01", "seen")
    run.override(0, "E01", "the tool was down", t_s=60)
    e01 = next(each for each in score_log(SCENARIO, run.log).expectations if each.id == "E01")
    assert (e01.score, e01.original) == (1000, 0)


def test_what_the_drill_looks_for_is_what_the_product_writes():
    known = {kind.value for kind in EventKind}
    assert set(MATCHABLE) - known == {*DERIVED, *IN_THE_INBOX} - known


def test_what_follows_a_branch_not_taken_is_dead_as_well():
    last = SCENARIO.injects[-1]
    then = replace(last, id="I13", at_s=None, after=After("expectation", "E07B"), expect=(), when=None)
    run = started(replace(SCENARIO, injects=(*SCENARIO.injects, then)))
    run.advance(15 * MINUTE)
    assert standing(run, "I13", 15 * MINUTE) is Standing.WAITING
    run.tell(15 * MINUTE, "decision.recorded", {"decision": "D1", "option": "stop"})
    assert standing(run, "I13", 15 * MINUTE) is Standing.DEAD


def test_a_promise_within_a_leap_of_the_story_falls_due_with_the_leap():
    start = SCENARIO.pace.start
    phases = (*SCENARIO.phases[:3], replace(SCENARIO.phases[3], story=start + timedelta(days=1)))
    plan = Plan(replace(SCENARIO, phases=phases))
    assert plan.sim_of(start + timedelta(minutes=30), 0) == 30 * MINUTE
    assert plan.sim_of(start + timedelta(hours=5), 0) == 45 * MINUTE
    assert plan.sim_of(start + timedelta(days=1, minutes=10), 0) == 55 * MINUTE
    assert plan.story_at(50 * MINUTE) == start + timedelta(days=1, minutes=5)
