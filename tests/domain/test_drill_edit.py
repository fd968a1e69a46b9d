"""Editing operations on scenarios: whatever is done, references stay valid."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain import drill_edit as edit
from desktop.domain.drill_condition import All, AnyOf, Elapsed, Is, Not, depth
from desktop.domain.drill_condition_edit import (
    joined,
    may_join,
    part_at,
    turned,
    unwrapped,
    with_part,
    wrapped,
)
from desktop.domain.drill_history import History
from desktop.domain.drill_names import references, rename
from desktop.domain.drill_put import faults_of, put
from desktop.domain.drill_scenario import After
from desktop.domain.drill_timeline import likely_times, timeline
from desktop.domain.errors import DeskError
from desktop.services.drill_file import read_text, write_text
from desktop.services.drill_shipped import shipped

_SHIPPED = shipped()
_CHARGED = next(each for each in _SHIPPED if each.id.endswith("charged-again"))
_DANGLING = ("there is no ", "there are two things")


def dangling(scenario):
    return [f.message for f in faults_of(scenario) if f.message.startswith(_DANGLING)]


def done(scenario, deed, n):
    """One of the operations at a place that the number chooses."""
    at = n % len(scenario.injects)
    inject = scenario.injects[at]
    match deed:
        case "add":
            return edit.add_inject(scenario, at)
        case "copy":
            return edit.duplicate_inject(scenario, at)
        case "move":
            return edit.move_inject(scenario, at, 1 if n % 2 else -1)
        case "sort":
            return edit.sort_injects(scenario)
        case "delete" if len(scenario.injects) > 1:
            return edit.delete_inject(scenario, at)
        case "unexpect" if inject.expect:
            return edit.delete_expectation(scenario, at, n % len(inject.expect))
        case "undecide":
            return edit.delete_decision(scenario, at)
        case "phase":
            return edit.delete_phase(scenario, n % len(scenario.phases))
        case "rename":
            kind = ("inject", "role", "phase", "customer")[n % 4]
            own = {"inject": scenario.injects, "role": scenario.roles, "phase": scenario.phases}.get(kind)
            things = [each.id for each in own] if own else [each["id"] for each in scenario.world.customers]
            return rename(scenario, kind, things[n % len(things)], edit.new_id(scenario, kind))
    return scenario


_DEEDS = ("add", "copy", "move", "sort", "delete", "unexpect", "undecide", "phase", "rename")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(_SHIPPED),
    st.lists(st.tuples(st.sampled_from(_DEEDS), st.integers(0, 10_000)), min_size=1, max_size=8),
)
def test_whatever_is_done_nothing_refers_to_what_is_not_there(scenario, deeds):
    for deed, n in deeds:
        scenario = done(scenario, deed, n)
    assert dangling(scenario) == []


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(_SHIPPED), st.lists(st.tuples(st.sampled_from(_DEEDS), st.integers(0, 999)), max_size=5)
)
def test_whatever_is_done_is_the_same_when_it_is_read_again(scenario, deeds):
    for deed, n in deeds:
        scenario = done(scenario, deed, n)
    assert read_text(write_text(scenario)).scenario == scenario


def test_a_seat_that_is_renamed_is_renamed_wherever_it_is_named():
    changed = rename(_CHARGED, "role", "lead", "chief")
    assert references(changed, "role", "lead") == ()
    assert references(changed, "role", "chief") == references(_CHARGED, "role", "lead")


def test_an_option_that_is_renamed_is_renamed_in_conditions_and_matches():
    inject, decision = next(_CHARGED.decisions())
    changed = rename(_CHARGED, "option", decision.options[0].id, "brandnew", decision.id)
    assert not faults_of(changed) or [f for f in faults_of(changed) if not f.is_warning] == []
    assert changed.injects[_CHARGED.injects.index(inject)].decision.options[0].id == "brandnew"


def test_a_variable_that_is_renamed_is_renamed_in_every_text():
    changed = rename(_CHARGED, "variable", "customer_a", "first")
    assert "{{customer_a}}" not in write_text(changed)
    assert "{{first}}" in write_text(changed)


def test_of_two_things_of_one_name_only_the_one_that_is_meant_is_renamed():
    twice = put(_CHARGED, ("injects", 1, "id"), "I01")
    changed = rename(twice, "inject", "I01", "I50", at=("injects", 1, "id"))
    assert [each.id for each in changed.injects[:2]] == ["I01", "I50"]


def test_a_name_that_is_taken_is_refused():
    with pytest.raises(DeskError, match="There is “triage” already"):
        rename(_CHARGED, "role", "lead", "triage")


def test_a_name_of_odd_letters_is_refused():
    with pytest.raises(DeskError, match="cannot be a name"):
        rename(_CHARGED, "role", "lead", "the lead!")


def test_a_copy_speaks_of_its_own_decision_and_expectations():
    at = next(i for i, each in enumerate(_CHARGED.injects) if each.decision)
    changed = edit.duplicate_inject(_CHARGED, at)
    first, copy = changed.injects[at], changed.injects[at + 1]
    assert copy.decision.id != first.decision.id
    assert not {one.id for one in copy.expect} & {one.id for _, one in _CHARGED.expectations()}


def test_a_time_that_hung_on_a_deleted_inject_becomes_a_plain_one():
    at = next(i for i, each in enumerate(_CHARGED.injects) if each.id == "I06")
    changed = edit.delete_inject(_CHARGED, at)
    follower = next(each for each in changed.injects if each.id == "I08")
    assert (follower.after, follower.at_s) == (
        None,
        likely_times(_CHARGED)[_CHARGED.injects.index(_by("I08"))],
    )


def _by(name):
    return next(each for each in _CHARGED.injects if each.id == name)


def test_new_ids_go_on_after_the_highest():
    assert edit.fresh("inject", frozenset({"I01", "I05A", "I12"})) == "I13"


def test_a_phase_that_goes_leaves_its_injects_to_the_one_before():
    changed = edit.delete_phase(_CHARGED, 1)
    assert {each.phase for each in changed.injects} <= {phase.id for phase in changed.phases}


def test_what_is_put_somewhere_stands_there():
    assert put(_CHARGED, ("clock", "duration"), "2h").pace.duration_s == 7200
    assert put(_CHARGED, ("debrief", "questions"), None).questions == ()


def test_the_timeline_shows_branches_from_the_inject_they_hang_on():
    marks = {mark.id: mark for mark in timeline(_CHARGED).marks}
    assert marks["I08"].from_id == "I06"
    assert not marks["I08"].is_exact


def test_times_that_hang_on_one_another_in_a_ring_end_somewhere():
    first, second = _CHARGED.injects[:2]
    ring = replace(
        _CHARGED,
        injects=(
            replace(first, at_s=None, after=After("inject", second.id)),
            replace(second, at_s=None, after=After("inject", first.id)),
        ),
    )
    assert len(likely_times(ring)) == 2


_A, _B = Is("inject", "I01", ("fired",)), Elapsed(60)


def test_a_part_joined_to_a_plain_condition_makes_a_group():
    assert joined(_A, (), _B) == All((_A, _B))


def test_a_group_that_loses_its_last_part_goes_with_it():
    assert with_part(All((AnyOf((_A,)), _B)), (0, 0), None) == All((_B,))


def test_a_denial_can_be_taken_back():
    assert unwrapped(wrapped(All((_A, _B)), (1,), "not"), (1,)) == All((_A, _B))


def test_a_group_is_turned_from_all_to_any():
    assert turned(All((_A, _B)), (), "any") == AnyOf((_A, _B))


def test_nothing_is_nested_deeper_than_conditions_may_be():
    deep = Not(Not(Not(Not(_A))))
    assert depth(deep) == 4
    assert not may_join(deep, (0, 0, 0, 0))
    assert part_at(deep, (0, 0, 0, 0)) == _A


def test_typing_on_in_one_place_is_taken_back_at_once():
    history = History(_CHARGED)
    for title in ("A", "Ab", "Abc"):
        history.write(replace(_CHARGED, title=title), ("title",), typed=True)
    history.undo()
    assert history.scenario == _CHARGED


def test_what_was_taken_back_can_be_done_again():
    history = History(_CHARGED)
    history.write(replace(_CHARGED, title="Other"), ("title",))
    history.undo()
    assert history.redo() == ("title",)
    assert history.scenario.title == "Other"
