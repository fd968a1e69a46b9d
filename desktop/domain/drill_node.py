"""Reads a drill's document part by part and goes on after a fault, so that all of them are told at once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

_Choice = TypeVar("_Choice", bound=StrEnum)

#: The way to a place in a document: names of mappings, positions in lists.
Path = tuple[str | int, ...]

_DURATION = re.compile(r"([+-]?)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_CLOCK_LIKE = re.compile(r"\d{1,3}:\d{2}(?::\d{2})?")
_DURATION_HINT = 'Write it in quotes with its units: "12m", "1h30m", "45s".'
_LONGEST_S = 366 * 86_400
_LARGEST = 10**15


class Trap(str):
    """A word written without quotes that YAML programs read as something else: `no`, `12:30`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place and what to do about it; `is_warning` when it may stay so."""

    path: Path
    message: str
    hint: str = ""
    is_warning: bool = False

    def place(self) -> str:
        """The path as people read it: `injects[3].deadline`."""
        return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path).lstrip(".")


class Part:
    """One value of the document and the way to it; faults are collected in a common list."""

    __slots__ = ("faults", "path", "value")

    def __init__(self, value: object, faults: list[Fault], path: Path = ()) -> None:
        self.value: Any = value
        self.faults = faults
        self.path = path

    def fault(self, message: str, hint: str = "") -> None:
        """Note what is wrong here."""
        self.faults.append(Fault(self.path, message, hint))

    def at(self, key: str | int) -> "Part":
        """The part under a key or position, which must be there."""
        return Part(self.value[key], self.faults, (*self.path, key))

    def parts(self, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, "Part"]:
        """The named parts that are there; unknown and missing ones are faults."""
        if not isinstance(self.value, Mapping):
            self.fault(f"{said(self.value)} is not a mapping of names to values.")
            return {}
        known = (*required, *optional)
        for key in self.value:
            if key not in known:
                Part(None, self.faults, (*self.path, key)).fault(*_unknown(str(key), known))
        for key in required:
            if key not in self.value:
                self.fault(f"“{key}” is missing here.", f"Add  {key}: …")
        return {key: self.at(key) for key in known if key in self.value}

    def entries(self) -> list[tuple[str, "Part"]]:
        """The parts under names of the writer's own."""
        if not isinstance(self.value, Mapping):
            self.fault(f"{said(self.value)} is not a mapping of names to values.")
            return []
        return [(str(key), self.at(key)) for key in self.value]

    def items(self, least: int = 0, most: int | None = None) -> list["Part"]:
        """The parts of a list of so many."""
        if not isinstance(self.value, list):
            self.fault(f"{said(self.value)} is not a list.", "Begin each entry with a dash, or use [ ].")
            return []
        count = len(self.value)
        if count < least or (most is not None and count > most):
            bounds = f"at least {least}" if most is None else f"{least} to {most}"
            self.fault(f"{count} listed, {bounds} wanted.")
        return [self.at(i) for i in range(count)]

    def text(self, *, may_be_empty: bool = False, most: int = 8_000) -> str:
        """Words."""
        if isinstance(self.value, Trap):
            self.fault(f"YAML reads {self.value} as something else than text.", f'Write "{self.value}".')
            return str(self.value)
        if not isinstance(self.value, str):
            self.fault(f"{said(self.value)} is not text.", "Put it in quotes.")
            return ""
        text = self.value.strip()
        if not text and not may_be_empty:
            self.fault("there is no text.")
        if len(text) > most:
            self.fault(f"the text has {len(text):,} letters, at most {most:,} are taken.")
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            self.fault("the text holds half a character.", "Type it again.")
            text = "".join(letter for letter in text if not "\ud800" <= letter <= "\udfff")
        return text

    def texts(self) -> tuple[str, ...]:
        """A list of words, or one."""
        if isinstance(self.value, str):
            return (self.text(),)
        return tuple(item.text() for item in self.items())

    def name(self, shape: str, example: str) -> str:
        """A word of a certain shape."""
        text = self.text()
        if text and not re.fullmatch(shape, text):
            self.fault(f"{said(text)} cannot be used as a name here.", f"Write it like {example}.")
        return text

    def whole(self, least: int, most: int, instead: int = 0) -> int:
        """A whole number within these bounds, both included."""
        value = self.value
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.fault(f"{said(value)} is not a whole number from {least} to {most}.")
            return instead
        return value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.fault(f"{said(self.value)} is neither true nor false.", "Write true or false.")
            return False
        return self.value

    def choice(self, kind: type[_Choice], instead: _Choice) -> _Choice:
        """One of the words of an enumeration."""
        words = [member.value for member in kind]
        word = self.word(words)
        return kind(word) if word else instead

    def word(self, words: Sequence[str]) -> str:
        """One of these words; empty where it is none."""
        if isinstance(self.value, str) and self.value in words:
            return str(self.value)
        near = nearest(str(self.value), words)
        self.fault(
            f"{said(self.value)} is not known here.",
            f"Did you mean “{near}”?" if near else f"Known are {', '.join(words)}.",
        )
        return ""

    def duration(self, *, may_be_negative: bool = False) -> int:
        """A length of time in seconds."""
        seconds = read_duration(self.value) if not isinstance(self.value, Trap) else None
        if seconds is None:
            self.fault(f"{said(self.value)} is not a length of time.", _duration_hint(self.value))
            return 0
        if seconds < 0 and not may_be_negative:
            self.fault(f"{said(self.value)} is below zero.", "Leave the minus out.")
            return 0
        if abs(seconds) > _LONGEST_S:
            self.fault(f"{said(self.value)} is longer than a year.")
            return 0
        return seconds

    def free(self) -> Any:  # noqa: ANN401 - a part that is the writer's own
        """Whatever stands here: text, numbers, lists and mappings of them."""
        if isinstance(self.value, Mapping):
            return {key: part.free() for key, part in self.entries()}
        if isinstance(self.value, list):
            return [part.free() for part in self.items()]
        if isinstance(self.value, str):
            return self.text(may_be_empty=True)
        if isinstance(self.value, int | float) and not abs(self.value) < _LARGEST:
            self.fault(f"{said(self.value)} is no number anybody can use.", "Put it in quotes.")
        return self.value

    def instant(self) -> datetime | None:
        """A time with its offset, as ISO 8601 writes it."""
        try:
            at = datetime.fromisoformat(self.value)
        except (TypeError, ValueError):
            at = None
        if at is None or at.tzinfo is None:
            self.fault(
                f"{said(self.value)} is not a time with its offset.",
                'Write it like "2026-03-02T16:10:00+01:00".',
            )
            return None
        return at


def read_duration(value: object) -> int | None:
    """The seconds of "1h30m"; None for anything else."""
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None or not any(match.groups()[1:]) or any(len(part or "") > 9 for part in match.groups()):
        return None
    days, hours, minutes, seconds = (int(group or 0) for group in match.groups()[1:])
    total = days * 86_400 + hours * 3_600 + minutes * 60 + seconds
    return -total if match[1] == "-" else total


def write_duration(seconds: int) -> str:
    """A length of time as a document holds it: "90m", "12m30s", "-1d"."""
    sign, left = ("-", -seconds) if seconds < 0 else ("", seconds)
    if left and left % 86_400 == 0:
        return f"{sign}{left // 86_400}d"
    minutes, rest = divmod(left, 60)
    if not rest:
        return f"{sign}{minutes}m"
    return f"{sign}{minutes}m{rest}s" if minutes else f"{sign}{rest}s"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant; empty where none is near."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def said(value: object) -> str:
    """A value as a fault quotes it."""
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else repr(value)
    return f"“{text[:40]}…”" if len(text) > 41 else f"“{text}”"


def _unknown(key: str, known: Sequence[str]) -> tuple[str, str]:
    if key.lower() in ("on", "off", "yes", "no", "y", "n", "true", "false"):
        return (
            f"YAML programs read a key called {key} as true or false.",
            f"No key is called so. Known here are {', '.join(known)}.",
        )
    near = nearest(key, known)
    return (
        f"nothing is known by the name “{key[:60]}”.",
        f"Did you mean “{near}”?" if near else f"Known here are {', '.join(known)}.",
    )


def _duration_hint(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return f'Write "{value}m" for minutes or "{value}s" for seconds, in quotes.'
    if isinstance(value, str) and _CLOCK_LIKE.fullmatch(value):
        numbers = [int(part) for part in value.split(":")]
        if len(numbers) == 2:
            return f'Write "{numbers[0]}m{numbers[1]}s" or "{numbers[0]}h{numbers[1]}m", in quotes.'
        return f'Write "{numbers[0]}h{numbers[1]}m{numbers[2]}s", in quotes.'
    return _DURATION_HINT
