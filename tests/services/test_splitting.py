"""Merge and split of what signals opened: whom their sources' repeats count for, and undoing it."""

import pytest

from desktop.domain.errors import DeskError
from desktop.services.merging import MergingService
from desktop.services.signals import SignalFilter
from tests.services.signal_desk import SignalDesk, do


@pytest.fixture
def merging(desk: SignalDesk) -> MergingService:
    return desk.base.commands.merging


def test_repeats_of_what_was_merged_join_the_survivor(desk: SignalDesk, merging: MergingService):
    one, two = desk.send("db"), desk.send("web")
    merging.merge(two.escalation_id, one.escalation_id, desk.lead)
    desk.clock.forward(days=3)
    assert desk.send("web").escalation_id == one.escalation_id


def test_one_alert_of_two_being_over_after_a_merge_proposes_nothing(
    desk: SignalDesk, merging: MergingService
):
    one, two = desk.send("db"), desk.send("web")
    merging.merge(two.escalation_id, one.escalation_id, desk.lead)
    desk.send("web", state="ok")
    assert desk.escalation(one).containment_proposed_at is None
    desk.send("db", state="ok")
    assert desk.escalation(one).containment_proposed_at is not None


def test_an_undone_merge_gives_repeats_back(desk: SignalDesk, merging: MergingService):
    one, two = desk.send("db"), desk.send("web")
    done = merging.merge(two.escalation_id, one.escalation_id, desk.lead)
    desk.send("web")
    desk.base.commands.undoing.undo(done.seqs, desk.lead)
    assert desk.send("web").escalation_id == two.escalation_id


def test_the_survivor_shows_the_signals_of_both(desk: SignalDesk, merging: MergingService):
    one, two = desk.send("db"), desk.send("web")
    merging.merge(two.escalation_id, one.escalation_id, desk.lead)
    found = desk.signals.recent(SignalFilter(escalation_id=one.escalation_id))
    assert [kept.id for kept in found] == [two.id, one.id]


def joined(desk: SignalDesk):
    """Two problems on one escalation, because a rule thought them one."""
    one = desk.send("db")
    desk.rule(do("attach", "customer_area"))
    return one, desk.send("web")


def test_signals_are_taken_out_with_their_later_repeats(desk: SignalDesk, merging: MergingService):
    one, two = joined(desk)
    done = merging.split(one.escalation_id, [], "The web is slow", desk.lead, signal_ids=[two.id])
    assert desk.signals.details(two.id).signal.escalation_id == done.ids[1]
    assert desk.send("web").escalation_id == done.ids[1]
    assert desk.send("db").escalation_id == one.escalation_id


def test_the_message_goes_along_as_evidence(desk: SignalDesk, merging: MergingService):
    one, _ = joined(desk)
    done = merging.split(one.escalation_id, [], "Another disk", desk.lead, signal_ids=[one.id])
    details = [desk.base.commands.details.details(id_, desk.lead).evidence for id_ in done.ids]
    assert [len(pieces) for pieces in details] == [0, 1]


def test_an_undone_split_puts_signals_back(desk: SignalDesk, merging: MergingService):
    one, two = joined(desk)
    done = merging.split(one.escalation_id, [], "The web is slow", desk.lead, signal_ids=[two.id])
    desk.base.commands.undoing.undo(done.seqs, desk.lead)
    assert desk.signals.details(two.id).signal.escalation_id == one.escalation_id
    assert desk.send("web").escalation_id == one.escalation_id


def test_what_came_by_a_merge_can_be_taken_out_again(desk: SignalDesk, merging: MergingService):
    one, two = desk.send("db"), desk.send("web")
    merging.merge(two.escalation_id, one.escalation_id, desk.lead)
    done = merging.split(one.escalation_id, [], "Not the same", desk.lead, signal_ids=[two.id])
    assert desk.send("web").escalation_id == done.ids[1]


def test_signals_of_another_escalation_are_not_taken(desk: SignalDesk, merging: MergingService):
    one, two = desk.send("db"), desk.send("web")
    with pytest.raises(DeskError, match="does not belong to ESC-2026-0001"):
        merging.split(one.escalation_id, [], "Other", desk.lead, signal_ids=[two.id])
