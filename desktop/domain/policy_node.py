"""Reads a document part by part, strictly, so that each fault names its place (`targets.P1.contain`)."""

import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from desktop.domain.errors import DeskError

_Choice = TypeVar("_Choice", bound=StrEnum)

_SPAN = re.compile(r"(?:(\d{1,7}) ?h)? ?(?:(\d{1,7}) ?min)? ?(?:(\d{1,9})(?:\.(\d{1,6}))? ?s)?")
_FRACTION = re.compile(r"\d{1,12}/[1-9]\d{0,11}")
_SPAN_HINT = "Write a length of time as 30 s, 5 min, 4 h or 1 h 30 min."


class Node:
    """One value of a document and the path to it."""

    __slots__ = ("path", "value")

    def __init__(self, value: object, path: str = "") -> None:
        self.value: Any = value
        self.path = path

    def fault(self, message: str, hint: str = "") -> DeskError:
        """What is wrong here, to be raised."""
        return DeskError(f"{self.path or 'The policy'}: {message}", field=self.path, hint=hint)

    def at(self, key: str | int) -> "Node":
        """The part under a key or position, which must be there."""
        path = f"{self.path}[{key}]" if isinstance(self.value, list | tuple) else _join(self.path, key)
        return Node(self.value[key], path)

    def parts(self, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, "Node"]:
        """The named parts; those of `optional` only where they are given.

        Raises: DeskError for anything but a mapping, for a part that is missing and for one not known.
        """
        mapping = self._mapping()
        known = required + optional
        for key in mapping:
            if key not in known:
                raise Node(None, _join(self.path, key)).fault(
                    "nothing is known by this name.", f"Known here are {', '.join(known)}."
                )
        for key in required:
            if key not in mapping:
                raise Node(None, _join(self.path, key)).fault("this part is missing.")
        return {key: self.at(key) for key in mapping}

    def entries(self) -> list[tuple[str, "Node"]]:
        """The parts under names of the writer's own; at least one, in the order written."""
        mapping = self._mapping()
        if not mapping:
            raise self.fault("nothing is listed here.")
        for key in mapping:
            if not isinstance(key, str) or key != key.strip() or not key or not _is_text(key):
                raise self.fault(f"{key!r} is not a name.", "Write a word, without spaces around it.")
        return [(key, self.at(key)) for key in mapping]

    def items(self, least: int = 1) -> list["Node"]:
        """The parts of a list, which holds at least so many."""
        if not isinstance(self.value, list | tuple):
            raise self.fault(f"{_said(self.value)} is not a list.", "Begin each entry with a dash.")
        if len(self.value) < least:
            raise self.fault(f"{len(self.value)} listed, at least {least} wanted.")
        return [self.at(i) for i in range(len(self.value))]

    def text(self) -> str:
        """Words, without white space around them."""
        if not isinstance(self.value, str):
            raise self.fault(f"{_said(self.value)} is not text.", "Put it in quotes.")
        text = self.value.strip()
        if not text:
            raise self.fault("there is no text.")
        if not _is_text(text):
            raise self.fault("the text holds half a character.", "Type it again.")
        return text

    def texts(self, least: int = 1) -> tuple[str, ...]:
        """A list of words, none of them twice."""
        texts = tuple(item.text() for item in self.items(least))
        for i, text in enumerate(texts):
            if text in texts[:i]:
                raise self.at(i).fault(f"“{text}” is listed twice.")
        return texts

    def whole(self, least: int, most: int) -> int:
        """A whole number within these bounds, both included."""
        value = self.value
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.fault(f"{_said(value)} is not a whole number from {least} to {most}.")
        return value

    def number(self) -> Fraction:
        """A number of zero or more, exact: 12.5 is 25/2; "1/3" is taken too."""
        value = self.value
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10**12:
            return Fraction(repr(value))
        if isinstance(value, str) and _FRACTION.fullmatch(value):
            return Fraction(value)
        raise self.fault(f"{_said(value)} is not a number of zero or more.")

    def span(self, *, may_be_zero: bool = False) -> timedelta:
        """A length of real time: `30 s`, `5 min`, `1 h 30 min`; `0 min` only where it has a meaning."""
        match = _SPAN.fullmatch(self.value.strip()) if isinstance(self.value, str) else None
        if match is None or not match[0]:
            raise self.fault(f"{_said(self.value)} is not a length of time.", _SPAN_HINT)
        hours, minutes, seconds, parts = (group or "0" for group in match.groups())
        span = timedelta(
            hours=int(hours),
            minutes=int(minutes),
            seconds=int(seconds),
            microseconds=int(parts.ljust(6, "0")),
        )
        if not span and not may_be_zero:
            raise self.fault(f"{_said(self.value)} is no time at all.", _SPAN_HINT)
        return span

    def choice(self, kind: type[_Choice]) -> _Choice:
        """One of the words of an enumeration."""
        for member in kind:
            if member.value == self.value:
                return member
        raise self.fault(f"{_said(self.value)} is none of {', '.join(kind)}.")

    def _mapping(self) -> Mapping[Any, Any]:
        if not isinstance(self.value, Mapping):
            raise self.fault(f"{_said(self.value)} is not a list of names with values.")
        return self.value


def number_value(number: Fraction) -> int | float | str:
    """A number as a document holds it, so that `Node.number` reads the same back."""
    if number.denominator == 1:
        return number.numerator
    if Fraction(repr(float(number))) == number:
        return float(number)
    return str(number)


def span_text(span: timedelta) -> str:
    """A length of time as a document holds it: `1 h 30 min`."""
    minutes, seconds = divmod(span.days * 86_400 + span.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h" if hours else "", f"{minutes} min" if minutes else ""]
    if span.microseconds:
        parts.append(f"{seconds}.{span.microseconds:06} s")
    elif seconds:
        parts.append(f"{seconds} s")
    return " ".join(part for part in parts if part) or "0 min"


def _is_text(text: str) -> bool:
    """Whether it can be stored: half a surrogate pair cannot."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _join(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def _said(value: object) -> str:
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else repr(value)
    return f"“{text[:40]}…”" if len(text) > 41 else f"“{text}”"
