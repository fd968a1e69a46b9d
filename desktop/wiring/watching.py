"""Watches mailboxes and folders: one watch for each source of that kind that is switched on."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from desktop.domain.errors import DeskError, NotFound
from desktop.domain.events import SourcesChanged
from desktop.domain.source import NewMessage, Source, SourceKind
from desktop.services.worker import Worker

if TYPE_CHECKING:
    from desktop.adapters.secrets import Secrets
    from desktop.services.desk import Desk

_NO_PASSWORD = "The mailbox has no password. Enter it with the source."


class _Watch(Protocol):
    def start(self) -> None: ...

    def stop(self) -> None: ...


class _Running(NamedTuple):
    """A watch, and what it was started with."""

    watch: _Watch
    key: tuple[object, ...]


def secret_name(source: Source) -> str:
    """Under which name the password of a mailbox is kept."""
    return f"mailbox.{source.key}"


class Watching:
    """Keeps the watches as the sources say.

    It works on the worker given, which is best its own: to end a watch may take some seconds.
    """

    def __init__(
        self,
        desk: "Desk",
        secrets: "Secrets",
        submit: Callable[[NewMessage], "Future[int]"],
        worker: Worker,
    ) -> None:
        """`submit` is that of the group writer."""
        self._desk = desk
        self._secrets = secrets
        self._submit = submit
        self._worker = worker
        self._running: dict[int, _Running] = {}
        self._said: dict[int, str] = {}  # what each watch told last, nothing until it has looked once
        self._lock = threading.Lock()
        self._is_open = True
        self._subscription = desk.bus.subscribe(SourcesChanged, self._note)

    def start(self) -> None:
        """Watch from now on."""
        self._worker.submit(self.follow)

    def follow(self) -> None:
        """Start, stop and start anew what the sources want; also after a password has changed."""
        sources = {source.id: source for source in self._desk.source.all() if _is_watched(source)}
        with self._lock:
            if not self._is_open:
                return
            secrets = {id_: self._secret(source) for id_, source in sources.items()}
            wanted = {id_: _key(source, secrets[id_]) for id_, source in sources.items()}
            for id_ in [id_ for id_, one in self._running.items() if wanted.get(id_) != one.key]:
                self._running.pop(id_).watch.stop()
                self._said.pop(id_, None)
            for id_, key in wanted.items():
                if id_ not in self._running:
                    self._begin(sources[id_], secrets[id_], key)

    def is_watched(self, source_id: int) -> bool:
        """Whether it was looked at, and nothing was wrong with it."""
        return source_id in self._running and self._said.get(source_id) == ""

    def close(self) -> None:
        """Watch no more; safe to repeat. What was handed over is kept."""
        self._subscription.cancel()
        with self._lock:
            self._is_open = False
            while self._running:
                self._running.popitem()[1].watch.stop()

    def _note(self, event: SourcesChanged) -> None:
        with suppress(RuntimeError):  # the worker has ended: so does all of this
            self._worker.submit(self.follow)

    def _begin(self, source: Source, secret: str, key: tuple[object, ...]) -> None:
        def tell(sentence: str) -> None:
            self._tell(source.id, sentence)

        if source.kind is SourceKind.MAIL and not secret:
            if source.last_error != _NO_PASSWORD:
                tell(_NO_PASSWORD)
            return
        watch: _Watch
        if source.kind is SourceKind.MAIL:
            from desktop.adapters.mailbox import MailboxWatch  # who has no mailbox need not load it

            watch = MailboxWatch(source, secret, self._submit, self._desk.clock, tell)
        else:
            from desktop.adapters.folder import FolderWatch

            watch = FolderWatch(source, self._submit, self._desk.clock, tell)
        self._running[source.id] = _Running(watch, key)
        watch.start()

    def _secret(self, source: Source) -> str:
        if source.kind is not SourceKind.MAIL:
            return ""
        try:
            return self._secrets.get(secret_name(source)) or ""
        except DeskError:
            return ""

    def _tell(self, source_id: int, sentence: str) -> None:
        """Note it with the source; called on the watch's thread."""
        self._said[source_id] = sentence
        try:
            if sentence or self._desk.source.get(source_id).last_error:
                self._desk.source.note_error(source_id, sentence)
            else:
                self._desk.bus.publish(SourcesChanged(self._desk.store.revision()))
        except NotFound:
            return  # the source was removed meanwhile
        except DeskError:
            return  # a database that cannot be written says so everywhere else already


def _is_watched(source: Source) -> bool:
    return source.enabled and source.kind in (SourceKind.MAIL, SourceKind.FOLDER)


def _key(source: Source, secret: str) -> tuple[object, ...]:
    """What a watch must be started anew for, when it changes."""
    return (source.kind, secret, _frozen(source.options), _frozen(source.mapping or {}))


def _frozen(options: Mapping[str, Any]) -> str:
    return repr(sorted(options.items()))
