"""The operators of conditions: which fields they suit, what they take, and how they are tested.

Case never counts. A list holds when one of its items does. What is missing, null or blank satisfies nothing
but *is missing* and the operators that deny something: a signal without a team is not of the team "web".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import translate
from typing import Any, Final

from desktop.domain.errors import DeskError
from desktop.domain.rule_field import FieldKind, nearest

Test = Callable[[Any], bool]


class Takes(StrEnum):
    """What an operator is given to compare with."""

    NOTHING = "nothing"
    ONE = "one"
    MANY = "many"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator by the words people read."""

    name: str
    kinds: frozenset[FieldKind]
    takes: Takes
    denies: bool = False


_WORDS = frozenset({FieldKind.TEXT, FieldKind.ANY})
_LISTED = _WORDS | {FieldKind.CHOICE, FieldKind.NUMBER}
_EVERY = frozenset(FieldKind)
_NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.ANY})

#: Every operator by its name, in the order the editor offers them.
OPERATORS: Final = {
    operator.name: operator
    for operator in (
        Operator("is", _EVERY, Takes.ONE),
        Operator("is not", _EVERY, Takes.ONE, denies=True),
        Operator("contains", _WORDS, Takes.ONE),
        Operator("does not contain", _WORDS, Takes.ONE, denies=True),
        Operator("starts with", _WORDS, Takes.ONE),
        Operator("ends with", _WORDS, Takes.ONE),
        Operator("is one of", _LISTED, Takes.MANY),
        Operator("matches", _WORDS, Takes.ONE),
        Operator("exists", _EVERY, Takes.NOTHING),
        Operator("is missing", _EVERY, Takes.NOTHING),
        Operator("at least", _NUMBERS, Takes.NUMBER),
        Operator("at most", _NUMBERS, Takes.NUMBER),
        Operator("more than", _NUMBERS, Takes.NUMBER),
        Operator("less than", _NUMBERS, Takes.NUMBER),
    )
}


def operator_of(name: str) -> Operator:
    """The operator of that name.

    Raises: DeskError that suggests the nearest one.
    """
    known = OPERATORS.get(name)
    if known is None:
        words = f"Known are {', '.join(OPERATORS)}."
        raise DeskError(f"There is no operator “{name}”.", hint=nearest(name, OPERATORS, words))
    return known


def operators_for(kind: FieldKind) -> tuple[Operator, ...]:
    """The operators that suit what a field holds, in the order of the table."""
    return tuple(operator for operator in OPERATORS.values() if kind in operator.kinds)


def trial_of(operator: str, value: Any) -> Test:  # noqa: ANN401
    """The test of one folded text, or of one number where `is_numeric`; True is what the operator names.

    That *does not contain* wants it to be False of all is for the caller.
    """
    if operator in _COMPARISONS:
        return _COMPARISONS[operator](value)
    if operator == "is one of":
        wanted = frozenset(folded(one) for one in value)
        numbers = frozenset(one for one in value if is_number(one))
        return lambda held: held in numbers if is_number(held) else held in wanted
    if is_number(value) and operator in ("is", "is not"):
        return lambda held: bool(held == value)
    return _TEXTS[operator](folded(value))


def is_numeric(operator: str, value: object) -> bool:
    """Whether the test is of numbers: comparisons, and *is* with a number to be equal to."""
    return operator in _COMPARISONS or (operator in ("is", "is not") and is_number(value))


def is_number(value: object) -> bool:
    """Whether it counts as a number; yes and no do not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


_NUMBER = re.compile(r"\s*([+-]?\d{1,18}(?:\.\d{1,18})?(?:[eE][+-]?\d{1,2})?)\s*%?\s*")


def number_of(value: object) -> int | float | None:
    """The number something is or reads as ("93.5", "93 %"); None for anything else."""
    if isinstance(value, str):
        match = _NUMBER.fullmatch(value)
        if match is None:
            return None
        return int(match[1]) if match[1].lstrip("+-").isdigit() else float(match[1])
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def folded(value: object) -> str:
    """A value as text to compare with: the case does not count, yes and no are JSON's true and false."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else str(value)
    return text.strip().casefold()


def _glob(pattern: str) -> Test:
    """Whether a whole text is as the pattern: * stands for any letters, ? for one, nothing else is wild."""
    if "?" in pattern:
        found = re.compile(translate(pattern.replace("[", "[[]"))).match
        return lambda text: found(text) is not None
    # Without ? the parts need only follow one another, which is seen many times faster than by a search.
    first, *parts = pattern.split("*")
    if not parts:
        return lambda text: text == first
    *middle, last = parts

    def follows(text: str) -> bool:
        end = len(text) - len(last)
        at = len(first)
        if at > end or not text.startswith(first) or not text.endswith(last):
            return False
        for part in middle:
            at = text.find(part, at, end)
            if at < 0:
                return False
            at += len(part)
        return True

    return follows


_COMPARISONS: Final[dict[str, Callable[[Any], Test]]] = {
    "at least": lambda wanted: lambda held: bool(held >= wanted),
    "at most": lambda wanted: lambda held: bool(held <= wanted),
    "more than": lambda wanted: lambda held: bool(held > wanted),
    "less than": lambda wanted: lambda held: bool(held < wanted),
}
_TEXTS: Final[dict[str, Callable[[str], Test]]] = {
    "is": lambda wanted: lambda text: bool(text == wanted),
    "is not": lambda wanted: lambda text: bool(text == wanted),
    "contains": lambda wanted: lambda text: wanted in text,
    "does not contain": lambda wanted: lambda text: wanted in text,
    "starts with": lambda wanted: lambda text: bool(text.startswith(wanted)),
    "ends with": lambda wanted: lambda text: bool(text.endswith(wanted)),
    "matches": _glob,
}
