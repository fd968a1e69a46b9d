"""A storm of one cause: one escalation for each key, one notification, every alert kept and decided."""

import json
from collections import Counter

import pytest

from desktop.domain.events import EscalationChanged, MessagesKept, SignalsDecided
from desktop.domain.source import NewMessage, Source, SourceKind
from desktop.services.receiving import GroupWriter, ReceivingService
from desktop.services.signals import SignalService
from desktop.services.source import SourceService
from tests.services.alarm_desk import LEAD, AlarmDesk

SIZES = [200, pytest.param(10_000, marks=pytest.mark.thorough)]


class Storm:
    """A desk with one source, and what a flood of alerts has made of it."""

    def __init__(self, store, clock):
        self.alarms = AlarmDesk(store, clock)
        parts = {"store": store, "clock": clock, "bus": self.alarms.bus}
        sources = SourceService(**parts, policy=self.alarms.policies)
        self.source = sources.add(Source(0, "", "Prometheus", SourceKind.ALERTMANAGER), LEAD)
        self.receiving = ReceivingService(store=store, bus=self.alarms.bus)
        do = self.alarms.do
        self.signals = SignalService(cases=do.cases, hooks=do.escalation.on_opened)

    def rage(self, alerts, keys):
        """So many alerts of one cause under so many keys, kept as they come, then decided and told of."""
        writer = GroupWriter(self.receiving)
        futures = [writer.submit(self._alert(number % keys)) for number in range(alerts)]
        writer.close()
        assert all(future.result() for future in futures)
        while self.signals.process().remaining:
            pass
        self.alarms.calm()
        self.alarms.sweep()

    def _alert(self, key):
        alert = {
            "status": "firing",
            "labels": {"alertname": "DatabaseDown", "severity": "critical", "instance": f"web-{key}"},
            "annotations": {"summary": "The database is down"},
            "startsAt": "2026-03-02T08:59:00Z",
            "fingerprint": f"{key:016x}",
        }
        body = json.dumps({"version": "4", "status": "firing", "alerts": [alert]}).encode()
        return NewMessage(self.source.id, body, self.alarms.clock.now())

    def dispositions(self):
        return Counter(row[0] for row in self.alarms.rows("SELECT disposition FROM signal"))

    def told(self, kind):
        return [event for event in self.alarms.heard if type(event) is kind]


@pytest.fixture
def storm(store, clock):
    return Storm(store, clock)


@pytest.mark.parametrize("alerts", SIZES)
def test_one_cause_is_one_escalation_for_each_key_and_one_notification(storm, alerts):
    storm.rage(alerts, keys=15)
    assert storm.dispositions() == {"opened": 15, "joined": alerts - 15}
    assert [item.reason for item in storm.alarms.shown] == ["flood"]


@pytest.mark.parametrize("alerts", SIZES)
def test_without_keys_that_repeat_the_source_is_braked_and_nothing_lost(storm, alerts):
    storm.rage(alerts, keys=alerts)
    assert storm.dispositions() == {"opened": 20, "held": alerts - 20}
    assert sorted(item.reason for item in storm.alarms.shown) == ["flood", "storm"]


def test_the_same_key_a_thousand_times_leaves_few_lines_on_the_timeline(storm):
    storm.rage(1_000, keys=1)
    assert len(storm.alarms.events(1, "signal.%")) == 3  # the 10th, the 100th, the 1,000th


def test_the_alert_counts_every_one(storm):
    storm.rage(1_000, keys=4)
    assert storm.alarms.rows("SELECT count FROM alert") == [(250,)] * 4


@pytest.mark.parametrize("alerts", SIZES)
def test_the_desk_is_told_batch_by_batch(storm, alerts):
    storm.rage(alerts, keys=15)
    batches = -(-alerts // 50)
    decided = storm.told(SignalsDecided)
    assert len(decided) <= batches + 1
    assert len(storm.told(EscalationChanged)) <= batches + 2  # and once for the alarms
    assert sum(event.opened + event.joined for event in decided) == alerts
    assert sum(event.count for event in storm.told(MessagesKept)) == alerts


def test_the_audit_trail_holds_after_a_storm(storm):
    storm.rage(500, keys=500)
    assert storm.alarms.do.audit.verify().ok
