"""Where a desk keeps its playbooks outside of itself, and what is read from there and written to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from desktop.domain.errors import Conflict, DeskError

#: Below the folder of the repository that the playbooks are in.
FOLDER = "playbooks"
_LONGEST = 1_000
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_SSH = re.compile(r"(?:(?P<user>[\w.+-]+)@)?(?P<host>[A-Za-z0-9][\w.-]*):(?P<path>[^\s].*)")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_BRANCH = re.compile(r"[A-Za-z0-9_][\w.+-]*(?:/[A-Za-z0-9_][\w.+-]*)*")


class Transport(StrEnum):
    """How a repository is reached."""

    FOLDER = "folder"
    HTTP = "http"
    SSH = "ssh"


@dataclass(frozen=True, slots=True)
class Remote:
    """A Git repository: its address, the branch (empty: its own first one) and the folder in it.

    `user` goes with the token of an https address; many servers take any name.
    """

    address: str
    branch: str = ""
    folder: str = FOLDER
    user: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """An address taken apart; `port` is 0 where none is named."""

    transport: Transport
    host: str
    path: str
    user: str = ""
    port: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a branch holds: `commit` is empty and `branch` is to be made where nothing was ever pushed.

    `files` are the Markdown files below the folder, by their paths in the repository; `skipped` is why others
    were left out, one sentence each.
    """

    branch: str
    commit: str
    files: Mapping[str, str]
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """A file to add as a commit of its own; `author` wrote it at `at`, `message` says what and why."""

    path: str
    text: str
    author: str
    email: str
    message: str
    at: datetime


class Moved(Conflict):
    """Somebody pushed meanwhile: read again, then push again."""


class Stopped(DeskError):
    """The person stopped it; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was changed.")


def checked(remote: Remote) -> Remote:
    """The same, tidied.

    Raises: DeskError for an address, branch or folder that cannot be meant.
    """
    address = remote.address.strip()
    reached(address)
    branch = remote.branch.strip()
    if branch and (not _BRANCH.fullmatch(branch) or ".." in branch or branch.endswith((".lock", "."))):
        raise DeskError(
            f"“{branch[:60]}” is no branch.", field="branch", hint="Leave it empty for the first one."
        )
    folder = remote.folder.strip().replace("\\", "/").strip("/")
    if any(part in ("..", ".", ".git", "") for part in PurePosixPath(folder).parts) or "//" in folder:
        raise DeskError(
            f"“{folder[:60]}” is no folder of a repository.", field="folder", hint="Write it as playbooks."
        )
    return Remote(address, branch, folder, remote.user.strip())


def reached(address: str) -> Reached:
    """An address taken apart: a folder, https, or ssh.

    Raises: DeskError for anything else, and for a password in it.
    """
    text = address.strip()
    if not text or len(text) > _LONGEST or any(ord(sign) < 32 for sign in text):
        raise _no_address(text)
    if _DRIVE.match(text) or text.startswith(("/", "\\\\", "~")):
        return Reached(Transport.FOLDER, "", text)
    if "://" in text:
        return _by_url(text)
    short = _SSH.fullmatch(text)
    if short is None:
        raise _no_address(text)
    return Reached(Transport.SSH, short["host"], short["path"], short["user"] or "")


def _by_url(text: str) -> Reached:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port or 0
    except ValueError:
        raise _no_address(text) from None
    if parts.scheme == "file" and host in ("", "localhost"):
        return Reached(Transport.FOLDER, "", parts.path)
    if parts.password is not None or (parts.username and parts.scheme != "ssh"):
        raise DeskError(
            "The address holds a name or password.", field="address", hint="Put them into their own fields."
        )
    if not host or host.startswith("-") or not parts.path.strip("/") or parts.query or parts.fragment:
        raise _no_address(text)
    if parts.scheme == "ssh":
        return Reached(Transport.SSH, host, parts.path, parts.username or "", port)
    if parts.scheme == "http" and host not in _HERE:
        raise DeskError(
            "Over http anybody on the way could read the token.", field="address", hint="Use https."
        )
    if parts.scheme not in ("https", "http"):
        raise _no_address(text)
    return Reached(Transport.HTTP, host, parts.path, port=port)


def _no_address(text: str) -> DeskError:
    return DeskError(
        f"“{text[:80]}” is no address of a repository." if text else "There is no address.",
        field="address",
        hint="Write https://…, user@host:path, or the folder it is in.",
    )
