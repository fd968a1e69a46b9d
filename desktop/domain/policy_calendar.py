"""Calendars of a policy, with the holidays of countries laid out in dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.policy_node import Node
from desktop.domain.policy_target import ALWAYS
from desktop.domain.worktime import Calendar

HOLIDAYS_OF = "holidays_of"


@dataclass(frozen=True, slots=True)
class HolidaysOf:
    """Holidays of a country (`DE`) or of a part of it (`DE-BY`) in ISO dates.

    They are kept with the policy, so that a stored version closes the same days wherever it is read.
    """

    country: str
    dates: tuple[str, ...]


def read_calendars(node: Node) -> tuple[dict[str, Calendar], dict[str, HolidaysOf]]:
    """The calendars by name, and which of their holidays are a country's."""
    calendars: dict[str, Calendar] = {}
    countries: dict[str, HolidaysOf] = {}
    for name, part in node.entries():
        if name == ALWAYS:
            raise part.fault(f"“{ALWAYS}” is the name of the time that never closes.", "Choose another name.")
        if not isinstance(part.value, Mapping):
            raise part.fault("a calendar has a zone and a week.")
        mapping = dict(part.value)
        if HOLIDAYS_OF in mapping:
            del mapping[HOLIDAYS_OF]
            countries[name] = laid_out = _read_holidays_of(part.at(HOLIDAYS_OF))
            mapping["holidays"] = [*_own_holidays(part), *laid_out.dates]
        calendars[name] = _read_calendar(part, mapping)
    return calendars, countries


def write_calendars(calendars: Mapping[str, Calendar], countries: Mapping[str, HolidaysOf]) -> dict[str, Any]:
    """The document of `read_calendars`."""
    return {name: _write_calendar(calendar, countries.get(name)) for name, calendar in calendars.items()}


def holidays_document(laid_out: HolidaysOf) -> dict[str, Any]:
    """How a document holds a country's holidays: month and day, by year."""
    years: dict[str, list[str]] = {}
    for day in laid_out.dates:
        year, month_and_day = day.split("-", 1)
        years.setdefault(year, []).append(month_and_day)
    return {"country": laid_out.country, "dates": years}


def _read_calendar(node: Node, mapping: Mapping[str, Any]) -> Calendar:
    try:
        return Calendar.from_mapping(mapping)
    except DeskError as fault:
        field = f"{node.path}.{fault.field}" if fault.field else node.path
        raise DeskError(f"{field}: {fault.message}", field=field, hint=fault.hint) from None


def _write_calendar(calendar: Calendar, laid_out: HolidaysOf | None) -> dict[str, Any]:
    mapping = calendar.to_mapping()
    if laid_out is not None:
        own = [day for day in mapping.pop("holidays", []) if day not in laid_out.dates]
        if own:
            mapping["holidays"] = own
        mapping[HOLIDAYS_OF] = holidays_document(laid_out)
    return mapping


def _own_holidays(node: Node) -> list[Any]:
    if "holidays" not in node.value:
        return []
    return [item.value for item in node.at("holidays").items(least=0)]


def _read_holidays_of(node: Node) -> HolidaysOf:
    if isinstance(node.value, str):
        raise node.fault(
            f"the holidays of {node.value} are not laid out in dates.",
            "Import the policy into a desk, which does that, or list them under dates.",
        )
    parts = node.parts(("country", "dates"))
    years = parts["dates"]
    if not isinstance(years.value, Mapping):
        raise years.fault("the holidays are not listed by year.", "Write 2026: [01-01, 12-25].")
    dates = tuple(_read_date(str(year), item) for year in years.value for item in years.at(year).items())
    return HolidaysOf(parts["country"].text(), tuple(sorted(set(dates))))


def _read_date(year: str, node: Node) -> str:
    try:
        return date.fromisoformat(f"{year}-{node.text()}").isoformat()
    except ValueError:
        raise node.fault(f"“{node.value}” is no day of {year}.", "Write month and day as 12-25.") from None
