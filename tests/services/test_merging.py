"""Merge and split: what moves, what stops, which numbers lead where."""

import pytest

from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.escalation import State
from desktop.domain.intake import NewEvidence
from tests.fixtures_desk import CommandDesk


def evidence_ids(commands: CommandDesk, escalation_id: int) -> list[int]:
    details = commands.commands.details.details(escalation_id, commands.coordinator)
    return [piece.id for piece in details.evidence]


def attach(commands: CommandDesk, escalation_id: int, name: str) -> int:
    piece = NewEvidence(name, name.encode())
    commands.commands.attaching.attach(escalation_id, piece, commands.coordinator)
    return evidence_ids(commands, escalation_id)[-1]


def test_a_merged_escalation_stops_its_clocks(commands: CommandDesk):
    one, two = commands.open(), commands.open()
    commands.commands.merging.merge(two.id, one.id, commands.coordinator, "Same outage")
    merged = commands.get(two.id)
    assert (merged.state, merged.merged_into_id) == (State.MERGED, one.id)
    assert set(commands.outcomes(two.id).values()) == {"cancelled"}
    assert len(commands.running(one.id)) == 5


def test_evidence_and_watchers_move_to_the_survivor(commands: CommandDesk):
    one, two = commands.open(), commands.open()
    piece = attach(commands, two.id, "log.txt")
    commands.commands.ownership.watch(two.id, commands.outsider)
    commands.commands.ownership.watch(two.id, commands.lead)
    commands.commands.ownership.watch(one.id, commands.lead)
    commands.commands.merging.merge(two.id, one.id, commands.coordinator)
    details = commands.commands.details.details(one.id, commands.coordinator)
    assert [(kept.id, kept.moved_from_id) for kept in details.evidence] == [(piece, two.id)]
    assert {person.name for person in details.watchers} == {"Theo Wynn", "Leo Marsh"}


def test_both_timelines_tell_of_it_and_the_survivors_shows_all(commands: CommandDesk):
    one, two = commands.open(), commands.open()
    commands.commands.escalation.note(two.id, "Seen from the other side.", commands.coordinator)
    commands.commands.merging.merge(two.id, one.id, commands.coordinator)
    details = commands.commands.details.details(one.id, commands.coordinator)
    assert commands.kinds(one.id)[-1] == commands.kinds(two.id)[-1] == "escalation.linked"
    assert "note.added" in [event.kind for event in details.timeline]
    assert details.merged == ((two.id, two.number),)


def test_the_old_number_leads_to_the_survivor_over_several_merges(commands: CommandDesk):
    one, two, three = commands.open(), commands.open(), commands.open()
    commands.commands.merging.merge(three.id, two.id, commands.coordinator)
    commands.commands.merging.merge(two.id, one.id, commands.coordinator)
    assert commands.commands.escalation.find(three.number) == (one.id,)


def test_merging_into_a_merged_one_means_its_survivor(commands: CommandDesk):
    one, two, three = commands.open(), commands.open(), commands.open()
    commands.commands.merging.merge(two.id, one.id, commands.coordinator)
    commands.commands.merging.merge(three.id, two.id, commands.coordinator)
    assert commands.get(three.id).merged_into_id == one.id


def test_an_escalation_is_not_merged_into_itself_by_any_way(commands: CommandDesk):
    one, two = commands.open(), commands.open()
    commands.commands.merging.merge(two.id, one.id, commands.coordinator)
    for into in (one.id, two.id):
        with pytest.raises(DeskError, match="into itself"):
            commands.commands.merging.merge(one.id, into, commands.coordinator)


def test_nothing_is_merged_into_what_is_done(commands: CommandDesk):
    one, two = commands.open(), commands.open()
    commands.commands.transition.resolve(one.id, commands.senior)
    with pytest.raises(DeskError, match="ESC-2026-0001 is resolved"):
        commands.commands.merging.merge(two.id, one.id, commands.coordinator)


def test_merging_twice_is_refused(commands: CommandDesk):
    one, two, three = commands.open(), commands.open(), commands.open()
    commands.commands.merging.merge(two.id, one.id, commands.coordinator)
    with pytest.raises(DeskError, match="was merged into another"):
        commands.commands.merging.merge(two.id, three.id, commands.coordinator)


def test_only_coordinators_and_leads_merge(commands: CommandDesk):
    one, two = commands.open(), commands.open()
    with pytest.raises(NotAllowed):
        commands.commands.merging.merge(two.id, one.id, commands.on_call)


def test_a_split_opens_another_with_the_chosen_evidence(commands: CommandDesk):
    one = commands.open()
    stays, goes = attach(commands, one.id, "a.txt"), attach(commands, one.id, "b.txt")
    done = commands.commands.merging.split(one.id, [goes], "The other problem", commands.coordinator)
    new_id = done.ids[1]
    assert (evidence_ids(commands, one.id), evidence_ids(commands, new_id)) == ([stays], [goes])
    assert (commands.get(new_id).title, commands.get(new_id).state) == ("The other problem", State.NEW)
    assert len(commands.running(new_id)) == 5


def test_after_a_split_the_old_number_leads_to_both(commands: CommandDesk):
    one = commands.open()
    piece = attach(commands, one.id, "a.txt")
    done = commands.commands.merging.split(one.id, [piece], "The other problem", commands.coordinator)
    assert commands.commands.escalation.find(one.number) == done.ids


def test_what_was_merged_and_split_again_takes_its_old_number_along(commands: CommandDesk):
    one, two = commands.open(), commands.open()
    piece = attach(commands, two.id, "a.txt")
    commands.commands.merging.merge(two.id, one.id, commands.coordinator)
    done = commands.commands.merging.split(one.id, [piece], "Not the same", commands.coordinator)
    assert commands.commands.escalation.find(two.number) == done.ids
    details = commands.commands.details.details(done.ids[1], commands.coordinator)
    assert details.also == (one.number, two.number)


def test_a_split_wants_evidence_that_is_there(commands: CommandDesk):
    one = commands.open()
    for chosen in ([], [99]):
        with pytest.raises(DeskError, match="Choose the evidence"):
            commands.commands.merging.split(one.id, chosen, "Other", commands.coordinator)


def test_a_split_wants_a_title(commands: CommandDesk):
    one = commands.open()
    piece = attach(commands, one.id, "a.txt")
    with pytest.raises(DeskError, match="no title"):
        commands.commands.merging.split(one.id, [piece], " ", commands.coordinator)


def test_removed_evidence_is_off_the_escalation_but_kept(commands: CommandDesk):
    one = commands.open()
    piece = attach(commands, one.id, "a.txt")
    commands.commands.attaching.remove(piece, commands.coordinator)
    assert evidence_ids(commands, one.id) == []
    with commands.store.read() as session:
        assert session.sql("SELECT count(*) FROM content").fetchone() == (1,)


def test_evidence_removed_already_is_not_removed_again(commands: CommandDesk):
    one = commands.open()
    piece = attach(commands, one.id, "a.txt")
    commands.commands.attaching.remove(piece, commands.coordinator)
    with pytest.raises(DeskError, match="not there any more"):
        commands.commands.attaching.remove(piece, commands.coordinator)
