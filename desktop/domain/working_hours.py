"""Working hours of people and teams: a text of spans by weekday, and the calendar it stands for."""

import json
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.worktime import Calendar
from desktop.domain.worktime_rules import WEEKDAYS

_HINT = 'Write them as {"mon": [["09:00", "17:30"]], …}.'


def check_hours(text: str, zone: str) -> str:
    """The text as it is kept, empty where nothing is said.

    Raises: DeskError with `working_hours` as its field.
    """
    if not text.strip():
        return ""
    try:
        week: Any = json.loads(text)
        calendar = Calendar.from_mapping({"zone": zone, "week": week})
    except DeskError as error:
        hint = error.hint or _HINT
        raise DeskError(f"Working hours: {error.message}", field="working_hours", hint=hint) from None
    except ValueError:
        raise DeskError("The working hours cannot be read.", field="working_hours", hint=_HINT) from None
    return json.dumps(calendar.to_mapping()["week"])


def hours_calendar(text: str, zone: str) -> Calendar | None:
    """When somebody with these hours works; None where nothing is said."""
    return Calendar.from_mapping({"zone": zone, "week": json.loads(text)}) if text else None


def hours_words(text: str) -> str:
    """The hours as people say them: `mon–fri 09:00–17:30, sat 10:00–14:00`; empty where nothing is said."""
    week: dict[str, list[list[str]]] = json.loads(text) if text else {}
    said: list[tuple[list[str], str]] = []
    for place, day in enumerate(WEEKDAYS):
        words = " and ".join(f"{start}–{end}" for start, end in week.get(day, ()))
        is_next = bool(said) and said[-1][0][-1] == WEEKDAYS[place - 1]
        if words and is_next and said[-1][1] == words:
            said[-1][0].append(day)
        elif words:
            said.append(([day], words))
    return ", ".join(f"{_days(days)} {words}" for days, words in said)


def _days(days: list[str]) -> str:
    return days[0] if len(days) == 1 else f"{days[0]}–{days[-1]}"
