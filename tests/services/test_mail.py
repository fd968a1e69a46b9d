"""Mails at the desk: a thread is one escalation, an answer lets its clocks run, files become evidence."""

from typing import Any

import pytest

from db.queries import evidence
from desktop.domain.customer import Customer
from desktop.domain.escalation import Opened
from desktop.domain.signal_kept import KeptSignal
from desktop.domain.signal_mail import reference_of
from desktop.domain.source import LARGEST_BODY, MAIL_TYPE, NewMessage, Source, SourceKind
from desktop.domain.timeline import EventKind
from desktop.services.audit import AuditService
from desktop.services.customer import CustomerService
from tests.domain.mails import a_mail, a_reply
from tests.services.signal_desk import SignalDesk

WAITING = "waiting_on_customer"


class Post:
    """A desk with a mailbox."""

    def __init__(self, desk: SignalDesk) -> None:
        self.desk = desk
        self.box = desk.sources.add(Source(0, "", "Support", SourceKind.MAIL), desk.lead)

    def send(self, body: bytes) -> KeptSignal:
        """A mail comes and is decided about."""
        message = NewMessage(self.box.id, body, self.desk.clock.now(), MAIL_TYPE, "", reference_of(body))
        self.desk.receiving.keep([message])
        self.desk.signals.process()
        return self.desk.signals.recent(limit=1)[0]

    def paused(self) -> Opened:
        """An escalation whose clock waits for the customer."""
        opened = self.desk.base.open()
        self.desk.base.commands.pausing.pause(opened.id, WAITING, self.desk.coordinator)
        return opened

    def customer(self, contacts: str) -> int:
        """A customer to be reached there."""
        parts: dict[str, Any] = {"store": self.desk.store, "clock": self.desk.clock, "bus": self.desk.bus}
        customers = CustomerService(**parts, policy=self.desk.base.policy)
        customers.add(Customer(0, "Great Bank", contacts=contacts), self.desk.lead)
        return next(one.id for one in customers.all() if one.name == "Great Bank")

    def evidence(self, kept: KeptSignal) -> list[str]:
        """The names of what is kept with the escalation of a signal."""
        with self.desk.store.read() as session:
            return [piece.name for piece in evidence.for_escalation(session, kept.escalation_id or 0)]


@pytest.fixture
def post(desk: SignalDesk) -> Post:
    return Post(desk)


def test_a_mail_opens_with_itself_and_its_files_as_evidence(post: Post):
    kept = post.send(a_mail(files={"log.txt": b"boom"}))
    assert kept.disposition == "opened"
    assert post.evidence(kept) == ["support-1.eml", "log.txt"]


def test_a_reply_joins_the_escalation_of_its_thread(post: Post):
    opened, reply = post.send(a_mail()), post.send(a_reply())
    assert (reply.disposition, reply.escalation_id) == ("joined", opened.escalation_id)
    assert reply.why == f"It answers {opened.number}."


def test_a_reply_to_a_reply_whose_beginning_was_lost_joins_too(post: Post):
    opened = post.send(a_mail())
    post.send(a_reply())
    assert post.send(a_reply("two@acme.example", id_="three")).escalation_id == opened.escalation_id


def test_a_number_in_the_subject_joins_without_any_thread(post: Post):
    opened = post.send(a_mail())
    answer = post.send(a_mail(f"About {opened.number}", id_="other"))
    assert answer.escalation_id == opened.escalation_id
    assert EventKind.CUSTOMER_ANSWERED in post.desk.kinds(opened)


def test_a_number_that_is_nobodys_opens(post: Post):
    assert post.send(a_mail("About ESC-2026-9999")).disposition == "opened"


def test_a_reply_to_what_the_desk_never_saw_opens(post: Post):
    assert post.send(a_reply("unknown@acme.example")).disposition == "opened"


def test_an_answer_ends_the_pause_that_waited_for_the_customer(post: Post):
    opened = post.paused()
    post.send(a_mail(f"Re: {opened.number}"))
    assert post.desk.base.get(opened.id).waiting_on == ""


def test_an_automatic_answer_joins_and_lets_the_pause_be(post: Post):
    opened = post.paused()
    away = post.send(a_mail(f"Re: {opened.number}", headers={"Auto-Submitted": "auto-replied"}))
    assert away.escalation_id == opened.id
    assert post.desk.base.get(opened.id).waiting_on == "customer"


def test_an_automatic_mail_opens_nothing(post: Post):
    kept = post.send(a_mail(headers={"Auto-Submitted": "auto-generated"}))
    assert (kept.disposition, kept.escalation_id) == ("suppressed", None)


def test_a_reply_brings_its_files_once(post: Post):
    opened = post.send(a_mail(files={"logo.png": b"logo"}))
    post.send(a_reply(files={"logo.png": b"logo", "trace.txt": b"trace"}))
    assert post.evidence(opened) == ["support-1.eml", "logo.png", "support-2.eml", "trace.txt"]


def test_a_reply_long_after_the_end_opens_anew(post: Post):
    opened = post.send(a_mail())
    post.desk.base.commands.transition.resolve(opened.escalation_id, post.desk.base.senior)
    post.desk.clock.forward(hours=24 * 30)
    assert post.send(a_reply()).escalation_id != opened.escalation_id


def test_the_same_mail_twice_is_one(post: Post):
    first, again = post.send(a_mail()), post.send(a_mail())
    assert first.id == again.id


def test_the_customer_is_known_by_its_contacts(post: Post):
    customer_id = post.customer("Ann, ann@acme.example")
    assert post.desk.escalation(post.send(a_mail())).customer_id == customer_id


def test_another_domain_that_begins_alike_is_not_the_customers(post: Post):
    customer_id = post.customer("x@acme.example, @acme.example")
    kept = post.send(a_mail(sender="x@acme.example.evil.example"))
    assert post.desk.escalation(kept).customer_id != customer_id


def test_a_mail_may_weigh_more_than_a_request(post: Post):
    assert post.send(a_mail(files={"dump.bin": b"x" * LARGEST_BODY})).disposition == "opened"


def test_the_chain_holds_after_answers(post: Post):
    post.send(a_mail(files={"log.txt": b"boom"}))
    post.send(a_reply(files={"log2.txt": b"boom"}))
    assert AuditService(store=post.desk.store).verify().ok
