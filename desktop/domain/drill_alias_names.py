"""Invented names to put in the place of real ones: of people, companies and places."""

from collections.abc import Iterable, Iterator
from random import Random

FIRST = (
    "Adela", "Bram", "Celine", "Dario", "Edda", "Farid", "Greta", "Hakon", "Imara", "Joris", "Kirsa",
    "Leander",
    "Maelis", "Noor", "Odile", "Pavo", "Quirin", "Runa", "Silvan", "Tamsin", "Ulla", "Vesna", "Wander",
    "Xenia",
    "Yorick", "Zita", "Anouk", "Birk", "Corin", "Delphi", "Eskil", "Fenja", "Gideon", "Hedda", "Ilmari",
    "Jolan",
)  # fmt: skip
LAST = (
    "Arbeck", "Brandholt", "Corvay", "Dunmere", "Elsworth", "Fjordal", "Garrick", "Holloway", "Iverleigh",
    "Jarnvik", "Kellermond", "Lindqvist", "Marrable", "Norrby", "Osterhaus", "Pellwick", "Quintrell",
    "Rosmarin",
    "Skovgaard", "Thornbury", "Ulvestad", "Vantongen", "Wexcombe", "Yardleigh", "Zandvliet", "Ashgrove",
    "Bellamont", "Cranleigh", "Drummel", "Eversholt", "Farnaby", "Greyling", "Hartwell", "Kjaerby", "Lovatt",
)  # fmt: skip
COMPANY = (
    "Velmora", "Tarnwick", "Ostrava", "Quillbrook", "Harrowmere", "Lumenvale", "Brightsound", "Calderon",
    "Fenwater", "Grayloch", "Ironbirch", "Juniperfield", "Larkhollow", "Moorcastle", "Northquay", "Pinegarth",
    "Ravensole", "Saltmarsh", "Thistledon", "Umberline", "Wychwater", "Yewdale", "Amberlock", "Cobalt",
)  # fmt: skip
SECOND = ("Works", "Partners", "Line", "Collective", "Trading", "Union", "House", "Systems")
PLACE = ("Norvale", "Westmark", "Sundhaven", "Eastholm", "Larnby", "Midmarsh", "Highford", "Koldal", "Ambry")
_SYLLABLES = (
    "ba",
    "de",
    "fi",
    "go",
    "lu",
    "ma",
    "ne",
    "ri",
    "so",
    "tu",
    "va",
    "ze",
    "kor",
    "lin",
    "mar",
    "ven",
)


class Names:
    """Gives names out, each once, in an order that only the seed knows; none of them is anybody's."""

    def __init__(self, seed: int, taken: Iterable[str]) -> None:
        self._taken = frozenset(taken)
        self._parts = tuple(each for each in self._taken if len(each) > 2)
        self._given: set[str] = set()
        self._pools = {
            kind: _shuffled(pool, Random(f"{seed} {kind}"))
            for kind, pool in (
                ("first", FIRST), ("last", LAST), ("company", COMPANY), ("second", SECOND), ("place", PLACE),
            )
        }  # fmt: skip

    def next(self, kind: str) -> str:
        """A name of a kind: first, last, company, second or place."""
        for name in self._pools[kind]:
            folded = name.casefold()
            is_real = folded in self._taken or any(each in folded for each in self._parts)
            if not is_real and folded not in self._given:
                self._given.add(folded)
                return name
        raise AssertionError("a pool does not end")


def _shuffled(pool: tuple[str, ...], random: Random) -> Iterator[str]:
    names = list(pool)
    random.shuffle(names)
    yield from names
    while True:
        yield "".join(random.choice(_SYLLABLES) for _ in range(3)).capitalize()
