"""A rota as it is written, and what the editor has to know of zones."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from desktop.ui.roster.ports import KeepsRotas, RosterFound, Trial


class Written(NamedTuple):
    """A rota as it is written: the schedule it is of (0 for a new one), and the version that was edited."""

    schedule_id: int
    version: int
    name: str
    team: str
    document: Mapping[str, Any]
    note: str


def numbered(
    rotas: KeepsRotas, serial: int, written: Written, start: datetime, end: datetime
) -> tuple[int, Trial]:
    """What trying it gives, with the number of the question."""
    return serial, rotas.trial(written.schedule_id, written.document, start, end)


def zone_of(name: str) -> ZoneInfo:
    """The zone that is typed, UTC until it is one."""
    return ZoneInfo(name) if name in available_timezones() else ZoneInfo("UTC")


def zones_of(found: RosterFound) -> list[str]:
    """Zones to choose from: those of people and teams first."""
    own = [person.zone for person in found.people] + [team.zone for team in found.teams]
    return list(dict.fromkeys([*sorted(set(own)), "UTC", *sorted(available_timezones())]))
