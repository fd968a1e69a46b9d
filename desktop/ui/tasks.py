"""Run a service call on the worker; get its result back on the GUI thread, if anybody still wants it."""

import logging
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from inspect import ismethod
from typing import Any, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from desktop.domain.errors import DeskError

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Submits(Protocol):
    """The worker: one thread that does one thing after the other."""

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Future[Any]:  # noqa: ANN401 any call at all
        """Do it when its turn comes."""
        ...


class _Ticket(NamedTuple):
    owner: weakref.ref[QObject]
    then: Callable[[], Callable[[Any], None] | None]
    failed: Callable[[], Callable[[DeskError], None] | None]


class TaskRunner(QObject):
    """The way of every wish from a screen to a service and back.

    Signals:
        error_raised: (DeskError, QObject owner) that nobody asked to handle; the window shows it as a banner.
        bug_found: (BaseException) anything else; the window shows the crash dialog.
        busy_changed: (int) how many wishes are still under way.
    """

    error_raised = Signal(object, object)
    bug_found = Signal(object)
    busy_changed = Signal(int)
    _finished = Signal(object)

    def __init__(self, worker: Submits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._tickets: dict[Future[Any], _Ticket] = {}
        self._is_closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def pending(self) -> int:
        """How many wishes are still under way."""
        return len(self._tickets)

    def close(self) -> None:
        """Take no more wishes: the window is gone, and what a late timer wants nobody will see."""
        self._is_closed = True

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[DeskError], None] | None = None,
        *,
        owner: QObject,
    ) -> None:
        """Do `work` on the worker, then call `then` with its result on the GUI thread.

        Neither callback is called once `owner` is gone; bound methods are held weakly. `failed` gets a
        DeskError; without it the error goes to the window's banner. `work` may hold values and services,
        never widgets.
        """
        if self._is_closed:
            return
        future = self._worker.submit(work)
        self._tickets[future] = _Ticket(weakref.ref(owner), _held(then), _held(failed))
        self.busy_changed.emit(len(self._tickets))
        # A plain emit from the worker's thread: the queued connection brings it here.
        future.add_done_callback(self._finished.emit)

    def _deliver(self, future: Future[Any]) -> None:
        ticket = self._tickets.pop(future)
        self.busy_changed.emit(len(self._tickets))
        if future.cancelled():
            return
        error = future.exception()
        owner = ticket.owner()
        if error is None:
            then = ticket.then()
            if owner is not None and isValid(owner) and then is not None:
                then(future.result())
        elif isinstance(error, DeskError):
            self._tell(error, owner if owner is not None and isValid(owner) else None, ticket)
        else:
            _log.error("a task failed", exc_info=error)
            self.bug_found.emit(error)

    def _tell(self, error: DeskError, owner: QObject | None, ticket: _Ticket) -> None:
        """A refusal is shown even if its screen is gone: the person must know that the wish was not done."""
        failed = ticket.failed() if owner is not None else None
        if failed is not None:
            failed(error)
        else:
            self.error_raised.emit(error, owner)


def _held(callback: Callable[[Any], None] | None) -> Callable[[], Callable[[Any], None] | None]:
    if callback is not None and ismethod(callback):
        return weakref.WeakMethod(callback)
    return _Held(callback)


class _Held:
    """Holds a plain function, or nothing."""

    def __init__(self, callback: Callable[[Any], None] | None) -> None:
        self.callback = callback

    def __call__(self) -> Callable[[Any], None] | None:
        return self.callback
