"""Rotas to begin with: a document for each of the ways, filled with the people and teams there are."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from desktop.domain.person import Person, Role
from desktop.ui.roster.ports import RosterFound
from desktop.ui.roster.start_panel import NIGHTS, SUN, WEEKLY

_REGIONS = ("Asia", "Europe", "Americas")
_HOURS = (("00:00", "08:00"), ("08:00", "16:00"), ("16:00", "24:00"))
_WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]


def document_of(way: str, found: RosterFound, now: datetime) -> tuple[str, str, dict[str, Any]]:
    """The name, team and document a way begins with."""
    operator = found.operator
    zone = operator.zone if operator is not None else "UTC"
    team = operator.team if operator is not None else ""
    monday = _monday(now, ZoneInfo("UTC" if way == SUN else zone))
    turns = [[str(person.id)] for person in _on_call(found.people, team)]
    if way == SUN:
        return "Follow the sun", team, {"zone": "UTC", "layers": _sun(found, monday, now)}
    if way == NIGHTS:
        return "Day and night", team, {"zone": zone, "layers": _nights(turns, monday)}
    name = "One person a week" if way == WEEKLY else ""
    layer = _layer("Weeks" if way == WEEKLY else "Primary", f"{monday}T09:00", turns if way == WEEKLY else [])
    return name, team, {"zone": zone, "layers": [layer]}


def _sun(found: RosterFound, monday: str, now: datetime) -> list[dict[str, Any]]:
    """One layer for each of three teams, the one furthest east first; hours in UTC leave no gap all year."""
    named = [team for team in found.teams if team.name]
    teams = sorted(named, key=lambda team: -_offset(team.zone, now))[:3]
    layers = []
    for place, (start, end) in enumerate(_HOURS):
        people = [p for p in found.people if place < len(teams) and p.team == teams[place].name]
        name = teams[place].name if place < len(teams) else _REGIONS[place]
        layer = _layer(name, f"{monday}T{start}", [[str(person.id)] for person in people])
        layers.append({**layer, "restrict": [{"from": start, "to": end}]})
    return layers


def _nights(turns: Sequence[Sequence[str]], monday: str) -> list[dict[str, Any]]:
    """Nights and weekends lie below, days over them; people of the night are a turn ahead of the day's."""
    half = len(turns) // 2
    shifted = [*turns[half:], *turns[:half]]
    night = _layer("Nights and weekends", f"{monday}T20:00", shifted)
    day = _layer("Days", f"{monday}T08:00", turns)
    return [night, {**day, "restrict": [{"days": _WORKDAYS, "from": "08:00", "to": "20:00"}]}]


def _layer(name: str, start: str, people: Sequence[Sequence[str]]) -> dict[str, Any]:
    turns = [list(group) for group in people]
    return {"name": name, "start": start, "every": {"unit": "week", "count": 1}, "people": turns}


def _on_call(people: Sequence[Person], team: str) -> list[Person]:
    """Who would take turns: the on-call people, of the operator's team where there are any."""
    able = [person for person in people if Role.ON_CALL in person.roles] or list(people)
    own = [person for person in able if team and person.team == team]
    return own if len(own) > 1 else able


def _monday(now: datetime, zone: ZoneInfo) -> str:
    local = now.astimezone(zone).date()
    return (local - timedelta(days=local.weekday())).isoformat()


def _offset(zone: str, at: datetime) -> float:
    offset = at.astimezone(ZoneInfo(zone)).utcoffset()
    return offset.total_seconds() if offset is not None else 0.0


def blank_layer(place: int, like: Mapping[str, Any] | None, now: datetime, zone: str) -> dict[str, Any]:
    """One more layer for a rota, by week from Monday morning."""
    start = str(like["start"]) if like is not None else f"{_monday(now, ZoneInfo(zone))}T09:00"
    return _layer(f"Layer {place}", start, [])
