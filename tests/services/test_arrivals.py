"""What came for an escalation: messages in order, links once, pieces of logs."""

import pytest

from desktop.domain.signal import LinkKind
from desktop.services.arrivals import ArrivalsService


@pytest.fixture
def service(desk):
    return ArrivalsService(store=desk.store)


def test_messages_come_in_order_with_their_source(desk, service):
    kept = desk.send("db")
    desk.repeat("db")
    found = service.arrivals(kept.escalation_id)
    assert [(one.message.id, one.source) for one in found.messages] == [(1, "Probe"), (2, "Probe")]
    assert service.body(1) == desk.signals.details(kept.id).body


def test_what_was_merged_brings_its_messages_along(desk, service):
    one, other = desk.send("db"), desk.send("web")
    desk.base.commands.merging.merge(other.escalation_id, one.escalation_id, desk.coordinator)
    assert len(service.arrivals(one.escalation_id).messages) == 2


def test_an_address_named_twice_stands_there_once(desk, service):
    kept = desk.send("db", page="https://a.example.org/x")
    desk.repeat("db", page="https://a.example.org/x")
    (link,) = service.arrivals(kept.escalation_id).links
    assert (link.host, link.is_allowed, link.can_fetch) == ("a.example.org", False, True)


def test_who_names_an_address_as_a_confirmation_once_keeps_it_from_being_fetched(desk, service):
    kept = desk.send("db", SubscribeURL="https://a.example.org/x")
    desk.repeat("db", page="https://a.example.org/x")
    (link,) = service.arrivals(kept.escalation_id).links
    assert (link.link.kind, link.can_fetch) == (LinkKind.CONFIRM, False)


def test_of_a_flood_the_last_messages_are_listed_and_the_rest_counted(desk, service):
    kept = desk.send("db")
    for _ in range(305):
        desk.send("db")
    found = service.arrivals(kept.escalation_id)
    assert (len(found.messages), found.left_out, found.messages[-1].message.id) == (300, 6, 306)


def test_nothing_came_for_what_a_person_opened(desk, service):
    found = service.arrivals(desk.base.open().id)
    assert (found.messages, found.links, found.excerpts) == ((), (), ())
