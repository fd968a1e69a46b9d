"""Bodies as senders write them, for tests: small ones of each family."""

import json
from typing import Any

from desktop.domain.signal import Signal, parse


def as_body(value: object) -> bytes:
    return json.dumps(value).encode()


def the_signal(kind: str, value: object, mapping: dict[str, Any] | None = None) -> Signal:
    [signal] = parse(kind, as_body(value), mapping)
    return signal


def an_alert(**parts: object) -> dict[str, Any]:
    alert: dict[str, Any] = {
        "status": "firing",
        "labels": {"alertname": "QueueStuck", "severity": "page", "instance": "mq-03:9100"},
        "annotations": {"summary": "Orders wait in the queue", "description": "No consumer for 5 min"},
        "startsAt": "2026-03-04T05:06:07.123456789Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "https://prom.example.com/graph?g0.expr=up",
        "fingerprint": "00c0ffee00c0ffee",
    }
    return alert | parts


def a_group(*alerts: dict[str, Any], **parts: object) -> dict[str, Any]:
    group: dict[str, Any] = {
        "version": "4",
        "groupKey": '{}:{alertname="QueueStuck"}',
        "truncatedAlerts": 0,
        "status": "firing",
        "receiver": "desk",
        "externalURL": "https://am.example.com",
        "alerts": list(alerts),
    }
    return group | parts


def an_event(payload: dict[str, Any] | None = None, **parts: object) -> dict[str, Any]:
    usual = {"summary": "Checkout answers 503", "source": "shop-2", "severity": "error"}
    event: dict[str, Any] = {
        "routing_key": "r" * 32,
        "event_action": "trigger",
        "dedup_key": "checkout/503",
        "payload": usual | (payload or {}),
    }
    return event | parts


def an_issue(status: str = "new", **parts: object) -> dict[str, Any]:
    body: dict[str, Any] = {
        "timestamp": 1772600767123,
        "webhookEvent": "jira:issue_updated",
        "issue": {
            "key": "OPS-7",
            "fields": {
                "summary": "Printer on fire",
                "description": "Third floor",
                "priority": {"name": "Highest"},
                "reporter": {"displayName": "Ada"},
                "status": {"name": "Anything", "statusCategory": {"key": status}},
            },
        },
    }
    return body | parts


def a_zendesk_event(name: str = "ticket.created", **detail: object) -> dict[str, Any]:
    usual = {"id": "901", "subject": "Cannot pay", "status": "OPEN", "priority": "URGENT"}
    return {
        "type": f"zen:event-type:{name}",
        "time": "2026-03-04T05:06:07Z",
        "subject": "zen:ticket:901",
        "detail": usual | detail,
        "event": {},
    }


def a_zammad_ticket(**parts: object) -> dict[str, Any]:
    ticket = {
        "id": 81,
        "number": "10081",
        "title": "No coffee",
        "state": "open",
        "priority": {"id": 3, "name": "3 high"},
        "organization": {"name": "Example Roasters"},
        "customer": {"email": "bea@example.com"},
        "updated_at": "2026-03-04T05:06:07.333Z",
    }
    return {"ticket": ticket | parts, "article": {"body": "The machine leaks"}}


def a_freshdesk_ticket(**parts: object) -> dict[str, Any]:
    usual = {
        "ticket_id": 12,
        "ticket_subject": "Late parcel",
        "ticket_status": "Open",
        "ticket_priority": "Urgent",
    }
    return {"freshdesk_webhook": usual | parts}
