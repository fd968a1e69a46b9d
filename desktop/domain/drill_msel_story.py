"""The story's own days and hours in a list of injects, beside the time that has passed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from desktop.domain.drill_msel_time import read_stamp


def story_start(start: datetime, rows: Sequence[tuple[str, str, int | None]]) -> datetime:
    """When the story begins, by the first row that tells its hour: rows are day, hour, seconds passed."""
    for day, hour, at_s in rows:
        told = _told(start, day, hour)
        if told is not None and at_s is not None:
            return told - timedelta(seconds=at_s)
    return start


def other_story(start: datetime, at_s: int, day: str, hour: str) -> dict[str, str]:
    """What a row tells of day and hour where it is not what the time passed comes to, by heading."""
    at = start + timedelta(seconds=at_s)
    number = (at.date() - start.date()) // timedelta(days=1) + 1
    told = _told(start, day, hour)
    kept = {}
    if day.strip() and day.strip().removesuffix(".0") != str(number):
        kept["Scenario Day"] = day
    if hour.strip() and (told is None or (told.hour, told.minute) != (at.hour, at.minute)):
        kept["Scenario Time"] = hour
    return kept


def _told(start: datetime, day: str, hour: str) -> datetime | None:
    stamp = read_stamp(hour) if hour.strip() else None
    if stamp is None:
        return None
    if stamp.moment is not None:
        return stamp.moment.replace(tzinfo=start.tzinfo)
    if stamp.clock_s is None:
        return None
    number = day.strip().removesuffix(".0")
    days = int(number) - 1 if number.isdecimal() and len(number) < 4 else 0
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=days, seconds=stamp.clock_s)
