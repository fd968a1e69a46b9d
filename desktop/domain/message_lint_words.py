"""The words that messages avoid: lists that each organisation edits, and the document they stand in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from desktop.domain.errors import DeskError

#: The highest number a document may hold in a list, and the longest words in it.
MOST_PHRASES = 2_000
LONGEST_PHRASE = 200
#: Which messages to customers a second person has to release.
RELEASES = ("p1", "p1_p2", "never")
_RELEASED: Mapping[str, frozenset[str]] = {
    "p1": frozenset({"P1"}),
    "p1_p2": frozenset({"P1", "P2"}),
    "never": frozenset(),
}


@dataclass(frozen=True, slots=True)
class ToneList:
    """One list: which rule it serves, what it is called, and whether its words have others in their place."""

    key: str
    rule: int
    title: str
    help: str
    has_instead: bool = False


#: Every list of the document, in the order it is shown.
LISTS: tuple[ToneList, ...] = (
    ToneList("guesses", 6, "Guess words", "Say what you know, or that you do not know yet.", True),
    ToneList("absolutes", 7, "Absolute promises", "Nobody can promise these.", True),
    ToneList("blame", 8, "Blame", "Say what happened, not whose fault it was.", True),
    ToneList("people", 8, "Words for people", "With a word of the next list they blame somebody."),
    ToneList("failures", 8, "What people are blamed for", "With a word for people it is blame."),
    ToneList("outage", 9, "Words for a full outage", "Only where nothing works at all.", True),
    ToneList("minimising", 10, "Minimising words", "They make the customer's problem small.", True),
    ToneList("hollow", 11, "Hollow apologies", "Say what it has caused, then apologise for that.", True),
    ToneList("jargon", 12, "Jargon", "Words of one's own people, with plain ones.", True),
    ToneList("credit", 5, "Credit and refunds", "Only what finance has approved."),
    ToneList("security", 5, "Security statements", "Only what a lead has approved."),
    ToneList("dates", 5, "Times of a solution", "With a time behind them they promise one."),
    ToneList("relative", 2, "Times without a clock", "Customers cannot set a watch by these.", True),
    ToneList("hosts", 3, "Ends of internal names", "Host names that end like this are internal."),
    ToneList("ticket_hosts", 3, "Ticket systems", "Hosts whose addresses customers cannot open."),
    ToneList("not_surnames", 3, "Surnames that are words", "Not taken for a surname of the staff."),
    ToneList("not_customers", 4, "Customers that are words", "Not taken for another customer's name."),
    ToneList("cause", 1, "Words of cause", "Too early in a first message."),
    ToneList("estimate", 1, "Words of an estimate", "Too early in a first message."),
    ToneList("scale", 1, "Words of scale", "In a first message only with a number."),
    ToneList("too_early", 1, "Words of a solution", "Not before it is resolved."),
    ToneList("unsure_end", 1, "Unsure endings", "A resolution is confirmed, or none."),
    ToneList("excuses", 1, "Excuses", "A late message says that it is late, not why."),
    ToneList("human_cause", 1, "People as a cause", "No cause of anything."),
)
_LISTS = {each.key: each for each in LISTS}

#: The limits of the document with their defaults.
LIMITS: Mapping[str, int] = {
    "sentence_words": 25,
    "initial_words": 180,
    "sms_signs": 160,
    "chat_words": 120,
}


class Phrase(NamedTuple):
    """Words to avoid, and others in their place; `*` at the end of a word stands for any ending."""

    words: str
    instead: str = ""


class Match(NamedTuple):
    """Where a phrase of a list stands in a text."""

    begin: int
    end: int
    phrase: Phrase


@dataclass(frozen=True)
class Tone:
    """All lists and limits, and who releases what."""

    lists: Mapping[str, tuple[Phrase, ...]]
    limits: Mapping[str, int] = field(default_factory=lambda: dict(LIMITS))
    two_person_release: str = "p1"

    def __hash__(self) -> int:
        return hash((tuple(sorted(self.lists.items())), tuple(sorted(self.limits.items()))))

    def found(self, key: str, text: str) -> tuple[Match, ...]:
        """Where words of a list stand in a text, in its order."""
        return _found(self.lists.get(key, ()), text)

    def words(self, key: str) -> frozenset[str]:
        """The words of a list, folded."""
        return frozenset(phrase.words.casefold() for phrase in self.lists.get(key, ()))

    def needs_release(self, priority: str | None) -> bool:
        """Whether a message to a customer is released by a second person at this priority."""
        return priority in _RELEASED[self.two_person_release]


def from_document(document: Any) -> Tone:  # noqa: ANN401 - a document may be anything
    """The rules of a document, in the form `to_document` gives; a list left out is empty.

    Raises: DeskError naming the path of the fault.
    """
    if not isinstance(document, dict):
        raise DeskError("The rules of tone are no list of names and values.", field="tone")
    for name in document:
        if name not in ("lists", "limits", "two_person_release"):
            raise DeskError(f"{name} is nothing of the rules of tone.", field=str(name))
    release = document.get("two_person_release", "p1")
    if release not in RELEASES:
        raise DeskError(
            f"{release} does not say who releases what.",
            field="two_person_release",
            hint=f"Use {', '.join(RELEASES)}.",
        )
    return Tone(_read_lists(document.get("lists") or {}), _read_limits(document.get("limits") or {}), release)


def to_document(tone: Tone) -> dict[str, Any]:
    """The rules as plain text, numbers, lists and mappings; every list is in it."""
    return {
        "two_person_release": tone.two_person_release,
        "limits": {name: tone.limits.get(name, LIMITS[name]) for name in LIMITS},
        "lists": {
            each.key: [
                {"words": phrase.words, "instead": phrase.instead} if phrase.instead else phrase.words
                for phrase in tone.lists.get(each.key, ())
            ]
            for each in LISTS
        },
    }


def _read_lists(lists: Any) -> dict[str, tuple[Phrase, ...]]:  # noqa: ANN401
    if not isinstance(lists, dict):
        raise DeskError("The lists have no names.", field="lists")
    if unknown := [name for name in lists if name not in _LISTS]:
        raise DeskError(f"There is no list {unknown[0]}.", field=f"lists.{unknown[0]}")
    found: dict[str, tuple[Phrase, ...]] = {}
    for key, entries in lists.items():
        if not isinstance(entries, list):
            raise DeskError("This is no list.", field=f"lists.{key}")
        if len(entries) > MOST_PHRASES:
            raise DeskError(f"The list is longer than {MOST_PHRASES:,}.", field=f"lists.{key}")
        phrases = (_phrase(entry, f"lists.{key}[{place}]") for place, entry in enumerate(entries))
        found[key] = tuple({phrase.words.casefold(): phrase for phrase in phrases}.values())
    return {each.key: found.get(each.key, ()) for each in LISTS}


def _phrase(entry: Any, path: str) -> Phrase:  # noqa: ANN401
    if isinstance(entry, str):
        entry = {"words": entry}
    if not isinstance(entry, dict) or not set(entry) <= {"words", "instead"}:
        raise DeskError("This is no entry of words.", field=path, hint="Write words, or words and instead.")
    words, instead = entry.get("words"), entry.get("instead") or ""
    if not isinstance(words, str) or not isinstance(instead, str):
        raise DeskError("The words are no text.", field=path)
    words, instead = " ".join(words.split()), " ".join(instead.split())
    if not re.search(r"\w", words):
        raise DeskError("The entry has no words.", field=path, hint="Type some, or take it out.")
    if max(len(words), len(instead)) > LONGEST_PHRASE:
        raise DeskError("The words are too long.", field=path, hint=f"Use at most {LONGEST_PHRASE} signs.")
    return Phrase(words, instead)


def _read_limits(limits: Any) -> dict[str, int]:  # noqa: ANN401
    if not isinstance(limits, dict):
        raise DeskError("The limits have no names.", field="limits")
    found = dict(LIMITS)
    for name, value in limits.items():
        if name not in LIMITS:
            raise DeskError(f"There is no limit {name}.", field=f"limits.{name}")
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 100_000:
            raise DeskError("This is no limit.", field=f"limits.{name}", hint="Use a number above 0.")
        found[name] = value
    return found


def _found(phrases: tuple[Phrase, ...], text: str) -> tuple[Match, ...]:
    if not phrases:
        return ()
    pattern, by_name = _compiled(phrases)
    return tuple(
        Match(place.start(), place.end(), by_name[place.lastgroup or ""]) for place in pattern.finditer(text)
    )


@lru_cache(maxsize=64)
def _compiled(phrases: tuple[Phrase, ...]) -> tuple[re.Pattern[str], Mapping[str, Phrase]]:
    """All phrases as one pattern, the longer ones first; most places of a text are passed over at once."""
    named: dict[str, Phrase] = {}
    at_words: list[str] = []
    others: list[str] = []
    for place, phrase in enumerate(sorted(phrases, key=lambda each: (-len(each.words), each.words))):
        named[f"p{place}"] = phrase
        is_word = re.match(r"\w", phrase.words)
        (at_words if is_word else others).append(f"(?P<p{place}>{_pattern(phrase.words)})")
    parts = [rf"(?<!\w)(?:{'|'.join(at_words)})"] if at_words else []
    return re.compile("|".join(parts + others), re.IGNORECASE), named


def _pattern(words: str) -> str:
    pieces = [re.escape(word).replace(r"\*", r"\w*") for word in words.split()]
    tail = r"(?!\w)" if re.search(r"\w$", words) else ""
    return r"\s+".join(pieces) + tail


def sentences(text: str) -> Iterable[tuple[int, int]]:
    """Begin and end of each sentence; a line end ends one too."""
    begin = 0
    for place in re.finditer(r"(?<=[.!?])(?=\s)|\n", text):
        if text[begin : place.start()].strip():
            yield begin, place.start()
        begin = place.end()
    if text[begin:].strip():
        yield begin, len(text)
