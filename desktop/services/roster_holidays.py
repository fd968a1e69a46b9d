"""Lays out the holidays that a schedule's restrictions name, so that a stored version is always the same."""

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.domain.errors import DeskError

_YEARS_BACK = 2
_YEARS_AHEAD = 12


def lay_out_holidays(document: Mapping[str, Any], year: int) -> dict[str, Any]:
    """The schedule's document with dates, of the years around this one, for each country that it names.

    Countries whose dates stand in it are left as they are, and so is what is no document of a schedule.

    Raises: DeskError for a country or part of one that the library does not know.
    """
    given = document.get("holidays", {})
    if not isinstance(given, Mapping):
        return dict(document)
    laid_out = {name: _dates(name, path, year) for name, path in _named(document) if name not in given}
    return {**document, "holidays": {**given, **laid_out}} if laid_out else dict(document)


def without_dates(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document as a person edits it; dates of a country are laid out anew when it is kept."""
    named = {name for name, _ in _named(document)}
    own = {name: days for name, days in document.get("holidays", {}).items() if name not in named}
    rest = {key: value for key, value in document.items() if key != "holidays"}
    return {**rest, "holidays": own} if own else rest


def _named(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for i, layer in enumerate(_list(document.get("layers"))):
        for j, restriction in enumerate(_list(layer.get("restrict")) if isinstance(layer, Mapping) else ()):
            if isinstance(restriction, Mapping) and isinstance(restriction.get("holidays"), str):
                yield restriction["holidays"], f"layers[{i}].restrict[{j}].holidays"


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _dates(country: str, path: str, year: int) -> list[str]:
    import holidays  # slow to import, and few rotas need it

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
    return [day.isoformat() for day in sorted(found)]
