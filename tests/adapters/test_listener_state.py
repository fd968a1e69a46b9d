"""The listener: on, off, and how it stands."""

import socket
from concurrent.futures import Future
from threading import Thread

import pytest

from desktop.domain.errors import DeskError
from tests.adapters.hearing import Hearing, an_alert


def test_it_tells_where_it_listens_and_what_it_has_answered(database_path):
    with Hearing(database_path) as hearing:
        hearing.alert(an_alert())
        hearing.alert(b"{}")
        state = hearing.listener.state
    assert (state.is_listening, state.host, state.requests, state.refused) == (True, "127.0.0.1", 2, 1)
    assert state.url == f"http://127.0.0.1:{state.port}"


def test_switched_off_it_says_so_and_nobody_answers(database_path):
    with Hearing(database_path) as hearing:
        port = hearing.port
        hearing.listener.stop()
        state = hearing.listener.state
        assert (state.is_listening, state.why_not) == (False, "The listener is switched off.")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))


def test_it_can_be_switched_on_again(database_path):
    with Hearing(database_path) as hearing:
        hearing.listener.stop()
        hearing.listener.start()
        assert hearing.alert(an_alert()).status == 200


def test_switching_on_twice_changes_nothing(database_path):
    with Hearing(database_path) as hearing:
        assert hearing.listener.start() == ("127.0.0.1", hearing.port)


def test_a_port_in_use_is_told_with_what_to_do(database_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        hearing = Hearing(database_path, port=port)
        with pytest.raises(DeskError, match=f"port {port} .*in use.*Choose another port") as raised:
            hearing.listener.start()
        assert raised.value.field == "port"
        assert hearing.listener.state.why_not == str(raised.value)
        hearing.__exit__()


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_that_cannot_be_is_told(database_path, port):
    hearing = Hearing(database_path, port=port)
    with pytest.raises(DeskError, match="cannot use port"):
        hearing.listener.start()
    hearing.__exit__()


def test_an_idle_connection_does_not_keep_it_from_stopping(database_path):
    with Hearing(database_path) as hearing, socket.create_connection(("127.0.0.1", hearing.port), 10) as idle:
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        heard = b""
        while not heard.endswith(b"}"):
            heard += idle.recv(65_536)
        hearing.listener.stop()
        assert idle.recv(1) == b""


def test_a_message_under_way_is_answered_before_it_stops(database_path):
    future = Future()
    submitted = Future()

    def submit(message):
        submitted.set_result(message)
        return future

    answers = []
    with Hearing(database_path, submit=submit) as hearing:
        sender = Thread(target=lambda: answers.append(hearing.alert(an_alert())))
        sender.start()
        submitted.result(10)
        stopping = Thread(target=hearing.listener.stop)
        stopping.start()
        future.set_result(17)
        sender.join(10)
        stopping.join(10)
    assert answers[0].json == {"message": 17, "signals": 1}
