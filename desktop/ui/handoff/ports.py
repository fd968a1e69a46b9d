"""What the page of handoffs asks of the desk; every call is for the worker and in the operator's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.domain.escalation import Bulk
from desktop.domain.handoff import NoteKind
from desktop.domain.person import Person
from desktop.services.handoff_view import HandoffView


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who comes next, and why that is thought."""

    person_id: int
    why: str


@dataclass(frozen=True, slots=True)
class HandoffsFound:
    """What concerns whoever works at the desk.

    `given` are their draft and what they offered that is not settled, `to_take` what is offered to them,
    `past` everything they gave or were given, the latest first.
    """

    operator: Person | None = None
    given: tuple[HandoffView, ...] = ()
    to_take: tuple[HandoffView, ...] = ()
    past: tuple[HandoffView, ...] = ()
    people: tuple[Person, ...] = ()
    proposal: Proposal | None = None
    owned: int = 0


class KeepsHandoffs(Protocol):
    """The handoffs of one desk."""

    def found(self) -> HandoffsFound:
        """What there is."""
        ...

    def view(self, handoff_id: int) -> HandoffView:
        """One of them."""
        ...

    def draw_up(self) -> HandoffView:
        """The operator's draft, made or filled anew from what is known now.

        Raises: DeskError before anybody has said who works at the desk.
        """
        ...

    def write(self, key: str, text: str) -> None:
        """Keep one part of an item; the key is `item id:part`."""
        ...

    def plan(self, handoff_id: int, shift_end_at: datetime | None) -> HandoffView:
        """Say when the shift ends."""
        ...

    def add(self, handoff_id: int, escalation_ids: Sequence[int]) -> HandoffView:
        """Put in what was left out."""
        ...

    def leave_out(self, item_id: int) -> HandoffView:
        """Keep one for oneself."""
        ...

    def note(self, handoff_id: int, kind: NoteKind, text: str) -> HandoffView:
        """Add a sentence for the whole shift."""
        ...

    def remove_note(self, note_id: int) -> HandoffView:
        """Take it out."""
        ...

    def offer(self, handoff_id: int, to_id: int) -> HandoffView:
        """Hand it over for the other to accept."""
        ...

    def withdraw(self, handoff_id: int, reason: str) -> HandoffView:
        """Take back what was not accepted."""
        ...

    def accept(self, handoff_id: int, item_ids: Sequence[int] | None) -> Bulk:
        """Take these over, or all that wait."""
        ...

    def ask_back(self, item_id: int, question: str) -> HandoffView:
        """Ask whoever gives."""
        ...

    def decline(self, item_id: int, reason: str) -> HandoffView:
        """Not take one."""
        ...

    def answer(self, question_id: int, text: str) -> HandoffView:
        """Answer what was asked back."""
        ...

    def file_name(self, view: HandoffView, ending: str) -> str:
        """What a file of it may be called."""
        ...

    def export(self, handoff_id: int, target: Path) -> Sequence[str]:
        """Write it as a file; gives what is to be said about it."""
        ...

    def kept_words(self) -> Mapping[str, str]:
        """What was being typed into the small fields, by key."""
        ...

    def keep_words(self, key: str, text: str) -> None:
        """Keep it; an empty text is forgotten."""
        ...
