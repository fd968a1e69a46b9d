"""The PagerDuty Events API v2 as the desk speaks it."""

import json

import pytest

from desktop.domain.source import SourceKind
from tests.adapters.hearing import Hearing, a_trigger

PD = SourceKind.PAGERDUTY


@pytest.fixture
def hearing(database_path):
    with Hearing(database_path) as opened:
        yield opened


def test_an_event_is_kept_and_answered_in_its_own_form(hearing):
    answer = hearing.event(a_trigger(dedup_key="payment"))
    assert (answer.status, answer.json) == (
        202,
        {"status": "success", "message": "Event processed", "dedup_key": "payment"},
    )
    assert hearing.count() == 1


def test_the_event_is_kept_as_it_came_but_for_the_senders_key(hearing):
    body = b'{ "routing_key":"%s",\n"event_action":"resolve","dedup_key": "a","payload":null}'
    token = hearing.tokens[PD].encode()
    hearing.send("/v2/enqueue", body % token)
    assert hearing.kept() == [body % (b"*" * len(token))]


def test_no_token_is_in_the_files_of_the_database(hearing):
    hearing.event(a_trigger(links=[{"href": f"http://x/{hearing.tokens[PD]}"}]))
    for file in hearing.desk.store.path.parent.glob("desk.sqlite3*"):
        assert hearing.tokens[PD].encode() not in file.read_bytes()


def test_an_event_without_a_key_gets_one_and_is_resolved_by_it(hearing):
    key = hearing.event(a_trigger()).json["dedup_key"]
    assert len(key) == 32
    hearing.event({"event_action": "resolve", "dedup_key": key})
    done = hearing.desk.signal.process()
    assert (done.opened, done.joined) == (1, 1)


def test_two_events_without_keys_are_two_alerts(hearing):
    keys = {hearing.event(a_trigger()).json["dedup_key"] for _ in range(2)}
    assert len(keys) == 2
    assert hearing.desk.signal.process().opened == 2


@pytest.mark.parametrize("key", [None, "", "x" * 32, 7, ["a"], {"a": 1}, "\ud800"])
def test_a_wrong_routing_key_is_answered_400_as_an_invalid_event(hearing, key):
    answer = hearing.event(a_trigger(routing_key=key))
    assert (answer.status, answer.json["status"]) == (400, "invalid event")
    assert "routing_key" in answer.json["errors"][0]
    assert hearing.count() == 0


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"{", b'"x"', b"null", b"{}"])
def test_what_is_no_event_is_answered_400_as_an_invalid_event(hearing, body):
    answer = hearing.send("/v2/enqueue", body)
    assert (answer.status, answer.json["status"]) == (400, "invalid event")
    assert answer.json["errors"]


def test_a_faulty_event_is_told_where(hearing):
    answer = hearing.event({"event_action": "trigger", "payload": {"summary": "x", "source": "y"}})
    assert answer.status == 400
    assert answer.json["errors"][0].startswith("payload.severity: ")


def test_a_key_written_with_escapes_is_refused_because_it_could_not_be_taken_out(hearing):
    token = hearing.tokens[PD]
    body = json.dumps(a_trigger(routing_key="@")).replace("@", f"\\u00{ord(token[0]):x}{token[1:]}")
    assert hearing.send("/v2/enqueue", body.encode()).status == 400
    assert hearing.count() == 0


def test_too_many_events_are_answered_429_in_their_own_form(hearing):
    hearing.change(PD, rate_per_s=1)
    hearing.event(a_trigger())
    answer = hearing.event(a_trigger())
    assert (answer.status, answer.json["status"]) == (429, "throttle exceeded")
    assert answer.headers["retry-after"] == "1"


@pytest.mark.parametrize("path", ["/v2/enqueue", "/v2/change/enqueue"])
def test_a_change_event_is_kept_as_information(hearing, path):
    answer = hearing.event({"payload": {"summary": "Version 4.2 is live"}}, path)
    assert (answer.status, answer.json) == (202, {"status": "success", "message": "Change event processed"})
    assert hearing.desk.signal.process().opened == 0


def test_what_cannot_be_kept_is_answered_503_so_that_clients_come_again(hearing):
    hearing.desk.store.close()
    answer = hearing.event(a_trigger())
    assert (answer.status, answer.json["status"]) == (503, "error")
    assert answer.headers["retry-after"] == "10"
