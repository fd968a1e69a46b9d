"""Which fact was changed by hand in which channel, so that the others do not tell it differently."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from desktop.domain.letter import Draft, FactDifference, Shown
from desktop.domain.message import Medium, Rendered

_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
#: Beyond so many words the quick way is taken, which may find a larger change than there was.
_MOST_TOKENS = 2000
#: How somebody is greeted may differ from channel to channel.
_NO_FACTS = frozenset({"salutation"})


class Place(NamedTuple):
    """A stretch of one text, and where it is in the other."""

    tag: str
    begin: int
    end: int
    new_begin: int
    new_end: int


class Told(NamedTuple):
    """What stands in a changed text where the value of a field stood."""

    field: str
    before: str
    words: str


def places(before: str, after: str) -> tuple[Place, ...]:
    """How one text became the other, in stretches of whole words, in the order of the text."""
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    old = _TOKENS.findall(before[head : len(before) - tail])
    new = _TOKENS.findall(after[head : len(after) - tail])
    found = [Place("equal", 0, head, 0, head)] if head else []
    found += _stretches(old, new, head)
    if tail:
        found.append(Place("equal", len(before) - tail, len(before), len(after) - tail, len(after)))
    return tuple(found)


def moved(spans: Sequence[tuple[str, int, int]], found: Sequence[Place]) -> list[tuple[str, int, int]]:
    """Where the values stand in the changed text."""
    return [(name, _begin(begin, found), _end(begin, end, found)) for name, begin, end in spans]


def told(base: Rendered, body: str) -> tuple[Told, ...]:
    """What became of each value in a text that was changed by hand, in the order of the text."""
    after = moved(base.spans, places(base.body, body))
    return tuple(
        Told(name, base.body[begin:end], body[new_begin:new_end].strip())
        for (name, begin, end), (_, new_begin, new_end) in zip(base.spans, after, strict=True)
    )


def differences(draft: Draft, live: Mapping[Medium, Shown]) -> tuple[FactDifference, ...]:
    """The facts that channels changed by hand tell differently from the record, and so from the others."""
    words: dict[str, dict[Medium, str]] = {}
    by_hand: dict[str, set[Medium]] = {}
    values: dict[str, str] = {}
    for medium, text in draft.texts.items():
        base = draft.bases.get(medium)
        if base is None:
            continue
        now = _texts(live[medium].rendered) if medium in live else {}
        for place, fact in _numbered(told(base, text.body)):
            current = now.get(place, fact.before)
            values.setdefault(fact.field, current)
            if fact.field in _NO_FACTS or not fact.words or fact.words == current:
                continue
            words.setdefault(fact.field, {})[medium] = fact.words
            if fact.words != fact.before:
                by_hand.setdefault(fact.field, set()).add(medium)
    return tuple(
        FactDifference(name, values[name], kept, frozenset(by_hand.get(name, ())))
        for name, kept in words.items()
    )


def _numbered(facts: Sequence[Told]) -> list[tuple[tuple[str, int], Told]]:
    counts: dict[str, int] = {}
    found = []
    for fact in facts:
        counts[fact.field] = counts.get(fact.field, 0) + 1
        found.append(((fact.field, counts[fact.field]), fact))
    return found


def _texts(rendered: Rendered) -> dict[tuple[str, int], str]:
    counts: dict[str, int] = {}
    found: dict[tuple[str, int], str] = {}
    for name, begin, end in rendered.spans:
        counts[name] = counts.get(name, 0) + 1
        found[name, counts[name]] = rendered.body[begin:end]
    return found


def _stretches(old: Sequence[str], new: Sequence[str], head: int) -> list[Place]:
    is_long = len(old) + len(new) > _MOST_TOKENS
    matcher = SequenceMatcher(None, old, new, autojunk=is_long)
    old_at, new_at = _starts(old, head), _starts(new, head)
    return [
        Place(tag, old_at[i1], old_at[i2], new_at[j1], new_at[j2])
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    ]


def _starts(tokens: Sequence[str], head: int) -> list[int]:
    at = [head]
    for token in tokens:
        at.append(at[-1] + len(token))
    return at


def _common(one: str, other: str) -> int:
    """How much both begin with, in whole words."""
    length = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        length += 1
    if length == len(one) == len(other):
        return length
    while length and (_is_inside(one, length) or _is_inside(other, length)):
        length -= 1
    return length


def _is_inside(text: str, at: int) -> bool:
    return at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _begin(at: int, found: Sequence[Place]) -> int:
    for place in found:
        if place.begin <= at < place.end:
            return place.new_begin + (at - place.begin if place.tag == "equal" else 0)
    return found[-1].new_end if found else at


def _end(begin: int, at: int, found: Sequence[Place]) -> int:
    if at == begin:
        return _begin(begin, found)
    for place in found:
        if place.begin < at <= place.end:
            return place.new_begin + (at - place.begin) if place.tag == "equal" else place.new_end
    return found[-1].new_end if found else at


def frozen(draft: Draft, medium: Medium, shown: Shown) -> Rendered:
    """One channel as it stands, its text and where the values are in it, to be kept as it is."""
    if not shown.text.edited:
        return shown.rendered
    base = draft.bases.get(medium, shown.rendered)
    return Rendered(
        shown.text.subject,
        shown.text.body,
        base.values,
        tuple(moved(base.spans, places(base.body, shown.text.body))),
        shown.rendered.missing,
        shown.rendered.unknown,
    )
