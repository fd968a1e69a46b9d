"""Sends what the outbox holds for people beyond the desk, on threads of its own."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Protocol

from desktop.adapters.paging import Outcome
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.services.page_queue import Page

#: So many pages are sent at once; one takes a few seconds at most.
HANDS = 4
_RETRY_S = 5.0
_log = logging.getLogger(__name__)


class Pages(Protocol):
    """Where pages come from, and where it is said what became of them."""

    def claim(self, limit: int) -> tuple[Page, ...]:
        """Pages to be sent now."""
        ...

    def next_at(self) -> datetime | None:
        """When the first page waits to be sent."""
        ...

    def sent(self, page: Page) -> None:
        """It was taken over."""
        ...

    def failed(self, page: Page, why: str, *, temporary: bool) -> None:
        """It was not."""
        ...

    def unsure(self, page: Page, why: str) -> None:
        """Nobody knows."""
        ...


class PagePump:
    """Waits until a page is due, and sends it.

    A page is taken from the outbox only when somebody is free to send it, so that its ten seconds are not
    spent waiting. `address` gives the address of a channel by the name of its secret.
    """

    def __init__(
        self,
        *,
        pages: Pages,
        send: Callable[[str, str, str], Outcome],
        address: Callable[[str], str | None],
        clock: Clock,
        hands: int = HANDS,
    ) -> None:
        self._pages = pages
        self._send = send
        self._address = address
        self._clock = clock
        self._hands = hands
        self._condition = threading.Condition()
        self._is_poked = False
        self._is_ended = False
        self._busy = 0
        self._executor = ThreadPoolExecutor(max_workers=hands, thread_name_prefix="page")
        self._thread = threading.Thread(target=self._run, name="pages", daemon=True)

    def start(self) -> None:
        """Send from now on, what waits already first."""
        self._is_poked = True
        self._thread.start()

    def poke(self) -> None:
        """Look now: something may have been put into the outbox."""
        with self._condition:
            self._is_poked = True
            self._condition.notify()

    def stop(self) -> None:
        """Send no more; what is being sent is waited for. Safe to repeat."""
        with self._condition:
            self._is_ended = True
            self._condition.notify()
        if self._thread.is_alive():
            self._thread.join()
        self._executor.shutdown(wait=True)

    def _run(self) -> None:
        while True:
            try:
                wait_s = self._look()
            except DeskError as error:  # the store is busy or full: pages wait in it
                _log.warning("pages cannot be read: %s", error)
                wait_s = _RETRY_S
            except Exception:  # noqa: BLE001 - the outermost loop: a fault must not end all paging
                _log.exception("pages cannot be handed out")
                wait_s = _RETRY_S
            with self._condition:
                if not self._is_poked and not self._is_ended:
                    self._condition.wait(wait_s)
                if self._is_ended:
                    return
                self._is_poked = False

    def _look(self) -> float | None:
        """Hand out what is due; gives how long there is nothing to do, None for until somebody says so."""
        with self._condition:
            free = self._hands - self._busy
        if free <= 0:
            return None  # whoever comes back pokes
        for page in self._pages.claim(free):
            with self._condition:
                self._busy += 1
            self._executor.submit(self._carry, page)
        at = self._pages.next_at()
        if at is None:
            return None
        speed: float = getattr(self._clock, "speed", 1.0)
        return max((at - self._clock.now()).total_seconds() / speed, 0.05)

    def _carry(self, page: Page) -> None:
        try:
            self._report(page, self._outcome(page))
        except DeskError as error:  # its deadline says then that nobody knows
            _log.warning("what became of a page could not be kept: %s", error)
        except Exception as error:  # noqa: BLE001 - as above; without its words, which may quote an address
            _log.error("a page could not be sent: %s", type(error).__name__)
        finally:
            with self._condition:
                self._busy -= 1
                self._is_poked = True
                self._condition.notify()

    def _outcome(self, page: Page) -> Outcome:
        if not page.secret_name:
            return Outcome(False, "The channel was removed.")
        try:
            url = self._address(page.secret_name)
        except DeskError as error:
            _log.warning("the address of a channel cannot be read: %s", error)
            return Outcome(False, "Its address cannot be read: see the log.", is_temporary=True)
        if not url:
            # Another desk on the same database may have it.
            return Outcome(False, "Its address is not on this computer: enter it again.", is_temporary=True)
        return self._send(url, page.title, page.body)

    def _report(self, page: Page, outcome: Outcome) -> None:
        if outcome.is_sent:
            self._pages.sent(page)
        elif outcome.is_unsure:
            self._pages.unsure(page, outcome.why)
        else:
            self._pages.failed(page, outcome.why, temporary=outcome.is_temporary)
