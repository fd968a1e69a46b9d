"""Watches a folder in a thread of its own and hands over each file that is finished, once."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple

from desktop.adapters.folder_file import FolderFile, NotFinished, find_files, put_away, read_file
from desktop.adapters.folder_place import FolderPlace
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, StoreError
from desktop.domain.source import NewMessage, Source

REFUSED = "refused"
_LOOK_S = 1.0
_SETTLE_S = 2.0
_KEEP_S = 60.0
_LEAVE_S = 10.0


class _Seen(NamedTuple):
    """A file as it was when it was first seen so, by the monotonic clock."""

    file: FolderFile
    since_s: float


class FolderWatch:
    """Takes CSV and JSON files that have not changed for two seconds, and moves them when they are kept."""

    def __init__(
        self,
        source: Source,
        submit: Callable[[NewMessage], "Future[int]"],
        clock: Clock,
        told: Callable[[str], None],
        *,
        look_s: float = _LOOK_S,
    ) -> None:
        """`told` is given a sentence when something goes wrong, and an empty one when it works again."""
        self._source = source
        self._submit = submit
        self._clock = clock
        self._told = told
        self._look_s = look_s
        self._said: str | None = None
        self._seen: dict[str, _Seen] = {}
        self._left: dict[str, FolderFile] = {}
        self._is_ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name=f"folder {source.key}", daemon=True)

    def start(self) -> None:
        """Watch from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no more; safe to repeat."""
        self._is_ended.set()
        if self._thread.is_alive():
            self._thread.join(_LEAVE_S)

    def look(self) -> None:
        """Take what has been finished by now; called again and again by the thread."""
        try:
            self._look()
        except (DeskError, OSError) as fault:
            self._say(_sentence(fault))

    def _watch(self) -> None:
        while not self._is_ended.is_set():
            self.look()
            self._is_ended.wait(self._look_s)

    def _look(self) -> None:
        place = self._place()
        now_s = self._clock.monotonic()
        faults: list[str] = []
        seen: dict[str, _Seen] = {}
        for file in find_files(place.folder, place.takes):
            if self._left.get(file.name) == file:
                continue  # it is kept but cannot be moved; said already
            before = self._seen.get(file.name)
            since_s = before.since_s if before is not None and before.file == file else now_s
            seen[file.name] = _Seen(file, since_s)
            if file.size and now_s - since_s >= _SETTLE_S and not self._is_ended.is_set():
                if fault := self._take(place, file):
                    faults.append(fault)
                seen.pop(file.name)
        self._seen = seen
        if faults:
            self._say(faults[0])
        elif not self._left:
            self._say("")

    def _place(self) -> FolderPlace:
        place = FolderPlace.from_options(self._source.options)
        try:
            place.check()
        except DeskError:
            self._seen.clear()
            raise
        return place

    def _take(self, place: FolderPlace, file: FolderFile) -> str:
        """Keep a file and put it away; gives what a person should know of it, or nothing."""
        try:
            message, why = read_file(place.folder, file, self._source, self._clock.now())
        except NotFinished:
            return ""
        except DeskError as fault:
            message, why = None, str(fault)
        if message is not None:
            try:
                self._submit(message).result(_KEEP_S)
            except (StoreError, TimeoutError):
                raise
            except DeskError as fault:
                why = str(fault)
        try:
            put_away(place.folder, file, REFUSED if why else place.done, why)
        except NotFinished:
            return ""
        except OSError as fault:
            self._left[file.name] = file
            return f"{file.name} was taken but cannot be moved: {fault.strerror or fault}."
        return f"{file.name} was refused: {why}" if why else ""

    def _say(self, sentence: str) -> None:
        if sentence != self._said:
            self._said = sentence
            self._told(sentence)


def _sentence(fault: Exception) -> str:
    if isinstance(fault, DeskError):
        return str(fault)
    if isinstance(fault, OSError) and not isinstance(fault, TimeoutError):
        return f"The folder cannot be read: {fault.strerror or fault}."
    return "The desk could not keep a file in time. It is tried again."
