"""Watches mailboxes and folders from when there is the first one; until then nothing is loaded for it."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from desktop.domain.events import SourcesChanged

if TYPE_CHECKING:  # who watches nothing need not load them
    from desktop.adapters.secrets import Secrets
    from desktop.services.desk import Desk
    from desktop.services.receiving import GroupWriter
    from desktop.services.worker import Worker
    from desktop.wiring.watching import Watching


class WatchGate:
    """Asks the database whether anything is to be watched, at the beginning and when sources change."""

    def __init__(self, desk: "Desk", secrets: "Secrets", submit: Callable[..., "Future[Any]"]) -> None:
        self._desk = desk
        self._secrets = secrets
        self._submit = submit
        self._lock = threading.Lock()
        self._watching: Watching | None = None
        self._worker: Worker | None = None
        self._writer: GroupWriter | None = None
        self._is_begun = False
        self._is_closed = False
        self._place = desk.bus.subscribe(SourcesChanged, self._hear)

    def begin(self) -> None:
        """Watch from when the worker comes to it."""
        self._is_begun = True
        self._submit(self._look)

    def follow(self) -> None:
        """A password has changed."""
        watching, worker = self._watching, self._worker
        if watching is not None and worker is not None:
            with suppress(RuntimeError):  # it has ended meanwhile
                worker.submit(watching.follow)

    def is_watched(self, source_id: int) -> bool:
        """Whether a source was looked at, and nothing was wrong with it."""
        watching = self._watching
        return watching is not None and watching.is_watched(source_id)

    def close(self) -> None:
        """Watch no more; the worker ends it."""
        self._place.cancel()
        self._submit(self._end)

    def _hear(self, _event: SourcesChanged) -> None:
        if self._is_begun and self._watching is None:
            with suppress(RuntimeError):  # the worker is closed: so is the desk
                self._submit(self._look)

    def _look(self) -> None:
        with self._lock:
            if self._is_closed or self._watching is not None or not self._desk.source.is_any_watched():
                return
            from desktop.services.receiving import GroupWriter
            from desktop.services.worker import Worker
            from desktop.wiring.watching import Watching

            self._writer = GroupWriter(self._desk.receiving)
            self._worker = Worker("watching")
            self._watching = Watching(self._desk, self._secrets, self._writer.submit, self._worker)
            self._watching.start()

    def _end(self) -> None:
        """The watches first: what they have taken is still written."""
        with self._lock:
            self._is_closed = True
            if self._watching is not None:
                self._watching.close()
            if self._worker is not None:
                self._worker.close()
            if self._writer is not None:
                self._writer.close()
