"""Bodies and senders that mean harm: each gets the right status, and nothing of them is kept."""

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.source import SourceKind
from tests.adapters.hearing import PATIENCE_S, Hearing, an_alert

AM = SourceKind.ALERTMANAGER
MIB = 1 << 20


@pytest.fixture(scope="module")
def hearing(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "desk.sqlite3"
    with Hearing(path, patience_s=PATIENCE_S) as opened:
        yield opened


def alerts(text: bytes) -> bytes:
    """A body whose one label is this."""
    return b'{"alerts":[{"labels":{"a":%s}}]}' % text


REFUSED = {
    "empty": b"",
    "spaces": b"  \n ",
    "invalid UTF-8": alerts(b'"\xff\xfe"'),
    "UTF-16": alerts(b'"b"').decode().encode("utf-16"),
    "NUL": alerts(b'"a\x00b"'),
    "repeated name": alerts(b'"b","a":"c"'),
    "NaN": alerts(b"NaN"),
    "infinity": alerts(b"-Infinity"),
    "cut short": alerts(b'"b"')[:-1],
    "two documents": alerts(b'"b"') * 2,
    "deep lists": alerts(b"[" * 70 + b"]" * 70),
    "very deep lists": alerts(b"[" * 200_000 + b"]" * 200_000),
    "deep objects": alerts(b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "a half character as name": alerts(b'{"\\ud800":1,"\\ufffd":2}'),
    "a packed body": gzip.compress(alerts(b'"b"')),
    "a list": b"[]",
    "a number": b"1e999",
}
TAKEN = {
    "huge integer": alerts(b"1" * 5_000),
    "huge fraction": alerts(b"1e999"),
    "escaped NUL": alerts(b'"a\\u0000b"'),
    "half a character": alerts(b'"\\ud800"'),
    "the other way": alerts('"\u202egnp.exe"'.encode()),
    "a mark at the front": b"\xef\xbb\xbf" + alerts(b'"b"'),
    "SQL": alerts(b'"\'; DROP TABLE message; --"'),
    "markup": alerts(b'"<script>alert(1)</script>"'),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_body_is_answered_400_with_a_sentence(hearing, name):
    before = hearing.count()
    answer = hearing.alert(REFUSED[name])
    assert (answer.status, set(answer.json)) == (400, {"error", "field"})
    assert len(answer.json["error"]) < 1_000
    assert hearing.count() == before


@pytest.mark.parametrize("name", TAKEN)
def test_an_odd_body_is_kept_and_read(hearing, name):
    assert hearing.alert(TAKEN[name]).status == 200
    assert hearing.kept()[-1] == TAKEN[name]
    done = hearing.desk.signal.process()
    assert (done.messages, done.rejected) == (1, 0)


@settings(max_examples=100)
@given(body=st.binary(max_size=200) | st.text(max_size=60).map(lambda text: json.dumps(text).encode()))
def test_no_bytes_break_the_listener(hearing, body):
    for path, kind in (("/v1/alertmanager", AM), ("/v2/enqueue", None)):
        assert hearing.send(path, body, kind=kind).status == 400


def test_ten_mebibytes_are_answered_413_and_the_sender_hears_it(hearing):
    assert hearing.alert(b"x" * 10 * MIB).status == 413


def head(hearing, *lines: bytes) -> bytes:
    """The first lines of a request, the token among them."""
    token = hearing.tokens[AM].encode()
    start = (b"POST /v1/alertmanager HTTP/1.1", b"Host: localhost", b"Authorization: Bearer " + token)
    return b"\r\n".join((*start, *lines)) + b"\r\n\r\n"


def test_pieces_of_unknown_number_are_answered_413_beyond_a_mebibyte(hearing):
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    said = hearing.raw(
        head(hearing, b"Transfer-Encoding: chunked", b"Connection: close"), *[piece] * 17, b"0\r\n\r\n"
    )
    assert said.startswith(b"HTTP/1.1 413 ")


def test_pieces_are_put_together(hearing):
    body = an_alert()
    pieces = (b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:7], body[7:]))
    said = hearing.raw(
        head(hearing, b"Transfer-Encoding: chunked", b"Connection: close"), *pieces, b"0\r\n\r\n"
    )
    assert said.startswith(b"HTTP/1.1 200 ")
    assert hearing.kept()[-1] == body


@pytest.mark.parametrize("begun", [b"", b'{"alerts": '])
def test_a_body_that_does_not_come_is_answered_408(hearing, begun):
    said = hearing.raw(head(hearing, b"Content-Length: 500"), begun)
    assert said.startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("begun", [b"", b"POST /v1/al", b"POST / HTTP/1.1\r\nHost: loc"])
def test_a_head_that_does_not_come_is_hung_up_on(hearing, begun):
    assert hearing.raw(begun) == b""


def test_an_endless_head_is_hung_up_on(hearing):
    try:
        said = hearing.raw(b"POST / HTTP/1.1\r\n", *[b"X-Spare: " + b"x" * 60_000 + b"\r\n"] * 30)
    except ConnectionError:
        said = b""
    assert b"200" not in said


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST /v1/alertmanager HTTP/1.1\r\nContent-Length: 1\x00\r\n\r\n",
    ],
)
def test_what_is_no_http_is_answered_400(hearing, request_):
    assert hearing.raw(request_).startswith(b"HTTP/1.1 400 ")


def test_without_a_host_nothing_is_taken(hearing):
    said = hearing.raw(b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 421 ")
