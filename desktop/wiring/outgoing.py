"""Messages of a desk on their way out; nothing of it is loaded before the first one waits."""

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from desktop.domain.errors import DeskError
from desktop.domain.events import EscalationChanged, MessagesChanged, OutboxFilled
from desktop.services.worker import Worker

if TYPE_CHECKING:
    from desktop.adapters.letter_pump import LetterPump
    from desktop.adapters.secrets import Secrets
    from desktop.services.bus import Subscription
    from desktop.services.desk import Desk

_log = logging.getLogger(__name__)


class Returns:
    """Tells those who keep the messages what became of one; repeating it changes nothing."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def delivered(self, sent_id: int) -> None:
        """All recipients have it."""
        self._came_back(sent_id, "sent", "")

    def undelivered(self, sent_id: int, why: str) -> None:
        """A recipient does not have it."""
        self._came_back(sent_id, "failed", why)

    def unsure(self, sent_id: int, why: str) -> None:
        """Nobody knows of a recipient whether it arrived."""
        self._came_back(sent_id, "unsure", why)

    def _came_back(self, sent_id: int, state: str, why: str) -> None:
        from desktop.services.message_return import came_back  # nothing of it is wanted before

        escalation_id = came_back(self._desk.escalations.cases, sent_id, state, why)
        if escalation_id:
            self._desk.bus.publish(MessagesChanged((escalation_id,), self._desk.store.revision()))


class Outgoing:
    """Sends what people wrote. With `is_real` false, in a drill or a sample, nothing ever leaves the desk:
    that is noted with each message instead.
    """

    def __init__(
        self,
        desk: "Desk",
        secrets: "Callable[[], Secrets]",
        worker: Worker,
        *,
        is_real: bool,
    ) -> None:
        self._desk = desk
        self._secrets = secrets
        self._worker = worker
        self._is_real = is_real
        self._pump: LetterPump | None = None
        self._is_stopped = False
        self._is_looking = False
        self._subscriptions: list[Subscription] = []

    def start(self) -> None:
        """Send from now on, what waits already first."""
        bus = self._desk.bus
        self._subscriptions = [
            bus.subscribe(OutboxFilled, self._on_filled),
            bus.subscribe(EscalationChanged, self._on_changed),
        ]
        self._look_soon()

    def stop(self) -> None:
        """Send no more; the worker waits for what is being sent. Safe to repeat."""
        for subscription in self._subscriptions:
            subscription.cancel()
        self._subscriptions = []
        with suppress(RuntimeError):  # the worker is closed, and has done this before
            self._worker.submit(self._end)

    def _on_filled(self, _event: OutboxFilled) -> None:
        self._look_soon()

    def _on_changed(self, event: EscalationChanged) -> None:
        if not event.ids:  # another program on this database: it may have put a message in
            self._look_soon()

    def _look_soon(self) -> None:
        if self._pump is not None:
            self._pump.poke()
        elif not self._is_looking:
            with suppress(RuntimeError):
                self._is_looking = True
                self._worker.submit(self._begin)

    def _begin(self) -> None:
        """On the worker."""
        self._is_looking = False
        if self._pump is not None or self._is_stopped:
            return
        from db.queries import recipient

        try:
            with self._desk.store.read() as session:
                is_wanted = recipient.next_try_us(session) is not None
        except DeskError as error:
            _log.warning("messages cannot be read: %s", error)
            return
        if is_wanted:
            self._open()

    def _open(self) -> None:
        from desktop.adapters.letter_pump import LetterPump
        from desktop.adapters.mail_sending import MailPost
        from desktop.adapters.paging import ApprisePost
        from desktop.services.outgoing import OutgoingQueue

        desk = self._desk
        queue = OutgoingQueue(
            store=desk.store,
            clock=desk.clock,
            bus=desk.bus,
            letters=Returns(desk),
            desk=desk.outbox.desk,
            is_real=self._may_send,
        )
        self._pump = LetterPump(
            queue=queue,
            mail=MailPost().send,
            chat=ApprisePost().send,
            secret=self._secrets().get,
            clock=desk.clock,
        )
        self._pump.start()

    def _may_send(self) -> bool:
        return self._is_real

    def _end(self) -> None:
        """On the worker."""
        self._is_stopped = True
        if self._pump is not None:
            self._pump.stop()
