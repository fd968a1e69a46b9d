"""Messages over a real desk: its facts, its templates, its rules of tone, and what is on record."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from desktop.domain.contact import Circle, Contact, Reach
from desktop.domain.errors import DeskError
from desktop.domain.message import Audience, Medium, Stage, Way
from desktop.domain.person import Role
from desktop.services.settings import SettingsService
from desktop.ui.message.ports import Changes, Key, Outgoing
from desktop.wiring.compose import DeskMessages
from desktop.wiring.compose_screens import NoSecrets

FACTS = {
    "title_plain": "Orders come in late",
    "impact_plain": "orders of this morning show late; new orders work",
    "owner_role": "operations team",
    "contact_point": "support@desk.example",
    "current_step": "we restore the import",
    "next_steps": "Import the rest, operations, by 23:00",
}
MAIL = Outgoing(Medium.EMAIL, Way.COPIED)


@pytest.fixture
def desk(real_desk):
    """The desk under the names that screens ask for."""
    base = real_desk.base
    return SimpleNamespace(
        store=base.store,
        clock=base.clock,
        bus=base.bus,
        policy=base.policy,
        escalations=base.commands,
        person=real_desk.person,
        draft=real_desk.draft,
        settings=SettingsService(store=base.store),
    )


@pytest.fixture
def messages(desk):
    return DeskMessages(desk, NoSecrets, is_real=True)


@pytest.fixture
def opened(commands):
    """An escalation that needs nobody else's word."""
    return commands.open(severity=3, business_impact=2, reputational_risk=1)


@pytest.fixture
def key(opened):
    return Key(opened.id, Audience.CUSTOMER)


def fact(writing, name):
    return next(each for each in writing.facts if each.name == name)


def text(writing, medium=Medium.EMAIL):
    return next(each for each in writing.media if each.medium is medium)


def sent_bodies(desk):
    with desk.store.read() as session:
        return [row[0] for row in session.sql("SELECT body FROM sent_message ORDER BY id").fetchall()]


def test_the_first_message_is_proposed_where_nothing_was_told(messages, opened):
    writing = messages.open(opened.id, None, None)
    assert (writing.key.audience, writing.stage) == (Audience.CUSTOMER, Stage.INITIAL)
    assert writing.choices[0].is_proposed
    assert writing.choices[0].why == "The customer was told nothing yet."


def test_the_form_has_the_facts_that_the_template_names_in_its_order(messages, opened):
    writing = messages.open(opened.id, None, None)
    names = [each.name for each in writing.facts if Medium.EMAIL in each.media and each.is_own]
    assert names[0] == "title_plain"
    assert names.index("impact_plain") < names.index("contact_point")
    assert fact(writing, "impact_plain").is_needed
    assert fact(writing, "product_area").media == {Medium.STATUS}


def test_a_fact_is_in_the_text_while_it_is_typed_and_not_on_record(messages, opened, key, desk):
    messages.open(opened.id, None, None)
    writing = messages.change(key, Changes(facts={"impact_plain": "orders show late"}))
    assert "orders show late" in text(writing).body
    assert DeskMessages(desk, NoSecrets, is_real=True).parts.facts.values(*key)["impact_plain"].is_missing


def test_what_was_typed_survives_the_program(messages, opened, key, desk):
    messages.open(opened.id, None, None)
    messages.change(key, Changes(facts={"impact_plain": "orders show la"}))
    again = DeskMessages(desk, NoSecrets, is_real=True).open(opened.id, None, None)
    assert fact(again, "impact_plain").text == "orders show la"


def test_what_is_ready_is_on_record_once(messages, opened, key, desk):
    messages.open(opened.id, None, None)
    for typed in ("o", "orders", "orders show late"):
        messages.change(key, Changes(facts={"impact_plain": typed}))
    messages.change(key, Changes(settled=frozenset({"impact_plain"})))
    with desk.store.read() as session:
        told = session.sql("SELECT count(*) FROM timeline WHERE kind = 'fact.set'").fetchone()
    assert told[0] == 1


def test_a_time_that_is_none_is_refused_and_kept(messages, opened, key):
    messages.open(opened.id, None, None)
    writing = messages.change(key, Changes(facts={"started_at": "half past"}))
    assert fact(writing, "started_at").text == "half past"
    with pytest.raises(DeskError, match="no time"):
        messages.change(key, Changes(settled=frozenset({"started_at"})))
    assert fact(messages.open(opened.id, None, None), "started_at").text == "half past"


def test_a_written_message_is_sent_word_for_word_and_nothing_is_left(messages, opened, key, desk):
    messages.open(opened.id, None, None)
    writing = messages.change(key, Changes(facts=FACTS))
    gone = messages.send(key, (MAIL,))
    assert gone.sentence.startswith("Copied and marked as sent. Next update by ")
    assert sent_bodies(desk) == [text(writing).body]
    assert messages.parts.drafts.of(*key) is None
    assert messages.parts.typed.typed(opened.id) == {}


def test_what_blocks_is_not_sent(messages, opened, key, desk):
    writing = messages.open(opened.id, None, None)
    assert {each.rule for each in writing.findings if each.kind == "block"} == {1}
    with pytest.raises(DeskError):
        messages.send(key, (MAIL,))
    assert sent_bodies(desk) == []


def test_a_reason_lets_pass_what_blocks_and_still_shows(messages, opened, key, desk):
    messages.open(opened.id, None, None)
    messages.change(key, Changes(facts=FACTS))
    texts = {Medium.EMAIL: ("Orders", "We will write again soon.")}
    writing = messages.change(key, Changes(texts=texts))
    rules = {each.rule for each in writing.findings if each.kind == "block" and each.medium is Medium.EMAIL}
    writing = messages.change(key, Changes(overrides=dict.fromkeys(rules, "Agreed by phone")))
    assert writing.overrides == dict.fromkeys(rules, "Agreed by phone")
    messages.send(key, (MAIL,))
    assert sent_bodies(desk) == ["We will write again soon."]


def test_a_text_by_hand_goes_back_to_its_template(messages, opened, key):
    messages.open(opened.id, None, None)
    by_hand = messages.change(key, Changes(texts={Medium.CHAT: ("", "Mine")}))
    assert (text(by_hand, Medium.CHAT).body, text(by_hand, Medium.CHAT).edited) == ("Mine", True)
    back = messages.change(key, Changes(restored=frozenset({Medium.CHAT})))
    assert not text(back, Medium.CHAT).edited


def test_a_fact_told_otherwise_by_hand_can_be_used_everywhere(messages, opened, key):
    messages.open(opened.id, None, None)
    writing = messages.change(key, Changes(facts=FACTS, settled=frozenset(FACTS)))
    other = text(writing, Medium.CHAT).body.replace("orders of this morning", "orders of today")
    writing = messages.change(key, Changes(texts={Medium.CHAT: ("", other)}))
    difference = next(each for each in writing.differences if each.medium is Medium.CHAT)
    assert difference.name == "impact_plain"
    writing = messages.spread(key, difference)
    assert "orders of today" in text(writing).body
    assert writing.differences == ()


def test_one_s_own_people_are_told_what_the_customer_was_promised(messages, opened, key):
    messages.open(opened.id, None, None)
    messages.change(key, Changes(facts=FACTS))
    messages.send(key, (MAIL,))
    promised = messages.open(opened.id, None, None).next_update_at
    for audience in (Audience.INTERNAL, Audience.EXECUTIVE):
        writing = messages.open(opened.id, audience, None)
        assert writing.next_update_at is not None
        assert abs(writing.next_update_at - promised) < timedelta(minutes=10)


def test_an_executive_brief_is_sent_by_the_same_way(messages, opened, desk, commands):
    commands.commands.ownership.own(opened.id, commands.coordinator)
    key = Key(opened.id, Audience.EXECUTIVE)
    messages.open(opened.id, Audience.EXECUTIVE, None)
    said = {**FACTS, "summary_plain": "Orders of one morning came in late."}
    written = messages.change(key, Changes(facts={n: t for n, t in said.items() if n != "contact_point"}))
    assert [each for each in written.findings if each.kind == "block" and each.medium is Medium.EMAIL] == []
    messages.send(key, (MAIL,))
    assert "Orders of one morning came in late." in sent_bodies(desk)[0]


def test_a_customer_with_a_contact_gets_mail_once_there_is_an_account(messages, opened, key, commands):
    contact = Contact(0, "Anna Berg", Circle.CUSTOMER, Reach.MAIL, "anna@acme.example", 1)
    messages.parts.contacts.add(contact, commands.coordinator)
    writing = messages.open(opened.id, None, None)
    mail = text(writing).ways[0]
    assert (mail.way, mail.to) == (Way.MAIL, "Anna Berg (anna@acme.example)")
    assert mail.why_not == "no mail account is set up"
    assert text(writing).way is Way.COPIED


def test_two_people_who_write_see_each_other(messages, opened, real_desk, commands):
    messages.open(opened.id, None, None)
    real_desk.act_as(Role.LEAD)
    writing = messages.open(opened.id, None, None)
    assert [name for name, _ in writing.others] == [commands.coordinator.name]


def test_what_is_grave_waits_for_the_word_of_another(messages, commands, real_desk, desk):
    opened = commands.open(severity=1, business_impact=5, reputational_risk=5)
    key = Key(opened.id, Audience.CUSTOMER)
    messages.open(opened.id, None, None)
    writing = messages.change(key, Changes(facts=FACTS))
    assert writing.release.is_open
    asked = messages.ask_release(key)
    assert asked.release.asked_by == commands.coordinator.name
    assert asked.release.why_not
    real_desk.act_as(Role.LEAD)
    released = messages.release(key)
    assert not released.release.is_open
    assert [each for each in released.findings if each.rule == 18] == []
    messages.send(key, (MAIL,))
    assert len(sent_bodies(desk)) == 1


def test_a_draft_that_somebody_else_has_sent_says_so(messages, opened, key):
    messages.open(opened.id, None, None)
    messages.discard(key)
    with pytest.raises(DeskError, match="meanwhile"):
        messages.change(key, Changes(facts=FACTS))
