"""Shifts in words, on the wall clock of whoever reads them."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.domain.roster_difference import PersonMoved, Span

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SHOWN = 2


def span_text(span: Span, zone: str) -> str:
    """`Mon 23 Nov 09:00–17:00`, the second day only where it is another one."""
    start, end = (at.astimezone(ZoneInfo(zone)) for at in span)
    if start.date() == end.date():
        return f"{_day(start)} {start:%H:%M}–{end:%H:%M}"
    return f"{_day(start)} {start:%H:%M} – {_day(end)} {end:%H:%M}"


def moved_text(moved: PersonMoved, zone: str) -> str:
    """`Now on call Mon 23 Nov 09:00–17:00; no longer Tue … (Europe/Berlin)`."""
    parts = [
        f"{verb} {_spans(spans, zone)}"
        for verb, spans in (("now on call", moved.gained), ("no longer", moved.lost))
        if spans
    ]
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]} ({zone})."


def _spans(spans: Sequence[Span], zone: str) -> str:
    shown = ", ".join(span_text(span, zone) for span in spans[:_SHOWN])
    more = len(spans) - _SHOWN
    return f"{shown} and {more} more times" if more > 0 else shown


def _day(at: datetime) -> str:
    return f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]}"
