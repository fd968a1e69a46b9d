"""What a merge field is made of."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.message import Audience, Stage


class FieldKind(StrEnum):
    """What kind of thing stands in a field."""

    TEXT = "T"
    NUMBER = "N"
    DATE = "D"
    PERSON = "P"
    LIST = "L"

    @property
    def word(self) -> str:
        """The kind as people read it."""
        return _KIND_WORDS[self]


_KIND_WORDS = {
    FieldKind.TEXT: "text",
    FieldKind.NUMBER: "number",
    FieldKind.DATE: "time with its zone",
    FieldKind.PERSON: "person",
    FieldKind.LIST: "list",
}


class EmptyKind(StrEnum):
    """What becomes of a field that is empty: the message waits, it is left out, or words stand there."""

    BLOCK = "block"
    OMIT = "omit"
    SAY = "say"


class Approver(StrEnum):
    """Who has to approve what was written before a customer reads it."""

    NOBODY = ""
    LEAD = "lead"
    ENGINEER = "senior engineer"


@dataclass(frozen=True, slots=True)
class Empty:
    """The rule for an empty field.

    `words` may name other fields in braces; `otherwise` stands there where one of those is empty as well.
    `stages` are those in which it blocks, none for all of them.
    """

    kind: EmptyKind
    words: str = ""
    otherwise: str = ""
    stages: frozenset[Stage] = frozenset()


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field; `is_written` is one that people write, and `hint` the question its words answer.

    `is_standing` is one that holds for every escalation of the desk once it is written.
    """

    name: str
    kind: FieldKind
    audiences: frozenset[Audience]
    label: str
    source: str
    empty: Empty
    is_written: bool = False
    approver: Approver = Approver.NOBODY
    hint: str = ""
    is_standing: bool = False


BLOCK = Empty(EmptyKind.BLOCK)
OMIT = Empty(EmptyKind.OMIT)


def block_at(*stages: Stage) -> Empty:
    """The rule of a field that blocks messages of these stages, and is left out of others."""
    return Empty(EmptyKind.BLOCK, stages=frozenset(stages))


def say(words: str, otherwise: str = "") -> Empty:
    """The rule of a field that is never silent."""
    return Empty(EmptyKind.SAY, words, otherwise)
