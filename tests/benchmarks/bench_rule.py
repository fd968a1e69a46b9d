"""Triage rules: how long 200 of them take over one signal of 2 kB, reasons included."""

import json
from typing import Any

from desktop.domain.facts import MISSING, SignalFacts
from desktop.domain.rule import Rule, RuleSet, compile
from desktop.domain.signal import Signal, parse
from tests.benchmarks.measure import Row, in_turn, row

RULES = 200
#: What 200 rules with four conditions each may take.
FLOOR_MS = 2.0
ROUNDS = 301


def run(*, quick: bool = False) -> list[Row]:
    """Rows for rules few of which hold, each of which fails at its last condition, and all of which hold."""
    signal = _signal()
    few, late, every = _rules(_mixed), _rules(_late), _rules(_holding)
    times = in_turn(
        5 if quick else ROUNDS,
        lambda: few.decide(_facts(signal)),
        lambda: late.decide(_facts(signal)),
        lambda: every.decide(_facts(signal)),
    )
    names = ("one in twenty holds", "each fails at its last condition", "all hold, 800 reasons")
    return [
        row(f"200 rules over a signal, {name}, set against 2 ms", time_ms, FLOOR_MS, 1.0, "ms")
        for name, time_ms in zip(names, times, strict=True)
    ]


def _signal() -> Signal:
    labels = {"alertname": "CheckoutFails", "severity": "critical", "team": "payments", "host": "pay-eu-17"}
    said = "Since noon every card payment of the checkout in the EU ends in a time-out of the gateway. " * 18
    alert = {
        "status": "firing",
        "labels": labels,
        "annotations": {"summary": "Checkout fails in EU", "description": said},
        "startsAt": "2026-11-23T12:00:00Z",
        "fingerprint": "dd19ae3d4e06ac55",
    }
    body = json.dumps({"version": "4", "status": "firing", "alerts": [alert]}).encode()
    return parse("alertmanager", body)[0]


def _facts(signal: Signal) -> SignalFacts:
    counts = {"rate.ratio": 4.2, "count": 3}
    return SignalFacts(
        signal, source="monitoring-eu", kind="alertmanager", counts=lambda field: counts.get(field, MISSING)
    )


def _rules(conditions_of: Any) -> RuleSet:
    return compile(
        Rule.from_mapping(
            {
                "id": n + 1,
                "name": f"Rule {n + 1}",
                "order": n,
                "conditions": {"all": conditions_of(n)},
                "actions": [{"kind": "add_tag", "value": f"tag {n % 20}"}],
            }
        )
        for n in range(RULES)
    )


def _mixed(n: int) -> list[dict[str, Any]]:
    """Conditions as desks write them: most rules are for another team or source, one in twenty for this."""
    is_ours = n % 20 == 0
    return [
        _one("labels.team", "is", "payments" if is_ours or n % 3 == 0 else f"team {n}"),
        _one("text", "contains", "time-out" if is_ours else f"fault {n}"),
        _one("severity_hint", "is one of", ["critical", "page"]),
        _one("rate.ratio", "at least", 3),
    ]


def _late(n: int) -> list[dict[str, Any]]:
    return [
        _one("labels.team", "is", "payments"),
        _one("text", "does not contain", f"fault {n}"),
        _one("labels.host", "starts with", "pay-"),
        _one("text", "matches", f"*time-out*fault {n}*"),
    ]


def _holding(n: int) -> list[dict[str, Any]]:
    return [
        _one("text", "matches", "*card*time-out*"),
        _one("title", "is not", f"fault {n}"),
        _one("count", "less than", n + 10),
        _one("labels.team", "is one of", ["web", "payments", f"team {n}"]),
    ]


def _one(field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}
