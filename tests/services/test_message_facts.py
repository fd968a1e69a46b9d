"""The facts of an escalation for messages: from the record, and what people write and approve."""

import json
from datetime import timedelta

import pytest

from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.events import MessagesChanged
from desktop.domain.fact_text import LONGEST_FACT
from desktop.domain.hostile import SPITEFUL
from desktop.domain.inert import inert
from desktop.domain.instant import to_us
from desktop.domain.merge_field import FIELDS
from desktop.domain.message import Audience, Medium, Stage
from desktop.domain.template_text import fill
from desktop.domain.timeline import EventKind
from desktop.services.message_facts import MessageFacts
from desktop.services.template import TemplateService
from tests.factories import a_row
from tests.fixtures_desk import CommandDesk

_C, _I, _E = Audience.CUSTOMER, Audience.INTERNAL, Audience.EXECUTIVE


@pytest.fixture
def facts(commands: CommandDesk) -> MessageFacts:
    return MessageFacts(
        store=commands.store, clock=commands.clock, policy=commands.policy, bus=commands.bus, zone="UTC"
    )


def write_sent(desk: CommandDesk, escalation_id: int, values: dict[str, str], medium: str = "email") -> None:
    """A message that a customer has heard."""
    now_us = to_us(desk.clock.now())
    with desk.store.begin() as session:
        a_row(
            session,
            "sent_message",
            send_key=medium,
            batch="one",
            escalation_id=escalation_id,
            audience="customer",
            stage="initial",
            medium=medium,
            way="mail",
            body="Told",
            field_values=json.dumps(values),
            sent_at=now_us,
            by_name="Cora Lind",
            hash="0" * 64,
            state="sent",
            state_at=now_us,
        )


def write_promise(desk: CommandDesk, escalation_id: int, due_us: int, state: str = "open") -> None:
    with desk.store.begin() as session:
        a_row(
            session,
            "promise",
            escalation_id=escalation_id,
            kind="next_update",
            made_at=to_us(desk.clock.now()),
            made_by="Cora Lind",
            due_at=due_us,
            state=state,
        )


def test_every_field_for_an_audience_is_there_and_no_other(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    for audience in Audience:
        expected = {name for name, field in FIELDS.items() if audience in field.audiences}
        assert set(facts.values(escalation_id, audience)) == expected


def test_the_record_fills_what_it_knows(commands: CommandDesk, facts: MessageFacts):
    opened = commands.open(title="Checkout times out")
    values = facts.values(opened.id, _I)
    assert values["ref"].text == opened.number
    assert values["customer_name"].text == "Northwind"
    assert values["customer_tier"].text == "Enterprise"
    assert values["level"].text.startswith(str(opened.priority))
    assert values["status_word"].text == "Investigating"
    assert values["started_at"].at == commands.get(opened.id).opened_at
    assert "Checkout times out" in values["summary"].text


def test_what_is_not_known_is_missing_and_says_its_rule(commands: CommandDesk, facts: MessageFacts):
    values = facts.values(commands.open().id, _C)
    assert values["title_plain"].is_missing
    assert values["title_plain"].missing_rule == "block"
    assert values["workaround"].missing_rule == "say"
    assert values["contained_at"].is_missing


def test_what_somebody_wrote_is_told_with_who_and_when(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    facts.set_fact(escalation_id, "impact_plain", " Cards are refused. ", commands.coordinator)
    value = facts.values(escalation_id, _C)["impact_plain"]
    assert (value.text, value.by, value.is_written) == ("Cards are refused.", "Cora Lind", True)
    assert value.as_of == commands.clock.now()
    event = commands.events(escalation_id)[-1]
    assert (event.kind, event.body["field"]) == (EventKind.FACT_SET, "impact_plain")


def test_the_newest_words_count_and_empty_ones_let_the_record_speak(
    commands: CommandDesk, facts: MessageFacts
):
    escalation_id = commands.open().id
    begun = commands.clock.now() - timedelta(hours=3)
    facts.set_fact(escalation_id, "started_at", begun.isoformat(), commands.coordinator)
    assert facts.values(escalation_id, _C)["started_at"].at == begun
    facts.set_fact(escalation_id, "started_at", "", commands.coordinator)
    assert facts.values(escalation_id, _C)["started_at"].at == commands.get(escalation_id).opened_at


def test_the_same_words_again_are_no_event(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    told: list[MessagesChanged] = []
    commands.bus.subscribe(MessagesChanged, told.append)
    for _ in range(2):
        facts.set_fact(escalation_id, "workaround", "Use the app", commands.coordinator)
    assert len(told) == 1
    assert commands.kinds(escalation_id).count(EventKind.FACT_SET) == 1


def test_customers_are_not_told_what_nobody_approved(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    facts.set_fact(escalation_id, "credit_statement", "We credit 10 %.", commands.coordinator)
    value = facts.values(escalation_id, _C)["credit_statement"]
    assert (value.text, value.pending, value.is_missing) == ("", "We credit 10 %.", True)
    facts.approve(escalation_id, "credit_statement", commands.lead, seen="We credit 10 %.")
    value = facts.values(escalation_id, _C)["credit_statement"]
    assert (value.text, value.approved_by) == ("We credit 10 %.", "Leo Marsh")
    assert commands.kinds(escalation_id)[-1] == EventKind.FACT_APPROVED


def test_other_words_have_to_be_approved_again(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    facts.set_fact(escalation_id, "security_statement", "No data left.", commands.coordinator)
    facts.approve(escalation_id, "security_statement", commands.lead)
    facts.set_fact(escalation_id, "security_statement", "Some data left.", commands.coordinator)
    assert facts.values(escalation_id, _C)["security_statement"].is_missing


def test_words_that_changed_under_the_readers_eyes_are_not_approved(
    commands: CommandDesk, facts: MessageFacts
):
    escalation_id = commands.open().id
    facts.set_fact(escalation_id, "credit_statement", "20 %", commands.coordinator)
    with pytest.raises(DeskError, match="something else"):
        facts.approve(escalation_id, "credit_statement", commands.lead, seen="10 %")


@pytest.mark.parametrize("name", ["credit_statement", "security_statement", "eta_range", "root_cause_plain"])
def test_only_a_lead_approves(commands: CommandDesk, facts: MessageFacts, name: str):
    escalation_id = commands.open().id
    facts.set_fact(escalation_id, name, "Words", commands.coordinator)
    for actor in (commands.coordinator, commands.senior, commands.outsider):
        with pytest.raises(NotAllowed, match="Only a lead"):
            facts.approve(escalation_id, name, actor)


def test_a_senior_engineer_confirms_what_became_of_the_data(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    facts.set_fact(escalation_id, "data_loss_statement", "No data was lost.", commands.coordinator)
    facts.approve(escalation_id, "data_loss_statement", commands.senior)
    assert facts.values(escalation_id, _C)["data_loss_statement"].text == "No data was lost."


def test_ones_own_people_read_an_estimate_before_it_is_approved(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    facts.set_fact(escalation_id, "eta_range", "14:00 to 16:00", commands.coordinator)
    assert facts.values(escalation_id, _I)["eta_range"].text == "14:00 to 16:00"
    assert facts.values(escalation_id, _C)["eta_range"].is_missing


def test_who_looks_on_writes_nothing(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    with pytest.raises(NotAllowed):
        facts.set_fact(escalation_id, "workaround", "Use the app", commands.outsider)


def test_a_figure_of_a_time_to_come_is_refused(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    later = commands.clock.now() + timedelta(minutes=1)
    with pytest.raises(DeskError, match="has passed"):
        facts.set_fact(escalation_id, "impact_scope", "12", commands.coordinator, as_of=later)


def test_a_figure_carries_its_source_and_time(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    as_of = commands.clock.now() - timedelta(minutes=20)
    facts.set_fact(
        escalation_id,
        "impact_scope",
        "12 of 40 shops",
        commands.coordinator,
        as_of=as_of,
        source="gateway log",
    )
    values = facts.values(escalation_id, _C)
    assert values["impact_scope"].source == "gateway log"
    assert values["as_of"].at == as_of


def test_where_the_desk_is_reached_holds_for_every_escalation(commands: CommandDesk, facts: MessageFacts):
    one, other = commands.open().id, commands.open(title="Another").id
    facts.set_standing("contact_point", "+49 30 1234", commands.coordinator)
    facts.set_fact(other, "contact_point", "Your account manager", commands.coordinator)
    assert facts.values(one, _C)["contact_point"].text == "+49 30 1234"
    assert facts.values(other, _C)["contact_point"].text == "Your account manager"
    facts.set_fact(other, "contact_point", "", commands.coordinator)
    assert facts.values(other, _C)["contact_point"].text == "+49 30 1234"
    assert facts.standing()["contact_point"].text == "+49 30 1234"


def test_a_fact_of_one_escalation_does_not_hold_for_all(commands: CommandDesk, facts: MessageFacts):
    with pytest.raises(DeskError, match="for each escalation"):
        facts.set_standing("impact_plain", "x", commands.lead)


def test_times_are_read_in_the_zone_of_the_customer(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    with commands.store.begin() as session:
        session.sql("UPDATE customer SET zone = 'Asia/Tokyo'")
    assert facts.zone(escalation_id, _C) == "Asia/Tokyo"
    assert facts.zone(escalation_id, _I) == "UTC"
    facts.set_fact(escalation_id, "review_due", "2026-06-05 09:00", commands.coordinator)
    at = facts.values(escalation_id, _C)["review_due"].at
    assert at is not None
    assert at.isoformat() == "2026-06-05T09:00:00+09:00"


def test_after_a_message_the_next_one_tells_what_changed(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    assert facts.values(escalation_id, _C)["update_no"].text == "1"
    write_sent(commands, escalation_id, {"status_word": "Investigating", "impact_plain": "All cards fail"})
    sent_at = commands.clock.now()
    commands.clock.forward(timedelta(minutes=30))
    facts.set_fact(escalation_id, "impact_plain", "Some cards fail", commands.coordinator)
    values = facts.values(escalation_id, _C)
    assert values["changed_since_last"].items == ("What customers see: Some cards fail",)
    assert values["last_update_at"].at == sent_at
    assert values["update_no"].text == "2"


def test_a_new_status_is_news_though_the_last_message_did_not_name_it(
    commands: CommandDesk, facts: MessageFacts
):
    escalation_id = commands.open().id
    write_sent(commands, escalation_id, {"impact_plain": "All cards fail"})
    commands.clock.forward(timedelta(minutes=30))
    commands.commands.transition.acknowledge(escalation_id, commands.on_call)
    assert facts.values(escalation_id, _C)["changed_since_last"].is_missing
    commands.commands.transition.contain(escalation_id, commands.senior, "Gateway isolated")
    assert facts.values(escalation_id, _C)["changed_since_last"].items == (
        "Status is now Contained, it was Investigating",
    )


def test_no_change_is_said_in_so_many_words(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    write_sent(commands, escalation_id, {"status_word": "Investigating"})
    values = facts.values(escalation_id, _C)
    about = {"stage": Stage.PERIODIC, "audience": _C, "zone": "UTC", "now": commands.clock.now()}
    assert fill("", "{{changed_since_last}}", values, **about).body == "No change since 09:00 UTC."


def test_one_message_through_several_channels_counts_once(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    for medium in ("email", "chat"):
        write_sent(commands, escalation_id, {}, medium)
    assert facts.values(escalation_id, _C)["update_no"].text == "2"


def test_a_missed_promise_is_told_with_how_late_it_is(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open().id
    due = commands.clock.now() + timedelta(minutes=30)
    write_promise(commands, escalation_id, to_us(due))
    assert facts.values(escalation_id, _C)["promised_at"].is_missing
    commands.clock.forward(timedelta(minutes=50))
    values = facts.values(escalation_id, _C)
    assert values["promised_at"].at == due
    assert values["late_by"].text == "20 minutes"
    assert "Next update" in facts.values(escalation_id, _I)["open_promises"].text


def test_who_confirmed_containment_is_a_name_inside_and_a_role_outside(
    commands: CommandDesk, facts: MessageFacts
):
    escalation_id = commands.open().id
    commands.commands.transition.acknowledge(escalation_id, commands.on_call)
    commands.commands.transition.contain(escalation_id, commands.senior, "Gateway isolated")
    assert facts.values(escalation_id, _I)["confirmed_by"].text == "Sana Ito"
    customer = facts.values(escalation_id, _C)
    assert customer["confirmed_by"].text == "a senior engineer"
    assert customer["confirmed_by_role"].text == "senior engineer"
    assert customer["status_word"].text == "Contained"


def test_the_first_message_is_whole_once_three_things_are_written(commands: CommandDesk, facts: MessageFacts):
    escalation_id = commands.open(team="Payments", area="payments").id
    facts.set_standing("contact_point", "desk@example.invalid", commands.lead)
    facts.set_fact(escalation_id, "title_plain", "Cards are charged twice", commands.coordinator)
    facts.set_fact(escalation_id, "impact_plain", "Some cards are charged twice.", commands.coordinator)
    templates = TemplateService(store=commands.store, clock=commands.clock, bus=commands.bus)
    template = templates.for_message(_C, Stage.INITIAL, Medium.EMAIL)
    rendered = fill(
        template.subject,
        template.body,
        facts.values(escalation_id, _C),
        stage=Stage.INITIAL,
        audience=_C,
        zone=facts.zone(escalation_id, _C),
        now=commands.clock.now(),
    )
    assert rendered.missing == ()
    assert "some cards are charged twice." in rendered.body
    assert "Payments team" in rendered.body


@pytest.mark.parametrize("words", SPITEFUL)
def test_hostile_words_go_through_the_database_into_a_message_as_words(
    commands: CommandDesk, facts: MessageFacts, words: str
):
    escalation_id = commands.open(title=words[:200]).id
    name = "impact_plain"
    if len(words) > LONGEST_FACT:
        with pytest.raises(DeskError, match="characters long"):
            facts.set_fact(escalation_id, name, words, commands.coordinator)
        return
    facts.set_fact(escalation_id, name, words, commands.coordinator)
    about = {"stage": Stage.INITIAL, "audience": _C, "zone": "UTC", "now": commands.clock.now()}
    rendered = fill("[{{ref}}]", "<{{impact_plain}}>", facts.values(escalation_id, _C), **about)
    assert rendered.body == f"<{inert(words)}>"
    for audience in (_I, _E):
        values = facts.values(escalation_id, audience)
        assert fill("", "{{ref}}", values, **(about | {"audience": audience})).body
