"""The words a person reads for times, lengths of time and numbers; the only place with local time."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

US = 1_000_000
_MINUTE = 60
_HOUR = 3600
_DAY = 86_400
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

#: The word of each ageing step, worst last, and the name of its colours in the theme.
STEP_WORDS = ("Fresh", "Warming", "At risk", "Breaching soon", "Breached")
STEP_TOKENS = ("fresh", "warming", "at_risk", "breaching_soon", "breached")
#: How a kind of commitment reads before its time: "contain 52 m left".
KIND_WORDS = {
    "assign": "assign", "acknowledge": "ack", "contain": "contain", "resolve": "resolve", "update": "update",
}  # fmt: skip


def duration(span_us: int) -> str:
    """A length of time in at most two units: "1 h 40 m", "52 m", "1 m 20 s"; its sign is left out.

    Seconds are told below two minutes only, hours with days, minutes with hours.
    """
    s = abs(span_us) // US
    if s < 2 * _MINUTE:
        return f"{s} s" if s < _MINUTE else _two(s // _MINUTE, "m", s % _MINUTE, "s")
    if s < _HOUR:
        return f"{s // _MINUTE} m"
    if s < _DAY:
        return _two(s // _HOUR, "h", s % _HOUR // _MINUTE, "m")
    return _two(s // _DAY, "d", s % _DAY // _HOUR, "h")


def time_left(due_us: int, now_us: int) -> str:
    """What a running clock says: "52 m left", "12 m over"; never "0 s left" before the due instant."""
    left_us = due_us - now_us
    if left_us > 0:
        return duration(left_us + US - 1) + " left"
    return duration(left_us) + " over" if left_us <= -US else "due now"


def age(since_us: int, now_us: int) -> str:
    """How long ago: "now", "4 m ago"."""
    passed_us = now_us - since_us
    return duration(passed_us) + " ago" if passed_us >= _MINUTE * US else "now"


def clock_time(at: datetime, zone: tzinfo | None = None) -> str:
    """The local time of day: "14:20"; without a zone, the machine's."""
    return at.astimezone(zone).strftime("%H:%M")


def moment(at: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """A local time as short as it is clear: "today 14:20", "Tue 14:20", "3 Nov 14:20", "3 Nov 2025 14:20"."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    time_of_day = f"{local:%H:%M}"
    days = (local.date() - today).days
    if days in _NEAR_DAYS:
        return f"{_NEAR_DAYS[days]} {time_of_day}"
    if 1 < days < 7:
        return f"{_WEEKDAYS[local.weekday()]} {time_of_day}"
    return f"{day(local)}{'' if local.year == today.year else f' {local.year}'} {time_of_day}"


def exact(at: datetime, zone: tzinfo | None = None) -> str:
    """A local time in full with its zone, for tool tips: "Tue 3 Nov 2026 14:20:05 CET (UTC+01:00)"."""
    local = at.astimezone(zone)
    offset = f"{local:%z}"
    name = local.tzname() or ""
    where = f"UTC{offset[:3]}:{offset[3:5]}"
    named = f"{name} ({where})" if name and not name.startswith(("+", "-", "UTC")) else where
    return f"{_WEEKDAYS[local.weekday()]} {day(local)} {local.year} {local:%H:%M:%S} {named}"


def day(local: datetime) -> str:
    """The day of a local time: "3 Nov"."""
    return f"{local.day} {_MONTHS[local.month - 1]}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 card", "12 cards", "1,204 cards"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a sentence lists them: "a, b and c"."""
    if len(words) < 2:
        return words[0] if words else ""
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def file_size(size: int) -> str:
    """A number of bytes: "12 kB", "3.4 MB"."""
    if size < 1000:
        return counted(size, "byte")
    for unit in ("kB", "MB", "GB"):
        value = size / 1000
        if value < 999.5 or unit == "GB":
            return f"{value:.1f} {unit}" if value < 9.95 else f"{value:,.0f} {unit}"
        size = round(value)
    return ""  # not reached: the last unit always answers


def short_number(number: str, year: int) -> str:
    """The number of an escalation without its year if it is of this year: "ESC-0412"."""
    return number.replace(f"-{year}-", "-", 1)


def one_line(words: str) -> str:
    """Text of outside as one line that can be shown anywhere: no line ends, tabs or control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


_NEAR_DAYS = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def _two(large: int, unit: str, small: int, small_unit: str) -> str:
    return f"{large} {unit} {small} {small_unit}" if small else f"{large} {unit}"
