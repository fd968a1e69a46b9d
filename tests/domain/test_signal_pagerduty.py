from datetime import UTC, datetime
from typing import Any

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.signal import SignalAction, parse
from tests.domain.signals import an_event, as_body, the_signal


def test_a_trigger_opens_what_its_summary_says() -> None:
    event = an_event({"timestamp": "2026-03-04T05:06:07.890+0000", "custom_details": {"customer": "Acme"}})
    signal = the_signal("pagerduty", event)
    assert (signal.action, signal.dedup_key, signal.severity_hint) == ("trigger", "checkout/503", "error")
    assert signal.title == "Checkout answers 503"
    assert signal.occurred_at == datetime(2026, 3, 4, 5, 6, 7, 890000, UTC)
    assert signal.understood("customer") == "Acme"


@pytest.mark.parametrize("action", ["acknowledge", "resolve"])
@pytest.mark.parametrize("payload", [None, {}, "x", {"summary": "Checkout answers 503"}])
def test_the_other_actions_need_a_key_only(action: str, payload: object) -> None:
    signal = the_signal(
        "pagerduty", {"event_action": action, "dedup_key": "checkout/503", "payload": payload}
    )
    assert (signal.action, signal.dedup_key) == (action, "checkout/503")
    assert signal.title


@pytest.mark.parametrize("key", ["", "  ", None])
def test_triggers_without_a_key_are_alerts_of_their_own(key: str | None) -> None:
    assert the_signal("pagerduty", an_event(dedup_key=key)).dedup_key is None


def test_the_sender_s_credential_is_no_field() -> None:
    assert "rrrr" not in str(the_signal("pagerduty", an_event()).fields)


def test_a_long_summary_is_cut_with_a_mark() -> None:
    assert len(the_signal("pagerduty", an_event({"summary": "x" * 1024})).title) == 1024
    title = the_signal("pagerduty", an_event({"summary": "x" * 1025})).title
    assert len(title) == 1024
    assert title.endswith("x…")


def test_images_and_links_that_lead_nowhere_are_dropped() -> None:
    images = [{"src": "https://example.com/a.png"}, {"url": "https://example.com/b.png"}, "x", {"src": ""}]
    fields = the_signal("pagerduty", an_event(images=images, links=[{"text": "nowhere"}])).fields
    assert fields["images"] == images[:1]
    assert fields["links"] == []


@pytest.mark.parametrize("details", ["free text", 7, None, [1, {"a": None}], {"{{x}}": "{{y}}"}])
def test_details_may_be_anything_and_stay_as_they_are(details: object) -> None:
    event = an_event({"custom_details": details})
    assert the_signal("pagerduty", event).fields["payload"]["custom_details"] == details


@pytest.mark.parametrize("severity", ["critical", "error", "warning", "info"])
def test_the_four_severities_are_taken(severity: str) -> None:
    assert the_signal("pagerduty", an_event({"severity": severity})).severity_hint == severity


def test_a_change_is_information() -> None:
    change = {"routing_key": "r", "payload": {"summary": "Deployed 4.2", "source": "ci"}}
    signal = the_signal("pagerduty", change)
    assert (signal.action, signal.title, signal.dedup_key) == (SignalAction.INFO, "Deployed 4.2", None)


def without(event: dict[str, Any], *path: str) -> dict[str, Any]:
    inner = event
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return event


@pytest.mark.parametrize(
    ("event", "field"),
    [
        ([], ""),
        ({}, "event_action"),
        (without(an_event(), "event_action"), "event_action"),
        (an_event(event_action="close"), "event_action"),
        (an_event(event_action="TRIGGER"), "event_action"),
        (an_event(event_action=["trigger"]), "event_action"),
        (without(an_event(), "payload"), "payload"),
        (an_event() | {"payload": "hello"}, "payload"),
        (without(an_event(), "payload", "summary"), "payload.summary"),
        (an_event({"summary": " "}), "payload.summary"),
        (an_event({"summary": 7}), "payload.summary"),
        (without(an_event(), "payload", "source"), "payload.source"),
        (an_event({"source": None}), "payload.source"),
        (without(an_event(), "payload", "severity"), "payload.severity"),
        (an_event({"severity": "fatal"}), "payload.severity"),
        (an_event({"severity": ["info"]}), "payload.severity"),
        (an_event(dedup_key="k" * 256), "dedup_key"),
        (an_event(dedup_key=7), "dedup_key"),
        ({"event_action": "resolve"}, "dedup_key"),
        ({"event_action": "acknowledge", "dedup_key": ""}, "dedup_key"),
        (an_event(links="x"), "links"),
        (an_event(images={}), "images"),
    ],
)
def test_a_fault_names_its_path(event: object, field: str) -> None:
    with pytest.raises(DeskError) as fault:
        parse("pagerduty", as_body(event))
    assert fault.value.field == field
    assert fault.value.hint


def test_a_key_of_255_characters_is_taken() -> None:
    assert the_signal("pagerduty", an_event(dedup_key="k" * 255)).dedup_key == "k" * 255


@pytest.mark.parametrize("part", ["images", "links"])
def test_a_change_event_names_its_pictures_and_links_in_a_list_too(part: str) -> None:
    event = {"routing_key": "x" * 32, "payload": {"summary": "Deployed"}, part: True}
    with pytest.raises(DeskError) as fault:
        parse("pagerduty", as_body(event))
    assert fault.value.field == part
