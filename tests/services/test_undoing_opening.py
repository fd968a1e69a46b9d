"""An opening taken back: the escalation goes to standard support under its number, and both are on record."""

import pytest

from desktop.domain.errors import Conflict, NotAllowed
from desktop.domain.escalation import State
from tests.fixtures_desk import CommandDesk


def test_what_was_opened_by_mistake_goes_to_standard_support(commands: CommandDesk):
    opened = commands.open()
    undone = commands.commands.undoing.undo([opened.seq], commands.coordinator)
    assert undone.label == f"Opening of {opened.number}"
    assert commands.get(opened.id).state is State.STANDARD
    assert commands.running(opened.id) == set()


def test_the_timeline_keeps_both(commands: CommandDesk):
    opened = commands.open()
    commands.commands.undoing.undo([opened.seq], commands.coordinator)
    first, *_, last = commands.events(opened.id)
    assert (first.kind, last.kind) == ("escalation.opened", "escalation.undone")
    assert (last.body["undoes"], last.body["reason"]) == (opened.seq, "opened by mistake")
    assert (last.body["from"], last.body["to"]) == ("new", "standard")
    assert commands.commands.audit.verify().ok


def test_a_redo_opens_it_as_it_was_promised(commands: CommandDesk):
    opened = commands.open()
    before = commands.commitments(opened.id)
    undone = commands.commands.undoing.undo([opened.seq], commands.coordinator)
    commands.clock.forward(minutes=1)
    commands.commands.undoing.undo(undone.seqs, commands.coordinator)
    assert commands.get(opened.id).state is State.NEW
    assert [(row.kind, row.started_us, row.due_us) for row in commands.commitments(opened.id)] == [
        (row.kind, row.started_us, row.due_us) for row in before
    ]


def test_a_redo_can_be_undone_again(commands: CommandDesk):
    opened = commands.open()
    undoing = commands.commands.undoing
    redone = undoing.undo(undoing.undo([opened.seq], commands.coordinator).seqs, commands.coordinator)
    undoing.undo(redone.seqs, commands.coordinator)
    assert commands.get(opened.id).state is State.STANDARD


def test_what_somebody_went_on_with_is_not_called_a_mistake(commands: CommandDesk):
    opened = commands.open()
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    with pytest.raises(Conflict, match="Onno Kay has gone on with it since: acknowledgement"):
        commands.commands.undoing.undo([opened.seq], commands.coordinator)


def test_after_what_followed_is_undone_the_opening_is_too(commands: CommandDesk):
    opened = commands.open()
    undoing = commands.commands.undoing
    done = commands.commands.ownership.own(opened.id, commands.on_call)
    undoing.undo(done.seqs, commands.on_call)
    undoing.undo([opened.seq], commands.coordinator)
    assert commands.get(opened.id).state is State.STANDARD


def test_a_note_does_not_stand_in_the_way(commands: CommandDesk):
    opened = commands.open()
    commands.commands.escalation.note(opened.id, "Wrong customer", commands.on_call)
    commands.commands.undoing.undo([opened.seq], commands.coordinator)
    assert commands.get(opened.id).state is State.STANDARD


def test_an_opening_is_taken_back_once_and_by_the_desk(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(NotAllowed):
        commands.commands.undoing.undo([opened.seq], commands.on_call)
    commands.commands.undoing.undo([opened.seq], commands.coordinator)
    with pytest.raises(Conflict, match="undone already"):
        commands.commands.undoing.undo([opened.seq], commands.coordinator)
