"""The listener: on, off, and how it stands. What it serves with is imported only when it is switched on."""

import contextlib
import os
import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.adapters.listener.book import KnownSource, SourceBook
from desktop.adapters.listener.door import Door
from desktop.adapters.listener.telling import Teller
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.source import NewMessage
from desktop.paths import resource

if TYPE_CHECKING:
    from desktop.adapters.listener.application import Application
    from desktop.adapters.listener.room import Rooms
    from desktop.adapters.listener.server import Server

#: How long a sender may take for one request.
PATIENCE_S = 10.0
_UP_S = 30.0


@dataclass(frozen=True, slots=True)
class ListenerState:
    """How the listener stands: where it listens, or why not, and what it has answered since."""

    is_listening: bool
    host: str
    port: int
    why_not: str
    requests: int
    refused: int

    @property
    def url(self) -> str:
        """What goes before a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


@dataclass(frozen=True)
class _Running:
    server: "Server"
    application: "Application"
    thread: threading.Thread
    address: tuple[str, int]
    door: Door
    teller: Teller

    def reread(self, known: Sequence[KnownSource]) -> None:
        self.door.reread(known)
        self.teller.reread(known)


class Listener:
    """Hears HTTP in a thread of its own. Start and stop it from a worker: both wait."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        book: SourceBook,
        submit: "Callable[[NewMessage], Future[int]]",
        clock: Clock,
        names: Sequence[str] = (),
        note: Callable[[int, str], None] = lambda source_id, sentence: None,
        patience_s: float = PATIENCE_S,
        rooms: "Rooms | None" = None,
    ) -> None:
        """`names` are those that senders may call this machine besides the loopback's and `host`.

        `note` is called on a thread of the listener with a source's id and what is wrong with what it sends,
        an empty sentence for nothing any more. Port 0 takes any that is free. `rooms` are further paths, for
        people and their calendars.
        """
        self._host, self._port = host, port
        self._book = book
        self._submit = submit
        self._clock = clock
        self._names = tuple(names)
        self._note = note
        self._patience_s = patience_s
        self._rooms = rooms
        self._lock = threading.Lock()
        self._running: _Running | None = None
        self._why_not = "The listener is switched off."

    @property
    def state(self) -> ListenerState:
        """How it stands now."""
        running = self._running
        if running is None:
            return ListenerState(False, self._host, self._port, self._why_not, 0, 0)
        answered = dict(running.application.answered)
        refused = sum(count for status, count in answered.items() if status >= 400)
        return ListenerState(True, *running.address, "", sum(answered.values()), refused)

    def start(self) -> tuple[str, int]:
        """Listen; gives host and port. Nothing changes where it listens already.

        Raises: DeskError saying why it cannot; StoreError when the sources cannot be read.
        """
        with self._lock:
            if self._running is None:
                try:
                    self._running = self._run(self._bound())
                except DeskError as error:
                    self._why_not = str(error)
                    raise
            return self._running.address

    def stop(self) -> None:
        """Listen no more; who is being answered gets the answer. Safe to repeat."""
        with self._lock:
            running, self._running = self._running, None
            self._why_not = "The listener is switched off."
            if running is not None:
                running.server.stop()
                running.thread.join()
                running.teller.wait()

    def reread(self) -> None:
        """Look up the sources and their tokens again: call it after each change to them.

        Raises: StoreError.
        """
        with self._lock:
            running = self._running
            if running is not None:
                known = self._book.known()
                running.server.call(lambda: running.reread(known))

    def _bound(self) -> socket.socket:
        try:
            return _bound_to(self._host, self._port)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise DeskError(
                f"The listener cannot use port {self._port} of {self._host}: {reason}.",
                field="port",
                hint="Choose another port, or end the program that uses it.",
            ) from error

    def _run(self, bound: socket.socket) -> _Running:
        with contextlib.ExitStack() as undo:
            undo.callback(bound.close)
            running, is_up = self._made(bound)
            running.thread.start()
            if not is_up.wait(_UP_S):
                running.server.stop()
                raise DeskError("The listener did not start.", hint="Look into the log, then start it again.")
            undo.pop_all()
        return running

    def _made(self, bound: socket.socket) -> tuple[_Running, threading.Event]:
        from desktop.adapters.listener.application import Application
        from desktop.adapters.listener.receiving import Receiver
        from desktop.adapters.listener.server import Server

        door, teller = Door(self._clock.monotonic), Teller(self._note, self._clock.monotonic)
        known = self._book.known()
        door.reread(known)
        teller.reread(known)
        address = bound.getsockname()[:2]
        application = Application(
            receiver=Receiver(door=door, submit=self._submit, clock=self._clock),
            document=resource("openapi.json").read_bytes(),
            hosts=(*self._names, address[0]),
            tell=teller,
            patience_s=self._patience_s,
            rooms=self._rooms,
        )
        is_up = threading.Event()
        server = Server(application, self._patience_s + 2.0, is_up.set)
        thread = threading.Thread(target=server.run, args=([bound],), name="listener", daemon=True)
        return _Running(server, application, thread, address, door, teller), is_up


def _bound_to(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol by its number: without it the loop does not see that this is TCP, and small answers wait
    # for 40 ms.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere this would share the port with whoever has it
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
    except BaseException:
        made.close()
        raise
    return made
