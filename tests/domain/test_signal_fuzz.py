"""Whatever is sent, a reading gives signals or a sentence: nothing else comes out."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.fingerprint import fingerprint
from desktop.domain.signal import KINDS, links, parse
from desktop.domain.signal_mapping import SignalMapping
from tests.domain.signals import (
    a_freshdesk_ticket,
    a_group,
    a_zammad_ticket,
    a_zendesk_event,
    an_alert,
    an_event,
    an_issue,
)

EACH_KIND = pytest.mark.parametrize("kind", KINDS)
TEMPLATES: dict[str, Any] = {
    "alertmanager": a_group(an_alert(), an_alert()),
    "grafana": a_group(an_alert(), state="alerting", ruleName="x"),
    "pagerduty": an_event(links=[{"href": "https://example.com"}], images=[]),
    "jira": an_issue(),
    "zendesk": a_zendesk_event(),
    "zammad": a_zammad_ticket(),
    "freshdesk": a_freshdesk_ticket(),
    "generic": {"title": "x", "key": 1, "state": "ok", "at": "2026-01-01", "labels": {"severity": "x"}},
}
ODD = st.sampled_from(
    [
        "\x00",
        "\ud800",
        "{{x}}",
        "0001-01-01T00:00:00Z",
        "https://[",
        "https://a",
        "",
        "x" * 3000,
        10**400,
        1e308,
        -1,
    ]
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), ODD),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@st.composite
def spoilt(draw: st.DrawFn, value: Any) -> Any:
    """A good body in which something, somewhere, is something else or gone."""
    if isinstance(value, dict) and value and draw(st.integers(0, 9)):
        name = draw(st.sampled_from(sorted(value)))
        rest = {other: entry for other, entry in value.items() if other != name}
        return rest if draw(st.integers(0, 9)) == 0 else value | {name: draw(spoilt(value[name]))}
    if isinstance(value, list) and value and draw(st.booleans()):
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], draw(spoilt(value[place])), *value[place + 1 :]]
    return draw(JSON)


def read(kind: str, body: bytes) -> None:
    """Read a body as its kind does, and use all that comes of it."""
    try:
        SignalMapping().sample(body)
        signals = parse(kind, body)
    except DeskError as fault:
        str(fault).encode()  # a person reads it, and the answer to the sender is made of it
        return
    for signal in signals:
        assert signal.title == signal.title.strip() != ""
        assert len(signal.title) <= 1024
        assert signal.dedup_key is None or 0 < len(signal.dedup_key) <= 255
        json.dumps(signal.fields, allow_nan=False, ensure_ascii=False).encode()
        assert all(link.url.casefold().startswith("http") for link in links(signal))
        fingerprint(signal.title, signal.fields, kind)


@EACH_KIND
@given(body=st.binary(max_size=200))
def test_any_bytes(kind: str, body: bytes) -> None:
    read(kind, body)


@EACH_KIND
@given(value=JSON)
def test_any_json(kind: str, value: object) -> None:
    read(kind, json.dumps(value).encode())


@EACH_KIND
@given(data=st.data())
@settings(max_examples=200)
def test_a_good_body_spoilt_somewhere(kind: str, data: st.DataObject) -> None:
    read(kind, json.dumps(data.draw(spoilt(TEMPLATES[kind]))).encode())


@EACH_KIND
@given(data=st.data())
def test_a_good_body_with_bytes_changed(kind: str, data: st.DataObject) -> None:
    body = bytearray(json.dumps(TEMPLATES[kind]).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    read(kind, bytes(body))


@given(
    document=st.dictionaries(
        st.sampled_from(["title", "key", "state", "resolve_when", "nested_json", "occurred_at", "other"]),
        JSON,
    ),
    value=JSON,
)
def test_any_mapping(document: dict[str, Any], value: object) -> None:
    with suppress(DeskError):
        parse("generic", json.dumps(value).encode(), document)
