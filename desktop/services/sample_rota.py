"""Who is on call at the sample desk: rotas around the clock, and somebody away soon."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from desktop.domain.person import Actor, Person, Role
from desktop.domain.team import Team
from desktop.domain.time_off import LeaveRead, TimeOff
from desktop.services.desk import SET_UP, Desk

_WEEK = timedelta(days=7)


def rotas_of(desk: Desk, script: Mapping[str, Any], cast: Mapping[str, Person], now: datetime) -> None:
    """Keep the rotas and the time off of `sample.yaml`; turns began on the Monday of the week before last."""
    # Only a sample desk has a rota from its beginning.
    from desktop.services.roster import RosterService
    from desktop.services.team import TeamService
    from desktop.services.time_off import TimeOffService

    store, clock, bus = desk.store, desk.clock, desk.bus
    teams = TeamService(store=store, clock=clock, bus=bus)
    roster = RosterService(store=store, clock=clock, bus=bus)
    lead = Actor(SET_UP.name, roles=frozenset({Role.LEAD}))
    for name, zone in script["teams"].items():
        teams.keep(Team(0, name, zone), lead)
    monday = (now - 2 * _WEEK - timedelta(days=now.weekday())).date().isoformat()
    for rota in script["rotas"]:
        layers = [_layer(layer, monday, cast) for layer in rota["layers"]]
        document = {"zone": rota["zone"], "layers": layers}
        roster.create(rota["name"], rota["team"], document, SET_UP, rota["note"])
    leave = TimeOffService(store=store, clock=clock, bus=bus, read=_nothing)
    for entry in script["time_off"]:
        start = (now + timedelta(days=entry["in_days"])).replace(hour=0, minute=0, second=0, microsecond=0)
        end = start + timedelta(days=entry["days"])
        leave.add(TimeOff(0, cast[entry["who"]].id, start, end, entry["reason"]), SET_UP)


def _layer(layer: Mapping[str, Any], monday: str, cast: Mapping[str, Person]) -> dict[str, Any]:
    people: Sequence[Sequence[str]] = layer["people"]
    named = [[str(cast[name].id) for name in group] for group in people]
    return {**layer, "start": f"{monday}T{layer['start']}", "people": named}


def _nothing(_data: bytes, _zone: str, _start: datetime, _end: datetime) -> LeaveRead:
    return LeaveRead(())
