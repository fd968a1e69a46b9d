"""Pages that really leave: a mail server and a webhook receiver on the loopback get them, once."""

import logging

import pytest

from tests.services.alarm_desk import P1
from tests.services.paging_desk import PagingDesk, a_token
from tests.support.receivers import MailServer, WebhookServer

SECRET = "s3cr3t-pass"


@pytest.fixture
def mail():
    with MailServer() as server:
        yield server


@pytest.fixture
def hook():
    with WebhookServer() as server:
        yield server


@pytest.fixture
def desk(store, clock):
    return PagingDesk(store, clock)


def owned_by_leo(desk):
    escalation = desk.open(**P1, owner_id=desk.leo.id)
    desk.sweep()
    return escalation


def send(desk):
    """Sends what is due, here and now; gives how many pages."""
    pages = desk.queue.claim(20)
    for page in pages:
        desk.pump._busy += 1
        desk.pump._carry(page)
    return len(pages)


def test_a_mail_server_gets_the_page(desk, mail):
    desk.channel(desk.leo, mail.url())
    escalation = owned_by_leo(desk)
    send(desk)
    (got,) = mail.mails
    assert got["To"] == "leo@example.org"
    assert got["Subject"] == "New: Checkout fails"
    assert "ESC-2026-0001" in got.get_body(("plain", "html")).get_content()
    assert desk.pages() == ["sent"]
    assert desk.events(escalation, "oncall.%") == ["oncall.paged"]


def test_a_webhook_receiver_gets_the_page_with_its_link(desk, hook):
    desk.channel(desk.leo, hook.url())
    owned_by_leo(desk)
    send(desk)
    (got,) = hook.posts
    assert got["title"] == "New: Checkout fails"
    assert "https://desk.example.org/v1/ack/" in got["message"]


@pytest.mark.parametrize("answers", [["503", "503"], ["500", "429"]])
def test_two_attempts_fail_and_the_third_arrives_once(desk, hook, clock, answers):
    hook.answers = answers
    desk.channel(desk.leo, hook.url())
    owned_by_leo(desk)
    for _ in range(6):
        send(desk)
        clock.forward(seconds=15)
    assert (hook.tries, len(hook.posts), desk.pages("state", "attempts")) == (3, 1, [("sent", 3)])


def test_two_mails_are_put_off_and_the_third_arrives_once(desk, mail, clock):
    mail.answers = ["451 try later", "421 closing"]
    desk.channel(desk.leo, mail.url())
    owned_by_leo(desk)
    for _ in range(6):
        send(desk)
        clock.forward(seconds=15)
    assert (mail.tries, len(mail.mails), desk.pages("state", "attempts")) == (3, 1, [("sent", 3)])


def test_the_pump_sends_by_itself(desk, hook):
    desk.channel(desk.leo, hook.url())
    with desk:
        owned_by_leo(desk)
        desk.pump.poke()
        hook.wait_for_tries(1)
    assert (len(hook.posts), desk.pages()) == (1, ["sent"])


def test_a_channel_that_is_dead_gives_way_to_the_next(desk, hook, mail, clock):
    hook.answers = ["404"]
    desk.channel(desk.leo, hook.url())
    desk.channel(desk.leo, mail.url())
    owned_by_leo(desk)
    assert [send(desk), send(desk)] == [1, 1]
    assert (len(mail.mails), desk.pages("channel", "state")) == (1, [("webhook", "failed"), ("mail", "sent")])


def test_where_every_channel_is_dead_that_is_an_alarm(desk, clock):
    desk.channel(desk.leo, "json://127.0.0.1:9/hook")
    escalation = owned_by_leo(desk)
    for _ in range(4):
        send(desk)
        clock.forward(seconds=15)
    assert desk.pages("state", "attempts") == [("failed", 4)]
    (alarm,) = [view for view in desk.alarm.open_alarms() if view.is_undelivered]
    assert (alarm.escalation_id, alarm.is_banner) == (escalation, True)


def test_what_nobody_knows_the_fate_of_is_never_sent_again(desk, hook, clock):
    hook.answers = ["drop"]
    desk.channel(desk.leo, hook.url())
    owned_by_leo(desk)
    for _ in range(4):
        send(desk)
        clock.forward(seconds=15)
    assert (hook.tries, desk.pages()) == (1, ["expired"])


def test_a_mail_server_that_hangs_up_after_the_text_gets_it_once(desk, mail, clock):
    mail.answers = ["drop"]
    desk.channel(desk.leo, mail.url())
    owned_by_leo(desk)
    for _ in range(4):
        send(desk)
        clock.forward(seconds=15)
    assert (len(mail.mails), desk.pages()) == (1, ["expired"])


@pytest.mark.parametrize("answer", ["", "404", "503", "drop"])
def test_no_secret_is_in_database_log_or_sentence(desk, hook, caplog, clock, answer):
    caplog.set_level(logging.DEBUG)
    hook.answers = [answer] * 2
    channel = desk.channel(desk.leo, hook.url(SECRET))
    owned_by_leo(desk)
    send(desk)
    (got,) = hook.posts or [{"message": "/v1/ack/nothing-arrived"}]
    everything = desk.all_texts() + caplog.text + repr(desk.paging.all()) + repr(desk.queue.claim(1))
    assert SECRET not in everything
    assert a_token(got["message"]) not in everything
    assert desk.secrets[channel.secret_name] == hook.url(SECRET)


def test_no_secret_of_a_mail_account_is_told_when_it_is_refused(desk, mail, caplog):
    caplog.set_level(logging.DEBUG)
    mail.answers = [f"550 no mail for {SECRET}"]
    desk.channel(desk.leo, mail.url(password=SECRET))
    owned_by_leo(desk)
    send(desk)
    assert desk.pages("state", "error") == [("failed", "The mail server said 550.")]
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]  # the server's own
    assert SECRET not in desk.all_texts() + "\n".join(ours)


def test_a_test_tells_whether_a_channel_works(desk, hook):
    channel = desk.channel(desk.leo, hook.url())
    row_id = desk.paging.test(channel.id, desk.leo.actor())
    send(desk)
    (tested,) = desk.paging.channels(desk.leo.id)
    assert (desk.outbox.status(row_id).state, tested.test_state, tested.works) == ("sent", "sent", True)


def test_a_test_that_fails_is_not_repeated(desk, hook):
    hook.answers = ["503"]
    channel = desk.channel(desk.leo, hook.url())
    row_id = desk.paging.test(channel.id, desk.leo.actor())
    assert [send(desk), send(desk)] == [1, 0]
    (tested,) = desk.paging.channels(desk.leo.id)
    assert (desk.outbox.status(row_id).state, tested.last_error) == ("failed", "The server answered 503.")
    assert not tested.works


def test_a_failure_that_is_known_late_still_gives_way_to_the_next_channel(desk, mail, clock):
    desk.channel(desk.leo, "json://127.0.0.1:9/hook")
    desk.channel(desk.leo, mail.url())
    owned_by_leo(desk)
    (page,) = desk.queue.claim(1)
    clock.forward(seconds=11)
    desk.outbox.expire()
    desk.queue.failed(page, "The server answered 404.", temporary=False)
    send(desk)
    assert (len(mail.mails), desk.pages()) == (1, ["failed", "sent"])


def test_two_desks_on_one_database_send_a_page_once(desk, hook, store, clock):
    desk.channel(desk.leo, hook.url())
    other = PagingDesk(store, clock, "other")
    owned_by_leo(desk)
    assert len(desk.queue.claim(5)) + len(other.queue.claim(5)) == 1


def test_a_page_that_was_being_sent_when_the_program_died_is_never_sent_again(desk, hook, store, clock):
    desk.channel(desk.leo, hook.url())
    owned_by_leo(desk)
    desk.queue.claim(5)
    again = PagingDesk(store, clock, "after the crash")
    for _ in range(6):
        clock.forward(seconds=15)
        again.outbox.expire()
        send(again)
    assert (hook.tries, desk.pages()) == (0, ["expired"])


def test_a_page_that_nobody_sends_in_time_becomes_an_alarm(desk, clock):
    desk.channel(desk.leo, "json://127.0.0.1:9/hook")
    owned_by_leo(desk)
    clock.forward(seconds=61)
    desk.outbox.expire()
    assert desk.pages() == ["expired"]
    assert [view.is_undelivered for view in desk.alarm.open_alarms()].count(True) == 1
