"""How alike two problems are told, and what of a text is worth searching for."""

import re
from collections.abc import Iterable

# The index splits texts in the same way: runs of letters and digits.
_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 40
_MOST_WORDS = 12
# Words that nearly every title may hold and that tell nothing about it.
_EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a after all an and are as at be been but by can cannot could do does for from get gets had has have"
        " how i in into is it its no not of on or our since so than that the their them then there they this"
        " to too us was we were what when where which while who will with would you your",
    )
)


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, in order, each once; NUL and punctuation only separate."""
    words = (word.lower()[:_LONGEST_WORD] for word in _WORD.findall(text))
    return list(dict.fromkeys(words))


def telling_words(text: str) -> list[str]:
    """The words worth searching for, at most a dozen: the longest ones, in the order of the text."""
    words = words_of(text)
    telling = [word for word in words if word not in _EMPTY_WORDS and len(word) > 1] or words
    longest = sorted(telling, key=len, reverse=True)[:_MOST_WORDS]
    return [word for word in telling if word in longest]


def match_all(text: str) -> str:
    """A full-text query for every word of the text, the last one perhaps unfinished; empty for no word.

    Each word is quoted, so that nothing a person types is an operator.
    """
    words = words_of(text)[:_MOST_WORDS]
    if not words:
        return ""
    *whole, last = words
    return " ".join([*(f'"{word}"' for word in whole), f'"{last}"' if text[-1].isspace() else _begun(last)])


def match_begun(text: str) -> str:
    """A full-text query for every word of the text, each of which may be only begun; empty for no word."""
    return " ".join(map(_begun, words_of(text)[:_MOST_WORDS]))


def _begun(word: str) -> str:
    # A single letter begins too many words to be of use.
    return f'"{word}" *' if len(word) > 1 else f'"{word}"'


def match_any(words: Iterable[str]) -> str:
    """A full-text query for any of the words."""
    return " OR ".join(f'"{word}"' for word in words)


def likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 1: the telling words they share, of those of the shorter one.

    A shorter title of a single word is not enough to be alike by: shared words then count of the longer one.
    """
    first, second = set(telling_words(one)), set(telling_words(other))
    if not first or not second:
        return 0.0
    shared = sum(any(_is_same(word, its) for its in second) for word in first)
    fewer = min(len(first), len(second))
    return min(1.0, shared / (fewer if fewer > 1 else max(len(first), len(second))))


def _is_same(word: str, other: str) -> bool:
    """Whether two words are forms of one: equal, or equal but for a short ending."""
    if word == other:
        return True
    shorter, longer = sorted((word, other), key=len)
    return len(shorter) >= 4 and longer.startswith(shorter) and len(longer) - len(shorter) <= 3
