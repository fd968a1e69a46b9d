"""A handoff: one person's escalations given to another item by item, and how well it went.

Not accepted means still the giver's. What was handed over is on record from the offer on: what is unclear
afterwards is asked back and answered, not written over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: So long after the shift's end, or after an offer that came later, everything should have been accepted.
GRACE = timedelta(minutes=10)


class Part(StrEnum):
    """The five parts that make an item whole."""

    SUMMARY = "summary"
    IMPACT = "impact"
    ACTIONS = "actions"
    OWNERS = "owners"
    NEXT_STEPS = "next_steps"

    @property
    def heading(self) -> str:
        """What stands over the part."""
        return _TITLES[self]


#: What may be written beside the five parts; an item is whole without it.
RISK = "risk"
WORDS = (*(part.value for part in Part), RISK)
RISK_TITLE = "Risk"
_TITLES = {
    Part.SUMMARY: "Summary",
    Part.IMPACT: "Impact assessment",
    Part.ACTIONS: "Actions taken",
    Part.OWNERS: "Owners",
    Part.NEXT_STEPS: "Next steps",
}


class NoteKind(StrEnum):
    """What the giver wants known beyond single escalations."""

    DO_NOT = "do_not"
    RISKY = "risky"
    DECISION = "decision"
    KNOWS = "knows"

    @property
    def heading(self) -> str:
        """The heading of notes of this kind."""
        return _HEADINGS[self]


_HEADINGS = {
    NoteKind.DO_NOT: "Do not",
    NoteKind.RISKY: "Risky in the next shift",
    NoteKind.DECISION: "Open decisions",
    NoteKind.KNOWS: "Who knows what",
}


class ItemState(StrEnum):
    """What became of one item."""

    OPEN = "open"
    ASKED_BACK = "asked back"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DROPPED = "dropped"


class HandoffState(StrEnum):
    """Where a handoff stands; PARTLY is one that is answered, but not all of it was accepted."""

    DRAFT = "draft"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    PARTLY = "partly"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked back about an item; the answer is empty while it is waited for."""

    id: int
    item_id: int
    question: str
    asked_at: datetime
    asked_by: str
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One escalation in a handoff; `words` are the parts and the risk, `typed` those a person wrote.

    `kept` is how it is stored: `open`, `accepted`, `declined` or `dropped`; `why` says why it was declined or
    dropped out.
    """

    id: int
    handoff_id: int
    escalation_id: int
    number: str
    title: str
    customer: str
    severity: int
    priority: str
    words: Mapping[str, str]
    typed: frozenset[str]
    added_at: datetime
    kept: str = "open"
    why: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    questions: tuple[Question, ...] = ()

    @property
    def state(self) -> ItemState:
        """What became of it; one that is open and was asked about waits to be taken on its answer."""
        if self.kept == "open" and self.questions:
            return ItemState.ASKED_BACK
        return ItemState(self.kept)

    @property
    def is_open(self) -> bool:
        """Whether it still waits for the receiver's word, and so is still the giver's."""
        return self.kept == "open"

    @property
    def waits_for_answer(self) -> bool:
        """Whether a question about it has not been answered."""
        return any(not question.answer for question in self.questions)

    @property
    def empty_parts(self) -> tuple[Part, ...]:
        """The parts nobody has written."""
        return tuple(part for part in Part if not self.words.get(part, "").strip())


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence of the giver's."""

    id: int
    kind: NoteKind
    text: str
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class Handoff:
    """One handoff with its items, in the order they are handed over.

    `filled_at` is when its facts were last read; `facts` is what hung on it then, as a document.
    """

    id: int
    from_id: int
    to_id: int | None
    team: str
    shift_end_at: datetime | None
    drafted_at: datetime
    filled_at: datetime
    offered_at: datetime | None
    withdrawn_at: datetime | None
    alarm_at: datetime | None
    alarmed_at: datetime | None
    kept: str
    facts: Mapping[str, object]
    parts_filled: int
    parts_wanted: int
    items: tuple[Item, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def state(self) -> HandoffState:
        """Where it stands, as its items say."""
        if self.kept != "offered":
            return HandoffState(self.kept)
        if any(item.is_open for item in self.items):
            return HandoffState.OFFERED
        is_whole = all(item.kept == "accepted" for item in standing(self.items))
        return HandoffState.ACCEPTED if is_whole else HandoffState.PARTLY

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been accepted by now and was not."""
        waits = self.state in (HandoffState.DRAFT, HandoffState.OFFERED)
        return waits and self.alarm_at is not None and self.alarm_at <= now


def standing(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items but for those that dropped out."""
    return tuple(item for item in items if item.kept != "dropped")


def filled_parts(items: Iterable[Item]) -> tuple[int, int]:
    """How many parts are written, and how many there are; items that dropped out do not count."""
    stand = standing(items)
    return sum(len(Part) - len(item.empty_parts) for item in stand), len(stand) * len(Part)


def alarm_at(shift_end_at: datetime | None, offered_at: datetime | None) -> datetime | None:
    """When the coordinator is alarmed unless all was accepted; None for a draft without a shift's end.

    An offer made after the shift's end leaves the receiver the same time to read it; where no end is known,
    the shift ends with the offer.
    """
    if shift_end_at is None:
        return None if offered_at is None else offered_at + GRACE
    return max(shift_end_at, offered_at or shift_end_at) + GRACE


def dropped_sentence(number: str, owner: str | None, giver_owns: bool, state_word: str, is_open: bool) -> str:
    """Why an escalation is no longer part of a handoff; empty while it is."""
    if not is_open:
        return f"{number} dropped out: it is {state_word[0].lower()}{state_word[1:]} by now."
    if giver_owns:
        return ""
    return f"{number} dropped out: {f'{owner} owns it by now' if owner else 'nobody owns it'}."
