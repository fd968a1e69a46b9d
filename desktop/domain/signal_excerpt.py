"""Pieces of logs that a signal brings along as text: shown to a person as evidence, beside its links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.signal_path import child
from desktop.domain.signal_type import DESK, Json, Signal

_NAMES = re.compile(
    r"(?:^|[^a-z])(?:logs?|excerpts?|output|trace|tracebacks?|stack_?traces?|exceptions?)(?:[^a-z]|$)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\s*https?://\S+\s*", re.IGNORECASE)
_LONGEST = 20_000
_MOST = 20
_MOST_LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text with the path in the message where it stands."""

    path: str
    text: str


def excerpts(signal: Signal) -> tuple[Excerpt, ...]:
    """The texts in a signal that stand under a name of logs, traces or output; at most twenty."""
    found = dict.fromkeys(_all(signal))
    return tuple(found)[:_MOST]


def _all(signal: Signal) -> Iterator[Excerpt]:
    waiting: list[tuple[str, bool, Json]] = [
        (child("", name), bool(_NAMES.search(name)), value)
        for name, value in reversed(list(signal.fields.items()))
        if name != DESK
    ]
    for _ in range(_MOST_LOOKED_AT):
        if not waiting:
            return
        path, is_log, value = waiting.pop()
        if isinstance(value, str):
            if is_log and value.strip() and not _ADDRESS.fullmatch(value):
                yield Excerpt(path, value[:_LONGEST])
        elif isinstance(value, dict):
            waiting.extend(
                (child(path, name), is_log or bool(_NAMES.search(name)), inner)
                for name, inner in reversed(list(value.items()))
            )
        elif isinstance(value, list):
            waiting.extend((f"{path}[{at}]", is_log, value[at]) for at in reversed(range(len(value))))
