"""Contacts: who is written to, what of them may be seen, and what becomes of a customer's line of them."""

from dataclasses import replace

import pytest

from db.queries import timeline
from desktop.domain.contact import Circle, Reach
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.message import Audience, Medium
from desktop.domain.person import Role
from desktop.services.contact import chosen
from tests.factories import a_customer_row, an_actor
from tests.services.alarm_desk import LEAD
from tests.services.letter_desk import LetterDesk

CHAT = "json://hook.example.org/secret-token"
DESK_WIDE = {"customer_id": None}


@pytest.fixture
def desk(store, clock):
    return LetterDesk(store, clock)


def test_a_message_is_offered_to_those_it_is_for(desk):
    jo = desk.add("Jo Rey", "jo@example.org")
    boss = desk.add("Boss", "boss@example.org", circle=Circle.EXECUTIVE, **DESK_WIDE)
    room = desk.add("Room", CHAT, circle=Circle.ENGINEERS, reach=Reach.CHAT, **DESK_WIDE)
    of = desk.contacts.recipients
    assert of(desk.escalation_id, Audience.CUSTOMER, Medium.EMAIL) == (jo,)
    assert of(desk.escalation_id, Audience.EXECUTIVE, Medium.EMAIL) == (boss,)
    assert of(desk.escalation_id, Audience.INTERNAL, Medium.CHAT) == (room,)
    assert of(desk.escalation_id, Audience.CUSTOMER, Medium.PHONE) == ()


def test_a_message_cannot_go_to_the_contact_of_another_customer(desk, store):
    with store.begin() as session:
        other_id = a_customer_row(session)
    other = desk.add("Eve", "eve@example.net", customer_id=other_id)
    with store.read() as session, pytest.raises(DeskError, match="no longer there"):
        chosen(session, desk.escalation_id, [other.id])


def test_the_address_of_a_chat_is_a_secret_and_not_in_the_database(desk, database_path):
    room = desk.add("Room", CHAT, reach=Reach.CHAT)
    assert desk.secrets.get(room.secret_name) == CHAT
    assert room.address == "JSON to hook.example.org"
    desk.store.close()
    assert b"secret-token" not in database_path.read_bytes()


def test_another_address_of_a_chat_forgets_the_one_before(desk):
    room = desk.add("Room", CHAT, reach=Reach.CHAT)
    renamed = desk.contacts.edit(replace(room, name="War room"), LEAD)
    assert renamed.secret_name == room.secret_name
    moved = desk.contacts.edit(replace(renamed, address="json://other.example.org/x"), LEAD)
    assert list(desk.secrets.kept) == [moved.secret_name]


def test_a_removed_contact_is_offered_no_more_and_its_secret_forgotten(desk):
    room = desk.add("Room", CHAT, reach=Reach.CHAT)
    desk.contacts.remove(room.id, LEAD)
    assert desk.contacts.all() == ()
    assert desk.secrets.kept == {}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jo",
        "jo@",
        "@example.org",
        "jo@example.org, eve@example.org",
        "jo@example.org\r\nBcc: x@y.org",
        "j o@x.y",
    ],
)
def test_what_is_no_single_address_is_refused(desk, address):
    with pytest.raises(DeskError) as caught:
        desk.add("Jo Rey", address)
    assert caught.value.field == "address"


def test_nobody_is_a_contact_twice(desk):
    desk.add("Jo Rey", "jo@example.org")
    with pytest.raises(Conflict):
        desk.add("Jo again", "JO@example.org")


def test_the_line_of_a_customer_becomes_contacts_once(desk, store):
    line = "Jo Rey <jo@example.org>, ops@example.org; +49 30 1234; Kim (kim@example.org)"
    with store.begin() as session:
        session.sql("UPDATE customer SET contacts = ? WHERE id = ?", (line, desk.customer_id))
    taken = desk.contacts.take_over(desk.customer_id, LEAD)
    assert [(one.name, one.address) for one in taken] == [
        ("Jo Rey", "jo@example.org"),
        ("ops@example.org", "ops@example.org"),
        ("Kim", "kim@example.org"),
    ]
    with pytest.raises(DeskError, match="no new mail address"):
        desk.contacts.take_over(desk.customer_id, LEAD)


def test_each_change_is_on_record_without_a_secret(desk, store):
    room = desk.add("Room", CHAT, reach=Reach.CHAT)
    desk.contacts.remove(room.id, LEAD)
    with store.read() as session:
        events = timeline.of_desk_since(session, 0)
    assert [(event.kind, event.body["deed"]) for event in events] == [
        ("contact.changed", "added"),
        ("contact.changed", "removed"),
    ]
    assert not any("secret-token" in str(event.body) for event in events)


def test_an_engineer_cannot_change_contacts(desk):
    jo = desk.add("Jo Rey", "jo@example.org")
    with pytest.raises(NotAllowed):
        desk.contacts.remove(jo.id, an_actor(Role.SENIOR_ENGINEER))
