"""How a second start of the program reaches the first: a socket that only this person can open."""

import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_LONGEST_MESSAGE = 1_000_000
_AT_ONCE = 65_536
_WAITING = 8
_READ = QSocketNotifier.Type.Read


class Door(QObject):
    """Hears messages, each one line, and hangs up after each.

    Signals:
        heard: (bytes) somebody said this.
    """

    heard = Signal(bytes)

    def listen(self, address: str) -> str:
        """Begin, in place of what a crash left there; gives why it cannot, or nothing."""
        raise NotImplementedError

    def close(self) -> None:
        """Hear no more; safe to repeat."""
        raise NotImplementedError


class UnixDoor(Door):
    """The door by the system's own sockets: Qt's network library would cost 8 MB for this alone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._socket: socket.socket | None = None
        self._address = ""
        self._ear: QSocketNotifier | None = None
        self._lines: dict[int, tuple[socket.socket, QSocketNotifier, bytearray]] = {}

    def listen(self, address: str) -> str:
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with suppress(FileNotFoundError):
                Path(address).unlink()
            mask = os.umask(0o177)  # nobody else's, from the first moment
            try:
                made.bind(address)
            finally:
                os.umask(mask)
            made.listen(_WAITING)
        except OSError as error:
            made.close()
            return error.strerror or str(error)
        made.setblocking(False)
        self._socket, self._address = made, address
        self._ear = QSocketNotifier(made.fileno(), _READ, self)
        self._ear.activated.connect(self._greet)
        return ""

    def close(self) -> None:
        for key in list(self._lines):
            self._hang_up(key)
        if self._ear is not None and self._socket is not None:
            self._ear.setEnabled(False)
            self._ear.deleteLater()
            self._socket.close()
            with suppress(OSError):
                Path(self._address).unlink()
        self._socket = self._ear = None

    def _greet(self) -> None:
        while self._socket is not None:
            try:
                line, _ = self._socket.accept()
            except OSError:  # nobody else waits, or whoever did has gone
                return
            line.setblocking(False)
            ear = QSocketNotifier(line.fileno(), _READ, self)
            self._lines[line.fileno()] = (line, ear, bytearray())
            ear.activated.connect(self._hear)

    def _hear(self) -> None:
        ear = self.sender()
        assert isinstance(ear, QSocketNotifier)
        key = int(ear.socket())
        if key not in self._lines:
            return
        line, _, said = self._lines[key]
        try:
            part = line.recv(_AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        said += part
        if not part or said.endswith(b"\n") or len(said) >= _LONGEST_MESSAGE:
            self._hang_up(key)
        if said.endswith(b"\n"):
            self.heard.emit(bytes(said))

    def _hang_up(self, key: int) -> None:
        line, ear, _ = self._lines.pop(key)
        ear.setEnabled(False)
        ear.deleteLater()
        line.close()


class QtDoor(Door):
    """The door by Qt's network library: what there is on Windows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None
        self._lines: dict[QLocalSocket, bytes] = {}

    def listen(self, address: str) -> str:
        from PySide6.QtNetwork import QLocalServer  # loaded where it is needed alone

        QLocalServer.removeServer(address)  # ours by right of the lock; a crash left it
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        return "" if self._server.listen(address) else self._server.errorString()

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def _greet(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            line = self._server.nextPendingConnection()
            self._lines[line] = b""
            line.readyRead.connect(self._hear)
            line.disconnected.connect(self._forget)

    def _hear(self) -> None:
        line = self.sender()
        if line not in self._lines:
            return
        said = self._lines[line] = self._lines[line] + line.readAll().data()
        if said.endswith(b"\n"):
            line.disconnectFromServer()
            self.heard.emit(said)
        elif len(said) >= _LONGEST_MESSAGE:
            line.abort()

    def _forget(self) -> None:
        line = self.sender()
        if line in self._lines:
            del self._lines[line]
            line.deleteLater()


def door_of(parent: QObject) -> Door:
    """The door of this system."""
    return UnixDoor(parent) if hasattr(socket, "AF_UNIX") else QtDoor(parent)


def say_at(address: str, message: bytes, wait_s: float) -> bool | None:
    """Say something at a door.

    True once it was heard, False when nobody came within the time; None when there is no door (yet).
    """
    say = _say_unix if hasattr(socket, "AF_UNIX") else say_qt
    return say(address, message, wait_s)


def _say_unix(address: str, message: bytes, wait_s: float) -> bool | None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(wait_s)
        try:
            line.connect(address)
        except OSError:
            return None
        try:
            line.sendall(message)
            while line.recv(_AT_ONCE):  # it hangs up once it has heard everything
                pass
        except TimeoutError:
            return False
        except OSError:
            return True
        return True


def say_qt(address: str, message: bytes, wait_s: float) -> bool | None:
    """As `say_at`, by Qt's network library."""
    from PySide6.QtNetwork import QLocalSocket

    wait_ms = round(wait_s * 1_000)
    line = QLocalSocket()
    line.connectToServer(address)
    if not line.waitForConnected(wait_ms):
        return None
    line.write(message)
    line.waitForBytesWritten(wait_ms)
    is_over = line.state() is QLocalSocket.LocalSocketState.UnconnectedState
    return is_over or line.waitForDisconnected(wait_ms)
