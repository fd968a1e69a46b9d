"""One program for one database: a second start raises the first and hands its arguments over."""

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject, Signal

from desktop.domain.errors import DeskError

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 2_000
_TRIES = 25
_BETWEEN_TRIES_S = 0.2
_LONGEST_MESSAGE = 1_000_000
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
        self._server: QLocalServer | None = None
        self._heard: dict[QLocalSocket, bytes] = {}

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
        # Imported late: the network library would cost the first picture some milliseconds.
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._address)  # ours by right of the lock; a crash left it
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        if not self._server.listen(self._address):
            raise DeskError(
                f"Later starts cannot be heard: {self._server.errorString()}.",
                hint="The desk works; a second start will not raise this window.",
            )

    def pass_on(self, arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> None:
        """Ask the first program to show its window and to do what the arguments say.

        Raises: DeskError when it does not answer within some seconds.
        """
        from PySide6.QtNetwork import QLocalSocket

        token = environment.get("XDG_ACTIVATION_TOKEN", "") or environment.get("DESKTOP_STARTUP_ID", "")
        message = json.dumps({"arguments": list(arguments), "token": token}).encode() + b"\n"
        pause = Event()
        for _ in range(_TRIES):  # it may have the lock and not listen yet
            line = QLocalSocket()
            line.connectToServer(self._address)
            if line.waitForConnected(_ANSWER_MS):
                line.write(message)
                line.waitForBytesWritten(_ANSWER_MS)
                is_over = line.state() is QLocalSocket.LocalSocketState.UnconnectedState
                if is_over or line.waitForDisconnected(_ANSWER_MS):
                    return  # it hangs up once it has heard everything
                break
            pause.wait(_BETWEEN_TRIES_S)
        raise DeskError(
            "Escalation Desk is already open with this database, but does not answer.",
            hint="End that program, or wait until it is ready, and start again.",
        )

    def close(self) -> None:
        """Give the place up."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _greet(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            line = self._server.nextPendingConnection()
            self._heard[line] = b""
            line.readyRead.connect(self._hear)
            line.disconnected.connect(self._forget)

    def _hear(self) -> None:
        line = self.sender()
        if line not in self._heard:
            return
        said = self._heard[line] + line.readAll().data()
        self._heard[line] = said[:_LONGEST_MESSAGE]
        if said.endswith(b"\n"):
            line.disconnectFromServer()
            self._tell(said)
        elif len(said) >= _LONGEST_MESSAGE:
            line.abort()

    def _forget(self) -> None:
        line = self.sender()
        if line in self._heard:
            del self._heard[line]
            line.deleteLater()

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
