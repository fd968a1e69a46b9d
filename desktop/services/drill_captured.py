"""Pages and messages of a drill's desk: they leave it on paper only, and nobody outside gets any of them."""

from datetime import datetime

from db.queries import promise_due
from desktop.domain.instant import from_us
from desktop.services.desk import Desk
from desktop.services.outgoing import OutgoingQueue
from desktop.services.page_queue import PageQueue
from desktop.services.pager import PagerSource
from desktop.services.promise_watch import PromiseWatch

_AT_ONCE = 50


class _Told:
    """Takes in what became of a message, as whoever keeps the messages does."""

    def __init__(self, desk: Desk) -> None:
        from desktop.services.drill_message import sending_of

        self._sending = sending_of(desk)

    def delivered(self, sent_id: int) -> None:
        """All recipients have it, as far as the drill goes."""
        self._sending.delivered(sent_id)

    def undelivered(self, sent_id: int, why: str) -> None:
        """It could not leave."""
        self._sending.undelivered(sent_id, why)

    def unsure(self, sent_id: int, why: str) -> None:
        """Nobody knows."""
        self._sending.unsure(sent_id, why)


class CapturedOutbox:
    """Stands for the world outside: takes every page and message over, and lets alarms ring.

    Nothing in here opens a connection; the drill's desk has no other way out.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        desk.alarm.pager = PagerSource(desk.store)
        store, clock, bus, outbox = desk.store, desk.clock, desk.bus, desk.outbox
        self._pages = PageQueue(store=store, clock=clock, bus=bus, outbox=outbox, desk=outbox.desk)
        self._letters = OutgoingQueue(
            store=store, clock=clock, bus=bus, letters=_Told(desk), desk=outbox.desk
        )
        self._promises = PromiseWatch(cases=desk.escalations.cases)

    def ring(self) -> None:
        """Raise every alarm that is due, and mark promises that were broken."""
        self._desk.alarm.sweep()
        self._promises.tick()

    def take_over(self) -> int:
        """Take over every page and message that waits; gives how many."""
        count = 0
        for page in self._pages.claim(_AT_ONCE):
            self._pages.sent(page)
            count += 1
        if self._letters.is_waiting():
            for letter in self._letters.claim(_AT_ONCE):
                self._letters.sent(letter)
                count += 1
        return count

    def next_at(self) -> datetime | None:
        """When something is due next at the drill's desk; None for nothing known."""
        with self._desk.store.read() as session:
            promised_us = promise_due.next_us(session)
        known = [self._desk.alarm.next_wake_at(), None if promised_us is None else from_us(promised_us)]
        return min((at for at in known if at is not None), default=None)
