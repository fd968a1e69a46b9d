"""Lets the worker read the messages that wait, a slice at a time, so that nobody else waits long for it."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from desktop.domain.events import MessagesKept
from desktop.services.bus import Bus

_log = logging.getLogger(__name__)
Submit = Callable[..., "Future[Any]"]
#: Reads a slice of what waits; whether something is left.
Read = Callable[[], bool]


class Reading:
    """Reads until nothing waits; at most one slice is in the worker's queue.

    What the person asks of the worker meanwhile comes between two slices. Safe to be told on any thread.
    """

    def __init__(self, read: Read, submit: Submit, bus: Bus) -> None:
        self._read = read
        self._submit = submit
        self._lock = threading.Lock()
        self._is_queued = False
        self._is_wanted = False
        self._is_closed = False
        self._place = bus.subscribe(MessagesKept, self._hear)

    def look(self) -> None:
        """Something may wait: at the start, after a sweep, when messages have come."""
        with self._lock:
            if self._is_closed:
                return
            if self._is_queued:
                self._is_wanted = True  # what came while a slice is read, it may not have seen
                return
            self._is_queued, self._is_wanted = True, False
        try:
            future = self._submit(self._read)
        except RuntimeError:  # the worker is closed: what waits is read at the next start
            self.close()
        else:
            future.add_done_callback(self._note)

    def close(self) -> None:
        """Read nothing more; safe to repeat."""
        with self._lock:
            self._is_closed = True
        self._place.cancel()

    def _hear(self, _event: MessagesKept) -> None:
        self.look()

    def _note(self, future: "Future[bool]") -> None:
        """On the worker's thread: another slice goes to the end of its queue."""
        remaining = _remaining(future)
        with self._lock:
            self._is_queued = False
            goes_on = remaining or self._is_wanted
        if goes_on:
            self.look()


def _remaining(future: "Future[bool]") -> bool:
    """Whether a slice left something; one that failed is tried again after the next sweep."""
    if future.cancelled():
        return False
    error = future.exception()
    if error is not None:
        _log.error("signals could not be read; they are tried again", exc_info=error)
        return False
    return future.result()
