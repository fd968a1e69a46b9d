"""Templates that make a field of the columns of a table: `{category} / {subcategory}: {u_symptom}`."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from desktop.domain.errors import DeskError

_PART = re.compile(r"\{([^{}]*)\}")
_APART = re.compile(r"[\W_]+")


class Template(NamedTuple):
    """Literal texts and columns in turn: literals[0], columns[0], literals[1], …, literals[-1]."""

    text: str
    literals: tuple[str, ...]
    columns: tuple[str, ...]


def column_key(name: str) -> str:
    """The folded name of a column: case, spaces and signs do not count, so `Short description` is
    `short_description`."""
    return _APART.sub(" ", name.casefold()).strip() or name.strip()


def parse(text: str) -> Template:
    """A template, which may also be a plain text that is the same for every row.

    Raises: DeskError for a brace without its other half.
    """
    pieces = _PART.split(text)
    literals, columns = tuple(pieces[::2]), tuple(name.strip() for name in pieces[1::2])
    if any("{" in literal or "}" in literal for literal in literals) or not all(columns):
        raise DeskError(
            f"The template “{text}” has a brace without its other half or without a name.",
            hint="Write columns as {name}.",
        )
    return Template(text, literals, columns)


def missing(template: Template, index: Mapping[str, int]) -> list[str]:
    """The columns of a template that a table of these folded names does not have."""
    return [name for name in template.columns if column_key(name) not in index]


def bind_first(templates: Sequence[Template], index: Mapping[str, int]) -> Callable[[Sequence[str]], str]:
    """What the first template that says something makes of a row's cells; there must be one at least."""
    bound = tuple(bind(template, index) for template in templates)
    if len(bound) == 1:
        return bound[0]
    return lambda cells: next((said for made in bound if (said := made(cells))), "")


def bind(template: Template, index: Mapping[str, int]) -> Callable[[Sequence[str]], str]:
    """What the template makes of a row's cells; all its columns must be in the index.

    A literal stands between two columns that are both filled, so nothing dangles where one is empty.
    """
    places = tuple(index[column_key(name)] for name in template.columns)
    if not places:
        constant = template.text
        return lambda cells: constant
    if len(places) == 1 and template.literals == ("", ""):
        place = places[0]
        return lambda cells: cells[place]
    first, *between, last = template.literals
    return _Joined(places, first, tuple(between), last)


class _Joined:
    """Several columns with literals between them."""

    def __init__(self, places: tuple[int, ...], first: str, between: tuple[str, ...], last: str) -> None:
        self._places = places
        self._first = first
        self._between = ("", *between)
        self._last = last

    def __call__(self, cells: Sequence[str]) -> str:
        made = ""
        for place, before in zip(self._places, self._between, strict=True):
            cell = cells[place]
            if cell:
                made += before + cell if made else cell
        return f"{self._first}{made}{self._last}" if made else ""
