"""Actions: one owner, one day, evidence, and somebody else who has seen that it works."""

from datetime import timedelta

import pytest

from desktop.domain.drill_record import ActionItem, ActionKind, ActionState
from desktop.domain.errors import DeskError, NotAllowed, NotFound
from desktop.domain.person import Role
from tests.factories import MONDAY
from tests.services.drill_desk import MISSED, PASSED, DrillDesk

DUE = MONDAY.date() + timedelta(days=7)


def created(drills: DrillDesk, **more: int) -> ActionItem:
    return drills.actions.create(
        "Write the list of approvers", ActionKind.PROCESS, drills.person_id(), DUE, drills.trainer, **more
    )


def done(drills: DrillDesk, **more: int) -> ActionItem:
    action = created(drills, **more)
    drills.actions.set_state(action.id, ActionState.ACCEPTED, drills.desk.coordinator)
    return drills.actions.done(action.id, drills.desk.coordinator, "Page 4 of the handbook")


def test_an_action_has_one_owner_and_a_day(drills: DrillDesk):
    action = created(drills)
    assert (action.state, action.owner, action.due, action.made_by) == (
        ActionState.PROPOSED,
        "Cora Lind",
        DUE,
        "Theo Wynn",
    )
    assert drills.actions.all(open_only=True) == (action,)


def test_players_give_no_actions(drills: DrillDesk):
    with pytest.raises(NotAllowed):
        drills.actions.create("Do", ActionKind.TRAIN, drills.person_id(), DUE, drills.desk.coordinator)


def test_an_owner_works_here(drills: DrillDesk):
    with pytest.raises(DeskError, match="works here"):
        drills.actions.create("Do", ActionKind.TRAIN, 999, DUE, drills.trainer)


def test_what_is_done_says_where_it_can_be_seen(drills: DrillDesk):
    action = created(drills)
    drills.actions.set_state(action.id, ActionState.ACCEPTED, drills.desk.coordinator)
    with pytest.raises(DeskError, match="where it can be seen"):
        drills.actions.done(action.id, drills.desk.coordinator, " ")


def test_nothing_is_done_before_it_is_accepted(drills: DrillDesk):
    with pytest.raises(DeskError, match="becomes accepted"):
        drills.actions.done(created(drills).id, drills.desk.coordinator, "There")


def test_done_is_not_verified_by_whoever_did_it(drills: DrillDesk):
    action = drills.actions.create(
        "Do", ActionKind.TRAIN, drills.person_id(Role.TRAINER), DUE, drills.trainer
    )
    drills.actions.set_state(action.id, ActionState.ACCEPTED, drills.trainer)
    drills.actions.done(action.id, drills.trainer, "There")
    with pytest.raises(NotAllowed, match="did it"):
        drills.actions.verify(action.id, drills.trainer)
    assert drills.actions.verify(action.id, drills.desk.lead).verified_by == "Leo Marsh"


def test_a_run_from_before_does_not_show_that_it_works(drills: DrillDesk):
    run, _ = drills.played(acts=PASSED)
    drills.desk.clock.forward(minutes=1)
    action = done(drills)
    with pytest.raises(DeskError, match="began after"):
        drills.actions.verify(action.id, drills.trainer, run_id=run.id)


def test_a_later_run_shows_that_it_works(drills: DrillDesk):
    action = done(drills)
    run, _ = drills.played(acts=PASSED)
    assert drills.actions.verify(action.id, drills.trainer, run_id=run.id).verified_by == f"run {run.id}"


def test_a_run_that_did_not_pass_the_gap_shows_nothing(drills: DrillDesk):
    run, score = drills.played(acts=MISSED)
    (gap,) = drills.gaps.propose_from(run.id, score, drills.trainer)
    drills.gaps.confirm(gap.id, drills.trainer)
    action = done(drills, gap_id=gap.id)
    again, _ = drills.played(acts=MISSED)
    with pytest.raises(DeskError, match="did not pass"):
        drills.actions.verify(action.id, drills.trainer, run_id=again.id)


def test_a_declined_action_says_why_and_is_not_open(drills: DrillDesk):
    action = drills.actions.decline(created(drills).id, drills.desk.coordinator, "The tool is gone")
    assert (action.state, action.why) == (ActionState.DECLINED, "The tool is gone")
    assert drills.actions.all(open_only=True) == ()
    assert drills.actions.all() == (action,)


def test_another_person_keeps_their_hands_off(drills: DrillDesk):
    with pytest.raises(NotAllowed, match="Cora Lind's"):
        drills.actions.set_state(created(drills).id, ActionState.ACCEPTED, drills.desk.senior)


def test_an_action_is_handed_on(drills: DrillDesk):
    later = DUE + timedelta(days=7)
    action = drills.actions.hand_on(
        created(drills).id, drills.desk.coordinator, owner_id=drills.person_id(Role.LEAD), due=later
    )
    assert (action.owner, action.due) == ("Leo Marsh", later)


def test_what_needs_evidence_or_a_reason_has_a_command_of_its_own(drills: DrillDesk):
    with pytest.raises(DeskError, match="with evidence"):
        drills.actions.set_state(created(drills).id, ActionState.DONE, drills.trainer)


def test_what_was_done_badly_goes_on(drills: DrillDesk):
    action = done(drills)
    assert drills.actions.set_state(action.id, ActionState.IN_PROGRESS, drills.trainer).state is (
        ActionState.IN_PROGRESS
    )


def test_actions_are_of_a_run_that_is_there(drills: DrillDesk):
    with pytest.raises(NotFound):
        created(drills, run_id=5)


def test_what_is_due_first_comes_first(drills: DrillDesk):
    later = created(drills)
    drills.actions.hand_on(later.id, drills.trainer, owner_id=later.owner_id, due=DUE + timedelta(days=3))
    sooner = created(drills)
    assert [action.id for action in drills.actions.all(owner_id=sooner.owner_id)] == [sooner.id, later.id]
