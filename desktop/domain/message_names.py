"""Names in a text: those of thousands of customers are found in one pass over its words."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_LEGAL = frozenset(
    [
        "ab", "ag", "as", "bv", "co", "company", "corp", "corporation", "gmbh", "group", "holding", "inc",
        "kg", "kgaa", "limited", "llc", "llp", "ltd", "mbh", "nv", "oy", "plc", "sa", "sarl", "sas", "se",
        "spa", "srl", "ug",
    ]
)  # fmt: skip
_SHORTEST = 3
_SHORTEST_WORD = 4
_MOST_WORDS = 12


class Named(NamedTuple):
    """A name found in a text."""

    begin: int
    end: int
    name: str


class _Token(NamedTuple):
    word: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Names:
    """Names as their folded words, with and without their legal form; and the longest by its first word."""

    by_words: dict[tuple[str, ...], str] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)

    def __hash__(self) -> int:
        return id(self)

    def found(self, text: str, own: Sequence[str] = (), skipped: frozenset[str] = frozenset()) -> list[Named]:
        """The names that stand in a text with a capital, but for one's own and what is a word besides."""
        tokens = _tokens(text)
        mine = {words for name in own for words in _forms(name)}
        hidden = _hidden(tokens, mine)
        found: list[Named] = []
        place = 0
        while place < len(tokens):
            match = None if place in hidden else self._at(text, tokens, place, mine, skipped)
            if match is None:
                place += 1
                continue
            size, name = match
            found.append(Named(tokens[place].begin, tokens[place + size - 1].end, name))
            place += size
        return found

    def _at(
        self,
        text: str,
        tokens: Sequence[_Token],
        place: int,
        mine: set[tuple[str, ...]],
        skipped: frozenset[str],
    ) -> tuple[int, str] | None:
        first = tokens[place]
        if text[first.begin].islower():
            return None
        # The longer name first: what it stands for is not the shorter one's.
        for size in range(self.longest.get(first.word, 0), 0, -1):
            words = tuple(token.word for token in tokens[place : place + size])
            name = self.by_words.get(words)
            if name is not None and words not in mine and " ".join(words) not in skipped:
                return size, name
        return None


def names_of(names: Iterable[str]) -> Names:
    """The names, ready to be looked for."""
    by_words: dict[tuple[str, ...], str] = {}
    longest: dict[str, int] = {}
    for name in names:
        for words in _forms(name):
            if len("".join(words)) >= _SHORTEST and len(words) <= _MOST_WORDS:
                by_words.setdefault(words, name)
                longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return Names(by_words, longest)


def surname(name: str) -> str:
    """The last word of a person's name, as it is written; empty for a single word."""
    words = name.split()
    return words[-1] if len(words) > 1 else ""


def _forms(name: str) -> list[tuple[str, ...]]:
    """A name as its folded words: whole, and without the legal form where enough is left."""
    words = tuple(token.word for token in _tokens(name))
    if not words:
        return []
    short = words
    while len(short) > 1 and short[-1] in _LEGAL:
        short = short[:-1]
    is_telling = len(short) > 1 or len(short[0]) >= _SHORTEST_WORD
    return [words, short] if short != words and is_telling else [words]


def _hidden(tokens: Sequence[_Token], mine: set[tuple[str, ...]]) -> set[int]:
    """The places of words that belong to one's own name."""
    hidden: set[int] = set()
    for place in range(len(tokens)):
        for words in mine:
            if tuple(token.word for token in tokens[place : place + len(words)]) == words:
                hidden.update(range(place, place + len(words)))
    return hidden


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(unicodedata.normalize("NFKC", place[0]).casefold(), place.start(), place.end())
        for place in _WORD.finditer(text)
    ]
