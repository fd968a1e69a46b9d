"""Pages of a real desk: sent while somebody has a channel; until then nothing of it is loaded."""

import logging
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from typing import TYPE_CHECKING

from desktop.domain.errors import DeskError
from desktop.domain.events import ChannelsChanged, EscalationChanged, OutboxFilled
from desktop.services.worker import Worker

if TYPE_CHECKING:
    from desktop.adapters.listener.room import Room
    from desktop.adapters.page_pump import PagePump
    from desktop.adapters.secrets import Secrets
    from desktop.services.bus import Subscription
    from desktop.services.desk import Desk
    from desktop.services.paging import PagingService

_log = logging.getLogger(__name__)


class Pages:
    """Sends what the ladder has for people who are not at the desk.

    Start it before the scheduler: both go to the worker, and the first sweep then knows whom it can page.
    With `is_real` false, in a drill or a sample, nobody is ever paged, whatever is in the database. `rooms`
    are the listener's, where the links are answered.
    """

    def __init__(
        self,
        desk: "Desk",
        secrets: "Callable[[], Secrets]",
        worker: Worker,
        *,
        is_real: bool,
        rooms: "MutableMapping[str, Room] | None" = None,
    ) -> None:
        self._desk = desk
        self._secrets = secrets
        self._worker = worker
        self._is_real = is_real
        self._rooms: MutableMapping[str, Room] = {} if rooms is None else rooms
        self._pump: PagePump | None = None
        self._is_stopped = False
        self._subscriptions: list[Subscription] = []

    def start(self) -> None:
        """Send from now on, if anybody can be reached; as soon as somebody can, otherwise."""
        if not self._is_real:
            return
        bus = self._desk.bus
        self._subscriptions = [
            bus.subscribe(OutboxFilled, self._on_filled),
            bus.subscribe(ChannelsChanged, self._on_channels),
            bus.subscribe(EscalationChanged, self._on_changed),
        ]
        self._look_soon()

    def poke(self) -> None:
        """Look into the outbox now."""
        if self._pump is not None:
            self._pump.poke()

    def stop(self) -> None:
        """Send no more; the worker waits for what is being sent. Safe to repeat."""
        for subscription in self._subscriptions:
            subscription.cancel()
        self._subscriptions = []
        with suppress(RuntimeError):  # the worker is closed, and has done this before
            self._worker.submit(self._end)

    def service(self) -> "PagingService":
        """The channels of people, for the pages that show and change them; made when first visited."""
        from desktop.adapters.paging import ApprisePost
        from desktop.services.paging import PagingService

        return PagingService(
            store=self._desk.store,
            clock=self._desk.clock,
            bus=self._desk.bus,
            secrets=self._secrets(),
            looker=ApprisePost(),
        )

    def _on_filled(self, _event: OutboxFilled) -> None:
        self.poke()

    def _on_channels(self, _event: ChannelsChanged) -> None:
        self._look_soon()

    def _on_changed(self, event: EscalationChanged) -> None:
        if not event.ids:  # another program on this database: it may have added a channel, or a page
            self._look_soon()

    def _look_soon(self) -> None:
        self.poke()
        if self._pump is None:
            with suppress(RuntimeError):
                self._worker.submit(self._begin)

    def _begin(self) -> None:
        """On the worker."""
        if self._pump is not None or self._is_stopped:
            return
        from db.queries import on_call

        try:
            with self._desk.store.read() as session:
                is_wanted = on_call.has_channel(session)
        except DeskError as error:
            _log.warning("channels cannot be read: %s", error)
            return
        if is_wanted:
            self._open()

    def _open(self) -> None:
        from desktop.adapters.listener.ack import AckRoom
        from desktop.adapters.page_pump import PagePump
        from desktop.adapters.paging import ApprisePost
        from desktop.services.page_ack import PageAcks
        from desktop.services.page_queue import PATH, PageQueue
        from desktop.services.pager import PagerSource

        desk = self._desk
        acks = PageAcks(store=desk.store, clock=desk.clock, acknowledge=desk.alarm.acknowledge)
        self._rooms[PATH] = AckRoom(acks.look, acks.acknowledge).room()
        queue = PageQueue(
            store=desk.store,
            clock=desk.clock,
            bus=desk.bus,
            outbox=desk.outbox,
            desk=desk.outbox.desk,
            link_base=self._link_base,
            reads_mail=self._reads_mail,
        )
        self._pump = PagePump(
            pages=queue, send=ApprisePost().send, address=self._secrets().get, clock=desk.clock
        )
        desk.alarm.pager = PagerSource(desk.store)
        self._pump.start()

    def _end(self) -> None:
        """On the worker."""
        self._is_stopped = True
        self._desk.alarm.pager = None
        if self._pump is not None:
            self._pump.stop()

    def _link_base(self) -> str:
        settings = self._desk.settings.current
        return settings.page_address if settings.listener_on else ""

    def _reads_mail(self) -> bool:
        from desktop.domain.source import SourceKind

        return any(source.kind is SourceKind.MAIL and source.enabled for source in self._desk.source.all())
