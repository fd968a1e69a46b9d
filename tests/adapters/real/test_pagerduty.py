"""PagerDuty's own client library speaks to the desk with nothing changed but its base URL."""

import pytest
from pagerduty import EventsApiV2Client
from pagerduty.errors import HttpError

from desktop.domain.source import SourceKind
from tests.adapters.hearing import Hearing


@pytest.fixture
def hearing(database_path):
    with Hearing(database_path) as opened:
        yield opened


@pytest.fixture
def client(hearing):
    with EventsApiV2Client(hearing.tokens[SourceKind.PAGERDUTY]) as made:
        made.url = hearing.listener.state.url
        made.trust_env = False
        assert made.url.startswith("http://127.0.0.1:")  # never to the real service
        yield made


def escalations(hearing):
    hearing.desk.signal.process()
    with hearing.desk.store.read() as session:
        return session.sql("SELECT title, containment_proposed_at IS NOT NULL FROM escalation").fetchall()


def test_an_event_is_triggered_acknowledged_and_resolved(hearing, client):
    key = client.trigger("Orders stop at payment", "pay-1", severity="critical")
    assert escalations(hearing) == [("Orders stop at payment", 0)]
    client.acknowledge(key)
    client.trigger("Orders stop at payment", "pay-1", dedup_key=key)
    client.resolve(key)
    assert escalations(hearing) == [("Orders stop at payment", 1)]


def test_a_key_of_the_clients_own_comes_back(client):
    assert client.trigger("Orders stop", "pay-1", dedup_key="payment") == "payment"


def test_a_change_event_is_kept_and_opens_nothing(hearing, client):
    client.submit("Version 4.2 is live", source="deploy")
    assert escalations(hearing) == []
    assert hearing.count() == 1


def test_a_wrong_routing_key_is_an_error_the_client_understands(hearing):
    with EventsApiV2Client("0" * 32) as stranger:
        stranger.url = hearing.listener.state.url
        stranger.trust_env = False
        with pytest.raises(HttpError) as raised:
            stranger.trigger("Orders stop", "pay-1")
    assert raised.value.response.json()["status"] == "invalid event"
