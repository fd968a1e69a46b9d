"""Working hours as people type them: `mon–fri 09:00–17:30, sat 10:00–14:00 and 15:00–16:00`."""

import json
import re

from desktop.domain.errors import DeskError
from desktop.domain.worktime_rules import WEEKDAYS

_HINT = "Write them as mon–fri 09:00–17:30, sat 10:00–14:00."
_DASH = r"\s*(?:-|–|—|\bto\b)\s*"
_TIME = r"\d{1,2}(?::\d{2})?"
_SPAN = re.compile(rf"({_TIME}){_DASH}({_TIME})")
_PART = re.compile(
    rf"^(?P<days>[^\d]+?)\s*(?P<spans>{_TIME}{_DASH}{_TIME}(?:\s*and\s*{_TIME}{_DASH}{_TIME})*)?$"
)


def read_hours(text: str) -> str:
    """What was typed as the document that is kept; empty where nothing is said. The hours are not checked.

    Raises: DeskError with `working_hours` as its field.
    """
    week: dict[str, list[list[str]]] = {}
    waiting: list[str] = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;\n]", text.casefold()))):
        found = _PART.match(part)
        if found is None:
            raise _fault(part)
        waiting += _days(found["days"], part)
        if found["spans"]:
            spans = [[_time(start), _time(end)] for start, end in _SPAN.findall(found["spans"])]
            for day in waiting:
                week.setdefault(day, []).extend(spans)
            waiting = []
    if waiting:
        raise _fault(", ".join(waiting))
    return json.dumps(week) if week else ""


def _days(text: str, part: str) -> list[str]:
    ends = [_day(name, part) for name in re.split(_DASH, text.strip())]
    if len(ends) > 2:
        raise _fault(part)
    first, last = WEEKDAYS.index(ends[0]), WEEKDAYS.index(ends[-1])
    return [WEEKDAYS[(first + i) % 7] for i in range((last - first) % 7 + 1)]


def _day(name: str, part: str) -> str:
    if name[:3] not in WEEKDAYS or not name.isalpha():
        raise _fault(part)
    return name[:3]


def _time(text: str) -> str:
    hour, _, minute = text.partition(":")
    return f"{int(hour):02}:{minute or '00'}"


def _fault(part: str) -> DeskError:
    return DeskError(f"“{part}” is no working time.", field="working_hours", hint=_HINT)
