"""The listener: who is let in, what is kept, and what is answered."""

import json
import logging
import subprocess
import sys

import pytest

from desktop.adapters.listener.application import EVENT_PATHS, PATHS
from desktop.domain.source import LARGEST_BODY, SourceKind
from desktop.paths import resource
from tests.adapters.hearing import Hearing, an_alert

AM = SourceKind.ALERTMANAGER
TICKET = {"id": 4711, "title": "Orders stop", "subject": "Orders stop", "number": "4711"}
BODIES = {
    "/v1/alertmanager": an_alert(),
    "/v1/grafana": an_alert("Grafana's"),
    "/v1/zendesk": json.dumps({"ticket": TICKET}).encode(),
    "/v1/jira": json.dumps({"issue": {"key": "OPS-1", "fields": {"summary": "Orders stop"}}}).encode(),
    "/v1/zammad": json.dumps({"ticket": TICKET}).encode(),
    "/v1/freshdesk": json.dumps({"freshdesk_webhook": {"ticket_id": 1, "ticket_subject": "Orders"}}).encode(),
    "/v1/signal": b'{"title": "Orders stop",\r\n "n": 1.50e3}',
}


@pytest.fixture(scope="module")
def hearing(tmp_path_factory):
    with Hearing(tmp_path_factory.mktemp("hearing") / "desk.sqlite3") as opened:
        yield opened


@pytest.fixture
def own(database_path):
    with Hearing(database_path) as opened:
        yield opened


@pytest.mark.parametrize("path", PATHS)
def test_a_message_is_on_the_disk_byte_for_byte_when_it_is_answered(hearing, path):
    before = hearing.count()
    answer = hearing.send(path, BODIES[path], kind=PATHS[path])
    assert (answer.status, answer.json["signals"]) == (200, 1)
    assert hearing.count() == answer.json["message"] == before + 1
    assert hearing.kept()[-1] == BODIES[path]


def test_a_message_keeps_what_its_sender_said_of_itself(own):
    own.alert(an_alert(), Content_Type="application/json; charset=utf-8", User_Agent="Alertmanager/0.25")
    with own.desk.store.read() as session:
        row = session.sql("SELECT media_type, sender, source_id FROM message").fetchone()
    expected = ("application/json; charset=utf-8", "Alertmanager/0.25 at 127.0.0.1", own.sources[AM].id)
    assert row == expected


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer wrong", "Basic dXNlcjpwYXNz", "Bearer é"])
def test_a_missing_or_wrong_token_is_answered_401_and_nothing_is_kept(hearing, authorization):
    before = hearing.count()
    answer = hearing.send("/v1/alertmanager", an_alert(), Authorization=authorization)
    assert answer.status == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert "token" in answer.json["error"]
    assert hearing.count() == before


def test_the_token_of_another_kind_of_source_is_answered_403(hearing):
    answer = hearing.send("/v1/jira", b"{}", kind=AM)
    assert (answer.status, answer.json["error"]) == (
        403,
        "This token is for Prometheus Alertmanager: send to the path of that kind.",
    )


def test_a_source_that_is_switched_off_is_answered_403(own):
    own.change(AM, enabled=False)
    assert own.alert(an_alert()).status == 403
    assert own.count() == 0


@pytest.mark.parametrize("path", [*PATHS, *EVENT_PATHS])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"])
def test_another_method_than_post_is_answered_405(hearing, path, method):
    answer = hearing.send(path, method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "POST")
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/alertmanager/", "/V1/alertmanager", "/docs", "/v1/%61lert"]
)
def test_another_path_is_answered_404_and_nobody_is_sent_elsewhere(hearing, path):
    answer = hearing.send(path, b"{}", kind=AM)
    assert answer.status == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example", ""])
def test_a_name_that_is_not_this_machines_is_answered_421(hearing, host):
    assert hearing.alert(an_alert(), Host=host).status == 421


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:80", "LOCALHOST", "desk.example:443"])
def test_loopback_names_and_those_in_the_settings_are_heard(database_path, host):
    with Hearing(database_path, names=("Desk.example",)) as hearing:
        assert hearing.alert(an_alert(), Host=host).status == 200


def test_a_body_that_cannot_be_read_is_answered_with_the_place_and_not_kept(hearing):
    before = hearing.count()
    answer = hearing.alert(b'{"alerts": [{"labels": {"a": "b"}}, {"labels": 7}]}')
    assert (answer.status, answer.json["field"]) == (400, "alerts[1].labels")
    assert "alerts[1].labels" in answer.json["error"]
    assert hearing.count() == before


def test_a_packed_body_is_answered_415(hearing):
    assert hearing.alert(an_alert(), Content_Encoding="gzip").status == 415


def test_a_body_of_one_mebibyte_is_kept_and_one_byte_more_is_not(hearing):
    frame = an_alert(spare="")
    body = an_alert(spare="x" * (LARGEST_BODY - len(frame)))
    assert len(body) == LARGEST_BODY
    assert hearing.alert(body).status == 200
    assert hearing.alert(body + b" ").status == 413


def test_more_than_its_rate_is_answered_429_until_time_has_passed(own):
    own.change(AM, rate_per_s=2)
    statuses = [own.alert(an_alert()).status for _ in range(3)]
    late = own.alert(an_alert())
    own.clock.forward(seconds=1)
    assert (statuses, late.status, late.headers["retry-after"]) == ([200, 200, 429], 429, "1")
    assert own.alert(an_alert()).status == 200
    assert own.count() == 3


def test_what_the_store_cannot_keep_is_answered_503_and_when_to_come_again(own):
    own.desk.store.close()
    answer = own.alert(an_alert())
    assert (answer.status, answer.headers["retry-after"]) == (503, "10")
    assert answer.json["error"].startswith("Not kept, send it again")


def test_a_desk_that_is_closing_answers_503(own):
    own.writer.close()
    assert own.alert(an_alert()).status == 503


def test_a_mapping_at_fault_keeps_the_sender_waiting_instead_of_losing_what_it_says(own):
    own.change(SourceKind.GENERIC, mapping={"title": "a..b"})
    answer = own.send("/v1/signal", b'{"title": "x"}', kind=SourceKind.GENERIC)
    assert (answer.status, answer.headers["retry-after"]) == (503, "60")
    assert "mapping" in answer.json["error"]


def test_a_sources_own_mapping_decides_what_its_bodies_must_say(own):
    own.change(SourceKind.GENERIC, mapping={"title": "was.geschah"})
    assert own.send("/v1/signal", b'{"was": {"geschah": "x"}}', kind=SourceKind.GENERIC).status == 200
    refused = own.send("/v1/signal", b'{"title": "x"}', kind=SourceKind.GENERIC)
    assert (refused.status, refused.json["field"]) == (400, "was.geschah")


def test_a_new_token_holds_at_once_and_the_old_one_no_more(own):
    old = own.tokens[AM]
    own.tokens[AM] = "n" * 32
    own.listener.reread()
    assert own.alert(an_alert()).status == 200
    assert own.send("/v1/alertmanager", an_alert(), Authorization=f"Bearer {old}").status == 401


def test_the_fault_of_a_source_is_noted_once_and_cleared_when_it_works_again(own):
    for body in (b"{}", b"{}", b"{}"):
        own.alert(body)
    own.clock.forward(seconds=11)
    own.alert(an_alert())
    own.listener.stop()  # waits for what is still being noted
    assert own.noted == [(own.sources[AM].id, own.noted[0][1]), (own.sources[AM].id, "")]
    assert "alerts" in own.noted[0][1]


def test_the_log_names_neither_tokens_nor_queries(hearing, caplog):
    caplog.set_level(logging.DEBUG)
    hearing.alert(an_alert())
    hearing.send("/v1/nothing?token=verysecret", b"{}", kind=AM)
    hearing.send("/v1/alertmanager?token=verysecret", b"{}", Authorization="Bearer verysecret")
    assert "prometheus-alertmanager 200" in caplog.text
    assert "nobody 401" in caplog.text
    assert "verysecret" not in caplog.text
    assert hearing.tokens[AM] not in caplog.text


def test_health_needs_no_token_and_tells_nothing(hearing):
    answer = hearing.send("/healthz", method="GET")
    assert (answer.status, answer.json) == (200, {"status": "ok"})
    assert {name.lower() for name in answer.headers} <= {"content-type", "content-length", "connection"}


def test_the_document_that_is_served_names_every_path(hearing):
    answer = hearing.send("/openapi.json", method="GET")
    assert answer.body == resource("openapi.json").read_bytes()
    rooms = {"/v1/ack/{token}", "/v1/calendar/{token}.ics"}
    assert set(answer.json["paths"]) == {*PATHS, *EVENT_PATHS, *rooms, "/healthz", "/openapi.json"}


def test_the_examples_of_the_document_are_taken(hearing):
    for path, operations in json.loads(resource("openapi.json").read_bytes())["paths"].items():
        if "requestBody" not in operations.get("post", {}):
            continue
        example = operations["post"]["requestBody"]["content"]["application/json"]["example"]
        if path in PATHS:
            answer = hearing.send(path, json.dumps(example).encode(), kind=PATHS[path])
        else:
            example.pop("routing_key")
            answer = hearing.event(example, path)
        assert answer.status in (200, 202), path


def test_what_serves_is_imported_only_when_it_is_switched_on():
    code = "import sys, desktop.adapters.listener.listener as _; print('uvicorn' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
