"""A message leaves once, word for word, and all that follows from it happens with it or not at all."""

import json
from datetime import timedelta

import pytest

from db.queries import commitment as commitments
from desktop.domain.commitment import Kind
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.letter import Choice
from desktop.domain.message import Audience, Medium, Stage, Text, Way
from desktop.domain.promise import PromiseState
from desktop.domain.timeline import EventKind
from desktop.services.message_sending import Blocked
from tests.fixtures_desk import CommandDesk
from tests.services.message_desk import MessageDesk


@pytest.fixture
def desk(commands: CommandDesk) -> MessageDesk:
    return MessageDesk(commands)


def test_what_was_shown_is_what_is_recorded_with_all_its_values(desk: MessageDesk):
    draft = desk.open()
    shown = desk.drafts.render(draft)[Medium.EMAIL]
    sent = desk.sending.send(draft, desk.by, desk.mail())[0]
    assert (sent.subject, sent.body) == (shown.text.subject, shown.text.body)
    assert sent.values == shown.rendered.values
    assert sent.values["impact_plain"] == "you cannot pay orders; everything else works"


def test_the_event_tells_the_very_words_and_values(desk: MessageDesk):
    sent = desk.send()
    event = next(each for each in desk.base.events(desk.id) if each.kind == EventKind.UPDATE_SENT)
    assert (event.body["text"], event.body["values"]) == (sent.body, dict(sent.values))
    assert event.body["channels"][0]["to"] == "Jo Rey (jo@northwind.example)"


def test_each_recipient_waits_in_the_outbox_once(desk: MessageDesk):
    sent = desk.send()
    with desk.base.store.read() as session:
        rows = session.sql("SELECT channel, reason, title, body, state FROM outbox").fetchall()
    assert rows == [("letter_mail", "message", sent.subject, sent.body, "pending")]


def test_the_promise_to_write_is_kept_and_the_next_is_due_when_it_was_told(desk: MessageDesk):
    sent = desk.send()
    done, running = desk.base.commitments(desk.id, Kind.UPDATE)
    assert (done.outcome, running.calendar) == ("met", "")
    assert running.due_us == int(sent.next_update_at.timestamp() * 1_000_000)
    (promise,) = desk.ledger.open()
    assert (promise.due_at, promise.sent_id, promise.state) == (sent.next_update_at, sent.id, "open")


def test_the_next_message_keeps_the_promise_of_the_last(desk: MessageDesk):
    desk.send()
    desk.wait(minutes=90)
    desk.send(Stage.PERIODIC)
    kept = desk.ledger.of(desk.id)[-1]
    assert (kept.state, kept.settled_by) == (PromiseState.KEPT, "Cora Lind")
    assert len(desk.ledger.open()) == 1


def test_a_draft_is_sent_once_whoever_presses_again(desk: MessageDesk):
    draft = desk.open()
    desk.sending.send(draft, desk.by, desk.mail())
    other = desk.another_sending(desk.another())
    with pytest.raises(Conflict, match="Cora Lind sent this message already"):
        other.send(draft, desk.lead, desk.mail())
    assert (desk.count("sent_message"), desk.count("outbox")) == (1, 1)


def test_what_another_changed_meanwhile_is_read_before_it_leaves(desk: MessageDesk):
    draft = desk.open()
    desk.type(draft, desk.body(draft) + "\nOne more line.", desk.lead)
    with pytest.raises(Conflict, match="Leo Marsh changed this message meanwhile"):
        desk.sending.send(draft, desk.by, desk.mail())
    assert desk.count("sent_message") == 0


def test_a_fact_that_changed_under_the_senders_eyes_stops_it(desk: MessageDesk):
    draft = desk.open()
    seen = {Medium.EMAIL: desk.drafts.render(draft)[Medium.EMAIL].text}
    desk.facts.set_fact(desk.id, "workaround", "Please wait.", desk.lead)
    with pytest.raises(Conflict, match="A fact of this message changed"):
        desk.sending.send(draft, desk.by, desk.mail(), seen=seen)


def test_all_chosen_channels_leave_together_each_in_its_own_words(desk: MessageDesk):
    choices = [*desk.mail(), Choice(Medium.PHONE, Way.COPIED), Choice(Medium.SMS, Way.COPIED)]
    sent = desk.sending.send(desk.open(), desk.by, choices)
    assert [each.medium for each in sent] == [Medium.EMAIL, Medium.PHONE, Medium.SMS]
    assert [each.state for each in sent] == ["queued", "recorded", "recorded"]
    assert desk.count("outbox") == 1
    assert desk.base.kinds(desk.id).count(EventKind.UPDATE_SENT) == 1


def test_what_blocks_is_named_and_nothing_leaves(desk: MessageDesk):
    draft = desk.open()
    draft = desk.type(draft, desk.body(draft) + "\nThe server db-prod-03 is broken.")
    with pytest.raises(Blocked) as error:
        desk.sending.send(draft, desk.by, desk.mail())
    assert [each.quote for each in error.value.findings] == ["db-prod-03"]
    assert desk.count("sent_message") == 0


def test_a_reason_lets_it_pass_and_is_on_record(desk: MessageDesk):
    draft = desk.open()
    draft = desk.type(draft, desk.body(draft) + "\nThe server db-prod-03 is broken.")
    sent = desk.sending.send(draft, desk.by, desk.mail(), {3: "They run it themselves"})[0]
    with desk.base.store.read() as session:
        kept = session.sql("SELECT overrides FROM sent_message WHERE id = ?", (sent.id,)).fetchone()[0]
    event = next(each for each in desk.base.events(desk.id) if each.kind == EventKind.UPDATE_SENT)
    assert json.loads(kept) == event.body["overrides"] == {"3": "They run it themselves"}


def test_an_empty_text_leaves_for_no_reason(desk: MessageDesk):
    draft = desk.type(desk.open(), "")
    with pytest.raises(Blocked, match="empty"):
        desk.sending.send(draft, desk.by, desk.mail(), dict.fromkeys(range(1, 19), "Because"))


def test_a_customers_message_goes_to_nobody_inside(desk: MessageDesk):
    with pytest.raises(DeskError, match="no reader of this message"):
        desk.sending.send(desk.open(), desk.by, [Choice(Medium.EMAIL, Way.MAIL, (desk.inside.id,))])
    assert desk.count("sent_message") == 0


def test_mail_without_anybody_to_get_it_is_refused(desk: MessageDesk):
    with pytest.raises(DeskError, match="Nobody was chosen"):
        desk.sending.send(desk.open(), desk.by, [Choice(Medium.EMAIL, Way.MAIL)])


def test_who_may_not_tell_customers_sends_nothing(desk: MessageDesk):
    with pytest.raises(NotAllowed):
        desk.sending.send(desk.open(), desk.base.on_call, desk.mail())


def test_a_brief_turns_no_clock_of_the_customer(desk: MessageDesk):
    draft = desk.open(Stage.INTERNAL_BRIEF, Audience.INTERNAL)
    choice = Choice(Medium.EMAIL, Way.MAIL, (desk.inside.id,))
    desk.sending.send(draft, desk.by, [choice], {1: "There is no owner yet"})
    assert desk.base.kinds(desk.id)[-1] == EventKind.BRIEF_SENT
    assert len(desk.base.commitments(desk.id, Kind.UPDATE)) == 1
    assert desk.ledger.open() == ()


def test_what_has_left_is_not_undone(desk: MessageDesk):
    desk.send()
    event = next(each for each in desk.base.events(desk.id) if each.kind == EventKind.UPDATE_SENT)
    with pytest.raises(DeskError, match="nothing in it to undo"):
        desk.base.commands.undoing.undo([event.seq], desk.by)


# -- what was said elsewhere
def test_what_was_said_by_phone_is_kept_word_for_word(desk: MessageDesk):
    at = desk.base.clock.now() + timedelta(hours=1)
    sent = desk.sending.record(desk.id, "  We  will\ncall <b>you</b>. ", desk.by, next_update_at=at)
    assert (sent.body, sent.way, sent.stage) == ("We  will\ncall <b>you</b>.", Way.RECORDED, Stage.INITIAL)
    assert [promise.due_at for promise in desk.ledger.open()] == [at]


def test_the_old_way_of_recording_keeps_the_same(desk: MessageDesk):
    desk.base.commands.escalation.record_update(desk.id, "We told them.", desk.by)
    (sent,) = desk.sending.of(desk.id)
    assert (sent.body, sent.state) == ("We told them.", "recorded")


def test_a_record_that_was_undone_was_never_heard(desk: MessageDesk):
    done = desk.base.commands.escalation.record_update(desk.id, "We told them.", desk.by)
    desk.base.commands.undoing.undo(done.seqs, desk.by)
    assert desk.sending.of(desk.id)[0].state == "taken_back"
    assert desk.drafts.propose(desk.id).stage is Stage.INITIAL


def test_what_was_told_in_time_and_written_down_late_kept_its_promise(desk: MessageDesk):
    desk.send()
    told_at = desk.base.clock.now() + timedelta(minutes=100)
    desk.wait(hours=3)
    desk.ledger.sweep()
    desk.sending.record(desk.id, "Still at it.", desk.by, at=told_at)
    assert desk.ledger.of(desk.id)[-1].state is PromiseState.KEPT


def test_nothing_was_said_in_the_future(desk: MessageDesk):
    later = desk.base.clock.now() + timedelta(minutes=1)
    with pytest.raises(DeskError, match="later than now"):
        desk.sending.record(desk.id, "Soon.", desk.by, at=later)


# -- a second person
@pytest.fixture
def grave(commands: CommandDesk) -> MessageDesk:
    return MessageDesk(commands, severity=1, business_impact=5, reputational_risk=5)


def test_a_grave_message_waits_for_a_second_person(grave: MessageDesk):
    draft = grave.open()
    assert grave.blocks(draft) == [18]
    released = grave.sending.release(grave.sending.ask_release(draft, grave.by), grave.lead)
    sent = grave.sending.send(released, grave.by, grave.mail())[0]
    assert (sent.by, sent.released_by) == ("Cora Lind", "Leo Marsh")


def test_whoever_wrote_it_does_not_release_it(grave: MessageDesk):
    draft = grave.type(grave.open(), "By 09:30 UTC we write again.", grave.lead)
    asked = grave.sending.ask_release(draft, grave.by)
    for writer in (grave.by, grave.lead):
        with pytest.raises(NotAllowed, match="cannot release it"):
            grave.sending.release(asked, writer)


def test_what_is_changed_after_the_release_is_released_anew(grave: MessageDesk):
    released = grave.sending.release(grave.sending.ask_release(grave.open(), grave.by), grave.lead)
    changed = grave.type(released, grave.body(released) + "\nMore.")
    assert changed.release is None
    assert grave.blocks(changed) == [18]


def test_what_was_released_leaves_as_it_was_read(grave: MessageDesk):
    asked = grave.sending.ask_release(grave.open(), grave.by)
    read = grave.body(asked)
    grave.facts.set_fact(grave.id, "workaround", "Please wait.", grave.by)
    released = grave.sending.release(asked, grave.lead)
    assert grave.sending.send(released, grave.by, grave.mail())[0].body == read


# -- what became of it
def test_what_did_not_arrive_leaves_the_promise_waiting(desk: MessageDesk):
    before = desk.base.commitments(desk.id, Kind.UPDATE)[0]
    sent = desk.send()
    desk.sending.undelivered(sent.id, "The address is refused.")
    first, second = desk.base.commitments(desk.id, Kind.UPDATE)
    assert (first.due_us, first.stopped_us, second.outcome) == (before.due_us, None, "cancelled")
    assert desk.ledger.open() == ()
    assert desk.base.kinds(desk.id)[-1] == EventKind.UPDATE_FAILED
    with desk.base.store.read() as session:
        assert session.sql("SELECT threshold FROM alarm WHERE state = 'raised'").fetchall() == [
            ("undelivered",)
        ]


def test_a_broken_promise_is_late_again_when_the_late_message_does_not_arrive(desk: MessageDesk):
    desk.send()
    desk.wait(hours=3)
    sent = desk.send(Stage.LATE)
    desk.sending.undelivered(sent.id, "No such host.")
    (promise,) = desk.ledger.open()
    assert promise.is_late(desk.base.clock.now())
    assert desk.drafts.propose(desk.id).stage is Stage.LATE


def test_one_channel_that_fails_leaves_the_others_told(desk: MessageDesk):
    choices = [*desk.mail(), Choice(Medium.PHONE, Way.COPIED)]
    sent = desk.sending.send(desk.open(), desk.by, choices)
    desk.sending.undelivered(sent[0].id, "Refused.")
    assert len(desk.ledger.open()) == 1
    assert desk.drafts.propose(desk.id).stage is Stage.PERIODIC


def test_a_failure_that_is_told_twice_alarms_once(desk: MessageDesk):
    sent = desk.send()
    desk.sending.undelivered(sent.id, "Refused.")
    desk.sending.undelivered(sent.id, "Refused.")
    assert desk.base.kinds(desk.id).count(EventKind.UPDATE_FAILED) == 1
    assert desk.count("alarm") == 1


def test_a_message_that_arrives_after_all_turns_the_clock_again(desk: MessageDesk):
    sent = desk.send()
    desk.sending.undelivered(sent.id, "Refused.")
    desk.wait(minutes=10)
    desk.sending.delivered(sent.id)
    with desk.base.store.read() as session:
        running = [row for row in commitments.of_escalation(session, desk.id) if row.is_running]
    assert [row.due_us for row in running if row.kind == "update"] == [
        int(sent.next_update_at.timestamp() * 1_000_000)
    ]
    assert desk.sending.of(desk.id)[0].state == "sent"


def test_a_failure_after_a_later_message_changes_no_clock(desk: MessageDesk):
    first = desk.send()
    desk.wait(minutes=5)
    second = desk.send(Stage.PERIODIC)
    desk.sending.undelivered(first.id, "Refused.")
    (promise,) = desk.ledger.open()
    assert promise.sent_id == second.id


def test_nobody_knows_is_told_and_believed_neither_way(desk: MessageDesk):
    sent = desk.send()
    desk.sending.unsure(sent.id, "The line was cut.")
    assert desk.sending.of(desk.id)[0].state == "unsure"
    assert len(desk.ledger.open()) == 1
    assert desk.base.kinds(desk.id)[-1] == EventKind.UPDATE_FAILED


def test_a_text_seen_the_same_passes(desk: MessageDesk):
    draft = desk.open()
    text = desk.drafts.render(draft)[Medium.EMAIL].text
    seen = {Medium.EMAIL: Text(text.subject, text.body)}
    assert desk.sending.send(draft, desk.by, desk.mail(), seen=seen)
