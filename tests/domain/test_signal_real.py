"""Real bodies of some thirty tools, where the folder with them is beside the repository."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop import paths
from desktop.domain.errors import DeskError
from desktop.domain.fingerprint import fingerprint
from desktop.domain.signal import DESK, Signal, SignalAction, links, parse
from desktop.domain.signal_preset import SignalPreset
from desktop.domain.signal_time import instant_of
from desktop.services.yaml_text import read_yaml

PRESETS = {
    "aws_sns": "amazon-sns",
    "cloudwatch_eventbridge": "cloudwatch",
    "gcp_monitoring": "google-cloud-monitoring",
    "goalert_generic": "goalert",
    "grafana_legacy": "grafana-dashboard",
    "grafana_rule": "grafana-rule",
    "prometheus_alert": "prometheus-alert",
}
OWN_KINDS = {
    "grafana_unified": "grafana",
    "grafana_legacy": "grafana",
    "jira": "jira",
    "freshdesk": "freshdesk",
}


@pytest.fixture
def rows(shared_data: Path) -> list[dict[str, Any]]:
    lines = (shared_data / "signals.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def body_of(row: dict[str, Any]) -> bytes:
    raw = row.get("body_raw")
    return (raw if raw is not None else json.dumps(row["body"])).encode()


def kind_of(row: dict[str, Any]) -> str:
    return {"a": "alertmanager", "p": "pagerduty"}.get(row["format"][0], "generic")


def preset_of(row: dict[str, Any]) -> SignalPreset:
    name = PRESETS.get(row["dialect"], row["dialect"])
    if name == "github":
        name = "github-alerts" if "alert" in row["body"] else "github-issues"
    text = (paths.resource("signals") / f"{name}.yaml").read_text(encoding="utf-8")
    return SignalPreset.from_mapping(read_yaml(text))


def differences(row: dict[str, Any], kind: str, mapping: Any = None) -> Iterator[str]:
    """What came of a row otherwise than it must."""
    expected = row["expected"]
    try:
        signals = parse(kind, body_of(row), mapping)
    except DeskError as fault:
        if expected["accepted"] is True:
            yield f"refused: {fault}"
        elif expected.get("errors_name", [fault.field]) != [fault.field]:
            yield f"fault named at {fault.field}"
        return
    if expected["accepted"] is False:
        yield "accepted"
    said = [signal for signal in signals if signal.action is not SignalAction.INFO]
    wanted = [event for event in expected["events"] if event["action"] != "none_or_info"]
    if expected["accepted"] is True and len(said) != len(wanted):
        yield f"{len(said)} signals, not {len(wanted)}"
    for signal, event in zip(said, wanted, strict=False):
        yield from wrong_in(signal, event)


def wrong_in(signal: Signal, event: dict[str, Any]) -> Iterator[str]:
    told = {
        "action": str(signal.action),
        "dedup_key": signal.dedup_key,
        "title": signal.title,
        "summary": signal.title,
        "severity_label": signal.severity_hint,
        "severity": signal.severity_hint,
        "starts_at": signal.occurred_at,
        "labels": signal.fields.get("labels"),
        "priority": signal.fields[DESK].get("priority"),
        "source": signal.fields.get("payload", {}).get("source"),
    }
    wanted = event | {"starts_at": instant_of(event.get("starts_at")), "priority": str(event.get("priority"))}
    if event["action"] == "either":
        wanted["action"] = told["action"]
    for name, value in told.items():
        if event.get(name) is not None and value != wanted[name]:
            yield f"{name} is {value!r}, not {wanted[name]!r}"
    titles = event.get("title_any_of")
    if titles and signal.title not in titles:
        yield f"title {signal.title!r} is none of {titles}"


def test_every_real_body_gives_what_must_come_of_it(rows: list[dict[str, Any]]) -> None:
    wrong = {row["id"]: list(differences(row, kind_of(row), row.get("mapping"))) for row in rows}
    assert len(wrong) == 66
    assert {name: faults for name, faults in wrong.items() if faults} == {}


def test_the_bodies_of_tools_with_a_kind_of_their_own_give_the_same_by_it(rows: list[dict[str, Any]]) -> None:
    own = [row for row in rows if row["dialect"] in OWN_KINDS]
    wrong = {row["id"]: list(differences(row, OWN_KINDS[row["dialect"]])) for row in own}
    assert len(wrong) == 12
    assert {name: faults for name, faults in wrong.items() if faults} == {}


def test_the_shipped_presets_give_the_same_as_the_rows_own_mappings(rows: list[dict[str, Any]]) -> None:
    generic = [row for row in rows if row["format"] == "generic"]
    wrong = {row["id"]: list(differences(row, "generic", preset_of(row).mapping)) for row in generic}
    assert len(wrong) == 28
    assert {name: faults for name, faults in wrong.items() if faults} == {}


def test_the_shipped_presets_know_the_bodies_of_their_tools(rows: list[dict[str, Any]]) -> None:
    generic = [row for row in rows if row["format"] == "generic"]
    unknown = {row["id"] for row in generic if not preset_of(row).fits(row["body"])}
    assert unknown == {"pl-096"}  # a comment of Jira without its issue


def test_alerts_without_a_fingerprint_share_a_key_only_if_they_share_their_labels(
    rows: list[dict[str, Any]],
) -> None:
    keys: dict[str, set[str]] = {}
    for row in rows:
        if row["format"].startswith("alertmanager"):
            for signal in parse("alertmanager", body_of(row)):
                if "fingerprint" not in signal.fields:
                    labels = json.dumps(signal.fields["labels"], sort_keys=True)
                    keys.setdefault(labels, set()).add(str(signal.dedup_key))
    assert all(len(found) == 1 for found in keys.values())
    assert len(set.union(*keys.values())) == len(keys) > 10


def test_the_request_to_confirm_a_subscription_is_shown_with_its_link(rows: list[dict[str, Any]]) -> None:
    [row] = [row for row in rows if row["dialect"] == "aws_sns"]
    [signal] = parse("generic", body_of(row), row["mapping"])
    assert signal.title == row["expected"]["events"][0]["title"]
    assert [link.url for link in links(signal) if link.kind == "confirm"] == [row["body"]["SubscribeURL"]]


def test_the_instances_of_one_alert_are_similar(rows: list[dict[str, Any]]) -> None:
    [row] = [
        row for row in rows if len(row["expected"]["events"]) == 3 and row["dialect"] == "grafana_unified"
    ][:1]
    signals = parse("grafana", body_of(row))
    assert len({fingerprint(signal.title, signal.fields, "grafana") for signal in signals}) == 1
