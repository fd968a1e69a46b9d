"""A run of a playbook: how far its steps have come, and what another version makes of them."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.playbook import Content, Decision, Step
from desktop.domain.playbook_run import Kept, Run, StepState, is_late, joined, move, times_taken
from tests.factories import MONDAY

MINUTE = timedelta(minutes=1)


def kept(step_id: str, state: StepState = StepState.OPEN, minutes: int | None = None, **more: object) -> Kept:
    at = None if minutes is None else MONDAY + minutes * MINUTE
    return Kept(len(step_id), step_id, 1, state, at, **more)  # type: ignore[arg-type]


def content(*ids: str) -> Content:
    return Content("Payments fail", steps=tuple(Step(id_, f"Do {id_}") for id_ in ids))


def a_run(*states: Kept, **more: object) -> Run:
    of = content(*(one.step_id for one in states))
    return Run(1, 1, 1, "payments", 1, of, joined(of, states), MONDAY, "Cora", **more)  # type: ignore[arg-type]


def test_a_step_over_its_time_is_late_until_it_is_skipped():
    late = kept("a", due_at=MONDAY)
    assert is_late(late, MONDAY + MINUTE)
    assert not is_late(kept("a", StepState.SKIPPED, 5, due_at=MONDAY), MONDAY + MINUTE)


def test_a_step_done_in_time_is_never_late():
    assert not is_late(kept("a", StepState.DONE, 5, due_at=MONDAY + 6 * MINUTE), MONDAY + timedelta(days=9))
    assert is_late(kept("a", StepState.DONE, 7, due_at=MONDAY + 6 * MINUTE), MONDAY)


def test_the_next_step_is_the_first_that_must_be_done():
    run = a_run(kept("a", StepState.DONE, 1), kept("b"), kept("c"))
    assert run.next_step is not None
    assert run.next_step.step.id == "b"
    assert run.settled == 1


def test_a_newer_version_waits_for_an_answer_until_one_stays():
    assert a_run(kept("a"), newest=3).newer == 3
    assert a_run(kept("a"), newest=3, stayed=3).newer == 0
    assert a_run(kept("a"), newest=3, ended_at=MONDAY).newer == 0


def test_the_decision_of_a_step_is_found_by_its_id():
    of = Content("T", steps=(Step("a", "A", decision="d"),), decisions=(Decision("d", "What", "lead"),))
    run = Run(1, 1, 1, "t", 1, of, joined(of, [kept("a")]), MONDAY, "Cora")
    assert run.decision(of.steps[0]) == of.decisions[0]


def test_another_version_keeps_steps_by_their_ids():
    states = [kept("a"), kept("b"), kept("old", gone=True)]
    moved = move(content("b", "new", "old"), states)
    assert moved.kept == ("b",)
    assert (moved.added, moved.reopened, moved.gone) == (("new",), ("old",), ("a",))


ids = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(ids, ids)
def test_after_a_move_exactly_the_steps_of_the_new_version_are_there(before, after):
    moved = move(content(*after), [kept(id_) for id_ in before])
    assert set(moved.kept) | set(moved.added) | set(moved.reopened) == set(after)
    assert set(moved.gone) == set(before) - set(after)


def test_a_step_takes_as_long_as_since_the_one_before_it():
    done = StepState.DONE
    taken = times_taken(
        MONDAY, [kept("a", done, 9), kept("b", done, 4), kept("c"), kept("d", StepState.SKIPPED, 5)]
    )
    assert taken == {"b": 4 * MINUTE, "a": 5 * MINUTE}
