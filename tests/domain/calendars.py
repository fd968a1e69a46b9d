"""Calendars that tests of the rules share."""

from datetime import UTC, datetime
from typing import Any

from desktop.domain.worktime import Calendar

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE_HOURS = [["09:00", "12:00"], ["13:00", "17:30"]]
BERLIN: dict[str, Any] = {
    "zone": "Europe/Berlin",
    "week": dict.fromkeys(WORKDAYS, OFFICE_HOURS),
    "holidays": ["2026-12-25"],
    "dates": {"2026-11-28": [["10:00", "14:00"]]},
    "breaks": {"2026-12-24": [["12:00", "24:00"]]},
}
ALWAYS = Calendar.always()


def berlin() -> Calendar:
    return Calendar.from_mapping(BERLIN)


def utc(text: str) -> datetime:
    """The instant written like `2026-11-23 08:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
