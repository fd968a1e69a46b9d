"""Tells the desk what is wrong with a source, without letting senders wait for it."""

import logging
import threading
from collections.abc import Callable, Sequence

from desktop.adapters.listener.book import KnownSource
from desktop.domain.errors import DeskError

_log = logging.getLogger(__name__)

#: A source is written about at most this often, however much of what it sends is at fault.
_EVERY_S = 10.0

Note = Callable[[int, str], None]


class Teller:
    """Notes the latest fault of each source, and that there is none any more."""

    def __init__(self, note: Note, monotonic: Callable[[], float]) -> None:
        self._note = note
        self._monotonic = monotonic
        self._last: dict[int, str] = {}
        self._noted_s: dict[int, float] = {}
        self._writing: list[threading.Thread] = []

    def reread(self, known: Sequence[KnownSource]) -> None:
        """What the desk knows already."""
        self._last = {each.source.id: each.source.last_error for each in known}

    def __call__(self, source_id: int, sentence: str) -> None:
        """Note this sentence soon; an empty one: it works again. To be called on the listener's loop."""
        if self._last.get(source_id, "") == sentence:
            return
        now_s = self._monotonic()
        if now_s - self._noted_s.get(source_id, -_EVERY_S) < _EVERY_S:
            return
        self._last[source_id], self._noted_s[source_id] = sentence, now_s
        writing = threading.Thread(target=self._write, args=(source_id, sentence), name="source's fault")
        self._writing = [thread for thread in self._writing if thread.is_alive()] + [writing]
        writing.start()

    def wait(self) -> None:
        """Wait until everything is noted; to be called when the loop has ended."""
        for thread in self._writing:
            thread.join()

    def _write(self, source_id: int, sentence: str) -> None:
        try:
            self._note(source_id, sentence)
        except DeskError as error:  # the sender has its answer; the note can wait
            _log.warning("the fault of a source could not be noted: %s", error)
