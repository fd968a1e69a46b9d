"""Instants as senders write them: ISO 8601 in its dialects, or a number since 1970 in s, ms, µs or ns."""

import re
from datetime import UTC, datetime

from desktop.domain.errors import DeskError
from desktop.domain.instant import from_us
from desktop.domain.signal_type import Json

_NUMBER = re.compile(r"\d{9,19}(\.\d{1,9})?")
_LONGEST = 40
_ZONE_WORD = re.compile(r"\s*(?:UTC|GMT|Z)$", re.IGNORECASE)


def instant_of(value: Json) -> datetime | None:
    """The instant in UTC, to the microsecond below; None for none, for the year 1, and for what is no time.

    A time without a zone is taken for UTC.
    """
    if isinstance(value, str):
        text = value.strip()
        if len(text) > _LONGEST:
            return None
        if _NUMBER.fullmatch(text):
            return _of_number(float(text) if "." in text else int(text))
        return _of_text(text)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value)
    return None


def _of_text(text: str) -> datetime | None:
    text = _ZONE_WORD.sub("+00:00", text)
    try:
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if at.year > 1 else None


def _of_number(number: float) -> datetime | None:
    # Seconds have nine to eleven digits until the year 5138; three more for each finer unit.
    if number < 1e8:
        return None
    per_second = next(unit for limit, unit in _UNITS if number < limit)
    try:
        # Whole numbers are divided as such: a double does not hold nanoseconds.
        us = number * 1_000_000 // per_second if isinstance(number, int) else round(number / per_second * 1e6)
        return from_us(int(us))
    except DeskError:
        return None


_UNITS = ((1e11, 1), (1e14, 1_000), (1e17, 1_000_000), (float("inf"), 1_000_000_000))
