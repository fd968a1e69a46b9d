"""What the page of messages asks of the desk; every call is for the worker and in the operator's name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from desktop.domain.letter import ListedDraft
from desktop.domain.message import Medium
from desktop.domain.promise import Promise, PromiseKind
from desktop.domain.silence import Silence
from desktop.services.message_ledger import PromisesFound, SentRow


@dataclass(frozen=True, slots=True)
class WaitingDraft:
    """A draft in the list; `writers` have it open now, `why_not` tells why the operator cannot release it."""

    draft: ListedDraft
    writers: tuple[str, ...] = ()
    why_not: str = ""

    @property
    def waits(self) -> bool:
        """Whether a second person is to release it."""
        return self.draft.release is not None and not self.draft.release.is_given


@dataclass(frozen=True, slots=True)
class TextsFound:
    """What stands in a draft, by medium: subject and body."""

    draft_id: int
    texts: Mapping[Medium, tuple[str, str]] = field(default_factory=dict)


class ReadsMessages(Protocol):
    """Messages of one desk; `silent` says why nothing leaves it, empty where it does."""

    silent: str

    def promises(self) -> PromisesFound:
        """All that was promised outside."""
        ...

    def silence(self) -> tuple[Silence, ...]:
        """Who has heard nothing for how long, the most forgotten first."""
        ...

    def drafts(self) -> tuple[WaitingDraft, ...]:
        """What is being written, what waits for a release first."""
        ...

    def texts(self, draft_id: int) -> TextsFound:
        """What stands in a draft, as it is to be released.

        Raises: NotFound.
        """
        ...

    def sent(self, escalation_id: int | None = None, before_id: int | None = None) -> tuple[SentRow, ...]:
        """What left the desk last, or about one escalation, the latest first."""
        ...

    def of(self, escalation_id: int) -> "AboutOne":
        """All about one escalation."""
        ...

    def release(self, draft_id: int) -> None:
        """Let a draft of somebody else go.

        Raises: NotAllowed; Conflict; DeskError.
        """
        ...

    def promise(self, escalation_id: int, kind: PromiseKind, due_at: datetime, text: str) -> None:
        """Note what was promised otherwise than in a message.

        Raises: NotAllowed; DeskError for a time that has passed.
        """
        ...

    def keep(self, promise_id: int) -> None:
        """Note that a promise was kept.

        Raises: NotAllowed; DeskError.
        """
        ...

    def take_back(self, promise_id: int, reason: str) -> None:
        """Take a promise back.

        Raises: NotAllowed; DeskError without a reason.
        """
        ...

    def send_again(self, recipient_id: int) -> None:
        """Send a message to a recipient once more.

        Raises: NotAllowed; DeskError.
        """
        ...


@dataclass(frozen=True, slots=True)
class AboutOne:
    """What was sent about one escalation, what was promised, and how long each circle has heard nothing."""

    escalation_id: int
    sent: tuple[SentRow, ...] = ()
    promises: tuple[Promise, ...] = ()
    silence: tuple[Silence, ...] = ()
