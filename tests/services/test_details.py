"""What a person sees when they open one escalation."""

import pytest

from desktop.domain.ageing import Step
from desktop.domain.commitment import Kind
from desktop.domain.errors import NotFound
from desktop.domain.rights import Action
from tests.fixtures_desk import CommandDesk


def test_details_hold_everything_of_one_escalation(commands: CommandDesk):
    opened = commands.open(owner_id=commands.on_call.person_id)
    details = commands.commands.details.details(opened.id, commands.coordinator)
    assert (details.customer.name, details.owner.name if details.owner else "") == ("Northwind", "Onno Kay")
    assert sum(term.points for term in details.score.terms) == details.score.exact
    assert details.commitments[0].kind is Kind.ASSIGN
    assert len(details.timeline) == 1


def test_actions_say_who_may_do_what_this_person_may_not(commands: CommandDesk):
    opened = commands.open()
    details = commands.commands.details.details(opened.id, commands.coordinator)
    states = {state.action: state for state in details.actions}
    assert states[Action.ACKNOWLEDGE].allowed
    assert states[Action.CONTAIN].why_not == "Only a senior engineer may do this: confirm containment."
    assert "Confirm the resolution first" in states[Action.CLOSE].why_not


def test_the_primary_action_follows_state_and_person(commands: CommandDesk):
    opened = commands.open()
    primary = lambda actor: commands.commands.details.details(opened.id, actor).primary  # noqa: E731
    assert primary(commands.coordinator) is Action.CLASSIFY
    assert primary(commands.on_call) is Action.ACKNOWLEDGE
    commands.commands.ownership.own(opened.id, commands.on_call)
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    assert primary(commands.on_call) is Action.WORK
    assert primary(commands.senior) is Action.CONTAIN


def test_an_ended_commitment_shows_how_it_ended(commands: CommandDesk):
    opened = commands.open()
    commands.clock.forward(minutes=16)
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    details = commands.commands.details.details(opened.id, commands.coordinator)
    views = {view.kind: view for view in details.commitments}
    assert (views[Kind.ACKNOWLEDGE].outcome, views[Kind.CONTAIN].outcome) == ("breached", "")
    assert views[Kind.ASSIGN].thresholds.step(commands.clock.now()) is Step.BREACHED


def test_an_escalation_that_is_not_there_is_said_so(commands: CommandDesk):
    with pytest.raises(NotFound, match="no such escalation"):
        commands.commands.details.details(7, commands.coordinator)
