"""Feeds a desk with the real bodies of all tools there are, twice, and makes a family of what they opened.

The bodies lie beside the repository, in `../shared/data/signals.jsonl`; without them nothing is fed.
"""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from desktop.domain.clock import ManualClock
from desktop.domain.disposition import Disposition
from desktop.domain.person import Actor, Role
from desktop.domain.source import NewMessage, Source, SourceKind
from desktop.services.desk import Desk
from desktop.services.family import FamilyService
from desktop.services.rules import RuleService
from desktop.services.signal_preset import presets, recognised

BODIES = Path(__file__).resolve().parents[3] / "shared" / "data" / "signals.jsonl"
_KINDS = {
    "alertmanager_v4": SourceKind.ALERTMANAGER,
    "alertmanager_other": SourceKind.ALERTMANAGER,
    "pagerduty_v2": SourceKind.PAGERDUTY,
    "pagerduty_v2_change": SourceKind.PAGERDUTY,
}
_FEEDER = Actor("Ada Quist", None, frozenset(Role) - {Role.OWNER})
_APART = timedelta(minutes=4)
_RELATIVES = 4


class Body(NamedTuple):
    """A real body and the tool it is of."""

    kind: SourceKind
    tool: str
    data: bytes


def feed(database: Path, until: datetime) -> int:
    """Let all of them come, the last one at that instant; gives the id of the parent of a family, or 0."""
    bodies = list(_bodies())
    if not bodies:
        return 0
    clock = ManualClock(until - _APART * (2 * len(bodies) + 1))
    with closing(Desk.open(database, database.parent / "feed-backups", clock)) as desk:
        sources = {tool: _source(desk, body) for tool, body in {body.tool: body for body in bodies}.items()}
        grave = ({"kind": "set_severity", "value": 2}, {"kind": "open"})
        _add_rule(desk, "Alertmanager is grave", "source", "is", "alertmanager", *grave)
        for body in (*bodies, *bodies):
            clock.forward(_APART)
            desk.receiving.keep([NewMessage(sources[body.tool].id, body.data, clock.now())])
            desk.signal.process()
        # A rule that was not there when the signals came, so that a replay differs.
        known = {"kind": "suppress", "value": "The storage team knows"}
        _add_rule(desk, "Disks are known", "title", "contains", "disk", known)
        return _relate(desk)


def _bodies() -> Iterator[Body]:
    if BODIES.is_file():
        for line in BODIES.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            data = (row.get("body_raw") or json.dumps(row["body"])).encode()
            yield Body(_KINDS.get(row["format"], SourceKind.GENERIC), row["dialect"], data)


def _source(desk: Desk, body: Body) -> Source:
    mapping = None
    if body.kind is SourceKind.GENERIC:
        preset = recognised(json.loads(body.data), presets().values())
        mapping = preset.mapping.to_mapping() if preset is not None else None
    name = body.tool.replace("_", " ").capitalize()
    customer_id = desk.customer.all()[0].id
    source = Source(0, "", name, body.kind, customer_id=customer_id, mapping=mapping, storm_count=200)
    return desk.source.add(source, _FEEDER)


def _relate(desk: Desk) -> int:
    """What names the most addresses is the parent of the next few."""
    opened = [one for one in desk.signal.recent(limit=500) if one.disposition is Disposition.OPENED]
    opened.sort(key=lambda one: -len(desk.signal.details(one.id).links))
    found = dict.fromkeys(one.escalation_id or 0 for one in opened)
    ids = [own for own in found if desk.escalations.details.details(own, _FEEDER).escalation.is_open]
    family = FamilyService(cases=desk.escalations.cases, search=desk.search)
    for child_id in ids[1:_RELATIVES]:
        family.set_parent(child_id, ids[0], _FEEDER, "One cause")
    return ids[0] if ids else 0


def _add_rule(desk: Desk, name: str, field: str, operator: str, value: str, *actions: dict[str, Any]) -> None:
    rules = RuleService(store=desk.store, clock=desk.clock, bus=desk.bus, policy=desk.policy)
    condition = {"field": field, "operator": operator, "value": value}
    rules.add({"name": name, "conditions": {"all": [condition]}, "actions": list(actions)}, _FEEDER)
