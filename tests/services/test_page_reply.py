"""A page by mail that is answered: that acknowledges, and nothing a machine writes does."""

import re
from dataclasses import replace

import pytest

from desktop.domain.signal_mail import reference_of
from desktop.domain.source import MAIL_TYPE, NewMessage, Source, SourceKind
from desktop.services.receiving import ReceivingService
from desktop.services.signals import SignalService
from desktop.services.source import SourceService
from tests.domain.mails import a_mail
from tests.services.alarm_desk import LEAD, P1
from tests.services.paging_desk import PagingDesk

MAIL = "mailto://127.0.0.1:9?from=desk@example.org&to=leo@example.org"


class Answered:
    """A desk with a mailbox, and a page by mail that was sent to Leo."""

    def __init__(self, store, clock) -> None:
        self.desk = PagingDesk(store, clock)
        self.desk.reads_mail = True
        self.desk.base = ""
        self.sources = SourceService(store=store, clock=clock, bus=self.desk.bus, policy=self.desk.policies)
        self.box = self.sources.add(Source(0, "", "Support", SourceKind.MAIL), LEAD)
        self.receiving = ReceivingService(store=store, bus=self.desk.bus)
        self.signals = SignalService(cases=self.desk.do.cases, hooks=self.desk.do.escalation.on_opened)
        self.desk.channel(self.desk.leo, MAIL)
        self.escalation = self.desk.open(**P1, owner_id=self.desk.leo.id)
        self.desk.sweep()
        (self.page,) = self.desk.queue.claim(5)

    def reply(self, text="On it.", id_="answer", **more):
        body = a_mail(f"Re: {self.page.title}", text, id_=id_, **more)
        now = self.desk.clock.now()
        self.receiving.keep([NewMessage(self.box.id, body, now, MAIL_TYPE, "", reference_of(body))])
        self.signals.process()
        return self.signals.recent(limit=1)[0]

    def events(self, kind="%acknowledged"):
        return self.desk.events(self.escalation, kind)


@pytest.fixture
def answered(store, clock):
    return Answered(store, clock)


def test_the_subject_names_the_page_and_the_text_says_how(answered):
    assert re.search(r" \[page [a-z2-7]{16}\]$", answered.page.title)
    assert "answering this mail" in answered.page.body


def test_an_answer_acknowledges_in_the_name_of_whoever_was_paged(answered):
    kept = answered.reply("On it.\n\n> New: Checkout fails")
    assert (kept.disposition, kept.escalation_id) == ("joined", answered.escalation)
    assert answered.events() == ["escalation.acknowledged", "alarm.acknowledged", "oncall.acknowledged"]
    assert answered.desk.rows("SELECT acknowledged_by FROM escalation") == [("Leo Park",)]


def test_its_words_stand_with_the_acknowledgement(answered):
    answered.reply("Cannot look before noon.")
    (body,) = answered.desk.rows("SELECT body FROM timeline WHERE kind = 'escalation.acknowledged'")
    assert "by answering the page: Cannot look before noon." in body[0]


def test_it_is_no_answer_of_the_customers(answered):
    answered.reply()
    assert answered.events("customer.%") == []


def test_the_second_answer_acknowledges_nothing_more(answered):
    answered.reply()
    answered.reply(id_="second")
    assert answered.events().count("oncall.acknowledged") == 1


def test_an_answer_after_the_page_expired_acknowledges_nothing(answered, clock):
    clock.forward(hours=13)
    kept = answered.reply()
    assert (answered.events(), kept.escalation_id) == ([], answered.escalation)


def test_being_away_acknowledges_nothing(answered):
    answered.reply("I am on leave.", headers={"Auto-Submitted": "auto-replied"})
    assert answered.events() == []


def test_a_reference_that_is_nobodys_is_a_mail_like_any_other(answered):
    answered.page = replace(answered.page, title="Checkout [page aaaaaaaaaaaaaaaa]")
    assert answered.reply().disposition == "opened"
    assert answered.events() == []
