"""Dotted paths into a JSON value: `a.b[0].c`, with alternatives: `alert.rule.name or .policy.name`.

A name that holds a dot, a bracket, a quote or an ` or ` is written `["so.and.so"]`. A later alternative that
begins with a dot starts inside the outermost name of the first: `alert.policy.name` above.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from desktop.domain.errors import DeskError
from desktop.domain.signal_type import Json, text_of

Step = str | int
_PLAIN = re.compile(r"[^.\[\]\"]+")
_STEP = re.compile(r'\.?([^.\[\]"]+)|\[(\d{1,7})\]|\.?\[("(?:[^"\\]|\\.)*")\]')
_OR = re.compile(r'\s+or(?:\s+|$)(?=(?:[^"]*"[^"]*")*[^"]*$)')
_LONGEST = 1000


class Path(NamedTuple):
    """Where to look, one row of steps for each alternative, in order."""

    text: str
    alternatives: tuple[tuple[Step, ...], ...]

    def values(self, value: Json) -> Iterator[Any]:
        """What stands at each alternative that leads somewhere, null left out."""
        for steps in self.alternatives:
            found = _follow(value, steps)
            if found is not None:
                yield found

    def first(self, value: Json) -> Json:
        """What stands at the first alternative that leads somewhere; None where none does."""
        return next(self.values(value), None)

    def text_in(self, value: Json) -> str:
        """The first text, number or yes/no found, as text; empty where there is none."""
        for found in self.values(value):
            text = text_of(found).strip()
            if text:
                return text
        return ""


@lru_cache(maxsize=4096)
def path_of(text: str) -> Path:
    """The path a person wrote.

    Raises: DeskError for what is no path.
    """
    if len(text) > _LONGEST:
        raise DeskError("The path is too long.", hint="A path is written like alert.labels.severity.")
    alternatives: list[tuple[Step, ...]] = []
    for part in _OR.split(text.strip()):
        steps = _steps(part.removeprefix("."), text)
        is_sibling = part.startswith(".") and bool(alternatives)
        alternatives.append((alternatives[0][0], *steps) if is_sibling else steps)
    return Path(text, tuple(alternatives))


def child(path: str, name: str) -> str:
    """The path of a name inside another path, as `path_of` reads it."""
    if _PLAIN.fullmatch(name) and name.strip() == name and not _OR.search(name):
        return f"{path}.{name}" if path else name
    return f"{path}[{json.dumps(name, ensure_ascii=False)}]"


def _steps(part: str, text: str) -> tuple[Step, ...]:
    steps: list[Step] = []
    place = 0
    while place < len(part):
        match = _STEP.match(part, place)
        if match is None or (not steps and match.group().startswith(".")):
            raise _no_path(text)
        steps.append(_step(match, text))
        place = match.end()
    if not steps:
        raise _no_path(text)
    return tuple(steps)


def _step(match: re.Match[str], text: str) -> Step:
    name, place, quoted = match.groups()
    if place is not None:
        return int(place)
    if quoted is None:
        return str(name).strip()
    try:
        return str(json.loads(quoted))
    except json.JSONDecodeError:
        raise _no_path(text) from None


def _no_path(text: str) -> DeskError:
    return DeskError(
        f"“{text[:80]}” is no path.", hint='Put dots between names: alert.labels.severity, tags[0], ["a.b"].'
    )


def _follow(value: Json, steps: tuple[Step, ...]) -> Json:
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step if isinstance(step, str) else str(step))
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value
