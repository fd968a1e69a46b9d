"""Times in messages: absolute, with their zone, and with the date where it is not today's."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desktop.domain.handoff_words import absolute, counted


def in_message(at: datetime, zone: str, now: datetime, also: str = "", *, names_zone: bool = True) -> str:
    """An instant for a reader in this zone: `15:30 Europe/Berlin (UTC+01:00)`, with its day if not today.

    `also` is the zone of another reader; where its clock shows another time, that stands behind it. Without
    the zone it is for a place where a time beside it names it.
    """
    said = _one(at, zone, now)
    if not names_zone:
        return said[: said.index(":") + 3]
    if also and at.astimezone(ZoneInfo(also)).utcoffset() != at.astimezone(ZoneInfo(zone)).utcoffset():
        return f"{said}, {_one(at, also, now)}"
    return said


def clock_of(at: datetime, zone: str) -> str:
    """The time of day alone: `15:30`."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def length(span: timedelta) -> str:
    """A length of time in two units at most: `1 day 4 hours`, `40 minutes`."""
    minutes = max(round(span.total_seconds() / 60), 0)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [
        counted(count, word) for count, word in ((days, "day"), (hours, "hour"), (minutes, "minute")) if count
    ]
    return " ".join(parts[:2]) if parts else "less than a minute"


def _one(at: datetime, zone: str, now: datetime) -> str:
    whole = absolute(at, zone)
    there = ZoneInfo(zone)
    if at.astimezone(there).date() != now.astimezone(there).date():
        return whole
    return whole[whole.index(":") - 2 :]
