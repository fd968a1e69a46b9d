"""Feeds a desk with rules of every state, what people overruled, and maintenance, to look at."""

import json
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from db.queries import escalation as escalations
from desktop.domain.clock import ManualClock
from desktop.domain.instant import to_us
from desktop.domain.maintenance import MaintenanceWindow
from desktop.domain.person import Actor, Role
from desktop.domain.rule import Rule
from desktop.domain.signal_kept import KeptSignal
from desktop.domain.source import NewMessage, Source, SourceKind
from desktop.services.desk import Desk
from desktop.services.maintenance import MaintenanceService
from desktop.services.rules import RuleService

_DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "signals.jsonl"
_KINDS = {
    "alertmanager": (SourceKind.ALERTMANAGER, "Monitoring EU"),
    "events_api": (SourceKind.PAGERDUTY, "Service checks"),
    "grafana_unified": (SourceKind.GRAFANA, "Dashboards"),
    "jira": (SourceKind.JIRA, "Issue tracker"),
    "freshdesk": (SourceKind.FRESHDESK, "Helpdesk"),
}
_LEAD = Actor("Lea Brandt", None, frozenset(Role))
_DAYS = 3


def feed(database: Path, backups: Path, now: datetime) -> None:
    """Tell a desk's last three days; without the real bodies beside the clone nothing comes in."""
    clock = ManualClock(now - timedelta(days=_DAYS))
    with closing(Desk.open(database, backups, clock)) as desk:
        sources = {
            dialect: desk.source.add(Source(0, "", name, kind, storm_count=200), _LEAD)
            for dialect, (kind, name) in _KINDS.items()
        }
        rules = _rules(desk)
        bodies = _bodies()
        for day in range(_DAYS):
            for dialect, body in bodies:
                _say(desk, sources[dialect], body)
                clock.forward(minutes=12 if day < _DAYS - 1 else 3)
            clock.set(now - timedelta(days=_DAYS - 1 - day) - timedelta(hours=2))
        _overrule(desk, clock)
        _trip(desk, rules["Spike"], clock)
        _maintain(desk, clock)
        desk.switch.stop("Rules send everything to Payments", _LEAD)
        for dialect, body in bodies[:9]:
            _say(desk, sources[dialect], body)
        desk.switch.resume(_LEAD)


def _bodies() -> list[tuple[str, bytes]]:
    if not _DATA.exists():
        return []
    rows = map(json.loads, _DATA.read_text(encoding="utf-8").splitlines())
    return [
        (row["dialect"], (row.get("body_raw") or json.dumps(row["body"])).encode())
        for row in rows
        if row["dialect"] in _KINDS
    ]


def _say(desk: Desk, source: Source, body: bytes) -> None:
    desk.receiving.keep([NewMessage(source.id, body, desk.clock.now())])
    desk.signal.process()


def _rules(desk: Desk) -> dict[str, Rule]:
    service = RuleService(store=desk.store, clock=desk.clock, bus=desk.bus, policy=desk.policy)
    policy = desk.policy.active()
    area = policy.areas[0]
    people = [person for person in desk.person.all() if person.active]
    named: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]] = {
        "Critical alerts of monitoring": (
            [_one("severity_hint", "is one of", ["critical", "error", "severe"])],
            [_do("set_severity", 2), _do("set_issue_type", area.issue_types[0].key)],
            {},
        ),
        "Urgent by the customer's own word": (
            [
                _one("kind", "is one of", ["freshdesk", "zendesk", "jira"]),
                _one("severity_hint", "is", "High"),
            ],
            [_do("set_severity", 1), _do("assign", people[0].id), _do("add_tag", "customer-reported")],
            {},
        ),
        "VIP customer": ([_one("tier", "is", policy.tiers[-1].key)], [_do("set_business_impact", 5)], {}),
        "Spike": ([_one("rate.ratio", "at least", 3)], [_do("set_severity", 1), _do("open")], {}),
        "Again within a week": (
            [_one("repeat.7d", "at least", 2)],
            [_do("review", "It came back within the week")],
            {"mode": "propose"},
        ),
        "Test alerts": (
            [{"any": [_one("title", "contains", "test"), _one("text", "contains", "drill")]}],
            [_do("suppress", "A test of the monitoring itself")],
            {"stop": True, "enabled": False},
        ),
    }
    kept = {}
    for name, (conditions, actions, more) in named.items():
        document = {"name": name, "conditions": {"all": conditions}, "actions": actions} | more
        kept[name] = service.add(document, _LEAD)
    first = kept["Critical alerts of monitoring"]
    changed = first.to_mapping() | {"actions": [_do("set_severity", 2), _do("assign", people[1].id)]}
    service.edit(first.id, changed, _LEAD)
    return kept


def _one(field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


def _do(kind: str, value: Any = None) -> dict[str, Any]:
    return {"kind": kind} | ({} if value is None else {"value": value})


def _overrule(desk: Desk, clock: ManualClock) -> None:
    """People set otherwise what the rules had set on some of what they opened."""
    opened = {kept.escalation_id: kept for kept in desk.signal.recent(limit=400) if kept.number}
    why = ("One shop only", "Known, a fix is under way", "The customer works around it")
    severity = desk.escalations.classification.set_severity
    for at, escalation_id in enumerate(list(opened)[:8]):
        if escalation_id and _is_ruled(desk, opened[escalation_id]):
            severity(escalation_id, 3, why[at % len(why)], _LEAD)
            clock.forward(minutes=2)


def _is_ruled(desk: Desk, kept: KeptSignal) -> bool:
    with desk.store.read() as session:
        state = escalations.get(session, kept.escalation_id or 0)
    return state.is_open and state.severity in (1, 2)


def _trip(desk: Desk, rule: Rule, clock: ManualClock) -> None:
    """The breaker of a rule is out, as after a flood."""
    with desk.store.begin() as session:
        session.sql(
            "UPDATE rule SET tripped_at = ?, tripped_why = ? WHERE id = ?",
            (to_us(clock.now()), "It fired 61 times within 10 min, usually it is 2.", rule.id),
        )


def _maintain(desk: Desk, clock: ManualClock) -> None:
    service = MaintenanceService(store=desk.store, clock=clock, bus=desk.bus)
    now_us, hour = to_us(clock.now()), 3_600_000_000
    for name, start, end in (
        ("Database move", -1, 30),
        ("Network of the second data centre", 20, 23),
        ("Release of the shop", 70, 72),
    ):
        window = MaintenanceWindow(0, name, now_us + start * hour, now_us + end * hour, "As announced")
        service.plan(window, _LEAD)
