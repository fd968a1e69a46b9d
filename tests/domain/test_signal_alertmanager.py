from datetime import UTC, datetime

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.signal import SignalAction, parse
from tests.domain.signals import a_group, an_alert, as_body, the_signal

KINDS = pytest.mark.parametrize("kind", ["alertmanager", "grafana"])


@KINDS
def test_an_alert_says_what_where_how_grave_and_since_when(kind: str) -> None:
    signal = the_signal(kind, a_group(an_alert()))
    assert signal.action is SignalAction.TRIGGER
    assert signal.dedup_key == "00c0ffee00c0ffee"
    assert signal.title == "Orders wait in the queue"
    assert signal.severity_hint == "page"
    assert signal.occurred_at == datetime(2026, 3, 4, 5, 6, 7, 123456, UTC)
    assert signal.understood("details") == "No consumer for 5 min"


@KINDS
def test_each_alert_counts_for_itself_whatever_the_group_says(kind: str) -> None:
    group = a_group(an_alert(status="resolved"), an_alert(status="firing"), status="firing")
    actions = [signal.action for signal in parse(kind, as_body(group))]
    assert actions == [SignalAction.RESOLVE, SignalAction.TRIGGER]


@pytest.mark.parametrize(
    ("group", "action"),
    [("resolved", SignalAction.RESOLVE), ("firing", SignalAction.TRIGGER), (None, SignalAction.TRIGGER)],
)
def test_an_alert_without_a_status_has_its_group_s(group: str | None, action: SignalAction) -> None:
    alert = an_alert(status=None)
    assert the_signal("alertmanager", a_group(alert, status=group)).action is action


def test_an_alert_without_a_fingerprint_is_known_by_its_labels_in_any_order() -> None:
    one = an_alert(fingerprint=None, labels={"a": "1", "b": "2"})
    same = an_alert(fingerprint="", labels={"b": "2", "a": "1"}, status="resolved")
    other = an_alert(fingerprint=None, labels={"a": "1", "b": "3"})
    keys = [signal.dedup_key for signal in parse("alertmanager", as_body(a_group(one, same, other)))]
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize(
    ("annotations", "title"),
    [
        ({"title": "Disk {{ $labels.disk }} full"}, "Disk {{ $labels.disk }} full"),
        ({"summary": "  two\n lines "}, "two lines"),
        ({"description": "later"}, "QueueStuck"),
        ({"summary": 7}, "7"),
        (None, "QueueStuck"),
    ],
)
def test_the_title_is_a_summary_or_the_name(annotations: object, title: str) -> None:
    assert the_signal("alertmanager", a_group(an_alert(annotations=annotations))).title == title


def test_an_alert_without_any_name_is_taken_all_the_same() -> None:
    alert = an_alert(labels={"job": "x"}, annotations={})
    assert the_signal("alertmanager", a_group(alert)).title == "Alert without a name"


def test_the_fields_are_nested_as_sent_with_the_group_beside() -> None:
    fields = the_signal("alertmanager", a_group(an_alert(), truncatedAlerts=12)).fields
    assert fields["labels"]["instance"] == "mq-03:9100"
    assert fields["group"]["truncatedAlerts"] == 12
    assert "alerts" not in fields["group"]


def test_the_oldest_form_with_numbers_for_version_and_key_is_read() -> None:
    alert = an_alert(fingerprint=None, status=None)
    assert the_signal("alertmanager", a_group(alert, version=0, groupKey=2**70, status="resolved")).dedup_key


def test_no_alerts_say_nothing() -> None:
    assert parse("alertmanager", as_body(a_group())) == []


@pytest.mark.parametrize("started", ["0001-01-01T00:00:00Z", "", None, "yesterday"])
def test_an_alert_without_a_start_has_none(started: object) -> None:
    assert the_signal("alertmanager", a_group(an_alert(startsAt=started))).occurred_at is None


@KINDS
@pytest.mark.parametrize(
    ("group", "field"),
    [
        ([], ""),
        ({}, "alerts"),
        ({"alerts": {}}, "alerts"),
        ({"alerts": [7]}, "alerts[0]"),
        (a_group(an_alert(), an_alert(labels="x")), "alerts[1].labels"),
        (a_group(an_alert(labels={}, fingerprint=None)), "alerts[0].labels"),
        (a_group(an_alert(annotations=[])), "alerts[0].annotations"),
        (a_group(an_alert(status="flapping")), "alerts[0].status"),
        (a_group(an_alert(status=None), status="odd"), "status"),
    ],
)
def test_a_fault_names_its_path(kind: str, group: object, field: str) -> None:
    with pytest.raises(DeskError) as fault:
        parse(kind, as_body(group))
    assert fault.value.field == field


LEGACY = {
    "ruleId": 7,
    "ruleName": "CPU of zeta",
    "state": "alerting",
    "title": "[Alerting] CPU",
    "message": "hot",
}


@pytest.mark.parametrize(
    ("state", "action"),
    [
        ("alerting", "trigger"),
        ("ok", "resolve"),
        ("no_data", "info"),
        ("paused", "info"),
        ("pending", "info"),
    ],
)
def test_a_rule_of_a_dashboard_opens_ends_or_informs_by_its_state(state: str, action: str) -> None:
    signal = the_signal("grafana", LEGACY | {"state": state})
    assert (signal.action, signal.dedup_key, signal.title) == (action, "7", "CPU of zeta")


@pytest.mark.parametrize(
    ("part", "field"), [({"state": "exploded"}, "state"), ({"ruleName": ""}, "ruleName")]
)
def test_a_rule_at_fault_is_refused_naming_the_path(part: dict[str, object], field: str) -> None:
    with pytest.raises(DeskError) as fault:
        parse("grafana", as_body(LEGACY | {"title": ""} | part))
    assert fault.value.field == field
