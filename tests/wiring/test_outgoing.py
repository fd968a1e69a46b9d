"""Messages of a whole desk: real servers get exactly what was recorded, once; other desks send nothing."""

import subprocess
import sys
import threading

import pytest

from db.queries import sent as messages
from db.queries import timeline
from desktop.adapters.paging import ApprisePost
from desktop.adapters.secrets import Secrets
from desktop.domain.clock import SystemClock
from desktop.domain.contact import Circle, Contact, Reach
from desktop.domain.events import MessagesChanged, OutboxFilled
from desktop.domain.instant import to_us
from desktop.domain.intake import Intake
from desktop.domain.letter import Choice
from desktop.domain.mail_account import MailAccount, Security
from desktop.domain.message import Audience, Medium, Stage, Way
from desktop.services.contact import ContactService
from desktop.services.desk import SET_UP, Desk
from desktop.services.letters import hand_over
from desktop.services.mail_account import MailAccountService
from desktop.services.message_ledger import MessageLedger
from desktop.services.worker import Worker
from desktop.wiring.compose_parts import parts_of
from desktop.wiring.outgoing import Outgoing
from tests.factories import a_customer_row, a_row
from tests.services.alarm_desk import LEAD, P1
from tests.support.receivers import WebhookServer
from tests.support.smtp import PATIENCE_S, CutServer, SmtpServer

BODY = (
    "Since 09:00 UTC orders stop at payment.\n\nWe write again by Tue 24 Nov 2026, 11:00 UTC.\nGrüße {{ref}}"
)


class Whole:
    """A desk with its worker and what sends its messages, as a window wires them."""

    def __init__(self, folder, *, is_real=True) -> None:
        self.desk = Desk.open(folder / "desk.sqlite3", folder / "backups", SystemClock())
        self.worker = Worker()
        self.secrets = Secrets(folder, "test", lambda: None)
        parts = {"store": self.desk.store, "clock": self.desk.clock, "bus": self.desk.bus}
        self.contacts = ContactService(**parts, secrets=self.secrets, looker=ApprisePost())
        self.account = MailAccountService(**parts, secrets=self.secrets)
        self.changed = threading.Condition()
        self.desk.bus.subscribe(MessagesChanged, self.note)
        self.outgoing = Outgoing(self.desk, lambda: self.secrets, self.worker, is_real=is_real)
        self.desk.person.ensure_first_person("Maya Chen")
        self.desk.policy.ensure_default(SET_UP)
        with self.desk.store.begin() as session:
            self.customer_id = a_customer_row(session, "Acme", tier="enterprise", revenue=900_000)
        intake = Intake(customer_id=self.customer_id, title="Checkout fails", **P1)
        self.escalation_id = self.desk.escalations.escalation.open(intake, LEAD).id
        self.outgoing.start()

    def use(self, port):
        account = MailAccount("127.0.0.1", port, Security.NONE, "", "desk@example.org", "Escalation Desk")
        self.account.keep(account, LEAD)

    def contact(self, address="jo@example.org", reach=Reach.MAIL):
        return self.contacts.add(
            Contact(0, "Jo Rey", Circle.CUSTOMER, reach, address, self.customer_id), LEAD
        )

    def send(self, *contacts):
        now_us = to_us(self.desk.clock.now())
        with self.desk.store.begin() as session:
            sent_id = a_row(
                session,
                "sent_message",
                send_key="x",
                batch="x",
                escalation_id=self.escalation_id,
                audience="customer",
                stage="initial",
                medium="email",
                way="mail",
                subject="We are investigating",
                body=BODY,
                sent_at=now_us,
                by_name="Maya Chen",
                hash="0",
                state="queued",
                state_at=now_us,
            )
            hand_over(
                session,
                sent_id=sent_id,
                escalation_id=self.escalation_id,
                contacts=contacts,
                subject="We are investigating",
                body=BODY,
                at_us=now_us,
            )
        self.desk.bus.publish(OutboxFilled(1))
        return sent_id

    def note(self, _event):
        with self.changed:
            self.changed.notify_all()

    def until(self, reached):
        with self.changed:
            assert self.changed.wait_for(reached, PATIENCE_S)

    def wait_for(self, sent_id, state):
        self.until(lambda: self.state(sent_id) == state)

    def state(self, sent_id):
        with self.desk.store.read() as session:
            return messages.get(session, sent_id).state

    def kinds(self):
        with self.desk.store.read() as session:
            return [event.kind for event in timeline.of_escalations(session, [self.escalation_id])]

    def recipients(self):
        with self.desk.store.read() as session:
            return [row[0] for row in session.sql("SELECT state FROM message_recipient").fetchall()]

    def ledger(self):
        return MessageLedger(store=self.desk.store, clock=self.desk.clock)

    def close(self):
        self.outgoing.stop()
        self.worker.close()
        self.desk.close()


@pytest.fixture
def whole(tmp_path):
    made = Whole(tmp_path)
    yield made
    made.close()


def test_a_server_gets_exactly_what_was_recorded_once(whole):
    with SmtpServer() as server:
        whole.use(server.port)
        sent_id = whole.send(whole.contact())
        whole.wait_for(sent_id, "sent")
        whole.desk.bus.publish(OutboxFilled(1))
        whole.close()
        (mail,) = server.mails
    with_body = mail.get_content().replace("\r\n", "\n")
    assert with_body == BODY + "\n"
    assert (mail["Subject"], mail["To"]) == ("We are investigating", "Jo Rey <jo@example.org>")


def test_a_chat_gets_it_too(whole):
    with WebhookServer() as server:
        sent_id = whole.send(whole.contact(server.url(), Reach.CHAT))
        whole.wait_for(sent_id, "sent")
        assert len(server.posts) == 1
        assert server.posts[0]["message"].replace("\r\n", "\n") == BODY


def test_without_an_account_it_fails_and_somebody_is_told(whole):
    sent_id = whole.send(whole.contact())
    whole.wait_for(sent_id, "failed")
    assert "update.failed" in whole.kinds()


def test_what_nobody_knows_of_is_told_and_sent_once(whole):
    with CutServer("dot") as server:
        whole.use(server.port)
        sent_id = whole.send(whole.contact())
        whole.wait_for(sent_id, "unsure")
        assert server.taken == 1
    assert whole.recipients() == ["unsure"]


def test_what_waited_when_the_desk_was_closed_leaves_once_it_is_open(tmp_path):
    closed = Whole(tmp_path)
    closed.outgoing.stop()
    closed.worker.submit(lambda: None).result(PATIENCE_S)
    with SmtpServer() as server:
        closed.use(server.port)
        sent_id = closed.send(closed.contact())
        assert closed.state(sent_id) == "queued"
        again = Outgoing(closed.desk, lambda: closed.secrets, closed.worker, is_real=True)
        again.start()
        closed.wait_for(sent_id, "sent")
        again.stop()
        closed.close()
        assert len(server.mails) == 1


def test_a_sample_desk_sends_nothing_and_notes_it(tmp_path):
    sample = Whole(tmp_path, is_real=False)
    with SmtpServer() as server:
        sample.use(server.port)
        sample.send(sample.contact())
        sample.until(lambda: sample.recipients() == ["held_back"])
        sample.close()
        assert server.mails == []


def test_nothing_that_sends_is_loaded_before_the_first_message():
    code = "import sys, desktop.wiring.outgoing; print({'smtplib', 'apprise', 'email'} & {*sys.modules})"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_a_message_that_was_written_arrives_as_it_was_recorded(whole):
    parts = parts_of(whole.desk, lambda: whole.secrets)
    parts.templates.ensure_shipped()
    jo = whole.contact()
    boss = Contact(0, "Vera", Circle.EXECUTIVE, Reach.MAIL, "vera@example.org")
    vera = whole.contacts.add(boss, LEAD)
    draft = parts.drafts.open(whole.escalation_id, Audience.EXECUTIVE, Stage.EXECUTIVE_BRIEF, LEAD)
    draft = parts.drafts.save(draft.with_text(Medium.EMAIL, "Status of the checkout", BODY), LEAD)
    reasons = {finding.rule: "proved" for finding in parts.sending.check(draft)}
    with SmtpServer() as server:
        whole.use(server.port)
        (sent,) = parts.sending.send(
            draft, LEAD, [Choice(Medium.EMAIL, Way.MAIL, (vera.id,))], overrides=reasons
        )
        whole.wait_for(sent.id, "sent")
        (mail,) = server.mails
    assert jo.address not in mail["To"]
    assert (mail["Subject"], mail.get_content().replace("\r\n", "\n")) == (sent.subject, f"{sent.body}\n")
    assert whole.ledger().sent()[0].recipients[0].state == "sent"
