"""Words that mean the same to a reader in another zone, and lists that say what they left out."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

# Not strftime: the names would follow the language of the program that made the text.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def absolute(at: datetime, zone: str) -> str:
    """An instant nobody can misread: `Tue 24 Nov 2026 10:00 Europe/Berlin (UTC+01:00)`."""
    local = at.astimezone(ZoneInfo(zone))
    day = f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}"
    # The name of a zone of mere hours has its sign the wrong way round: Etc/GMT-1 is east of Greenwich.
    name = "" if zone.startswith("Etc/GMT") else f" {zone}"
    return f"{day} {local:%H:%M}{name}{_offset(local)}"


def absolute_in(at: datetime, zones: Iterable[str]) -> str:
    """The instant in each of these zones, each once; what is the same on both clocks is said once."""
    said: dict[timedelta | None, str] = {}
    for zone in dict.fromkeys(zones):
        said.setdefault(at.astimezone(ZoneInfo(zone)).utcoffset(), absolute(at, zone))
    return "; ".join(said.values())


def short(at: datetime, zone: str) -> str:
    """An instant in a list whose heading names the zone: `24 Nov 10:00`."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {_MONTHS[local.month - 1]} {local:%H:%M}"


def more(left_out: int, what: str = "more") -> str:
    """What a bounded list says at its end: `and 12 more`; empty where it left nothing out."""
    return f"and {left_out} {what}" if left_out > 0 else ""


def bounded(lines: Sequence[str], most: int, *, latest: bool = False, what: str = "more") -> tuple[str, ...]:
    """At most so many lines, the first or the latest ones, and one that says how many others there are."""
    if len(lines) <= most:
        return tuple(lines)
    tail = more(len(lines) - most, what)
    return (tail, *lines[-most:]) if latest else (*lines[:most], tail)


def listed(names: Sequence[str], most: int = 3) -> str:
    """A few names and how many more: `Ada Quist, Leo Park and 2 more`."""
    left = len(names) - most
    shown = ", ".join(names[:most])
    return f"{shown} {more(left)}" if left > 0 else shown


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its word: `1 escalation`, `12 escalations`."""
    return f"{count} {one}" if count == 1 else f"{count} {many or one + 's'}"


def _offset(local: datetime) -> str:
    minutes = (local.utcoffset() or timedelta()) // timedelta(minutes=1)
    if local.tzname() == "UTC" and not minutes and str(local.tzinfo) in ("UTC", "Etc/UTC"):
        return ""
    sign = "+" if minutes >= 0 else "-"
    return f" (UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02})"
