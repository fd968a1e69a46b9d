"""What the tab of tone asks of the desk; every call is for the worker and in the operator's name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop.domain.message_lint_words import Tone


@dataclass(frozen=True, slots=True)
class ToneLine:
    """One version of the rules; number 0 is what the program ships, of which nobody knows a time."""

    number: int
    note: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ToneFound:
    """The rules in force and their versions, newest first; `why_not` says why this person changes none."""

    tone: Tone
    number: int
    versions: tuple[ToneLine, ...] = ()
    why_not: str = ""


class KeepsTone(Protocol):
    """The words that messages avoid."""

    def found(self) -> ToneFound:
        """The rules in force."""
        ...

    def version(self, number: int) -> Tone:
        """An older version, to begin with it again.

        Raises: NotFound.
        """
        ...

    def save(self, tone: Tone, note: str, seen: int) -> int:
        """Let other rules hold from now on; gives the number of their version.

        Raises: NotAllowed; Conflict; DeskError.
        """
        ...
