"""One program for one database: a second start raises the first and hands its arguments over."""

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject, Signal

from desktop.domain.errors import DeskError
from desktop.ui.local_door import Door, door_of, say_at

_ANSWER_S = 2.0
_TRIES = 25
_BETWEEN_TRIES_S = 0.2
# A path of a socket may have 107 bytes on Linux, 103 on macOS.
_LONGEST_PATH = 100
_SHA256 = QCryptographicHash.Algorithm.Sha256  # Qt's: Python's own would load OpenSSL at every start


class SingleInstance(QObject):
    """The place of one database among the running programs.

    Take it before logging, migrations or any window: `take`. The first one calls `listen` once its window is
    there; any other calls `pass_on` and ends.

    Signals:
        raised: (list[str] arguments, str activation token) somebody started the program again.
    """

    raised = Signal(list, str)

    def __init__(self, database: str | Path, folder: Path, parent: QObject | None = None) -> None:
        """`folder` is private to this person; see `runtime_folder`."""
        super().__init__(parent)
        name = f"desk-{_name_of(database)}"
        folder = folder if len(os.fsencode(folder / name)) + 5 <= _LONGEST_PATH else _short_folder()
        self._lock = QLockFile(str(folder / f"{name}.lock"))
        # Never stale by age: a desk may run for months. One whose process has gone is stale at once.
        self._lock.setStaleLockTime(0)
        self._address = str(folder / f"{name}.sock")
        self._door: Door | None = None

    def take(self) -> bool:
        """Whether this is the first program on the database; False when another one has it.

        Raises: DeskError when the lock cannot be written at all.
        """
        if self._lock.tryLock(0):
            return True
        if self._lock.error() is QLockFile.LockError.LockFailedError:
            return False
        raise DeskError(
            f"The lock {self._lock.fileName()} cannot be written.",
            hint="Make room there, or the right to write.",
        )

    def listen(self) -> None:
        """Hear of later starts from now on."""
        self._door = door_of(self)
        self._door.heard.connect(self._tell)
        if why_not := self._door.listen(self._address):
            raise DeskError(
                f"Later starts cannot be heard: {why_not}.",
                hint="The desk works; a second start will not raise this window.",
            )

    def pass_on(self, arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> None:
        """Ask the first program to show its window and to do what the arguments say.

        Raises: DeskError when it does not answer within some seconds.
        """
        token = environment.get("XDG_ACTIVATION_TOKEN", "") or environment.get("DESKTOP_STARTUP_ID", "")
        message = json.dumps({"arguments": list(arguments), "token": token}).encode() + b"\n"
        pause = Event()
        for _ in range(_TRIES):  # it may have the lock and not listen yet
            is_heard = say_at(self._address, message, _ANSWER_S)
            if is_heard:
                return
            if is_heard is False:
                break
            pause.wait(_BETWEEN_TRIES_S)
        raise DeskError(
            "Escalation Desk is already open with this database, but does not answer.",
            hint="End that program, or wait until it is ready, and start again.",
        )

    def close(self) -> None:
        """Give the place up."""
        if self._door is not None:
            self._door.close()
            self._door = None
        self._lock.unlock()

    def _tell(self, said: bytes) -> None:
        try:
            message = json.loads(said)
            arguments = [str(argument) for argument in message["arguments"]]
            token = str(message["token"])
        except (ValueError, LookupError, TypeError):
            arguments, token = [], ""  # whoever it was wants the window
        self.raised.emit(arguments, token)


def runtime_folder(otherwise: Callable[[], Path], environment: Mapping[str, str] = os.environ) -> Path:
    """Where locks and sockets of this person's session live; `otherwise` where the system offers nothing."""
    offered = environment.get("XDG_RUNTIME_DIR", "")
    folder = Path(offered)
    is_fit = bool(offered) and folder.is_absolute() and folder.is_dir() and os.access(folder, os.W_OK)
    return folder if is_fit else otherwise()


def _name_of(database: str | Path) -> str:
    """The same for every way to write the same path; different for different databases."""
    text = str(database)
    is_url = "://" in text and not text.startswith("sqlite:")
    place = text if is_url else os.path.realpath(text.removeprefix("sqlite:///"))
    digest = QCryptographicHash.hash(os.fsencode(os.path.normcase(place)), _SHA256)
    return digest.toHex().toStdString()[:16]


def _short_folder() -> Path:
    folder = Path(
        tempfile.gettempdir(), f"escalation-desk-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    )
    folder.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and (folder.stat().st_uid != os.getuid() or folder.stat().st_mode & 0o077):
        raise DeskError(f"The folder {folder} belongs to somebody else.", hint="Set XDG_RUNTIME_DIR.")
    return folder
