"""What of playbooks would come in from files, what would go out, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.playbook import Content


class Kind(StrEnum):
    """What a file is beside what the desk has."""

    NEW = "new"
    NEWER = "newer"
    EARLIER = "earlier"
    DRAFT = "draft"
    CONFLICT = "conflict"
    BOTH = "both changed"
    DAMAGED = "damaged"


class Way(StrEnum):
    """What to do with it."""

    TAKE = "take"
    AS_DRAFT = "as draft"
    LEAVE = "leave"


#: What can be done with each kind beside leaving it, the proposed way first; nothing is ever overwritten.
WAYS: Mapping[Kind, tuple[Way, ...]] = {
    Kind.NEW: (Way.TAKE, Way.AS_DRAFT),
    Kind.NEWER: (Way.TAKE, Way.AS_DRAFT),
    Kind.EARLIER: (Way.TAKE, Way.AS_DRAFT),
    Kind.BOTH: (Way.LEAVE, Way.TAKE, Way.AS_DRAFT),
    Kind.DRAFT: (Way.AS_DRAFT,),
    Kind.CONFLICT: (Way.LEAVE, Way.AS_DRAFT),
    Kind.DAMAGED: (),
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that says something else than the desk; `words` say what, `number` is 0 for a draft.

    `before` is what the desk has in its place, `after` what the file says; None where there is nothing.
    """

    path: str
    kind: Kind
    words: str
    slug: str = ""
    number: int = 0
    title: str = ""
    change_note: str = ""
    author: str = ""
    approved_by: str = ""
    approved_at: datetime | None = None
    before: Content | None = None
    after: Content | None = None
    hash: str = ""
    was_left: bool = False

    @property
    def ways(self) -> tuple[Way, ...]:
        """What can be done with it, the proposed way first."""
        found = tuple(way for way in WAYS[self.kind] if way is not Way.TAKE or self.number)
        if self.was_left:
            found = (Way.LEAVE, *(way for way in found if way is not Way.LEAVE))
        return found if Way.LEAVE in found else (*found, Way.LEAVE)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A published version that is not there yet; `conflict` says why it cannot go, empty where it can."""

    path: str
    slug: str
    number: int
    title: str
    change_note: str
    author: str
    approved_at: datetime
    text: str
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Files beside the desk: what would come in, what would go out, how many say the same."""

    incoming: tuple[Incoming, ...] = ()
    outgoing: tuple[Outgoing, ...] = ()
    same: int = 0
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry, as a sentence; `is_done` is whether it was done."""

    path: str
    words: str
    is_done: bool
