"""What the stand-up asks of the desk; every call is for the worker and in the operator's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from desktop.domain.escalation import Done
from desktop.services.standup import StandupView


@dataclass(frozen=True, slots=True)
class StandupFound:
    """The stand-up that goes on, if any, and notes that were being typed, by escalation."""

    view: StandupView | None = None
    notes: Mapping[str, str] | None = None


class KeepsStandups(Protocol):
    """The stand-ups of one desk."""

    def found(self) -> StandupFound:
        """What there is."""
        ...

    def start(self) -> StandupView:
        """Begin one.

        Raises: Conflict when one is running.
        """
        ...

    def begin_turn(self, standup_id: int, owner_id: int | None) -> StandupView:
        """Let an owner's time begin."""
        ...

    def end_turn(self, standup_id: int) -> StandupView:
        """Stop the timer."""
        ...

    def note(self, standup_id: int, escalation_id: int, text: str) -> Done:
        """Put what was said on the timeline."""
        ...

    def end(self, standup_id: int) -> StandupView:
        """It is over."""
        ...

    def keep_note(self, key: str, text: str) -> None:
        """Keep a note that is being typed; an empty one is forgotten."""
        ...
