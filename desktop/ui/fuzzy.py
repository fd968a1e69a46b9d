"""Finds what is meant from few letters: words begin them, letters follow one another."""

from collections.abc import Iterable
from typing import NamedTuple

_WORD_START, _IN_A_ROW, _ANYWHERE = 12, 8, 1
_LEAST = 6  # points a letter must bring on average
_WHOLE_WORD, _INSIDE = 40, 2  # of a phrase that begins a word, or stands inside one


class Match(NamedTuple):
    """How well a text fits, higher is better, and which of its letters did."""

    score: int
    places: tuple[int, ...]


def match(query: str, text: str) -> Match | None:
    """Whether all letters of the query occur in the text in their order; the best places are taken.

    Letters at the beginning of words and letters in a row count most; a whole phrase beats scattered letters.
    """
    wanted = "".join(query.casefold().split())
    folded = text.casefold()
    if not wanted:
        return Match(0, ())
    if len(folded) != len(text):
        return None  # folding changed the places of letters: rare, and then only plain words are searched
    phrase = folded.find(query.casefold().strip())
    if phrase >= 0:
        length = len(query.strip())
        begins = phrase == 0 or not folded[phrase - 1].isalnum()
        bonus = _WHOLE_WORD if begins else _INSIDE
        return Match(length * _IN_A_ROW + bonus - phrase // 4, tuple(range(phrase, phrase + length)))
    return _best(_scattered(wanted, folded, at) for at in _starts(wanted[0], folded))


def _best(found: Iterable[Match | None]) -> Match | None:
    return max((one for one in found if one is not None), default=None)


def _starts(letter: str, text: str) -> list[int]:
    at = text.find(letter)
    places: list[int] = []
    while at >= 0 and len(places) < 6:
        places.append(at)
        at = text.find(letter, at + 1)
    return places


def _scattered(wanted: str, text: str, start: int) -> Match | None:
    places = [start]
    score = _value(text, start, -2)
    for letter in wanted[1:]:
        at = _next_place(letter, text, places[-1])
        if at < 0:
            return None
        score += _value(text, at, places[-1])
        places.append(at)
    # Letters strewn over the whole text are no sign that it was meant.
    score -= (places[-1] - places[0] + 1 - len(wanted)) * 2 // 3
    return Match(score, tuple(places)) if score >= _LEAST * len(wanted) else None


def _next_place(letter: str, text: str, after: int) -> int:
    """The letter right behind, else at the beginning of a later word, else anywhere."""
    first = text.find(letter, after + 1)
    if first in (-1, after + 1):
        return first
    at = first
    while at >= 0 and text[at - 1].isalnum():
        at = text.find(letter, at + 1)
    return at if at >= 0 else first


def _value(text: str, at: int, before: int) -> int:
    if at == before + 1:
        return _IN_A_ROW
    return _WORD_START if at == 0 or not text[at - 1].isalnum() else _ANYWHERE
