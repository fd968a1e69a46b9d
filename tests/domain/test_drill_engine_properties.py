"""Whatever a trainer does to the clock, stamps only grow, the order stays, and scores do not care."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.drill_engine import DrillRun
from desktop.domain.drill_fold import replayed
from desktop.domain.drill_log import Kind
from desktop.domain.drill_score import score_log
from desktop.services.drill_log_file import entries, write_log
from tests.domain.drills import charged_twice

SCENARIO = charged_twice()
MINUTE = 60_000
OWN = frozenset(kind.value for kind in Kind)
STEPS = st.lists(
    st.tuples(st.sampled_from(["wait", "pause", "resume", "speed", "jump"]), st.integers(1, 12 * MINUTE)),
    max_size=12,
)


def played(steps) -> DrillRun:
    run = DrillRun(SCENARIO)
    run.start(0)
    now = 0
    for word, amount in steps:
        now += amount
        if word == "pause":
            run.pause(now)
        elif word == "resume":
            run.resume(now)
        elif word == "speed":
            run.set_speed(now, SCENARIO.pace.speeds[amount % 4])
        elif word == "jump":
            run.jump(now, run.sim_ms(now) + amount)
        else:
            run.advance(now)
    return run


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_stamps_never_go_back_and_no_inject_fires_twice(steps):
    run = played(steps)
    stamps = [entry.sim_ms for entry in run.log]
    assert stamps == sorted(stamps)
    fired = [entry.body["inject"] for entry in run.log if entry.kind == Kind.FIRED]
    assert len(fired) == len(set(fired))
    assert run.look(10**7).behind_ms >= 0


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_the_log_alone_gives_the_same_state_and_score(steps):
    run = played(steps)
    assert replayed(run.plan, run.log) == run.state
    lines = write_log(run.log).splitlines()
    assert all(json.loads(line)["kind"] for line in lines)
    assert score_log(SCENARIO, entries(lines, SCENARIO)) == score_log(SCENARIO, run.log)


def scripted(waits: list[int], speed: int) -> DrillRun:
    """A player who does each thing at the same minute of the drill, however it is paced."""
    run = DrillRun(SCENARIO)
    run.start(0)
    run.set_speed(0, speed)
    now = 0
    acts = {
        4: "escalation.acknowledged",
        12: "escalation.linked",
        17: "oncall.paged",
        80: "debrief.scheduled",
    }
    for minute in range(1, 90):
        while run.sim_ms(now) < minute * MINUTE:
            left = minute * MINUTE - run.sim_ms(now)
            now += max(left // run.state.speed, 1)
            run.advance(now)
        if waits and minute % 7 == 0:
            run.pause(now)
            now += waits[minute % len(waits)]
            run.resume(now)
        if minute in acts:
            run.tell(now, acts[minute], {})
    run.end(now)
    return run


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(1, 10**6), max_size=5), st.sampled_from([1, 2, 5, 10]))
def test_neither_pauses_nor_speed_change_what_a_scripted_player_gets(waits, speed):
    plain, other = scripted([], 1), scripted(waits, speed)

    def order(run):
        return [entry.body["inject"] for entry in run.log if entry.kind == Kind.FIRED]

    assert order(plain) == order(other)
    first, second = score_log(SCENARIO, plain.log), score_log(SCENARIO, other.log)
    assert [(e.id, e.score) for e in first.expectations] == [(e.id, e.score) for e in second.expectations]


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 60), st.integers(0, 10**9))
def test_a_drill_killed_anywhere_goes_on_as_if_nothing_had_been(cut, mono_ms):
    whole = scripted([], 1)
    kept = [entry for entry in whole.log if entry.kind != Kind.ENDED][:cut]
    run = DrillRun(SCENARIO, kept)
    run.resume(mono_ms)
    acts = [entry for entry in whole.log[len(kept) :] if entry.kind not in OWN]
    for act in acts:
        now = mono_ms + act.sim_ms - kept[-1].sim_ms
        run.tell(now, act.kind, act.body)
    run.end(mono_ms + 89 * MINUTE - kept[-1].sim_ms)
    first, second = score_log(SCENARIO, whole.log), score_log(SCENARIO, run.log)
    assert [(e.id, e.score) for e in first.expectations] == [(e.id, e.score) for e in second.expectations]
