"""Which playbook fits a problem, and which line of it holds the words somebody looks for."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from desktop.domain.likeness import words_of
from desktop.domain.playbook import Tags


class Axis(StrEnum):
    """What a playbook is found by besides its words; `Tags` has one field for each."""

    AREA = "area"
    TYPE = "type"
    TIER = "tier"
    LEVEL = "level"


#: A finer axis says more about a problem than all coarser ones together.
_WEIGHTS: Mapping[Axis, int] = {Axis.TYPE: 8, Axis.AREA: 4, Axis.TIER: 2, Axis.LEVEL: 1}
#: The axes in the order they are told in.
AXES = (Axis.AREA, Axis.TIER, Axis.TYPE, Axis.LEVEL)

#: Uses not longer ago than each of these are alike recent.
_RECENT = (timedelta(days=7), timedelta(days=31), timedelta(days=92))


@dataclass(frozen=True, slots=True)
class Target:
    """What is known of the problem a playbook is wanted for; an empty value is not known."""

    area: str = ""
    type: str = ""
    tier: str = ""
    level: str = ""

    def value(self, axis: Axis) -> str:
        """What it is on one axis."""
        return str(getattr(self, axis.value))

    @property
    def tags(self) -> Tags:
        """As the tags of a playbook for such problems."""
        one = {f"{axis.value}s": tuple(filter(None, (self.value(axis),))) for axis in Axis}
        return Tags(**one)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well tags fit: the axes on which they name the problem's own value.

    `against` are axes on which they name only others: such a playbook is for something else.
    """

    matched: tuple[Axis, ...] = ()
    against: tuple[Axis, ...] = ()

    @property
    def score(self) -> int:
        """0 where it does not fit; else the more, the more exactly it does."""
        return 0 if self.against else sum(_WEIGHTS[axis] for axis in self.matched)


def values_of(tags: Tags, axis: Axis) -> tuple[str, ...]:
    """What the tags name on one axis; nothing for everything."""
    found: tuple[str, ...] = getattr(tags, f"{axis.value}s")
    return found


def fit(tags: Tags, target: Target) -> Fit:
    """How well they fit; what is not known of the problem speaks neither for nor against."""
    matched: list[Axis] = []
    against: list[Axis] = []
    for axis in AXES:
        named, wanted = values_of(tags, axis), target.value(axis)
        if named and wanted:
            (matched if wanted in named else against).append(axis)
    return Fit(tuple(matched), tuple(against))


def recency(last_used_at: datetime | None, now: datetime) -> int:
    """How lately it was used: 4 this week, 3 this month, 2 this quarter, 1 longer ago, 0 never."""
    if last_used_at is None:
        return 0
    ago = now - last_used_at
    return next((4 - at for at, span in enumerate(_RECENT) if ago <= span), 1)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, shortened around what was found; `spans` are (begin, end) of the found words."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


_WORD = re.compile(r"[^\W_]+")
_LONGEST = 110
_BEFORE = 30
_MORE = "…"


def matching_line(texts: Iterable[str], query: str) -> Line:
    """The first line that holds the most of the words looked for; the first line of all without any."""
    words = [_plain(word) for word in words_of(query)]
    best: tuple[int, str, list[tuple[int, int]]] = (0, "", [])
    for line in _lines(texts):
        if not best[1]:
            best = (0, line, [])
        spans = _spans(line, words) if words else []
        found = len({_plain(line[begin:end]) for begin, end in spans})
        if found > best[0]:
            best = (found, line, spans)
        if words and found == len(words):
            break
    return _shortened(best[1], best[2])


def _lines(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        for line in text.splitlines():
            if line.strip():
                yield " ".join(line.split())


def _spans(line: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words begin with one of these; letters count without their accents, as in the index."""
    plain = _plain(line)
    spans: list[tuple[int, int]] = []
    for found in _WORD.finditer(plain):
        begun = max((len(word) for word in words if found[0].startswith(word)), default=0)
        if begun:
            spans.append((found.start(), found.start() + begun))
    return spans


def _plain(text: str) -> str:
    return text.lower() if text.isascii() else "".join(map(_base, text))


@lru_cache(maxsize=4096)
def _base(letter: str) -> str:
    """One small letter without accents for one letter: places in the text stay the same."""
    first = unicodedata.normalize("NFKD", letter)[:1].lower()[:1]
    return first or letter


def _shortened(line: str, spans: Sequence[tuple[int, int]]) -> Line:
    if len(line) <= _LONGEST:
        return Line(line, tuple(spans))
    start = max(0, spans[0][0] - _BEFORE) if spans else 0
    while start and not line[start - 1].isspace():
        start -= 1
        if spans and spans[0][0] - start > 2 * _BEFORE:
            break
    head = _MORE if start else ""
    end = start + _LONGEST
    text = head + line[start:end] + (_MORE if end < len(line) else "")
    by = len(head) - start
    kept = tuple((begin + by, stop + by) for begin, stop in spans if begin >= start and stop <= end)
    return Line(text, kept)
