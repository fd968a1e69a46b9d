"""The next sensible action, and which actions an escalation allows."""

from dataclasses import replace

import pytest

from desktop.domain.action_state import Circumstances, action_states
from desktop.domain.escalation import Escalation, State
from desktop.domain.next_action import next_action
from desktop.domain.person import Role
from desktop.domain.policy import Priority
from desktop.domain.rights import Action
from tests.factories import MONDAY, an_actor

COORDINATOR = an_actor(Role.COORDINATOR, person_id=1)
ON_CALL = an_actor(Role.ON_CALL, person_id=2)
SENIOR = an_actor(Role.SENIOR_ENGINEER, person_id=3)
STRANGER = an_actor(person_id=9)

ESCALATION = Escalation(
    id=1, number="ESC-2026-0001", title="Orders stop", description="", state=State.NEW, severity=2,
    severity_computed=None, area="", issue_type="", customer_id=1, team="", owner_id=None, reporter="",
    source="", external_source=None, external_ref=None, business_impact=3, reputational_risk=2, score=68,
    score_computed=68, priority=Priority.P2, priority_computed=Priority.P2, provisional=False,
    override_reason=None, override_by=None, policy_version=1, opened_at=MONDAY, created_at=MONDAY,
    created_by="Cora", acknowledged_at=None, acknowledged_by=None, contained_at=None, resolved_at=None,
    closed_at=None, merged_into_id=None, needs_review=False, waiting_on="", snoozed_until=None,
    forget_after=None, forget_at=None, last_event_at=MONDAY, next_step="", next_told="", next_told_at=None,
    sample=False, revision=1,
)  # fmt: skip


def in_state(state: State, owner_id: int | None = 2) -> Escalation:
    return replace(ESCALATION, state=state, owner_id=owner_id)


@pytest.mark.parametrize(
    ("state", "owner_id", "actor", "action"),
    [
        (State.NEW, None, COORDINATOR, Action.CLASSIFY),
        (State.NEW, None, ON_CALL, Action.ACKNOWLEDGE),
        (State.TRIAGED, None, COORDINATOR, Action.ASSIGN),
        (State.TRIAGED, None, ON_CALL, Action.OWN),
        (State.TRIAGED, 2, ON_CALL, Action.ACKNOWLEDGE),
        (State.ACKNOWLEDGED, 2, SENIOR, Action.CONTAIN),
        (State.ACKNOWLEDGED, 2, ON_CALL, Action.WORK),
        (State.WORKING, 2, ON_CALL, Action.CONTAIN),
        (State.CONTAINED, 2, SENIOR, Action.RESOLVE),
        (State.RESOLVED, 2, COORDINATOR, Action.CLOSE),
        (State.CLOSED, 2, COORDINATOR, Action.REOPEN),
        (State.STANDARD, 2, COORDINATOR, Action.REOPEN),
        (State.MERGED, 2, COORDINATOR, Action.NOTE),
    ],
)
def test_the_next_action_follows_state_owner_and_rights(state, owner_id, actor, action):
    assert next_action(in_state(state, owner_id), actor) is action


def refusals(escalation: Escalation, actor, **facts: bool) -> dict[Action, str]:
    found = action_states(escalation, actor, Circumstances(**facts))
    return {state.action: state.why_not for state in found if not state.allowed}


def test_every_action_but_opening_is_judged_with_a_sentence_where_refused():
    found = action_states(ESCALATION, STRANGER, Circumstances())
    assert {state.action for state in found} == set(Action) - {Action.OPEN}
    assert all(state.allowed == (state.why_not == "") for state in found)


def test_a_new_escalation_allows_what_leads_on():
    refused = refusals(ESCALATION, COORDINATOR)
    assert not {Action.CLASSIFY, Action.ACKNOWLEDGE, Action.ASSIGN, Action.MERGE, Action.SNOOZE} & set(
        refused
    )
    assert refused[Action.REOPEN] == "It is open."
    assert refused[Action.RESUME] == "No clock of it is paused."


def test_a_closed_escalation_allows_reopening_and_little_else():
    refused = refusals(in_state(State.CLOSED), COORDINATOR)
    assert Action.REOPEN not in refused
    assert {Action.CLASSIFY, Action.ACKNOWLEDGE, Action.SNOOZE, Action.PAUSE, Action.WORK} <= set(refused)


def test_what_was_merged_is_left_alone():
    refused = refusals(in_state(State.MERGED), COORDINATOR)
    assert {Action.ASSIGN, Action.OWN, Action.UPDATE, Action.REOPEN, Action.MERGE} <= set(refused)


def test_circumstances_open_and_close_actions():
    allowed = refusals(
        ESCALATION, COORDINATOR, can_pause=True, is_paused=True, is_snoozed=True, has_evidence=True
    )
    for action in (Action.PAUSE, Action.RESUME, Action.END_SNOOZE, Action.SPLIT, Action.REMOVE_EVIDENCE):
        assert action not in allowed


def test_alarms_that_stand_can_be_acknowledged_whatever_the_state():
    assert Action.ACKNOWLEDGE in refusals(in_state(State.WORKING), COORDINATOR)
    assert Action.ACKNOWLEDGE not in refusals(in_state(State.WORKING), COORDINATOR, has_alarms=True)


def test_alarms_that_stand_give_nobody_a_right():
    assert "coordinator" in refusals(in_state(State.WORKING), STRANGER, has_alarms=True)[Action.ACKNOWLEDGE]


def test_ones_own_is_not_owned_again():
    assert refusals(in_state(State.TRIAGED, owner_id=2), ON_CALL)[Action.OWN] == "It is yours already."


def test_only_what_has_a_parent_is_removed_from_it():
    assert refusals(ESCALATION, COORDINATOR)[Action.CLEAR_PARENT] == "It is part of no other."
    assert Action.CLEAR_PARENT not in refusals(ESCALATION, COORDINATOR, has_parent=True)


def test_what_has_ended_becomes_part_of_nothing():
    assert Action.SET_PARENT in refusals(in_state(State.RESOLVED), COORDINATOR)
    assert Action.SET_PARENT not in refusals(in_state(State.WORKING), COORDINATOR)
