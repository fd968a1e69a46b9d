"""Rules as people need them, written in the editor by hand and proven with bodies that tools really send."""

import json
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from db.queries import change
from desktop.domain.person import Role
from desktop.domain.rule import Mode
from desktop.domain.source import Source, SourceKind
from desktop.ui.rules.page import RulesPage
from desktop.wiring.rules_screens import DeskMaintenance, DeskRules
from tests.services.signal_desk import SignalDesk

ALERT = {
    "version": "4",
    "status": "firing",
    "receiver": "desk",
    "groupKey": '{}:{alertname="InstanceDown"}',
    "alerts": [
        {
            "status": "firing",
            "labels": {"alertname": "InstanceDown", "instance": "web-1", "severity": "critical"},
            "annotations": {"summary": "Instance web-1 is down"},
            "startsAt": "2026-11-23T09:00:00Z",
            "endsAt": "0001-01-01T00:00:00Z",
            "fingerprint": "f404ecabc8dd5cd7",
        }
    ],
}


@pytest.fixture
def signals(real_desk):
    real_desk.act_as(Role.LEAD)
    return SignalDesk(real_desk.base)


@pytest.fixture
def page(signals, real_desk, around, qtbot):
    base = signals.base
    desk = SimpleNamespace(
        store=base.store,
        clock=base.clock,
        bus=base.bus,
        policy=base.policy,
        person=real_desk.person,
        source=signals.sources,
    )
    rules = DeskRules(desk)
    made = RulesPage(rules, DeskMaintenance(desk, rules), around)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    return made


@pytest.fixture
def write(page, around, qtbot):
    """Writes a rule with these conditions, as (field, operator, value) in the words of the screen."""

    def written(*conditions: tuple[str, str, str]) -> None:
        page.refresh()
        qtbot.waitUntil(lambda: around.runner.pending == 0)
        page.rules.add()
        editor = page.rules.editor
        editor.name.setText("By hand")
        editor.state.button("on").click()
        for _ in conditions[1:]:
            editor.conditions.add_button.click()
        for row, (field, operator, value) in zip(editor.conditions.parts, conditions, strict=True):
            row.field.setEditText(field)
            row.operator.setCurrentText(operator)
            row.value.setEditText(value)
        qtbot.keyClick(editor.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: around.runner.pending == 0)
        assert not editor.isVisible(), editor.error.text()

    return written


def source(signals, kind, name="Tool"):
    return signals.sources.add(Source(0, "", name, kind, customer_id=1), signals.lead)


def comes(signals, sender, body):
    signals.keep(json.dumps(body).encode(), source=sender)
    signals.signals.process()
    return signals.signals.recent(limit=1)[0]


def alert(name):
    body = json.loads(json.dumps(ALERT))
    body["alerts"][0]["labels"]["instance"] = name
    body["alerts"][0]["fingerprint"] = name
    return body


def test_what_a_customer_reports_as_urgent_is_graded(signals, write, shared_data):
    lines = (shared_data / "signals.jsonl").read_text(encoding="utf-8").splitlines()
    (body,) = [row["body"] for row in map(json.loads, lines) if row["dialect"] == "freshdesk"]
    helpdesk = source(signals, SourceKind.FRESHDESK, "Helpdesk")
    write(("Kind of source", "is", "freshdesk"), ("Severity as sent", "is one of", "high, urgent"))
    kept = comes(signals, helpdesk, body)
    assert (kept.signal.severity_hint, signals.escalation(kept).severity) == ("High", 2)


def test_what_a_customer_calls_unimportant_is_not(signals, write, shared_data):
    helpdesk = source(signals, SourceKind.GENERIC, "Form")
    write(
        ("Severity as sent", "is one of", "high, urgent"),
    )
    assert signals.firings(comes(signals, helpdesk, {"title": "A typo", "severity": "low"})) == []


@pytest.mark.parametrize(("tier", "fired"), [("strategic", 1), ("standard", 0)])
def test_a_vip_customer_is_known_by_its_tier(signals, write, tier, fired):
    with signals.store.begin() as session:
        change.write(session, "customer", 1, {"tier": tier})
    name = next(one.name for one in signals.base.policy.active().tiers if one.key == "strategic")
    write(("Customer's tier", "is one of", name))
    kept = comes(signals, source(signals, SourceKind.ALERTMANAGER), ALERT)
    assert len(signals.firings(kept)) == fired


def test_a_spike_is_more_than_a_source_usually_says(signals, write):
    tool = source(signals, SourceKind.ALERTMANAGER)
    for hour in range(48):
        comes(signals, tool, alert(f"old-{hour}"))
        signals.clock.forward(hours=1)
    write(("Times the usual", "at least", "3"), ("Signals in 10 minutes", "at least", "5"))
    fired = [bool(signals.firings(comes(signals, tool, alert(f"web-{n}")))) for n in range(6)]
    assert fired == [False] * 4 + [True] * 2


def test_what_comes_again_within_a_week_is_a_repeat(signals, write):
    tool = source(signals, SourceKind.ALERTMANAGER)
    first = comes(signals, tool, ALERT)
    commands = signals.base.commands
    commands.transition.move(first.escalation_id, "standard", signals.lead, reason="looked at")
    write(("Same alert in 7 days", "at least", "1"))
    signals.clock.forward(days=3)
    again = comes(signals, tool, alert("web-1"))
    assert (again.number != first.number, len(signals.firings(again))) == (True, 1)
    signals.clock.forward(days=8)
    assert signals.firings(comes(signals, tool, alert("elsewhere"))) == []


def test_a_name_that_is_chosen_is_kept_as_its_key_and_shown_as_a_name(signals, page, write):
    probe = signals.probe
    write(("Source", "is one of", probe.name))
    rule = signals.rules.all()[0].rule
    assert (rule.conditions.parts[0].value, rule.mode) == ((probe.key,), Mode.ACT)
    page.rules.edit()
    assert page.rules.editor.conditions.parts[0].value.currentText() == probe.name
    assert f"source is one of “{probe.name}”" in page.rules.editor.sentence.text()
