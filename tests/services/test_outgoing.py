"""Messages on their way out: each recipient once, tried for a quarter of an hour, uncertain never twice."""

import sqlite3
from datetime import timedelta

import pytest

from db.engine import open_store
from desktop.domain.contact import Circle, Reach
from desktop.domain.errors import DeskError, StoreError
from desktop.services.outbox import OutboxService
from tests.services.letter_desk import LetterDesk

CHAT = "json://hook.example.org/secret-token"


@pytest.fixture
def desk(store, clock):
    return LetterDesk(store, clock)


@pytest.fixture
def jo(desk):
    return desk.add("Jo Rey", "jo@example.org")


def test_each_recipient_is_handed_out_once_with_what_was_recorded(desk, jo):
    ops = desk.add("Ops", "ops@example.org")
    sent_id = desk.record(jo, ops, body="Hello {{ref}}")
    first, second = desk.queue.claim(5)
    assert desk.queue.claim(5) == ()
    assert {first.address, second.address} == {"jo@example.org", "ops@example.org"}
    assert (first.sent_id, first.subject, first.body) == (sent_id, "Orders stop", "Hello {{ref}}")
    assert first.to == second.to == (("Jo Rey", "jo@example.org"), ("Ops", "ops@example.org"))
    assert first.message_id == second.message_id


def test_two_desks_on_one_database_never_hand_out_the_same(desk, jo, database_path, clock):
    desk.record(jo)
    with_other = open_store(database_path)
    try:
        other = LetterDesk(with_other, clock)
        assert len(desk.queue.claim(5)) + len(other.queue.claim(5)) == 1
    finally:
        with_other.close()


def test_it_is_told_as_delivered_when_all_have_it(desk, jo):
    sent_id = desk.record(jo, desk.add("Ops", "ops@example.org"))
    first, second = desk.queue.claim(5)
    desk.queue.sent(first)
    assert desk.heard.told == []
    desk.queue.sent(second)
    assert desk.heard.told == [("delivered", sent_id, "")]
    assert desk.states(sent_id) == ["sent", "sent"]


def test_what_fails_for_a_while_is_tried_again_and_then_told(desk, jo, clock):
    sent_id = desk.record(jo)
    began, tries = clock.now(), 0
    while not desk.heard.told:
        for letter in desk.queue.claim(1):
            tries += 1
            desk.queue.failed(letter, "The mail server said 451.", temporary=True)
        if (at := desk.queue.next_at()) is not None:
            clock.set(at)
    assert clock.now() - began <= timedelta(minutes=15)
    assert 4 <= tries <= 12
    assert desk.heard.told == [("undelivered", sent_id, "Jo Rey: The mail server said 451.")]


def test_what_cannot_be_mended_is_told_at_once(desk, jo):
    sent_id = desk.record(jo)
    desk.queue.failed(desk.queue.claim(1)[0], "The mail server refused the address (550).", temporary=False)
    assert desk.heard.told[0][:2] == ("undelivered", sent_id)
    assert desk.queue.claim(1) == ()


def test_an_uncertain_one_is_told_and_never_repeated(desk, jo, clock):
    sent_id = desk.record(jo)
    desk.queue.unsure(desk.queue.claim(1)[0], "The connection broke.")
    clock.forward(timedelta(hours=1))
    assert desk.queue.claim(1) == ()
    assert desk.heard.told == [("unsure", sent_id, "Jo Rey: The connection broke.")]
    assert desk.states(sent_id) == ["unsure"]


def test_one_that_was_being_sent_when_the_program_died_is_uncertain(desk, jo, clock):
    sent_id = desk.record(jo)
    desk.queue.claim(1)
    clock.forward(timedelta(minutes=6))
    assert desk.queue.claim(1) == ()
    assert [told[:2] for told in desk.heard.told] == [("unsure", sent_id)]


def test_one_that_waited_while_the_desk_was_closed_is_not_sent_late(desk, jo, clock):
    sent_id = desk.record(jo)
    clock.forward(timedelta(hours=3))
    assert desk.queue.claim(1) == ()
    assert desk.heard.told == [("undelivered", sent_id, "Jo Rey: It could not be sent within 15 minutes.")]


def test_the_end_is_told_after_all_when_the_telling_was_cut_off(desk, jo, clock, monkeypatch):
    sent_id = desk.record(jo)
    letter = desk.queue.claim(1)[0]

    def broken(_sent_id):
        raise StoreError("The database is busy.")

    with monkeypatch.context() as patch:
        patch.setattr(desk.heard, "delivered", broken)
        with pytest.raises(StoreError):
            desk.queue.sent(letter)
    clock.forward(timedelta(minutes=6))
    desk.queue.claim(1)
    assert desk.heard.told == [("delivered", sent_id, "")]
    assert desk.states(sent_id) == ["sent"]
    assert not desk.queue.is_waiting()


def test_a_failed_one_can_be_sent_again_by_a_person(desk, jo):
    sent_id = desk.record(jo)
    letter = desk.queue.claim(1)[0]
    desk.queue.failed(letter, "The mail server said 554.", temporary=False)
    desk.queue.send_again(letter.recipient_id)
    again = desk.queue.claim(1)[0]
    assert (again.body, again.message_id) == (letter.body, letter.message_id)
    desk.queue.sent(again)
    assert desk.heard.told[-1] == ("delivered", sent_id, "")


def test_one_that_arrived_cannot_be_sent_again(desk, jo):
    desk.record(jo)
    letter = desk.queue.claim(1)[0]
    desk.queue.sent(letter)
    with pytest.raises(DeskError, match="has reached Jo Rey already"):
        desk.queue.send_again(letter.recipient_id)


def test_in_a_desk_that_is_none_nothing_leaves_and_that_is_noted(desk, jo):
    desk.is_real = False
    sent_id = desk.record(jo)
    assert desk.queue.claim(5) == ()
    assert desk.states(sent_id) == ["held_back"]
    assert desk.heard.told == []
    assert desk.queue.next_at() is None


def test_mails_to_the_same_address_about_the_same_escalation_are_one_thread(desk, jo):
    ids = []
    for _ in range(3):
        desk.record(jo)
        letter = desk.queue.claim(1)[0]
        assert letter.thread == tuple(ids)
        desk.queue.sent(letter)
        ids.append(letter.message_id)


def test_a_mail_names_none_that_went_to_others_alone(desk, jo):
    boss = desk.add("Boss", "boss@example.org", circle=Circle.EXECUTIVE, customer_id=None)
    desk.record(boss, audience="executive")
    desk.queue.sent(desk.queue.claim(1)[0])
    desk.record(jo)
    assert desk.queue.claim(1)[0].thread == ()


def test_a_chat_goes_by_the_name_of_its_secret(desk):
    room = desk.add("Room", CHAT, reach=Reach.CHAT, circle=Circle.ENGINEERS, customer_id=None)
    desk.record(room, audience="internal")
    letter = desk.queue.claim(1)[0]
    assert desk.secrets.get(letter.secret_name) == CHAT
    assert "secret-token" not in repr(letter)


def test_the_sweep_of_alarms_leaves_messages_alone(desk, jo, store, clock):
    sent_id = desk.record(jo)
    outbox = OutboxService(store=store, clock=clock, bus=desk.bus)
    clock.forward(timedelta(minutes=5))
    assert outbox.expire() == 0
    outbox.withdraw(desk.escalation_id)
    assert desk.states(sent_id) == ["waiting"]
    assert len(desk.queue.claim(1)) == 1


def test_to_whom_a_message_went_cannot_be_changed(desk, jo, store):
    desk.record(jo)
    for change in ("UPDATE message_recipient SET address = 'x'", "DELETE FROM message_recipient"):
        with pytest.raises(sqlite3.IntegrityError), store.begin() as session:
            session.sql(change)
