"""Owners and watchers."""

import pytest

from desktop.domain.errors import DeskError, NotAllowed
from tests.factories import an_actor
from tests.fixtures_desk import CommandDesk


def test_assigning_keeps_that_promise(commands: CommandDesk):
    opened = commands.open()
    commands.commands.ownership.assign(opened.id, commands.on_call.person_id, commands.coordinator)
    assert commands.get(opened.id).owner_id == commands.on_call.person_id
    assert commands.outcomes(opened.id)["assign"] == "met"
    assert commands.kinds(opened.id)[1:] == ["escalation.assigned", "commitment.met"]


def test_assigning_to_another_is_a_reassignment_and_starts_nothing(commands: CommandDesk):
    opened = commands.open(owner_id=commands.on_call.person_id)
    commands.commands.ownership.assign(opened.id, commands.senior.person_id, commands.lead)
    assert commands.kinds(opened.id)[-1] == "escalation.reassigned"
    assert commands.events(opened.id)[-1].body["owner"] == "Sana Ito"


def test_an_owner_can_be_taken_away(commands: CommandDesk):
    opened = commands.open(owner_id=commands.on_call.person_id)
    commands.commands.ownership.assign(opened.id, None, commands.coordinator)
    assert commands.get(opened.id).owner_id is None


def test_somebody_on_call_takes_it_but_assigns_it_to_nobody(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(NotAllowed):
        commands.commands.ownership.assign(opened.id, commands.senior.person_id, commands.on_call)
    commands.commands.ownership.own(opened.id, commands.on_call)
    assert commands.get(opened.id).owner_id == commands.on_call.person_id


def test_owning_what_one_owns_is_refused(commands: CommandDesk):
    opened = commands.open()
    commands.commands.ownership.own(opened.id, commands.coordinator)
    with pytest.raises(DeskError, match="owned like that already"):
        commands.commands.ownership.own(opened.id, commands.coordinator)


def test_the_desk_must_know_who_owns(commands: CommandDesk):
    opened = commands.open()
    nobody = an_actor(*commands.coordinator.roles)
    with pytest.raises(DeskError, match="does not know who you are"):
        commands.commands.ownership.own(opened.id, nobody)


def test_nobody_who_left_becomes_owner(commands: CommandDesk):
    opened = commands.open()
    with commands.store.begin() as session:
        session.sql("UPDATE person SET active = 0 WHERE id = ?", (commands.on_call.person_id,))
    with pytest.raises(DeskError, match="Onno Kay is no longer at the desk"):
        commands.commands.ownership.assign(opened.id, commands.on_call.person_id, commands.coordinator)


def test_watching_and_ceasing_to(commands: CommandDesk):
    opened = commands.open()
    commands.commands.ownership.watch(opened.id, commands.outsider)
    details = commands.commands.details.details(opened.id, commands.outsider)
    assert [person.name for person in details.watchers] == ["Theo Wynn"]
    with pytest.raises(DeskError, match="watch it already"):
        commands.commands.ownership.watch(opened.id, commands.outsider)
    commands.commands.ownership.unwatch(opened.id, commands.outsider)
    with pytest.raises(DeskError, match="do not watch it"):
        commands.commands.ownership.unwatch(opened.id, commands.outsider)
