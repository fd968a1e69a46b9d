"""Lays out a country's holidays in dates, so that a stored policy never needs the library again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.policy import HolidaysOf, holidays_document

_YEARS_BACK = 16
_YEARS_AHEAD = 30


def lay_out_holidays(document: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The policy document with dates of the years around now in place of `holidays_of: DE` of a calendar.

    What is no such text is left as it is for the policy to judge.

    Raises: DeskError for a country or part of one that the library does not know.
    """
    calendars = document.get("calendars")
    if not isinstance(calendars, Mapping):
        return dict(document)
    laid_out = {name: _laid_out(str(name), calendar, now.year) for name, calendar in calendars.items()}
    return {**document, "calendars": laid_out}


def _laid_out(name: str, calendar: object, year: int) -> object:
    if not isinstance(calendar, Mapping) or not isinstance(calendar.get("holidays_of"), str):
        return calendar
    country = calendar["holidays_of"]
    dates = _dates(country, f"calendars.{name}.holidays_of", year)
    return {**calendar, "holidays_of": holidays_document(HolidaysOf(country, dates))}


def _dates(country: str, path: str, year: int) -> tuple[str, ...]:
    import holidays  # slow to import, and only an import of a new policy needs it

    code, _, part = country.partition("-")
    years = range(year - _YEARS_BACK, year + _YEARS_AHEAD + 1)
    try:
        found = holidays.country_holidays(code, subdiv=part or None, years=years)
    except NotImplementedError:
        raise DeskError(
            f"{path}: no holidays are known of “{country}”.",
            field=path,
            hint="Use an ISO code such as DE or DE-BY, or list the days under holidays.",
        ) from None
    return tuple(day.isoformat() for day in sorted(found))
