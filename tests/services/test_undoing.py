"""Undo: a compensating event that puts back what still is as the command left it."""

import pytest

from desktop.domain.commitment import Kind
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.escalation import State
from desktop.domain.intake import NewEvidence
from tests.fixtures_desk import CommandDesk


def test_an_acknowledgement_is_taken_back(commands: CommandDesk):
    opened = commands.open()
    done = commands.commands.transition.acknowledge(opened.id, commands.on_call)
    commands.commands.undoing.undo(done.seqs, commands.on_call)
    escalation = commands.get(opened.id)
    assert (escalation.state, escalation.acknowledged_at) == (State.NEW, None)
    assert "acknowledge" in commands.running(opened.id)


def test_undo_adds_an_event_and_removes_none(commands: CommandDesk):
    opened = commands.open()
    done = commands.commands.transition.acknowledge(opened.id, commands.on_call)
    before = commands.events(opened.id)
    commands.commands.undoing.undo(done.seqs, commands.on_call)
    after = commands.events(opened.id)
    assert after[: len(before)] == before
    assert (after[-1].kind, after[-1].body["undoes"]) == ("escalation.undone", done.seq)
    assert commands.commands.audit.verify().ok


def test_redo_is_the_undoing_of_the_undo(commands: CommandDesk):
    opened = commands.open()
    done = commands.commands.transition.acknowledge(opened.id, commands.on_call)
    undone = commands.commands.undoing.undo(done.seqs, commands.on_call)
    commands.commands.undoing.undo(undone.seqs, commands.on_call)
    assert commands.get(opened.id).state is State.ACKNOWLEDGED
    assert commands.outcomes(opened.id)["acknowledge"] == "met"


def test_an_undo_carries_the_name_of_what_it_undoes(commands: CommandDesk):
    opened = commands.open()
    done = commands.commands.transition.work(opened.id, commands.coordinator)
    undone = commands.commands.undoing.undo(done.seqs, commands.coordinator)
    assert undone.label == done.label == "Move of ESC-2026-0001"


def test_undoing_twice_is_refused(commands: CommandDesk):
    opened = commands.open()
    done = commands.commands.transition.acknowledge(opened.id, commands.on_call)
    commands.commands.undoing.undo(done.seqs, commands.on_call)
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    with pytest.raises(Conflict, match="undone already"):
        commands.commands.undoing.undo(done.seqs, commands.on_call)


def test_what_another_changed_since_is_not_undone_and_named(commands: CommandDesk):
    opened = commands.open()
    done = commands.commands.ownership.own(opened.id, commands.on_call)
    commands.commands.ownership.assign(opened.id, commands.senior.person_id, commands.lead)
    with pytest.raises(Conflict, match="Leo Marsh has changed it since: assignment"):
        commands.commands.undoing.undo(done.seqs, commands.on_call)
    assert commands.get(opened.id).owner_id == commands.senior.person_id


def test_a_refused_undo_of_several_undoes_none(commands: CommandDesk):
    one, two = commands.open(), commands.open()
    own = commands.commands.ownership.own
    bulk = commands.commands.escalation.many([one.id, two.id], lambda id_: own(id_, commands.on_call))
    commands.commands.ownership.assign(one.id, commands.senior.person_id, commands.lead)
    with pytest.raises(Conflict):
        commands.commands.undoing.undo(bulk.seqs, commands.on_call)
    assert commands.get(two.id).owner_id == commands.on_call.person_id


def test_others_changes_elsewhere_on_it_stay(commands: CommandDesk):
    opened = commands.open()
    done = commands.commands.ownership.own(opened.id, commands.on_call)
    commands.commands.escalation.edit(opened.id, {"title": "Better title"}, commands.lead)
    commands.commands.undoing.undo(done.seqs, commands.on_call)
    escalation = commands.get(opened.id)
    assert (escalation.owner_id, escalation.title) == (None, "Better title")


def test_nobody_takes_back_what_another_did_but_coordinators_and_leads(commands: CommandDesk):
    opened = commands.open()
    done = commands.commands.ownership.own(opened.id, commands.on_call)
    with pytest.raises(NotAllowed, match="Onno Kay did that"):
        commands.commands.undoing.undo(done.seqs, commands.senior)
    commands.commands.undoing.undo(done.seqs, commands.lead)
    assert commands.get(opened.id).owner_id is None


def test_a_note_has_nothing_to_undo(commands: CommandDesk):
    opened = commands.open()
    done = commands.commands.escalation.note(opened.id, "Hello.", commands.coordinator)
    with pytest.raises(DeskError, match="nothing in it to undo"):
        commands.commands.undoing.undo(done.seqs, commands.coordinator)


def test_a_commitment_running_again_is_alarmed_again(commands: CommandDesk):
    opened = commands.open()
    done = commands.commands.transition.resolve(opened.id, commands.senior)
    commands.commands.undoing.undo(done.seqs, commands.senior)
    assert all(row.next_threshold == "at_risk" for row in commands.commitments(opened.id))
    assert len(commands.running(opened.id)) == 5


def test_an_undo_after_the_deadline_finds_the_breach(commands: CommandDesk):
    opened = commands.open()
    done = commands.commands.transition.acknowledge(opened.id, commands.on_call)
    commands.clock.forward(minutes=30)
    commands.commands.undoing.undo(done.seqs, commands.on_call)
    (row,) = commands.commitments(opened.id, Kind.ACKNOWLEDGE)
    assert row.is_running
    assert row.breached_us == row.due_us


def test_an_undone_priority_takes_its_breach_back(commands: CommandDesk):
    opened = commands.open()
    commands.clock.forward(minutes=90)
    done = commands.commands.classification.override(opened.id, commands.coordinator, "Press.", priority="P1")
    commands.commands.undoing.undo(done.seqs, commands.coordinator)
    (row,) = commands.commitments(opened.id, Kind.CONTAIN)
    assert (row.target_s, row.breached_us) == (4 * 3600, None)


def test_a_breach_from_before_stays_when_the_command_is_undone(commands: CommandDesk):
    opened = commands.open()
    commands.clock.forward(minutes=20)
    done = commands.commands.transition.acknowledge(opened.id, commands.on_call)
    commands.commands.undoing.undo(done.seqs, commands.on_call)
    (row,) = commands.commitments(opened.id, Kind.ACKNOWLEDGE)
    assert row.breached_us == row.due_us


def test_a_pause_undone_never_was(commands: CommandDesk):
    opened = commands.open()
    done = commands.commands.pausing.pause(opened.id, "waiting_on_customer", commands.coordinator)
    before = commands.commitments(opened.id, Kind.RESOLVE)[0].due_us
    commands.clock.forward(hours=1)
    commands.commands.undoing.undo(done.seqs, commands.coordinator)
    (row,) = commands.commitments(opened.id, Kind.RESOLVE)
    assert (row.due_us, row.paused_us) == (before, None)
    assert commands.get(opened.id).waiting_on == ""


def test_a_snooze_undone_lets_alarms_return(commands: CommandDesk):
    opened = commands.open(owner_id=commands.on_call.person_id)
    until = commands.clock.now().replace(minute=10)
    done = commands.commands.snooze.snooze(opened.id, until, "Deploying", commands.on_call)
    commands.commands.undoing.undo(done.seqs, commands.on_call)
    assert commands.get(opened.id).snoozed_until is None


def test_a_customer_update_undone_runs_the_old_promise_again(commands: CommandDesk):
    opened = commands.open()
    done = commands.commands.escalation.record_update(opened.id, "Hello.", commands.coordinator)
    commands.commands.undoing.undo(done.seqs, commands.coordinator)
    first, second = commands.commitments(opened.id, Kind.UPDATE)
    assert (first.outcome, second.outcome) == (None, "cancelled")


def test_an_edit_undone_is_found_by_its_old_words(commands: CommandDesk):
    opened = commands.open(title="Alpha")
    done = commands.commands.escalation.edit(opened.id, {"title": "Beta"}, commands.coordinator)
    commands.commands.undoing.undo(done.seqs, commands.coordinator)
    with commands.store.read() as session:
        rows = session.sql(
            "SELECT title FROM escalation_search WHERE escalation_search MATCH 'alpha'"
        ).fetchall()
    assert rows == [("Alpha",)]


def test_a_merge_undone_gives_evidence_back_and_runs_the_clocks(commands: CommandDesk):
    one, two = commands.open(), commands.open()
    commands.commands.attaching.attach(two.id, NewEvidence("a.txt", b"a"), commands.coordinator)
    done = commands.commands.merging.merge(two.id, one.id, commands.coordinator)
    undone = commands.commands.undoing.undo(done.seqs, commands.coordinator)
    assert commands.get(two.id).state is State.NEW
    assert len(commands.running(two.id)) == 5
    details = commands.commands.details.details(two.id, commands.coordinator)
    assert [piece.name for piece in details.evidence] == ["a.txt"]
    assert set(undone.ids) == {one.id, two.id}
    assert commands.kinds(one.id)[-1] == "escalation.undone"


def test_a_split_undone_merges_the_new_one_back(commands: CommandDesk):
    one = commands.open()
    commands.commands.attaching.attach(one.id, NewEvidence("a.txt", b"a"), commands.coordinator)
    details = commands.commands.details.details(one.id, commands.coordinator)
    done = commands.commands.merging.split(one.id, [details.evidence[0].id], "Other", commands.coordinator)
    commands.commands.undoing.undo(done.seqs, commands.coordinator)
    assert commands.get(done.ids[1]).state is State.MERGED
    assert commands.running(done.ids[1]) == set()
    assert commands.commands.escalation.find(one.number) == (one.id,)


def test_an_attachment_undone_is_off_and_redone_is_on_again(commands: CommandDesk):
    one = commands.open()
    done = commands.commands.attaching.attach(one.id, NewEvidence("a.txt", b"a"), commands.coordinator)
    undone = commands.commands.undoing.undo(done.seqs, commands.coordinator)
    assert commands.commands.details.details(one.id, commands.coordinator).evidence == ()
    commands.commands.undoing.undo(undone.seqs, commands.coordinator)
    assert len(commands.commands.details.details(one.id, commands.coordinator).evidence) == 1


def test_what_never_happened_cannot_be_undone(commands: CommandDesk):
    with pytest.raises(DeskError, match="no event 99"):
        commands.commands.undoing.undo([99], commands.coordinator)
