"""Zones, dates, wall times and instants in a schedule's document, and back."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop.domain.instant import US_PER_DAY, US_PER_SECOND, from_us, to_us
from desktop.domain.policy_node import Node

#: The years a rota reaches over: beyond them a slip of the pen is likelier than a plan.
FIRST_YEAR, LAST_YEAR = 1900, 2200

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")
_WALL_HINT = 'Write the time on the wall, as "2026-03-02T09:00".'
_INSTANT_HINT = 'Write the instant with its zone, as "2026-03-02T09:00:00Z".'
_DAY_HINT = 'Write dates as "2026-12-25".'
_TIME_HINT = 'Write times in quotes, as "09:00".'


def read_zone(node: Node) -> str:
    """The IANA name of a time zone."""
    try:
        return ZoneInfo(node.text()).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise node.fault(
            f"there is no time zone “{node.value}”.", "Use a name such as “Europe/Berlin”."
        ) from None


def read_wall(node: Node) -> datetime:
    """A date and time without a zone."""
    wall = _moment(node, _WALL_HINT)
    if wall.tzinfo is not None:
        raise node.fault("this time has a zone of its own; it is a time on the wall.", _WALL_HINT)
    return wall


def read_instant(node: Node) -> int:
    """A date and time with its zone, in microseconds since the epoch."""
    at = _moment(node, _INSTANT_HINT)
    if at.utcoffset() is None:
        raise node.fault("this time has no time zone.", _INSTANT_HINT)
    return to_us(at)


def read_stretch(parts: dict[str, Node]) -> tuple[int, int]:
    """The instants under `from` and `to`, in order."""
    start, end = read_instant(parts["from"]), read_instant(parts["to"])
    if end <= start:
        raise parts["to"].fault("this ends before it begins.", "Choose an end after the start.")
    return start, end


def read_day(node: Node) -> date:
    """A date."""
    if isinstance(node.value, date) and not isinstance(node.value, datetime):  # YAML reads a bare date as one
        return _in_reach(node, node.value)
    text = node.text()
    try:
        return _in_reach(node, date.fromisoformat(text))
    except ValueError:
        raise node.fault(f"“{text}” is not a date.", _DAY_HINT) from None


def read_time(node: Node, *, may_be_midnight: bool) -> int:
    """A time of day in microseconds since midnight; `24:00` only where something ends."""
    text = node.text()
    if text == "24:00" and may_be_midnight:
        return US_PER_DAY
    match = _TIME.fullmatch(text)
    if match is None:
        raise node.fault(f"“{text}” is not a time of day.", _TIME_HINT)
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * US_PER_SECOND


def wall_text(wall: datetime) -> str:
    """A wall time as a document holds it, seconds only where there are any."""
    return wall.isoformat(timespec="auto" if wall.second or wall.microsecond else "minutes")


def instant_text(us: int) -> str:
    """An instant as a document holds it, in UTC."""
    return from_us(us).isoformat().replace("+00:00", "Z")


def _moment(node: Node, hint: str) -> datetime:
    if isinstance(node.value, datetime):  # YAML reads one by itself
        moment = node.value
    else:
        text = node.text()
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise node.fault(f"“{text}” is not a date and time.", hint) from None
    _in_reach(node, moment.date())
    return moment


def _in_reach(node: Node, day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise node.fault(f"the year {day.year} is out of reach.", f"Choose one up to {LAST_YEAR}.")
    return day
