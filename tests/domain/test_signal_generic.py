from datetime import UTC, datetime
from typing import Any

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.signal import DESK, SignalAction, parse
from desktop.domain.signal_mapping import SignalMapping
from tests.domain.signals import as_body, the_signal

MAPPING: dict[str, Any] = {
    "title": "check.name",
    "key": "check.id",
    "state": "check.up",
    "resolve_when": [True],
    "acknowledge_when": ["seen"],
    "ignore_when": ["paused", 0],
    "severity": "level",
    "priority": "prio",
    "details": "why",
    "customer": "tags.customer",
    "reference": "ticket",
    "occurred_at": "at or sent",
}


def a_check(**parts: object) -> dict[str, Any]:
    return {"check": {"name": "Shop answers", "id": 17, "up": False}, "level": "Grave"} | parts


def test_a_mapping_says_where_what_stands() -> None:
    signal = the_signal(
        "generic",
        a_check(prio=4, why="503", tags={"customer": "Acme"}, ticket="T-1", at="?", sent=1772600767),
        MAPPING,
    )
    assert (signal.action, signal.dedup_key, signal.title) == ("trigger", "17", "Shop answers")
    assert (signal.severity_hint, signal.occurred_at) == ("Grave", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC))
    assert signal.fields[DESK] == {
        "severity": "Grave",
        "priority": "4",
        "customer": "Acme",
        "reference": "T-1",
        "details": "503",
    }


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (True, "resolve"), ("TRUE", "resolve"), (1, "trigger"), (False, "trigger"), ("Seen ", "acknowledge"),
        ("Paused", "info"), (0, "info"), ("0", "info"), (None, "trigger"), ("", "trigger"), ([], "trigger"),
        ("anything", "trigger"),
    ],
)  # fmt: skip
def test_words_of_the_state_say_what_to_do_and_true_is_not_one(state: object, action: str) -> None:
    body = {"check": {"name": "Shop answers", "up": state}}
    assert the_signal("generic", body, MAPPING).action == action


def test_without_a_key_the_title_stands_for_it() -> None:
    body = {"check": {"name": "Shop answers"}}
    assert the_signal("generic", body, MAPPING).dedup_key == "Shop answers"
    assert the_signal("generic", body, MAPPING | {"key": None}).dedup_key == "Shop answers"


def test_long_keys_stay_apart_within_255_characters() -> None:
    keys = [the_signal("generic", {"title": "x", "key": "k" * 5000 + end}).dedup_key or "" for end in "ab"]
    assert len(keys[0]) == len(keys[1]) == 255
    assert keys[0] != keys[1]


def test_without_a_severity_the_priority_is_the_hint() -> None:
    assert the_signal("generic", {"title": "x", "priority": "P2"}).severity_hint == "P2"


def test_a_script_needs_no_mapping() -> None:
    body = {"title": "Backup failed", "key": "backup", "status": "Resolved", "customer": {"name": "Acme"}}
    signal = the_signal("generic", body)
    assert (signal.action, signal.dedup_key, signal.title) == ("resolve", "backup", "Backup failed")
    assert signal.understood("customer") == "Acme"


def test_a_list_gives_one_signal_for_each() -> None:
    assert [signal.title for signal in parse("generic", b'[{"title": "a"}, {"title": "b"}]')] == ["a", "b"]


def test_json_written_as_text_is_opened_where_the_mapping_says() -> None:
    body = {"Message": '{"AlarmName": "CPU", "State": "OK", "more": "[1]"}', "other": "[2]"}
    mapping = {"title": "Message.AlarmName", "state": "Message.State", "resolve_when": ["ok"]}
    signal = the_signal("generic", body, mapping | {"nested_json": ["Message", "Message.more", "nowhere[3]"]})
    assert (signal.action, signal.title) == ("resolve", "CPU")
    assert signal.fields["Message"]["more"] == [1]
    assert signal.fields["other"] == "[2]"


def test_text_that_should_be_json_and_is_not_stays_text() -> None:
    mapping = {"title": "Message", "nested_json": ["Message"]}
    assert the_signal("generic", {"Message": '{"a": 1, "a": 2}'}, mapping).title == '{"a": 1, "a": 2}'


def test_opened_json_counts_for_the_depth() -> None:
    body = {"m": "[" * 60 + "]" * 60, "title": "x"}
    mapping = {"title": "title", "nested_json": ["a.b.c.d.e.m"]}
    assert the_signal("generic", {"title": "x", "a": {"b": {"c": body}}}, mapping)
    with pytest.raises(DeskError, match="64 deep"):
        parse("generic", as_body({"title": "x", "a": {"b": {"c": {"d": {"e": body}}}}}), mapping)


def test_a_request_to_confirm_a_subscription_is_information_whatever_the_mapping() -> None:
    body = {
        "Type": "SubscriptionConfirmation",
        "SubscribeURL": "https://sns.example.com/?Action=ConfirmSubscription",
    }
    signal = the_signal("generic", body, MAPPING)
    assert (signal.action, signal.title) == (SignalAction.INFO, "SubscriptionConfirmation")


def test_braces_in_a_text_are_no_template() -> None:
    signal = the_signal("generic", {"title": "Disk of {{host.name}} {% x %} ${y} %s {0}"})
    assert signal.title == "Disk of {{host.name}} {% x %} ${y} %s {0}"


def test_a_title_is_one_line_that_reads_as_it_is_written() -> None:
    assert the_signal("generic", {"title": " a\r\n\tb\u202e c\u0007 ❤️ "}).title == "a b c ❤️"


def test_a_sender_cannot_say_for_the_desk_what_it_understood() -> None:
    assert the_signal("generic", {"title": "x", "desk": {"customer": "Acme"}}).fields[DESK] == {}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (7, ""),
        ([{}, 7], "[0].check.name"),
        ([7], "[0]"),
        ({}, "check.name"),
        ({"check": {"name": [1]}}, "check.name"),
    ],
)
def test_a_body_without_a_title_is_refused_naming_the_path(body: object, field: str) -> None:
    with pytest.raises(DeskError) as fault:
        parse("generic", as_body(body), MAPPING)
    assert fault.value.field == field


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(DeskError, match="no kind of signal"):
        parse("pigeon", b"{}")


def test_a_ready_mapping_reads_the_same_as_its_document() -> None:
    ready = SignalMapping.from_mapping(MAPPING)
    assert parse("generic", as_body(a_check()), ready) == parse("generic", as_body(a_check()), MAPPING)
