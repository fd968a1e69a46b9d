"""Keeps what comes from outside before anything else is done with it."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from time import monotonic

from db.queries import message as messages
from db.queries import source as sources
from db.unit_of_work import Store
from desktop.domain.errors import DeskError, StoreError
from desktop.domain.events import MessagesKept
from desktop.domain.instant import to_us
from desktop.domain.source import NewMessage
from desktop.services.bus import Bus

_MOST_AT_ONCE = 256
_TELL_EVERY_S = 0.05  # at most twenty times a second, however much comes in


class ReceivingService:
    """Writes messages as they came; what it has given an id for is on the disk."""

    def __init__(self, *, store: Store, bus: Bus) -> None:
        self._store = store
        self._bus = bus

    def keep(self, batch: Sequence[NewMessage]) -> list[int]:
        """Keep these messages in one durable transaction; gives their ids in the same order.

        The id is 0 for a message whose reference this source has used before: it is kept already.

        Raises: DeskError for one that is too large; StoreError when the database cannot take them. Then none
        of them is kept.
        """
        for message in batch:
            if len(message.body) > message.largest:
                size = message.largest // 1_048_576
                raise DeskError(
                    f"The message is larger than {size} MiB.", field="body", hint="Send less at once."
                )
        with self._store.begin() as session:
            ids = [messages.keep(session, message) for message in batch]
            last = {message.source_id: message for message in batch}
            for source_id, message in last.items():
                sources.note_received(session, source_id, to_us(message.received_at))
        return ids

    def keep_and_tell(self, batch: Sequence[NewMessage]) -> list[int]:
        """As `keep`, and those who read messages hear of it."""
        ids = self.keep(batch)
        self._bus.publish(MessagesKept(sum(1 for id_ in ids if id_)))
        return ids

    def count_waiting(self) -> int:
        """How many messages are kept but not read yet."""
        with self._store.read() as session:
            return messages.count_waiting(session)

    def tell(self, count: int) -> None:
        """Let those who read messages hear that so many were kept."""
        self._bus.publish(MessagesKept(count))


class GroupWriter:
    """One thread that keeps whatever has come in meanwhile with a single commit.

    Under load the disk is waited for once for many messages; alone, a message is kept at once.
    """

    def __init__(self, receiving: ReceivingService) -> None:
        self._receiving = receiving
        self._queue: SimpleQueue[tuple[NewMessage, Future[int]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="receiving", daemon=True)
        self._is_closed = False
        self._lock = threading.Lock()
        self._untold = 0
        self._told_s = 0.0
        self._thread.start()

    def submit(self, message: NewMessage) -> "Future[int]":
        """Keep this message; the future gives its id once it is on the disk.

        Raises: RuntimeError once closed.
        """
        future: Future[int] = Future()
        with self._lock:
            if self._is_closed:
                raise RuntimeError("the writer is closed")
            self._queue.put((message, future))
        return future

    def close(self) -> None:
        """Keep what was given and end; safe to repeat."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
            self._queue.put(None)
        self._thread.join()

    def _write(self) -> None:
        is_open = True
        while is_open:
            batch: list[tuple[NewMessage, Future[int]]] = []
            is_open = self._take(batch)
            if batch:
                self._keep(batch)
            self._tell(at_once=not is_open)

    def _take(self, batch: list[tuple[NewMessage, "Future[int]"]]) -> bool:
        """Wait for one message and take along what waits behind it; false at the end."""
        try:
            entry = self._queue.get(timeout=self._until_telling_s())
        except Empty:
            return True
        while entry is not None:
            batch.append(entry)
            if len(batch) >= _MOST_AT_ONCE or self._queue.empty():
                return True
            entry = self._queue.get()
        return False

    def _until_telling_s(self) -> float | None:
        return max(self._told_s + _TELL_EVERY_S - monotonic(), 0.0) if self._untold else None

    def _keep(self, batch: Sequence[tuple[NewMessage, "Future[int]"]]) -> None:
        try:
            ids = self._receiving.keep([message for message, _ in batch])
        except DeskError as error:
            if len(batch) > 1 and not isinstance(error, StoreError):
                for one in batch:  # one of them is at fault: the others must not be lost with it
                    self._keep([one])
                return
            for _, future in batch:
                future.set_exception(error)
            return
        for (_, future), id_ in zip(batch, ids, strict=True):
            future.set_result(id_)
        self._untold += len(batch)

    def _tell(self, *, at_once: bool) -> None:
        now_s = monotonic()
        if self._untold and (at_once or now_s - self._told_s >= _TELL_EVERY_S):
            count, self._untold, self._told_s = self._untold, 0, now_s
            self._receiving.tell(count)
