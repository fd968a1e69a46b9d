"""Which state may follow which, and what each fulfils."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.commitment import Kind
from desktop.domain.errors import DeskError
from desktop.domain.escalation import OPEN_STATES, State
from desktop.domain.life_cycle import PATH, TRANSITIONS, check_move, fulfils

states = st.sampled_from(State)


@given(states, states)
def test_a_move_passes_exactly_where_the_table_knows_it(before: State, after: State):
    if after in TRANSITIONS[before]:
        check_move(before, after)
    else:
        with pytest.raises(DeskError):
            check_move(before, after)


@given(st.sampled_from(sorted(OPEN_STATES)), st.sampled_from(PATH))
def test_open_escalations_skip_forward_as_far_as_resolved(before: State, after: State):
    is_forward = PATH.index(after) > PATH.index(before)
    assert (after in TRANSITIONS[before]) == (is_forward and after is not State.CLOSED)


@pytest.mark.parametrize("state", [State.RESOLVED, State.CLOSED, State.STANDARD])
def test_what_is_done_is_reopened_to_working(state: State):
    assert State.WORKING in TRANSITIONS[state]


def test_nothing_follows_merged():
    assert TRANSITIONS[State.MERGED] == frozenset()


@given(states, states)
def test_every_refusal_says_what_to_do_or_that_it_is_so(before: State, after: State):
    if after in TRANSITIONS[before]:
        return
    with pytest.raises(DeskError) as refusal:
        check_move(before, after)
    assert refusal.value.hint or "already" in refusal.value.message


def test_each_state_on_the_way_fulfils_what_those_before_it_do():
    fulfilled: frozenset[Kind] = frozenset()
    for state in PATH[:-1]:
        assert fulfils(state) >= fulfilled
        fulfilled = fulfils(state)


def test_resolution_fulfils_all_but_the_next_update():
    assert fulfils(State.RESOLVED) == frozenset(Kind) - {Kind.UPDATE}
