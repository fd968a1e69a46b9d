"""Files in a watched folder: which count, what they say, and where they go afterwards."""

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

from db.queries.message import Waiting
from desktop.adapters.tickets_text import find_encoding, find_separator
from desktop.domain.errors import DeskError
from desktop.domain.signal_table import table_type
from desktop.domain.signal_type import key_of
from desktop.domain.source import LARGEST_BODY, NewMessage, Source
from desktop.services.signal_reader import signals_of

ENDINGS = frozenset({".csv", ".tsv", ".json"})
_HEAD = 65_536
_TRIES = 10_000


class FolderFile(NamedTuple):
    """A file as it lies there; any difference means that somebody still writes."""

    name: str
    size: int
    changed_ns: int
    inode: int


class NotFinished(Exception):
    """The file has changed or gone meanwhile: it is looked at again later."""


def find_files(folder: Path, takes: Callable[[str], bool]) -> list[FolderFile]:
    """The files that count, by name: no links, nothing hidden or half written by its name; `takes` chooses.

    Raises: OSError.
    """
    found: list[FolderFile] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            is_meant = Path(entry.name).suffix.casefold() in ENDINGS and entry.name[0] not in ".~"
            if is_meant and takes(entry.name) and entry.is_file(follow_symlinks=False):
                told = _told(Path(entry.path))
                if told is not None:
                    found.append(told)
    return sorted(found)


def read_file(folder: Path, file: FolderFile, source: Source, at: datetime) -> tuple[NewMessage, str]:
    """A file as a message and, where nothing can be made of it, why not.

    Raises: NotFinished; DeskError for one that is too large to keep.
    """
    if file.size > LARGEST_BODY:
        raise DeskError("The file is larger than 1 MiB.", hint="Split it.")
    path = folder / file.name
    try:
        body = path.read_bytes()
    except FileNotFoundError:
        raise NotFinished from None
    if _told(path) != file or len(body) != file.size:
        raise NotFinished
    why, media_type = "", "application/json"
    if path.suffix.casefold() != ".json":
        try:
            media_type = _table_type(path, body)
        except DeskError as fault:
            why, media_type = str(fault), table_type("utf-8", ",")
    reference = key_of(f"{file.changed_ns} {hashlib.sha256(body).hexdigest()[:32]} {file.name}") or ""
    safe_name = _safe(file.name)
    message = NewMessage(source.id, body, at, media_type, safe_name, _safe(reference))
    waiting = Waiting(0, source.id, 0, "", media_type, safe_name, body)
    return message, why or signals_of(waiting, source)[1]


def put_away(folder: Path, file: FolderFile, where: str | Path, why: str = "") -> Path:
    """Move a file into the folder that `where` names from its own; gives where it is.

    Where its name is taken it gets another one.

    Raises: NotFinished; OSError.
    """
    path = folder / file.name
    target_folder = folder / where
    target_folder.mkdir(exist_ok=True)
    target = _reserved(target_folder, Path(file.name))
    try:
        if _told(path) != file:
            raise NotFinished
        _move(path, target, file)
    except (OSError, NotFinished):
        target.unlink(missing_ok=True)
        raise
    if why:
        _reserved(target_folder, Path(f"{target.name}.txt")).write_text(f"{why}\n", encoding="utf-8")
    return target


def _move(path: Path, target: Path, file: FolderFile) -> None:
    """In one step, or by a copy where the target is on another disk."""
    try:
        path.replace(target)
    except OSError as fault:
        if fault.errno != errno.EXDEV:
            raise
        shutil.copy2(path, target)
        if _told(path) != file:
            raise NotFinished from None
        path.unlink()


def _reserved(folder: Path, name: Path) -> Path:
    """A new, empty file: nothing that is there already is ever written over."""
    for number in count(1):
        target = folder / (name.name if number == 1 else f"{name.stem} ({number}){name.suffix}")
        try:
            target.open("xb").close()
        except FileExistsError:
            if number == _TRIES:
                raise
            continue
        return target
    raise AssertionError("count() does not end")


def _told(path: Path) -> FolderFile | None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return FolderFile(path.name, found.st_size, found.st_mtime_ns, found.st_ino)


def _table_type(path: Path, body: bytes) -> str:
    encoding = find_encoding(path)
    head = body[:_HEAD].decode(encoding, "replace").removeprefix("\ufeff")
    if head.startswith("sep=") and len(head.split("\n", 1)[0].rstrip("\r")) == 5:
        return table_type(encoding, head[4])
    return table_type(encoding, find_separator(head))


def _safe(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
