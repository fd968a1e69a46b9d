"""The messages of a desk for the pages that list them; every call is for the worker."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from desktop.domain.letter import ListedDraft
from desktop.domain.message import Medium
from desktop.domain.person import Actor, Role
from desktop.domain.promise import PromiseKind
from desktop.domain.rights import Action, may
from desktop.domain.silence import Silence
from desktop.services.desk import Desk
from desktop.services.message_ledger import MessageLedger, PromisesFound, SentRow
from desktop.services.outgoing import OutgoingQueue
from desktop.services.silence import SilenceService
from desktop.ui.message.ledger_ports import AboutOne, TextsFound, WaitingDraft
from desktop.wiring.outgoing import Returns
from desktop.wiring.switching import operator_of

if TYPE_CHECKING:
    from desktop.services.promise import PromiseLedger
    from desktop.wiring.compose_parts import Parts

SILENT = "This is no real desk: nothing leaves it."


class DeskLedger:
    """What the page of messages and the panel ask for.

    `parts` bring templates and all their engine along: they are made when a draft is first read. `silent`
    says why nothing leaves the desk, empty where it does.
    """

    def __init__(
        self,
        desk: Desk,
        parts: "Callable[[], Parts]",
        silent: str = "",
    ) -> None:
        self.silent = silent
        self._desk = desk
        self._parts = cache(parts)
        self._ledger = MessageLedger(store=desk.store, clock=desk.clock)
        self._silence = SilenceService(store=desk.store, clock=desk.clock, policy=desk.policy)
        self._queue = OutgoingQueue(
            store=desk.store, clock=desk.clock, bus=desk.bus, letters=Returns(desk), desk=desk.outbox.desk
        )

    # -- reading
    def promises(self) -> PromisesFound:
        """All that was promised outside."""
        return self._ledger.promises()

    def silence(self) -> tuple[Silence, ...]:
        """Who has heard nothing for how long."""
        return self._silence.overview()

    def drafts(self) -> tuple[WaitingDraft, ...]:
        """What is being written, what waits for a release first."""
        by = self._by()
        found = [self._waiting(draft, by) for draft in self._parts().drafts.all()]
        return tuple(sorted(found, key=lambda row: (not row.waits, row.draft.updated_at)))

    def texts(self, draft_id: int) -> TextsFound:
        """What stands in a draft: as it is to be released, or as it is now."""
        draft = self._parts().drafts.get(draft_id)
        texts: dict[Medium, tuple[str, str]] = {
            medium: (each.subject, each.body) for medium, each in draft.frozen.items()
        }
        if draft.release is None or not texts:
            shown = self._parts().drafts.render(draft)
            texts = {medium: (each.text.subject, each.text.body) for medium, each in shown.items()}
        return TextsFound(draft_id, texts)

    def sent(self, escalation_id: int | None = None, before_id: int | None = None) -> tuple[SentRow, ...]:
        """What left the desk."""
        return self._ledger.sent(escalation_id, before_id)

    def of(self, escalation_id: int) -> AboutOne:
        """All about one escalation."""
        return AboutOne(
            escalation_id,
            self._ledger.sent(escalation_id),
            self._ledger.promises_of(escalation_id),
            self._silence.of(escalation_id),
        )

    # -- doing
    def release(self, draft_id: int) -> None:
        """Let a draft of somebody else go."""
        self._parts().sending.release(self._parts().drafts.get(draft_id), self._by())

    def promise(self, escalation_id: int, kind: PromiseKind, due_at: datetime, text: str) -> None:
        """Note what was promised otherwise than in a message."""
        self._promises().add(escalation_id, kind, due_at, self._by(), text)

    def keep(self, promise_id: int) -> None:
        """Note that a promise was kept."""
        self._promises().keep(promise_id, self._by())

    def take_back(self, promise_id: int, reason: str) -> None:
        """Take a promise back."""
        self._promises().withdraw(promise_id, self._by(), reason)

    def send_again(self, recipient_id: int) -> None:
        """Send a message to a recipient once more."""
        may(self._by(), Action.UPDATE, None)
        self._queue.send_again(recipient_id)

    def _promises(self) -> "PromiseLedger":
        from desktop.services.promise import PromiseLedger

        desk = self._desk
        return PromiseLedger(store=desk.store, clock=desk.clock, cases=desk.escalations.cases)

    def _by(self) -> Actor:
        return operator_of(self._desk)

    def _waiting(self, draft: ListedDraft, by: Actor) -> WaitingDraft:
        others = self._parts().drafts.others(draft.escalation_id, by)
        row = WaitingDraft(draft, tuple(one.name for one in others))
        if not row.waits:
            return row
        written = self._parts().drafts.get(draft.id)
        if by.person_id in {written.author_id, *written.writers}:
            return replace(row, why_not="Who has written it cannot release it.")
        if not by.roles & {Role.COORDINATOR, Role.LEAD}:
            return replace(row, why_not="A coordinator or a lead releases it.")
        return row
