"""Schedules, instants and clock changes for the tests of rosters."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from desktop.domain.roster import Schedule

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
#: Changes by an hour and by half an hour, at midnight, over Ramadan, south of the equator, and none at all.
ZONES = (
    "America/Chicago",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Kolkata",
)
YEARS = range(2025, 2031)


def utc(text: str) -> datetime:
    """An instant written without its Z."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def at_wall(zone: str, text: str, fold: int = 0) -> datetime:
    """The instant at which a zone's clock shows a time that exists; of two the one `fold` says."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def walls(zone: str, instants: list[datetime]) -> list[str]:
    """What a zone's clock shows at each instant."""
    return [f"{at.astimezone(ZoneInfo(zone)):%m-%d %H:%M}" for at in instants]


def layer(name="primary", start="2026-03-02T09:00", unit="week", count=1, people="ABC", **more):
    """A layer of a document; each letter of `people` is a group of one."""
    groups = [[letter] for letter in people] if isinstance(people, str) else people
    return {"name": name, "start": start, "every": {"unit": unit, "count": count}, "people": groups, **more}


def schedule(*layers, zone="Europe/Berlin", holidays_of=None, **more) -> Schedule:
    """A schedule of these layers, lowest first."""
    return Schedule.from_mapping({"zone": zone, "layers": list(layers), **more}, holidays=holidays_of)


def override(start: str, end: str, **people):
    """An override of a document, from and to written without their Z."""
    return {"from": start + "Z", "to": end + "Z", **people}


def off(person: str, start: str, end: str):
    """Time off of a document, from and to written without their Z."""
    return {"person": person, "from": start + "Z", "to": end + "Z"}


def said(shifts) -> list[str]:
    """Shifts as short lines: `02 14:00 – 02 16:00 AB primary`."""
    return [f"{s.start:%d %H:%M} – {s.end:%d %H:%M} {''.join(s.people)} {s.layer}" for s in shifts]


@lru_cache(maxsize=32)
def clock_changes(zone: str) -> tuple[datetime, ...]:
    """Every change of a zone's clock from 2025 to 2030, found by looking at it hour by hour."""
    place = ZoneInfo(zone)
    at, end = datetime(YEARS.start, 1, 1, tzinfo=UTC), datetime(YEARS.stop, 1, 1, tzinfo=UTC)
    found = []
    offset = at.astimezone(place).utcoffset()
    while at < end:
        at += HOUR
        if at.astimezone(place).utcoffset() != offset:
            offset = at.astimezone(place).utcoffset()
            found.append(at if (at - MINUTE).astimezone(place).utcoffset() != offset else _exactly(at, place))
    return tuple(found)


def _exactly(at: datetime, place: ZoneInfo) -> datetime:
    offset = at.astimezone(place).utcoffset()
    while (at - MINUTE).astimezone(place).utcoffset() == offset:
        at -= MINUTE
    return at
