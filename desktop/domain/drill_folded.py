"""Texts as names are looked for in them: small letters without accents, invisible signs left out."""

import re
import unicodedata
from dataclasses import dataclass

#: Letters that do not come apart into a letter and an accent.
_LETTERS = {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ħ": "h"}
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"}
_RUN = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `places` tells for each of its letters where it stood."""

    text: str
    places: tuple[int, ...]
    length: int

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """The part of the original that a part of the folded text was made from."""
        first = self.places[begin]
        last = self.places[end] if end < len(self.places) else self.length
        return first, max(last, self.places[end - 1] + 1)

    def run(self, begin: int, end: int) -> str:
        """The whole word, letters only, in which a part stands."""
        while begin > 0 and self.text[begin - 1].isalpha():
            begin -= 1
        while end < len(self.text) and self.text[end].isalpha():
            end += 1
        return self.text[begin:end]


def folded(text: str) -> Folded:
    """A text folded, with the place of every letter."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if unicodedata.category(sign) in ("Mn", "Cf", "Me"):
            continue
        for part in unicodedata.normalize("NFKD", sign):
            if unicodedata.category(part) in ("Mn", "Cf", "Me"):
                continue
            for small in part.casefold():
                for letter in _LETTERS.get(small, small):
                    letters.append(letter)
                    places.append(place)
    return Folded("".join(letters), tuple(places), len(text))


def fold(text: str) -> str:
    """A text folded, with single spaces."""
    return " ".join(folded(text).text.split())


def forms(name: str) -> tuple[str, ...]:
    """How a name may be written, folded: with accents left out, and with umlauts spelled out."""
    plain = fold(name)
    spelled = fold(
        "".join(_UMLAUTS.get(sign, sign) for sign in unicodedata.normalize("NFC", name.casefold()))
    )
    return (plain,) if spelled == plain else (plain, spelled)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they stand there, letters only, each once."""
    return tuple(dict.fromkeys(_RUN.findall(unicodedata.normalize("NFC", text))))
