"""What is left of real names in a drill made from an escalation: every word of them is searched everywhere.

Small letters and accents make no difference, and a name is found inside other words too. What is found blocks
the drill until it is put right, or somebody answers for it by name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.domain.drill_document import write_scenario
from desktop.domain.drill_folded import Folded, fold, folded, forms, words_of
from desktop.domain.drill_past import Named
from desktop.domain.drill_scenario import Scenario

_SHORTEST = 3
_INSIDE = 4
_CONTEXT = 34
_DIGITS = 5
_SIGNED = re.compile(r"([A-Z]+-\d{4}-\d+)\b(?:.*: (\d+) left on purpose)?")
#: Keys of a scenario under which stand words of the format, no words of anybody.
_FORMAT_KEYS = frozenset(
    (
        "format", "id", "version", "kind", "anonymised", "difficulty", "tags", "clock", "safety",
        "competences", "at",
        "after", "phase", "type", "trigger", "channel", "to", "when", "from_s", "role", "evidence", "match",
        "deadline",
        "grace", "weight", "gap", "auto", "default", "category", "code", "competence", "delay", "rubric",
        "seats",
        "product_area", "customer", "ref", "story", "tier",
    )
)  # fmt: skip
_KINDS = {
    "customer": "the customer's name", "company": "another customer", "contact": "a contact",
    "person": "the staff directory",
    "file": "an attachment's name", "place": "the customer's region", "number": "a number on record",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leftover:
    """One place where a word of a real name still stands; `quote` is what is around it."""

    place: str
    token: str
    kind: str
    quote: str

    @property
    def origin(self) -> str:
        """Whose word it is."""
        return _KINDS.get(self.kind, "the record")


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody's word that the scan was read, and that what it still finds may stay."""

    by: str
    at: datetime
    left: int
    fingerprint: str

    def sentence(self, number: str) -> str:
        """As it is kept with the drill, for staff only."""
        left = "nothing found" if not self.left else f"{self.left} left on purpose"
        record = f"{number}, record {self.fingerprint[:12]}"
        return f"{record}; leftovers read by {self.by} on {self.at:%Y-%m-%d}: {left}"


def signed(ref: str) -> tuple[str, int]:
    """The number of the escalation in a drill's reference, and how many hits somebody answered for."""
    match = _SIGNED.match(ref.strip())
    if match is None:
        return "", 0
    return match[1], int(match[2] or 0)


@dataclass(frozen=True, slots=True)
class _Token:
    form: str
    kind: str
    word: str
    is_ordinary: bool = False


def leftovers(
    scenario: Scenario, names: Sequence[Named], ordinary: frozenset[str] = frozenset()
) -> tuple[Leftover, ...]:
    """Every place where a word of a name stands; `ordinary` are words of everyday language around them.

    An ordinary word that only contains a part of a name by chance ("standard" for Stan) is no hit, and none
    is an ordinary word that merely describes somebody ("duty manager").
    """
    tokens = tuple(_tokens(names, ordinary))
    found = []
    for place, text in texts_of(scenario):
        found += list(_in_text(place, text, tokens, ordinary))
    return tuple(found)


def texts_of(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Every text of a scenario that a person wrote, players' and staff's, with its place."""
    yield "id", scenario.id.replace("-", " ")
    yield from _walk(write_scenario(scenario), "")


def tokens_of(names: Sequence[Named], ordinary: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The words that are searched for, folded."""
    return tuple(dict.fromkeys(each.form for each in _tokens(names, ordinary)))


def _walk(value: Any, place: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any part of a document
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if key not in _FORMAT_KEYS or (isinstance(part, Mapping) and place.endswith("artifact")):
                yield from _walk(part, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            name = part.get("id", number + 1) if isinstance(part, Mapping) else number + 1
            yield from _walk(part, f"{place} {name}")


def _tokens(names: Sequence[Named], ordinary: frozenset[str]) -> Iterator[_Token]:
    met: set[str] = set()
    for each in names:
        is_proper = each.kind in ("customer", "person")
        for text in (each.name, *each.also):
            for word in _pieces(text, is_number=each.kind == "number"):
                for form in forms(word):
                    plain = form in ordinary
                    if form in met or (plain and not is_proper) or (plain and text in each.also):
                        continue
                    met.add(form)
                    yield _Token(form, each.kind, word, plain)


def _pieces(text: str, *, is_number: bool) -> Iterator[str]:
    """The words and long numbers of a name, an address or a phone number; an id counts as a whole."""
    numbers = re.findall(r"\d+", text)
    has_letters = bool(words_of(text))
    if not is_number:
        yield from (word for word in words_of(text) if len(word) >= _SHORTEST)
    yield from (number for number in numbers if len(number) >= _DIGITS)
    joined = "".join(numbers).lstrip("0")
    if len(numbers) > 1 and not has_letters and len(joined) >= _DIGITS:
        yield joined
    if numbers and has_letters and "@" not in text:
        yield text


def _in_text(place: str, text: str, tokens: Sequence[_Token], ordinary: frozenset[str]) -> Iterator[Leftover]:
    plain = folded(text)
    digits = _joined_digits(plain)
    for token in tokens:
        if token.form.isdigit():
            if token.form in digits:
                yield Leftover(place, token.word, token.kind, _digits_quote(text, token.form))
            continue
        if token.form not in plain.text:
            continue  # as nearly always
        for match in re.finditer(re.escape(token.form), plain.text):
            run = plain.run(*match.span())
            is_inside = len(run) > len(token.form)
            if (
                token.is_ordinary
                and token.kind == "person"
                and (is_inside or not _is_capital(plain, match.start(), text))
            ):
                continue
            if is_inside and (len(token.form) < _INSIDE or _is_everyday(run, ordinary)):
                continue
            begin, end = plain.span(*match.span())
            yield Leftover(place, token.word, token.kind, _quote(text, begin, end))


def _is_everyday(run: str, ordinary: frozenset[str]) -> bool:
    if run in ordinary:
        return True
    return any(
        run.endswith(tail) and run[: -len(tail)] in ordinary for tail in ("s", "es", "d", "ed", "ing", "ly")
    )


def _is_capital(plain: Folded, begin: int, text: str) -> bool:
    return text[plain.places[begin]].isupper()


def _joined_digits(plain: Folded) -> str:
    """The numbers of a text, their inner separators left out."""
    return re.sub(r"(?<=\d)[ ()/.+-]{1,3}(?=\d)", "", plain.text)


def _digits_quote(text: str, form: str) -> str:
    match = re.search(r"[ ()/.+-]{0,3}".join(form), text)
    return _quote(text, *match.span()) if match else form


def _quote(text: str, begin: int, end: int) -> str:
    """What is around a hit on one line, the hit in angle quotes."""
    before, after = text[max(0, begin - _CONTEXT) : begin], text[end : end + _CONTEXT]
    lead = "…" if begin > _CONTEXT else ""
    tail = "…" if end + _CONTEXT < len(text) else ""
    return " ".join(f"{lead}{before}«{text[begin:end]}»{after}{tail}".split())


def suspects(scenario: Scenario, names: Sequence[Named], known: Sequence[str]) -> tuple[str, ...]:
    """Words in the middle of a sentence that begin with a capital and that nothing accounts for, each once.

    Nobody has them on record: they may be names all the same, and a person looks at them.
    """
    accounted = {form for word in known for part in words_of(word) for form in forms(part)}
    accounted |= set(tokens_of(names))
    found: dict[str, None] = {}
    for _, text in texts_of(scenario):
        for match in re.finditer(r"(?<=[a-z,;] )[A-Z][^\W\d_]{3,}", text):
            if fold(match[0]) not in accounted:
                found[match[0]] = None
    return tuple(found)
