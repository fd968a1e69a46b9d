"""A shift is handed over item by item; what is not accepted is still the giver's."""

from datetime import timedelta

import pytest

from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.events import HandoffsChanged
from desktop.domain.handoff import RISK, HandoffState, ItemState, NoteKind, Part
from desktop.domain.instant import to_us
from desktop.domain.maintenance import MaintenanceWindow
from desktop.services.family import FamilyService
from desktop.services.maintenance import MaintenanceService
from desktop.services.search import SearchService
from tests.fixtures_desk import CommandDesk
from tests.services.handoff_desk import SHIFT, HandoffDesk


@pytest.fixture
def desk(commands: CommandDesk) -> HandoffDesk:
    return HandoffDesk(commands)


def test_a_draft_holds_every_open_escalation_of_the_giver_and_nobody_elses(desk: HandoffDesk):
    mine = desk.own(2)
    desk.base.open()
    view = desk.handoff.draft(desk.giver.id, desk.onno)
    assert [item.escalation_id for item in view.items] == mine
    assert view.state is HandoffState.DRAFT


def test_the_gravest_is_handed_over_first(desk: HandoffDesk):
    mild = desk.own(severity=4, business_impact=0, reputational_risk=0)
    grave = desk.own(severity=1, business_impact=5, reputational_risk=5)
    view = desk.handoff.draft(desk.giver.id, desk.onno)
    assert [item.escalation_id for item in view.items] == [*grave, *mild]


def test_facts_fill_the_parts_that_they_know(desk: HandoffDesk):
    (id_,) = desk.own(title="Checkout is down")
    desk.base.commands.escalation.note(id_, "Restarted the gateway", desk.onno)
    words = desk.handoff.draft(desk.giver.id, desk.onno).items[0].words
    assert words[Part.SUMMARY].startswith("Checkout is down: Northwind, since Mon 23 Nov 2026 09:00 UTC.")
    assert "P2" in words[Part.IMPACT]
    assert "Onno Kay: noted: Restarted the gateway" in words[Part.ACTIONS]
    assert "Owner: Onno Kay" in words[Part.OWNERS]
    assert words[Part.NEXT_STEPS] == ""


def test_parts_left_empty_count_against_completeness(desk: HandoffDesk):
    view = desk.draft(2)
    item = view.items[0]
    assert set(item.empty_parts) == {Part.ACTIONS, Part.NEXT_STEPS}
    after = desk.handoff.edit(item.id, Part.NEXT_STEPS, "Ask Northwind for logs", desk.onno)
    assert (view.receipt.parts_filled, after.receipt.parts_filled) == (6, 7)
    assert after.receipt.parts_wanted == 10


def test_what_the_giver_typed_survives_a_new_draft(desk: HandoffDesk):
    view = desk.draft()
    item = view.items[0]
    desk.handoff.edit(item.id, Part.SUMMARY, "My own words", desk.onno)
    desk.base.commands.escalation.note(item.escalation_id, "Called them", desk.onno)
    words = desk.handoff.draft(desk.giver.id, desk.onno).items[0].words
    assert words[Part.SUMMARY] == "My own words"
    assert "Called them" in words[Part.ACTIONS]


def test_a_part_that_is_emptied_is_the_facts_again(desk: HandoffDesk):
    item = desk.draft().items[0]
    desk.handoff.edit(item.id, Part.SUMMARY, "My own words", desk.onno)
    desk.handoff.edit(item.id, Part.SUMMARY, "", desk.onno)
    assert desk.handoff.redraft(item.handoff_id, desk.onno).items[0].words[Part.SUMMARY].startswith("Orders")


def test_what_came_since_the_draft_is_offered_to_be_added(desk: HandoffDesk):
    view = desk.draft()
    desk.base.clock.forward(minutes=5)
    (new,) = desk.own()
    view = desk.handoff.view(view.id)
    assert [(each.escalation_id, each.is_new) for each in view.left_out] == [(new, True)]
    view = desk.handoff.add(view.id, [new], desk.onno)
    assert (len(view.items), view.left_out) == (2, ())


def test_what_the_giver_leaves_out_is_named(desk: HandoffDesk):
    view = desk.draft(2)
    left = view.items[1]
    view = desk.handoff.leave_out(left.id, desk.onno)
    assert [(each.number, each.is_new) for each in view.left_out] == [(left.number, False)]


def test_long_lists_say_how_much_they_leave_out(desk: HandoffDesk):
    (id_,) = desk.own()
    for i in range(14):
        desk.base.commands.escalation.note(id_, f"Try {i}", desk.onno)
    actions = desk.handoff.draft(desk.giver.id, desk.onno).items[0].words[Part.ACTIONS].splitlines()
    assert actions[1] == "and 4 earlier"
    assert actions[-1].startswith("23 Nov 09:00 Onno Kay: noted: Try 13") or "The desk itself" in actions[-1]


def test_promises_are_named_with_their_instant(desk: HandoffDesk):
    view = desk.draft()
    kinds = {promise.kind for promise in view.facts.promises}
    assert {"acknowledgement", "containment", "resolution", "customer update"} <= kinds


def test_what_is_snoozed_or_paused_is_named_with_its_end(desk: HandoffDesk):
    (id_,) = desk.own()
    until = desk.base.clock.now() + timedelta(minutes=10)
    desk.base.commands.snooze.snooze(id_, until, "Waiting for logs", desk.onno)
    desk.base.commands.pausing.pause(id_, "waiting_on_customer", desk.base.coordinator)
    silenced = desk.handoff.draft(desk.giver.id, desk.onno).facts.silenced
    assert [each.how for each in silenced] == ["snoozed", "clock of the resolution paused"]
    assert all(each.until_us for each in silenced)


def test_offering_leaves_everything_with_the_giver(desk: HandoffDesk):
    view = desk.offered(2)
    assert view.state is HandoffState.OFFERED
    assert {desk.owner(item.escalation_id) for item in view.items} == {desk.giver.id}


def test_offering_fills_the_draft_a_last_time(desk: HandoffDesk):
    view = desk.draft()
    desk.base.commands.escalation.note(view.items[0].escalation_id, "Just now", desk.onno)
    offered = desk.handoff.offer(view.id, desk.taker.id, desk.onno)
    assert "Just now" in offered.items[0].words[Part.ACTIONS]


def test_what_was_offered_is_on_record(desk: HandoffDesk):
    view = desk.offered()
    with pytest.raises(Conflict, match="offered already"):
        desk.handoff.edit(view.items[0].id, Part.SUMMARY, "Other words", desk.onno)
    event = desk.base.events(view.items[0].escalation_id)[-1]
    assert event.kind == "handoff.offered"
    assert event.body["words"][Part.SUMMARY] == view.items[0].words[Part.SUMMARY]


def test_a_withdrawn_handoff_keeps_what_was_accepted(desk: HandoffDesk):
    view = desk.offered(2)
    desk.handoff.accept(view.id, desk.sana, [view.items[0].id])
    view = desk.handoff.withdraw(view.id, desk.onno, "I stay")
    assert view.state is HandoffState.WITHDRAWN
    assert [desk.owner(item.escalation_id) for item in view.items] == [desk.taker.id, desk.giver.id]
    with pytest.raises(DeskError, match="not offered"):
        desk.handoff.accept(view.id, desk.sana)


def test_one_escalation_waits_in_one_handoff_at_a_time(desk: HandoffDesk):
    (waiting,) = desk.offered().items
    draft = desk.handoff.draft(desk.giver.id, desk.onno)
    assert [(each.number, each.waits_for) for each in draft.left_out] == [(waiting.number, "Sana Ito")]
    with pytest.raises(DeskError, match="waits for Sana Ito"):
        desk.handoff.add(draft.id, [waiting.escalation_id], desk.onno)


def test_what_dropped_out_of_a_draft_and_came_back_can_be_put_in_again(desk: HandoffDesk):
    view = desk.draft(2)
    gone = view.items[0].escalation_id
    desk.base.commands.ownership.assign(gone, desk.base.lead.person_id, desk.base.coordinator)
    view = desk.handoff.redraft(view.id, desk.onno)
    assert view.items[0].state is ItemState.DROPPED
    desk.base.commands.ownership.assign(gone, desk.giver.id, desk.base.coordinator)
    view = desk.handoff.add(view.id, [gone], desk.onno)
    assert [item.state for item in view.items] == [ItemState.OPEN, ItemState.OPEN]


def test_a_coordinator_hands_over_for_somebody_absent(desk: HandoffDesk):
    desk.own()
    view = desk.handoff.draft(desk.giver.id, desk.base.coordinator)
    view = desk.handoff.offer(view.id, desk.taker.id, desk.base.coordinator)
    assert view.giver.name == "Onno Kay"


def test_others_cannot_write_in_a_draft(desk: HandoffDesk):
    view = desk.draft()
    with pytest.raises(NotAllowed):
        desk.handoff.edit(view.items[0].id, Part.SUMMARY, "x", desk.base.outsider)


def test_nothing_is_handed_over_to_oneself_or_to_nobody(desk: HandoffDesk):
    view = desk.draft()
    with pytest.raises(DeskError, match="themselves"):
        desk.handoff.offer(view.id, desk.giver.id, desk.onno)
    with pytest.raises(DeskError, match="not at the desk"):
        desk.handoff.offer(view.id, 999, desk.onno)


def test_notes_beyond_single_escalations_are_handed_over(desk: HandoffDesk):
    view = desk.draft()
    view = desk.handoff.note(view.id, NoteKind.DO_NOT, "Do not restart the ledger", desk.onno)
    view = desk.handoff.note(view.id, NoteKind.RISKY, "Month end at midnight", desk.onno)
    view = desk.handoff.remove_note(view.handoff.notes[1].id, desk.onno)
    assert [(note.kind, note.text) for note in view.handoff.notes] == [
        (NoteKind.DO_NOT, "Do not restart the ledger")
    ]


def test_the_receiver_and_the_desk_are_told(desk: HandoffDesk):
    heard: list[HandoffsChanged] = []
    desk.base.bus.subscribe(HandoffsChanged, heard.append)
    view = desk.offered(2)
    with desk.base.store.read() as session:
        rows = session.sql("SELECT title, body FROM outbox WHERE reason = 'handoff'").fetchall()
    assert rows == [("Handoff from Onno Kay", "Sana Ito: accept 2 escalations, or ask back.")]
    assert heard[-1].ids == (view.id,)
    assert [each.id for each in desk.handoff.waiting_for(desk.taker.id)] == [view.id]


def test_an_offer_ends_no_reminder_and_an_acceptance_does(desk: HandoffDesk):
    view = desk.draft()
    id_ = view.items[0].escalation_id
    before = desk.base.get(id_).last_event_at
    desk.base.clock.forward(minutes=3)
    desk.handoff.offer(view.id, desk.taker.id, desk.onno)
    assert desk.base.get(id_).last_event_at == before
    desk.handoff.accept(view.id, desk.sana)
    assert desk.base.get(id_).last_event_at == desk.base.clock.now()


def test_receipts_of_a_period_are_given_oldest_first(desk: HandoffDesk):
    start = desk.base.clock.now()
    view = desk.offered()
    desk.handoff.accept(view.id, desk.sana)
    (receipt,) = desk.handoff.receipts(start)
    assert (receipt.accepted, receipt.items) == (1, 1)
    assert desk.handoff.receipts(start + SHIFT) == ()


def test_hostile_words_are_kept_as_they_are(desk: HandoffDesk):
    view = desk.draft(title="<b>#set page</b> `*`")
    view = desk.handoff.edit(view.items[0].id, RISK, "'; DROP TABLE handoff--", desk.onno)
    assert view.items[0].words[RISK] == "'; DROP TABLE handoff--"
    assert view.items[0].words[Part.SUMMARY].startswith("<b>#set page</b> `*`: Northwind")


def test_what_its_parent_announces_for_is_named_as_muted(desk: HandoffDesk):
    parent, child = desk.base.open(), desk.own()[0]
    family = FamilyService(
        cases=desk.cases, search=SearchService(store=desk.base.store, clock=desk.base.clock)
    )
    family.set_parent(child, parent.id, desk.base.coordinator)
    view = desk.handoff.draft(desk.giver.id, desk.onno)
    assert [(each.how, each.reason) for each in view.facts.silenced] == [
        ("muted", f"{parent.number} announces for it")
    ]
    assert f"part of {parent.number}" in view.items[0].words[Part.SUMMARY]


def test_what_is_to_be_decided_and_what_is_risky_is_named(desk: HandoffDesk):
    (id_,) = desk.own(severity=1, business_impact=5, reputational_risk=5)
    windows = MaintenanceService(store=desk.base.store, clock=desk.base.clock, bus=desk.base.bus)
    starts_us = to_us(desk.base.clock.now() + timedelta(hours=9))
    windows.plan(MaintenanceWindow(0, "Ledger upgrade", starts_us, starts_us + 3_600_000_000), desk.base.lead)
    with desk.base.store.begin() as session:
        session.sql("UPDATE escalation SET containment_proposed_at = 1, containment_proposed_by = 'Probe'")
    facts = desk.handoff.draft(desk.giver.id, desk.onno, desk.base.clock.now() + SHIFT).facts
    assert [each.text for each in facts.risks] == [
        "Maintenance begins: Ledger upgrade",
        "P1 and not contained",
    ]
    assert facts.decisions[0].text == "Probe proposes containment: a senior engineer confirms it or not"
    assert facts.decisions[0].escalation_id == id_
