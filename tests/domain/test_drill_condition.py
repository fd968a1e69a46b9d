"""Conditions hold, may still hold, or never will; and read as people speak."""

import pytest

from desktop.domain.drill_condition import All, AnyOf, Elapsed, Is, Not, Truth, depth, truth, words
from desktop.domain.drill_condition_document import read_condition, write_condition
from desktop.domain.drill_node import Part

STOP = Is("decision", "D1", ("stop",))
WAIT = Is("decision", "D1", ("wait",))
LATE = Elapsed(1800)


def told(condition, sim_s=0, word="", *, is_final=False, is_possible=True) -> Truth:
    return truth(condition, sim_s, lambda kind, ref: (word, is_final), lambda kind, ref, wanted: is_possible)


@pytest.mark.parametrize(
    ("condition", "word", "is_final", "expected"),
    [
        (STOP, "stop", True, Truth.HOLDS),
        (STOP, "stop", False, Truth.HOLDS),
        (STOP, "", False, Truth.OPEN),
        (STOP, "wait", False, Truth.OPEN),
        (STOP, "wait", True, Truth.NEVER),
        (Not(STOP), "wait", True, Truth.HOLDS),
        (Not(STOP), "stop", True, Truth.NEVER),
        (Not(STOP), "stop", False, Truth.OPEN),
        (Not(Not(STOP)), "stop", True, Truth.HOLDS),
        (All((STOP, WAIT)), "stop", True, Truth.NEVER),
        (AnyOf((STOP, WAIT)), "wait", True, Truth.HOLDS),
        (Not(AnyOf((STOP, WAIT))), "wait", True, Truth.NEVER),
        (Not(All((STOP, WAIT))), "wait", True, Truth.HOLDS),
        (All((STOP, LATE)), "stop", True, Truth.OPEN),
    ],
)
def test_a_condition_holds_or_may_or_never_will(condition, word, is_final, expected):
    assert told(condition, word=word, is_final=is_final) is expected


@pytest.mark.parametrize(("sim_s", "expected"), [(0, Truth.OPEN), (60, Truth.HOLDS), (121, Truth.NEVER)])
def test_time_opens_and_closes(sim_s, expected):
    assert told(Elapsed(60, 120), sim_s) is expected


@pytest.mark.parametrize(("sim_s", "expected"), [(0, Truth.HOLDS), (60, Truth.OPEN), (121, Truth.HOLDS)])
def test_the_contrary_of_a_time_may_come_back(sim_s, expected):
    assert told(Not(Elapsed(60, 120)), sim_s) is expected


def test_what_has_become_impossible_is_dead():
    assert told(STOP, is_possible=False) is Truth.NEVER


@pytest.mark.parametrize(
    "condition", [STOP, LATE, Elapsed(0, 90), Not(STOP), All((STOP, AnyOf((WAIT, Not(LATE))))), Elapsed(0)]
)
def test_a_condition_is_written_and_read_the_same(condition):
    faults = []
    assert read_condition(Part(write_condition(condition), faults)) == condition
    assert faults == []


def test_a_condition_reads_as_people_speak():
    said = words(All((Is("decision", "D1", ("stop", "wait")), Not(Is("expectation", "E04", ("met",))))))
    assert said == "D1 is stop or wait, and not (E04 is met)"
    assert depth(All((STOP, Not(AnyOf((STOP, WAIT)))))) == 3
