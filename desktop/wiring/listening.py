"""What hears other systems: the listener, its writer and its tokens, switched by a setting."""

import logging
import re
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from desktop.adapters.listener.book import KeptBook, token_name
from desktop.adapters.listener.listener import Listener
from desktop.adapters.secrets import Keyring, Secrets, new_token, system_keyring
from desktop.domain.errors import DeskError
from desktop.domain.events import SettingChanged, SourcesChanged
from desktop.domain.source import Source
from desktop.services.receiving import GroupWriter
from desktop.ui.signals.ports import ListenerView, NewToken
from desktop.wiring.calendars import add_calendars
from desktop.wiring.watch_gate import WatchGate

if TYPE_CHECKING:
    from desktop.adapters.listener.room import Room
    from desktop.services.desk import Desk

_log = logging.getLogger(__name__)
HOST = "127.0.0.1"
_ON, _PORT, _ADDRESS = "listener_on", "listener_port", "page_address"


def secrets_of(
    desk: "Desk", folder: Path, find_keyring: Callable[[], Keyring | None] = system_keyring
) -> Secrets:
    """The secrets of a desk, apart from those of every other on this computer."""
    return Secrets(folder, f"escalation-desk {desk.store.path}", find_keyring)


class Listening:
    """Starts the listener when the setting wants it and keeps it told of the sources.

    Everything but `begin` and `close` waits and is for the worker. A token stands under the name of its
    desk, so that two desks on one computer do not share it.
    """

    def __init__(
        self,
        desk: "Desk",
        submit: Callable[..., "Future[Any]"],
        folder: Path,
        find_keyring: Callable[[], Keyring | None] = system_keyring,
        *,
        secrets: Secrets | None = None,
        rooms: "dict[str, Room] | None" = None,
    ) -> None:
        """`folder` is where tokens are kept without a keyring; `rooms` what else the listener answers."""
        self._desk = desk
        self._submit = submit
        self.secrets = secrets or secrets_of(desk, folder, find_keyring)
        self.watches = WatchGate(desk, self.secrets, submit)
        self._book = KeptBook(desk.source.all, self.secrets)
        self._lock = threading.Lock()
        self._writer: GroupWriter | None = None
        self._listener: Listener | None = None
        self._has: dict[str, bool] = {}
        self._why_not = ""
        self._is_closed = False
        #: What else the listener answers, by the beginning of its path; see adapters/listener/room.py.
        self.rooms: dict[str, Room] = {} if rooms is None else rooms
        self._names: tuple[str, ...] = ()
        self._places = (
            desk.bus.subscribe(SourcesChanged, self._hear),
            desk.bus.subscribe(SettingChanged, self._hear_setting),
        )

    def begin(self) -> None:
        """Listen where the setting says so, and watch what there is, once the worker comes to it."""
        self._submit(self._begin)
        self.watches.begin()

    def close(self) -> None:
        """Listen and watch no more; the worker ends it after everything asked before."""
        for place in self._places:
            place.cancel()
        self.watches.close()
        self._submit(self._end)

    # ---- for the page: the listener

    def view(self) -> ListenerView:
        """How it stands."""
        settings = self._desk.settings.current
        state = self._listener.state if self._listener is not None else None
        if state is None or not state.is_listening:
            return ListenerView(
                settings.listener_on,
                False,
                "",
                settings.listener_port,
                self._why_not or "It is switched off.",
            )
        return ListenerView(
            settings.listener_on, True, state.url, state.port, "", state.requests, state.refused
        )

    def turn(self, *, on: bool, port: int) -> ListenerView:
        """Switch it, and keep that.

        Raises: DeskError where it cannot listen there; the setting is then as it was.
        """
        with self._lock:
            if on:
                self._start(port)
                self._desk.settings.set(_PORT, port)
            else:
                self._stop()
            self._desk.settings.set(_ON, on)
        return self.view()

    # ---- for the page: tokens

    def has(self, source: Source) -> bool:
        """Whether the source has a token; asked of the keyring once, which may be slow."""
        name = token_name(source)
        if source.kind.is_pushed and name not in self._has:
            self._has[name] = self.secrets.get(name) is not None
        return self._has.get(name, False)

    def renew(self, source: Source) -> NewToken:
        """A new token, which counts at once."""
        token = new_token()
        kept = self.secrets.put(token_name(source), token)
        self._has[token_name(source)] = True
        self._reread()
        return NewToken(token, kept.note)

    def forget(self, source: Source) -> None:
        """The source is gone, its token with it."""
        self.secrets.delete(token_name(source))
        self._has.pop(token_name(source), None)
        self._reread()

    # ---- on the worker

    def _begin(self) -> None:
        settings = self._desk.settings.current
        if settings.listener_on and not self._is_closed:
            with self._lock:
                try:
                    self._start(settings.listener_port)
                except DeskError as error:  # the page says why; the desk goes on without it
                    self._why_not = str(error)

    def _start(self, port: int) -> None:
        self._stop()
        add_calendars(self.rooms, self._desk)
        writer = GroupWriter(self._desk.receiving)
        self._names = _names(self._desk.settings.current.page_address)
        listener = Listener(
            HOST,
            port,
            book=self._book,
            submit=writer.submit,
            clock=self._desk.clock,
            note=self._desk.source.note_error,
            names=self._names,
            rooms=self.rooms,
        )
        try:
            listener.start()
        except DeskError as error:
            writer.close()
            self._why_not = str(error)
            raise
        self._writer, self._listener, self._why_not = writer, listener, ""

    def _stop(self) -> None:
        """The listener first: what it has taken is still written."""
        listener, self._listener = self._listener, None
        writer, self._writer = self._writer, None
        if listener is not None:
            listener.stop()
        if writer is not None:
            writer.close()

    def _end(self) -> None:
        with self._lock:
            self._is_closed = True
            self._stop()

    def _hear(self, _event: SourcesChanged) -> None:
        """On the publishing thread, which must not wait for a keyring."""
        if self._listener is not None:
            with suppress(RuntimeError):  # the worker is closed: nobody listens any more
                self._submit(self._reread)

    def _hear_setting(self, event: SettingChanged) -> None:
        if event.key == _ADDRESS:
            with suppress(RuntimeError):
                self._submit(self._rename)

    def _rename(self) -> None:
        """Answer to the name in force: the listener hears of names only when it starts."""
        with self._lock:
            listener = self._listener
            if listener is None or self._names == _names(self._desk.settings.current.page_address):
                return
            try:
                self._start(listener.state.port)
            except DeskError as error:  # the page says why
                _log.warning("the listener did not start again: %s", error)

    def _reread(self) -> None:
        listener = self._listener
        if listener is not None:
            try:
                listener.reread()
            except DeskError as error:  # who is known already may go on sending
                _log.warning("the sources could not be read again: %s", error)


def _names(address: str) -> tuple[str, ...]:
    """By which name people reach the listener from outside, where there is one."""
    host = urlsplit(address).netloc.rpartition("@")[2]
    return (re.sub(r":\d{1,5}$", "", host).lower(),) if host else ()
