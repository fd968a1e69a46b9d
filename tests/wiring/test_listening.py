"""The listener as the desk switches it, over real HTTP, with tokens in a file."""

import json
import socket
import urllib.error
import urllib.request

import pytest

from desktop.domain.clock import SystemClock
from desktop.domain.errors import DeskError
from desktop.domain.person import Actor, Role
from desktop.domain.source import Source, SourceKind
from desktop.services.desk import Desk
from desktop.services.worker import Worker
from desktop.wiring.listening import Listening

LEAD = Actor("Lead", None, frozenset({Role.LEAD}))


@pytest.fixture
def desk(tmp_path):
    made = Desk.open(tmp_path / "desk.sqlite3", tmp_path / "backups", SystemClock())
    yield made
    made.close()


@pytest.fixture
def worker():
    made = Worker()
    yield made
    made.close()


def settle(worker):
    worker.submit(lambda: None).result(30)


@pytest.fixture
def listening(desk, worker, tmp_path):
    made = Listening(desk, worker.submit, tmp_path, lambda: None)
    yield made
    made.close()
    settle(worker)


@pytest.fixture
def source(desk):
    return desk.source.add(Source(0, "", "Prometheus", SourceKind.ALERTMANAGER), LEAD)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def send(view, token):
    """The status of the answer to an empty batch of Alertmanager's."""
    body = json.dumps(
        {"version": "4", "status": "firing", "alerts": [{"labels": {"alertname": "A"}}]}
    ).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{view.url}/v1/alertmanager", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_switched_on_it_keeps_what_comes_with_the_token(desk, listening, source):
    token = listening.renew(source).token
    view = listening.turn(on=True, port=free_port())
    assert view.is_listening
    assert send(view, token) < 300
    assert desk.receiving.count_waiting() == 1


def test_a_new_token_counts_at_once_and_the_old_one_no_more(listening, source):
    old = listening.renew(source).token
    view = listening.turn(on=True, port=free_port())
    new = listening.renew(source).token
    assert (send(view, old), send(view, new) < 300) == (401, True)


def test_what_is_changed_of_a_source_is_known_soon(desk, worker, listening, source):
    token = listening.renew(source).token
    view = listening.turn(on=True, port=free_port())
    desk.source.enable(source.id, LEAD, enabled=False)
    settle(worker)
    assert send(view, token) == 403


def test_the_wish_is_kept_and_followed_at_the_next_start(desk, worker, listening):
    port = free_port()
    listening.turn(on=True, port=port)
    listening.turn(on=False, port=port)
    assert (listening.view().is_listening, desk.settings.current.listener_on) == (False, False)
    desk.settings.set("listener_on", True)
    listening.begin()
    settle(worker)
    assert (listening.view().is_listening, listening.view().port) == (True, port)


def test_a_port_that_is_taken_is_told_and_nothing_is_kept(desk, listening):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(DeskError, match="cannot use port"):
            listening.turn(on=True, port=other.getsockname()[1])
    assert not desk.settings.current.listener_on
    assert "cannot use port" in listening.view().why_not


def test_a_source_that_is_gone_leaves_no_token(listening, source):
    listening.renew(source)
    assert listening.has(source)
    listening.forget(source)
    assert not listening.has(source)


def looked(view, host):
    """The status of the answer to whoever calls this machine by that name."""
    request = urllib.request.Request(f"{view.url}/healthz", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_another_address_for_people_is_answered_to_without_a_restart(desk, worker, listening):
    view = listening.turn(on=True, port=free_port())
    assert looked(view, "desk.example.org") == 421
    desk.settings.set("page_address", "https://desk.example.org")
    settle(worker)
    assert (looked(view, "desk.example.org"), listening.view().port) == (200, view.port)
    desk.settings.set("page_address", "https://other.example.org")
    settle(worker)
    assert (looked(view, "desk.example.org"), looked(view, "other.example.org")) == (421, 200)


def test_an_address_of_the_same_name_leaves_the_listener_alone(desk, worker, listening):
    desk.settings.set("page_address", "https://desk.example.org")
    listening.turn(on=True, port=free_port())
    looked(listening.view(), "desk.example.org")
    desk.settings.set("page_address", "https://desk.example.org/desk")
    settle(worker)
    assert listening.view().requests == 1


def test_an_address_alone_switches_no_listener_on(desk, worker, listening):
    desk.settings.set("page_address", "https://desk.example.org")
    settle(worker)
    assert not listening.view().is_listening
