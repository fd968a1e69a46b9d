"""A text as the linter reads it, and all it is held against."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from desktop.domain.escalation import State
from desktop.domain.message import Audience, Finding, Medium, Sent, Stage
from desktop.domain.message_lint_words import Tone
from desktop.domain.message_names import Names

#: Of a longer text no more is looked at.
LONGEST = 40_000
#: Behind this line stands what the account manager must not say.
_NOT_SAID = re.compile(r"^(?:DO NOT|DON'T|NEVER) SAY\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Letter:
    """One channel: its text, where values stand in it, and what its template found missing.

    `is_free` is one that no template gave any part of.
    """

    medium: Medium
    subject: str
    body: str
    spans: tuple[tuple[str, int, int], ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    edited: bool = False

    @property
    def is_free(self) -> bool:
        """Whether nothing of it came from a template."""
        return not self.spans

    def inside(self, begin: int, end: int, fields: Iterable[str] | None = None) -> bool:
        """Whether a stretch of the body lies in the value of a field, or of one of these."""
        return any(
            at <= begin and end <= until and (fields is None or name in fields)
            for name, at, until in self.spans
        )

    def parts(self, *fields: str) -> Iterable[tuple[int, int]]:
        """Where the values of these fields stand in the body."""
        return ((begin, end) for name, begin, end in self.spans if name in fields)


class Changed(NamedTuple):
    """A fact that was told for certain and is another now."""

    field: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a message is held against.

    `approved` are the fields whose values somebody approved; `others` the names of other customers, `staff`
    the surnames; `heard` what the audience was told, the first first. `needs_release` and `is_released` are
    about a second person.
    """

    tone: Tone
    audience: Audience
    stage: Stage
    state: State
    now: datetime
    zone: str
    next_update_at: datetime | None = None
    priority: str | None = None
    is_partial: bool = False
    approved: frozenset[str] = frozenset()
    others: Names = field(default_factory=Names)
    own_names: tuple[str, ...] = ()
    staff: frozenset[str] = frozenset()
    heard: tuple[Sent, ...] = ()
    changed: tuple[Changed, ...] = ()
    needs_release: bool = False
    is_released: bool = False

    @property
    def is_customer(self) -> bool:
        """Whether somebody outside reads it."""
        return self.audience is Audience.CUSTOMER


@dataclass(frozen=True, slots=True)
class Note:
    """Makes findings of one rule in one text."""

    letter: Letter
    rule: int
    kind: str = "warning"

    def at(
        self, begin: int, end: int, why: str, suggestion: str = "", replacement: str | None = None
    ) -> Finding:
        """A finding about a stretch of the body."""
        letter = self.letter
        quote = letter.body[begin:end]
        return Finding(self.rule, self.kind, letter.medium, begin, end, quote, why, suggestion, replacement)

    def in_subject(self, begin: int, end: int, why: str, suggestion: str = "") -> Finding:
        """A finding about a stretch of the subject."""
        quote = self.letter.subject[begin:end]
        return Finding(
            self.rule, self.kind, self.letter.medium, begin, end, quote, why, suggestion, in_subject=True
        )

    def whole(self, why: str, suggestion: str = "", *, can_override: bool = True) -> Finding:
        """A finding about the text as a whole."""
        return Finding(
            self.rule, self.kind, self.letter.medium, 0, 0, "", why, suggestion, can_override=can_override
        )


def shortened(letter: Letter) -> Letter:
    """The letter as far as it is looked at: not beyond LONGEST, and of what is read out the words to say."""
    end = min(len(letter.body), LONGEST)
    if letter.medium is Medium.PHONE and (mark := _NOT_SAID.search(letter.body)) is not None:
        end = min(end, mark.start())
    if end == len(letter.body):
        return letter
    spans = tuple(span for span in letter.spans if span[2] <= end)
    return replace(letter, body=letter.body[:end], spans=spans)


def words_of(text: str) -> Sequence[str]:
    """The words of a text."""
    return re.findall(r"\w[\w'’-]*", text)
