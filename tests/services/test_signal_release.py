"""Releasing what was held in slices: what refuses, and how all of it is taken back as one step."""

import pytest

from desktop.domain.disposition import Cause, Disposition
from desktop.domain.errors import Conflict, NotAllowed
from desktop.domain.escalation import State
from desktop.services.releasing import Release, Releasing
from desktop.services.signal_release import Released, slices
from desktop.services.undoing import UndoService
from tests.services.signal_desk import SignalDesk


@pytest.fixture
def ids(desk: SignalDesk) -> list[int]:
    """Three signals held by the kill switch, of two keys."""
    return hold(desk, "a", "b", "b")


def hold(desk: SignalDesk, *keys: str) -> list[int]:
    desk.switch.stop("Moving house", desk.lead)
    kept = [desk.send(key).id for key in keys]
    desk.switch.resume(desk.lead)
    return kept


def release(desk: SignalDesk, ids: list[int], how: Release, into_id: int | None = None) -> Released:
    released = Released()
    for some in slices(ids, how):
        released += desk.signals.releases.release(some, desk.coordinator, Releasing(how, into_id, ""))
    return released


def undo(desk: SignalDesk, seqs: tuple[int, ...]) -> tuple[int, ...]:
    return UndoService(desk.base.commands.cases).undo(seqs, desk.coordinator).seqs


def states(desk: SignalDesk) -> list[Disposition]:
    return [kept.disposition for kept in desk.signals.recent()[::-1]]


def test_ten_thousand_are_dismissed_by_two_hundred():
    portions = list(slices(range(10_000), Release.DISMISS))
    assert (len(portions), max(map(len, portions))) == (50, 200)


def test_what_may_open_goes_by_fifty_and_each_only_once():
    portions = list(slices([*range(120), 3], Release.OPEN))
    assert [len(portion) for portion in portions] == [50, 50, 20]


def test_one_that_was_decided_meanwhile_refuses_alone(desk: SignalDesk, ids: list[int]):
    desk.signals.release(ids[:1], desk.lead, Release.DISMISS)
    released = release(desk, ids, Release.DISMISS)
    assert (released.number, [one.why for one in released.refused]) == (
        2,
        ["“Disk of a is full” is suppressed by now."],
    )


def test_one_that_never_was_refuses_with_a_sentence(desk: SignalDesk, ids: list[int]):
    assert release(desk, [ids[0], 999], Release.DISMISS).refused[0].why == "There is no such signal."


def test_who_may_not_open_may_not_release(desk: SignalDesk, ids: list[int]):
    with pytest.raises(NotAllowed, match="coordinator or a lead"):
        desk.signals.releases.release(ids, desk.base.senior, Releasing(Release.DISMISS, None, ""))


def test_what_was_dismissed_is_held_again_for_its_old_cause(desk: SignalDesk, ids: list[int]):
    before = desk.signals.held()
    undo(desk, release(desk, ids, Release.DISMISS).seqs)
    assert [(kept.cause, kept.why) for kept in desk.signals.held()] == [
        (one.cause, one.why) for one in before
    ]


def test_all_slices_are_one_step_back(desk: SignalDesk):
    ids = hold(desk, *(f"k{n}" for n in range(3)))
    released = Released()
    for one in ids:
        released += release(desk, [one], Release.DISMISS)
    undo(desk, released.seqs)
    assert states(desk) == [Disposition.HELD] * 3


def test_undoing_the_undoing_dismisses_them_again(desk: SignalDesk, ids: list[int]):
    undo(desk, undo(desk, release(desk, ids, Release.DISMISS).seqs))
    assert states(desk) == [Disposition.SUPPRESSED] * 3


def test_the_same_release_is_taken_back_only_once(desk: SignalDesk, ids: list[int]):
    released = release(desk, ids, Release.DISMISS)
    undo(desk, released.seqs)
    with pytest.raises(Conflict, match="undone already"):
        undo(desk, released.seqs)


def test_keys_that_joined_what_was_merged_since_stand_for_nothing_either(desk: SignalDesk, ids: list[int]):
    into, other = desk.send("other").escalation_id or 0, desk.send("another").escalation_id or 0
    released = release(desk, ids, Release.JOIN, into)
    desk.base.commands.merging.merge(into, other, desk.lead, "duplicate")
    undo(desk, released.seqs)
    assert desk.send("a").disposition is Disposition.OPENED


def test_what_was_decided_again_since_is_not_taken_back(desk: SignalDesk, ids: list[int]):
    released = release(desk, ids, Release.DISMISS)
    with desk.store.begin() as session:
        session.sql("UPDATE signal SET why = 'Another desk said so.' WHERE id = ?", (ids[0],))
    with pytest.raises(Conflict, match="decided about since"):
        undo(desk, released.seqs)


def test_what_was_opened_by_mistake_goes_to_standard_and_is_held_again(desk: SignalDesk, ids: list[int]):
    undo(desk, release(desk, ids, Release.OPEN).seqs)
    assert states(desk) == [Disposition.HELD] * 3
    assert {desk.base.get(number).state for number in (1, 2)} == {State.STANDARD}


def test_what_was_opened_is_opened_again_by_redo(desk: SignalDesk, ids: list[int]):
    undo(desk, undo(desk, release(desk, ids, Release.OPEN).seqs))
    assert states(desk) == [Disposition.OPENED, Disposition.OPENED, Disposition.JOINED]
    assert {desk.base.get(number).state for number in (1, 2)} == {State.NEW}


def test_keys_that_joined_stand_for_nothing_once_that_is_taken_back(desk: SignalDesk, ids: list[int]):
    into = desk.send("other").escalation_id
    undo(desk, release(desk, ids, Release.JOIN, into).seqs)
    assert desk.send("a").disposition is Disposition.OPENED


def test_keys_that_joined_stand_for_it_again_after_redo(desk: SignalDesk, ids: list[int]):
    into = desk.send("other").escalation_id
    undo(desk, undo(desk, release(desk, ids, Release.JOIN, into).seqs))
    again = desk.send("a")
    assert (again.disposition, again.escalation_id) == (Disposition.JOINED, into)


def test_the_escalation_is_told_that_signals_were_taken_back(desk: SignalDesk, ids: list[int]):
    into = desk.send("other").escalation_id or 0
    undo(desk, release(desk, ids, Release.JOIN, into).seqs)
    assert desk.base.kinds(into)[-1] == "escalation.undone"


def test_what_rules_decided_is_not_taken_back_as_one(desk: SignalDesk, ids: list[int]):
    released = release(desk, ids, Release.DECIDE)
    assert (released.number, released.seqs, released.undo) == (3, (), False)


def test_a_slice_in_which_everything_refuses_changes_nothing(desk: SignalDesk, ids: list[int]):
    release(desk, ids, Release.DISMISS)
    heard = len(desk.heard)
    released = release(desk, ids, Release.OPEN)
    assert (released.number, released.seqs, len(desk.heard)) == (0, (), heard)


def test_the_cause_of_what_is_held_again_lets_the_rules_decide_later(desk: SignalDesk, ids: list[int]):
    undo(desk, release(desk, ids, Release.DISMISS).seqs)
    assert {kept.cause for kept in desk.signals.held()} == {Cause.STOPPED}
    assert release(desk, ids, Release.DECIDE).number == 3
