"""Drafts outlive crashes and owners; two people who write one message lose no word."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.errors import DeskError, NotAllowed, NotFound
from desktop.domain.events import MessagesChanged
from desktop.domain.message import Audience, Medium, Stage
from desktop.domain.message_stage import differing
from tests.fixtures_desk import CommandDesk
from tests.services.message_desk import MessageDesk


@pytest.fixture
def desk(commands: CommandDesk) -> MessageDesk:
    return MessageDesk(commands)


def test_there_is_one_draft_for_each_escalation_and_audience(desk: MessageDesk):
    mine = desk.open()
    theirs = desk.another().open(desk.id, Audience.CUSTOMER, Stage.INITIAL, desk.lead)
    inside = desk.open(Stage.INTERNAL_BRIEF, Audience.INTERNAL)
    assert (theirs.id, theirs.author) == (mine.id, "Cora Lind")
    assert inside.id != mine.id


def test_facts_are_live_until_it_is_sent(desk: MessageDesk):
    draft = desk.open()
    desk.facts.set_fact(desk.id, "workaround", "Please send a fax.", desk.by)
    assert "Please send a fax." in desk.body(draft)


def test_what_was_typed_stays_while_facts_change(desk: MessageDesk):
    draft = desk.type(desk.open(), "My own words.")
    desk.facts.set_fact(desk.id, "workaround", "Please send a fax.", desk.by)
    shown = desk.another().render(desk.another().get(draft.id))
    assert (shown[Medium.EMAIL].text.body, shown[Medium.EMAIL].text.edited) == ("My own words.", True)
    assert "Please send a fax." in shown[Medium.PHONE].text.body


def test_a_channel_goes_back_to_its_template(desk: MessageDesk):
    draft = desk.open()
    before = desk.body(draft)
    typed = desk.type(draft, "My own words.")
    assert desk.body(desk.drafts.save(typed.without_text(Medium.EMAIL), desk.by)) == before


def test_two_people_change_two_channels_and_both_changes_stay(desk: MessageDesk):
    mine = theirs = desk.open()
    desk.type(mine, "Mine.", desk.by, Medium.EMAIL)
    both = desk.type(theirs, "Theirs.", desk.lead, Medium.PHONE)
    assert {medium: text.body for medium, text in both.texts.items()} == {
        Medium.EMAIL: "Mine.",
        Medium.PHONE: "Theirs.",
    }
    assert both.spare == ()


def test_two_people_change_one_channel_and_both_texts_are_kept(desk: MessageDesk):
    mine = theirs = desk.open()
    desk.type(mine, "Mine.", desk.by)
    both = desk.type(theirs, "Theirs.", desk.lead)
    assert both.texts[Medium.EMAIL].body == "Mine."
    assert [(spare.body, spare.by) for spare in both.spare] == [("Theirs.", "Leo Marsh")]
    taken = desk.drafts.settle_spare(both.id, both.spare[0].id, desk.by, take=True)
    assert (taken.texts[Medium.EMAIL].body, taken.spare) == ("Theirs.", ())


def test_another_stage_keeps_what_was_typed_for_the_last_beside_it(desk: MessageDesk):
    desk.type(desk.open(), "For the first message.")
    moved = desk.open(Stage.PERIODIC)
    assert (moved.stage, dict(moved.texts)) == (Stage.PERIODIC, {})
    assert [spare.body for spare in moved.spare] == ["For the first message."]


def test_a_time_that_one_chose_and_a_text_of_the_other_are_both_kept(desk: MessageDesk):
    mine = theirs = desk.open()
    at = desk.base.clock.now() + timedelta(minutes=45)
    desk.drafts.save(replace(mine, next_update_at=at), desk.by)
    both = desk.type(theirs, "Theirs.", desk.lead)
    assert (both.next_update_at, both.texts[Medium.EMAIL].body) == (at, "Theirs.")


def test_what_was_not_changed_is_no_new_edition(desk: MessageDesk):
    draft = desk.type(desk.open(), "Words.")
    assert desk.drafts.save(draft, desk.by).edition == draft.edition


def test_words_that_no_text_can_hold_are_kept_as_far_as_they_can(desk: MessageDesk):
    draft = desk.type(desk.open(), "Before\0after \ud800 \r\nnext")
    assert desk.drafts.get(draft.id).texts[Medium.EMAIL].body == "Before\ufffdafter \ufffd \nnext"


def test_a_draft_stays_when_its_escalation_changes_hands(desk: MessageDesk):
    draft = desk.type(desk.open(), "Words.")
    desk.base.commands.ownership.assign(desk.id, desk.base.on_call.person_id, desk.by)
    assert desk.body(desk.drafts.open(desk.id, Audience.CUSTOMER, Stage.INITIAL, desk.lead)) == "Words."
    assert desk.drafts.all()[0].id == draft.id


def test_whoever_has_it_open_is_seen_by_the_others(desk: MessageDesk):
    desk.drafts.here(desk.id, desk.by)
    desk.wait(seconds=15)
    desk.drafts.here(desk.id, desk.by)
    (seen,) = desk.another().others(desk.id, desk.lead)
    assert (seen.name, desk.base.clock.now() - seen.since_at) == ("Cora Lind", timedelta(seconds=15))
    assert desk.drafts.others(desk.id, desk.by) == ()


def test_whoever_crashed_is_gone_after_a_while(desk: MessageDesk):
    desk.drafts.here(desk.id, desk.by)
    desk.wait(minutes=1)
    assert desk.drafts.others(desk.id, desk.lead) == ()


def test_a_draft_thrown_away_is_gone_for_everybody(desk: MessageDesk):
    draft = desk.open()
    desk.drafts.discard(draft.id, desk.by)
    with pytest.raises(NotFound):
        desk.drafts.save(draft.with_text(Medium.EMAIL, "", "Late."), desk.lead)


def test_who_may_not_tell_customers_writes_to_none(desk: MessageDesk):
    with pytest.raises(NotAllowed):
        desk.drafts.open(desk.id, Audience.CUSTOMER, Stage.INITIAL, desk.base.on_call)


def test_a_stage_of_other_readers_is_refused(desk: MessageDesk):
    with pytest.raises(DeskError, match="not for this audience"):
        desk.drafts.open(desk.id, Audience.EXECUTIVE, Stage.INITIAL, desk.by)


def test_the_desk_hears_of_every_change(desk: MessageDesk):
    heard: list[MessagesChanged] = []
    desk.base.bus.subscribe(MessagesChanged, heard.append)
    desk.type(desk.open(), "Words.")
    assert [event.escalation_ids for event in heard] == [(desk.id,), (desk.id,)]


# -- one fact, many channels
def test_a_fact_changed_in_one_channel_is_flagged_for_the_others(desk: MessageDesk):
    draft = desk.open()
    draft = desk.type(draft, desk.body(draft).replace("pay by invoice", "pay by cheque"))
    (found,) = desk.drafts.differences(draft)
    assert (found.field, dict(found.words)) == ("workaround", {Medium.EMAIL: "Please pay by cheque."})
    assert found.by_hand == {Medium.EMAIL}


def test_a_fact_that_changed_in_the_record_is_flagged_where_it_was_typed_over(desk: MessageDesk):
    draft = desk.open()
    draft = desk.type(draft, desk.body(draft) + "\nKind regards")
    desk.facts.set_fact(desk.id, "workaround", "Please send a fax.", desk.by)
    (found,) = desk.drafts.differences(draft)
    assert (found.field, found.value, found.by_hand) == ("workaround", "Please send a fax.", frozenset())
    assert found.words == {Medium.EMAIL: "Please pay by invoice."}


def test_words_around_the_facts_are_nobodys_difference(desk: MessageDesk):
    draft = desk.open()
    draft = desk.type(
        draft, desk.body(draft).replace("Hello,", "Dear Jo,").replace("working on", "busy with")
    )
    assert desk.drafts.differences(draft) == ()


# -- which message is due
def test_the_first_message_is_proposed_first(desk: MessageDesk):
    proposal = desk.drafts.propose(desk.id)
    assert (proposal.stage, proposal.late_by) == (Stage.INITIAL, None)
    assert proposal.next_update_at == desk.base.clock.now() + timedelta(hours=2)


def test_a_missed_time_proposes_to_say_so(desk: MessageDesk):
    desk.send()
    desk.wait(hours=2, minutes=20)
    proposal = desk.drafts.propose(desk.id)
    assert (proposal.stage, proposal.late_by) == (Stage.LATE, timedelta(minutes=20))


def test_a_fact_that_was_wrong_proposes_a_correction(desk: MessageDesk):
    desk.send()
    desk.facts.set_fact(desk.id, "started_at", "2026-11-23 07:00", desk.by)
    proposal = desk.drafts.propose(desk.id)
    assert proposal.stage is Stage.CORRECTION
    assert "started at" in proposal.why


def test_a_time_of_yesterday_is_no_other_fact_today(desk: MessageDesk):
    desk.send()
    desk.wait(days=1)
    assert desk.drafts.propose(desk.id).stage is Stage.LATE


def test_what_the_state_brings_is_proposed_until_it_was_told(desk: MessageDesk):
    desk.send()
    moves = desk.base.commands.transition
    moves.acknowledge(desk.id, desk.lead)
    moves.work(desk.id, desk.lead)
    moves.contain(desk.id, desk.base.senior, "Switched")
    assert desk.drafts.propose(desk.id).stage is Stage.CONTAINMENT
    desk.send(Stage.CONTAINMENT)
    assert desk.drafts.propose(desk.id).stage is Stage.PERIODIC


def test_what_was_not_known_then_was_not_wrong(commands: CommandDesk):
    desk = MessageDesk(commands)
    desk.facts.set_fact(desk.id, "not_affected", "", desk.by)
    desk.send()
    desk.facts.set_fact(desk.id, "not_affected", "Invoices work.", desk.by)
    assert desk.drafts.propose(desk.id).stage is Stage.PERIODIC


@pytest.mark.parametrize(
    ("told", "now", "is_other"),
    [
        ("08:30", "08:30 UTC", False),
        ("no data was lost", "No data was lost.", False),
        ("being established", "08:30 UTC", False),
        ("08:30 UTC", "", False),
        ("08:30 UTC", "07:00 UTC", True),
    ],
)
def test_a_fact_is_another_only_where_it_says_something_else(told: str, now: str, is_other: bool):
    assert bool(differing({"started_at": told}, {"started_at": now})) is is_other
