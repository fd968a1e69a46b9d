"""Pseudonyms: in all texts of a drill, the same person, company or number gets the same invented one.

Names on record are found however they are written: small or large, without accents, in parts. What tells of
somebody without being a name (addresses, links, ids, amounts, dates) is found by its form.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from desktop.domain.checksum import sha256_hex
from desktop.domain.drill_alias_names import Names
from desktop.domain.drill_alias_pattern import PATTERNS, scaled, shifted
from desktop.domain.drill_folded import fold, folded, forms, words_of
from desktop.domain.drill_past import Named

#: A part of a name so long is replaced inside other words too.
_INSIDE = 6
_SHORTEST = 2
_SAFE = ".example.test"
_PIECES = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Alias:
    """What stands in the place of what; `kind` is that of `Named`, or "other"."""

    kind: str
    real: str
    alias: str


@dataclass(frozen=True)
class Aliases:
    """A table of pseudonyms, with the secrets of what is worked out: a factor for amounts, weeks for dates.

    `ordinary` are words of everyday language: one that is part of a name stays where it stands alone.
    """

    entries: tuple[Alias, ...]
    seed: int
    year: int
    ordinary: frozenset[str] = frozenset()

    @cached_property
    def permille(self) -> int:
        """By how much amounts are multiplied; never near to nothing at all."""
        random = Random(f"{self.seed} amounts")
        return random.choice((random.randrange(550, 860), random.randrange(1_160, 1_800)))

    @cached_property
    def weeks(self) -> int:
        """By how many weeks dates are put off: into the past or the future."""
        random = Random(f"{self.seed} weeks")
        return random.choice((-1, 1)) * random.randrange(3, 23)

    def with_alias(self, real: str, alias: str) -> "Aliases":
        """The same with another pseudonym for one of them, or for something that was not known yet."""
        wanted = " ".join(alias.split())
        if any(each.real == real for each in self.entries):
            entries = tuple(
                replace(each, alias=wanted) if each.real == real else each for each in self.entries
            )
        else:
            word = re.compile(re.escape(real), re.IGNORECASE)  # a pseudonym of one's own choice may hold it
            mended = (replace(each, alias=word.sub(lambda _: wanted, each.alias)) for each in self.entries)
            entries = (*mended, Alias("other", real, wanted))
        return Aliases(entries, self.seed, self.year, self.ordinary)

    def said(self, text: str) -> str:
        """A text with every name, address, number, amount and date replaced."""
        if not text:
            return text
        found = self._files(text)
        for kind, pattern in PATTERNS:
            _claim(found, ((match.start(), match.end(), kind) for match in pattern.finditer(text)))
        spans = [(begin, end, self.worked_out(kind, text[begin:end])) for begin, end, kind in found]
        taken = [(begin, end) for begin, end, _ in spans]
        spans += [each for each in self._names(text) if _is_free(taken, each[0], each[1])]
        parts, last = [], 0
        for begin, end, alias in sorted(spans):
            parts += [text[last:begin], alias]
            last = end
        return "".join([*parts, text[last:]])

    # ---- names

    @cached_property
    def _by_form(self) -> dict[str, str]:
        """What to write for each form of a name, whole or in part, by its letters alone."""
        found: dict[str, str] = {}
        for each in self.entries:
            for form in forms(each.real):
                found.setdefault(_letters(form), each.alias)
        for each in self.entries:
            if each.kind in ("person", "contact", "customer", "company", "place"):
                for word, alias in self._parts(each):
                    for form in forms(word):
                        found.setdefault(_letters(form), alias)
        return found

    def _parts(self, each: Alias) -> Iterable[tuple[str, str]]:
        aliases = each.alias.split()
        for place, word in enumerate(words_of(each.real)):
            is_name = each.kind in ("person", "contact") or fold(word) not in self.ordinary
            if aliases and is_name and len(word) > _SHORTEST:
                yield word, aliases[min(place, len(aliases) - 1)]

    @cached_property
    def _known(self) -> re.Pattern[str] | None:
        known = {form for each in self.entries for form in forms(each.real)}
        known |= {form for each in self.entries for word, _ in self._parts(each) for form in forms(word)}
        longest = sorted((form for form in known if _letters(form) in self._by_form), key=len, reverse=True)
        spaced = (r"[\W_]{0,3}".join(map(re.escape, _PIECES.findall(form))) for form in longest)
        pattern = "|".join(each for each in spaced if each)
        return re.compile(pattern) if pattern else None

    def _names(self, text: str) -> Iterable[tuple[int, int, str]]:
        if self._known is None:
            return
        plain = folded(text)
        for match in self._known.finditer(plain.text):
            begin, end = match.span()
            run = plain.run(begin, end)
            is_inside = len(run) > end - begin
            if is_inside and (end - begin < _INSIDE or run in self.ordinary):
                continue
            first, last = plain.span(begin, end)
            yield first, last, _as_written(self._by_form[_letters(match[0])], text[first:last])

    def _files(self, text: str) -> list[tuple[int, int, str]]:
        found: list[tuple[int, int, str]] = []
        names = sorted((each.real for each in self.entries if each.kind == "file"), key=len, reverse=True)
        for name in names:
            places = re.finditer(re.escape(name), text, re.IGNORECASE)
            _claim(found, ((match.start(), match.end(), "file") for match in places))
        return found

    # ---- what is worked out

    def worked_out(self, kind: str, text: str) -> str:
        """What stands in the place of something that is known by its form, such as a link."""
        return self._makers[kind](text)

    @cached_property
    def _makers(self) -> dict[str, Callable[[str], str]]:
        table = {fold(each.real): each.alias for each in self.entries}

        def known(make: Callable[[str], str]) -> Callable[[str], str]:
            return lambda text: table.get(fold(text)) or make(text)

        return {
            "file": known(self._file),
            "url": known(lambda text: f"https://www{_SAFE}/{self._number('url', text, 9000)}"),
            "mail": known(self._mail),
            "ip": known(lambda text: f"192.0.2.{self._number('ip', text, 254)}"),
            "date": known(lambda text: shifted(text, self.weeks, self.year)),
            "amount": known(lambda text: scaled(text, self.permille)),
            "number": known(self._ticket),
            "phone": known(lambda text: f"+44 1632 960{self._number('phone', _digits(text), 998):03}"),
            "host": known(lambda text: f"host-{self._number('host', text, 9000)}{_SAFE}"),
            "digits": known(self._same_length),
        }

    def _number(self, kind: str, text: str, most: int) -> int:
        """A number from 1 on that hangs on the text and the secret alone."""
        return int(sha256_hex(f"{self.seed} {kind} {fold(text)}".encode())[:12], 16) % most + 1

    def _mail(self, text: str) -> str:
        local, _, domain = text.partition("@")
        said = self.said(re.sub(r"[._+-]+", " ", local))
        name = re.sub(r"[^a-z]+", ".", fold(said)).strip(".")
        is_named = name and fold(re.sub(r"[._+-]+", " ", local)) != fold(said)
        who = name if is_named else f"contact{self._number('mail', local, 9000)}"
        return f"{who}@mail{self._number('host', domain, 9000)}{_SAFE}"

    def _ticket(self, text: str) -> str:
        lead = "#" if text.startswith("#") else "REF-"
        return f"{lead}{self._number('number', text, 89_999) + 10_000}"

    def _file(self, text: str) -> str:
        ending = text.rpartition(".")[2] if "." in text else ""
        tail = f".{ending.lower()}" if 0 < len(ending) <= 5 and ending.isalnum() else ""
        return f"attachment-{self._number('file', text, 9000)}{tail}"

    def _same_length(self, text: str) -> str:
        least = 10 ** (len(text) - 1)
        return str(least + self._number("digits", text, 9 * least) - 1)


def aliases_of(
    names: Sequence[Named],
    texts: Iterable[str],
    *,
    seed: int,
    year: int,
    ordinary: frozenset[str] = frozenset(),
) -> Aliases:
    """A table for those of the names that occur in the texts, in full or in part; the customer's always."""
    said = fold("\n".join(texts))
    words = frozenset(re.findall(r"[^\W\d_]+", said))
    taken = {fold(part) for each in names for part in words_of(each.name)}
    giver = _Giver(Names(seed, taken))
    entries: dict[str, Alias] = {}
    empty = Aliases((), seed, year, ordinary)
    for at, each in enumerate(names):
        if each.name in entries or not fold(each.name):
            continue
        if at == 0 or _occurs(each, said, words, ordinary):
            made = giver.alias(each)
            alias = made if made else empty.worked_out(each.kind, each.name)
            entries[each.name] = Alias(each.kind, each.name, alias)
    return Aliases(tuple(entries.values()), seed, year, ordinary)


class _Giver:
    """Makes pseudonyms; a word of a name that comes again, comes as the same word."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._words: dict[str, str] = {}

    def alias(self, named: Named) -> str:
        words = words_of(named.name)
        if named.kind in ("customer", "company"):
            return f"{self._word(words[:1], 'company')} {self._names.next('second')}"
        if named.kind == "place":
            return self._word(words[:1], "place")
        if named.kind in ("person", "contact"):
            kinds = ("first", *["last"] * 2)
            made = [self._word((word,), kind) for word, kind in zip(words[:3], kinds, strict=False)]
            return " ".join(made) or self._names.next("last")
        return ""

    def _word(self, words: Sequence[str], kind: str) -> str:
        key = fold(words[0]) if words else kind
        if key not in self._words:
            self._words[key] = self._names.next(kind)
        return self._words[key]


def _occurs(named: Named, said: str, words: frozenset[str], ordinary: frozenset[str]) -> bool:
    is_role = named.kind == "contact" and all(fold(word) in ordinary for word in words_of(named.name))
    if is_role or any(form in said for form in forms(named.name)):
        return not is_role
    if named.kind in ("file", "number"):
        return False
    parts = [form for word in words_of(named.name) for form in forms(word) if len(word) > _SHORTEST]
    if named.kind in ("customer", "company", "place"):
        parts = [part for part in parts if part not in ordinary]
    return any(part in words or (len(part) >= _INSIDE and part in said) for part in parts)


def _claim(found: list[tuple[int, int, str]], more: Iterable[tuple[int, int, str]]) -> None:
    taken = [(begin, end) for begin, end, _ in found]
    found += [each for each in more if each[0] < each[1] and _is_free(taken, each[0], each[1])]


def _is_free(taken: Sequence[tuple[int, int]], begin: int, end: int) -> bool:
    return all(end <= first or begin >= last for first, last in taken)


def _as_written(alias: str, real: str) -> str:
    """The pseudonym in capitals or small letters where the real name was written so."""
    if real.isupper() and len(real) > 3:
        return alias.upper()
    return alias.lower() if real.islower() else alias


def _letters(text: str) -> str:
    return "".join(_PIECES.findall(text))


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit()).lstrip("0")
