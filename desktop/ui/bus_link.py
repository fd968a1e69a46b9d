"""A connection to the D-Bus session bus that never makes the window wait."""

import os
import socket
import struct
from collections.abc import Callable
from itertools import count
from pathlib import Path

from jeepney import HeaderFields, Message, MessageFlag, MessageType
from jeepney.auth import BEGIN, AuthenticationError, Authenticator
from jeepney.bus import get_connectable_addresses
from jeepney.bus_messages import message_bus
from jeepney.low_level import Parser
from PySide6.QtCore import QObject, QSocketNotifier, Signal

_READ_AT_ONCE = 65_536
# A bus that takes nothing for so long that this much waits is as good as gone.
_UNSENT_MOST = 1_000_000
_UNREADABLE = (ValueError, LookupError, TypeError, struct.error)

Answer = Callable[[Message], None]


def session_bus_path() -> str:
    """The socket of this person's session bus ("\\0…" for an abstract one); empty where there is none."""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if address:
        try:
            return str(next(get_connectable_addresses(address)))
        except (RuntimeError, ValueError, StopIteration):
            return ""
    usual = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nowhere", "bus")
    return str(usual) if usual.is_socket() else ""


class BusLink(QObject):
    """Sends calls and hears answers and signals on the GUI thread, woken by the socket.

    Signals:
        opened: the bus knows us; calls can be made.
        lost: (str why) the connection is gone, or never came about; nothing more is heard.
        heard: (Message) a signal of the bus or of a program on it.
    """

    opened = Signal()
    lost = Signal(str)
    heard = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._socket: socket.socket | None = None
        self._reader: QSocketNotifier | None = None
        self._writer: QSocketNotifier | None = None
        self._unsent = bytearray()
        self._answers: dict[int, Answer] = {}

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, perhaps still being made."""
        return self._socket is not None

    def open(self, path: str) -> None:
        """Connect to the socket of a bus; `opened` or `lost` tells how it went."""
        self.close()
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.setblocking(False)
        try:
            connection.connect(path)
        except OSError as error:
            connection.close()
            self.lost.emit(error.strerror or str(error))
            return
        self._socket = connection
        self._unsent = bytearray()
        self._answers = {}
        self._serials = count(1)
        self._auth = Authenticator()
        self._parser = Parser()
        self._reader = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._reader.activated.connect(self._read)
        self._writer = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Write, self)
        self._writer.setEnabled(False)
        self._writer.activated.connect(self._write)
        self._send(self._auth.data_to_send() or b"")

    def close(self) -> None:
        """Leave the bus; nothing is told."""
        for notifier in (self._reader, self._writer):
            if notifier is not None:
                notifier.setEnabled(False)
                notifier.deleteLater()
        self._reader = self._writer = None
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def call(self, message: Message, answer: Answer | None = None) -> None:
        """Call a method; `answer` gets the reply or the error, unless the connection is lost before."""
        if self._socket is None:
            return
        serial = next(self._serials)
        if answer is None:
            message.header.flags = MessageFlag.no_reply_expected
        else:
            self._answers[serial] = answer
        self._send(message.serialise(serial))

    def _send(self, data: bytes) -> None:
        self._unsent += data
        if len(self._unsent) > _UNSENT_MOST:
            self._lose("the session bus takes nothing any more")
        else:
            self._write()

    def _write(self) -> None:
        if self._socket is None or self._writer is None:
            return
        try:
            sent = self._socket.send(self._unsent) if self._unsent else 0
        except BlockingIOError:
            sent = 0
        except OSError as error:
            self._lose(error.strerror or str(error))
            return
        del self._unsent[:sent]
        self._writer.setEnabled(bool(self._unsent))

    def _read(self) -> None:
        if self._socket is None:
            return
        try:
            data = self._socket.recv(_READ_AT_ONCE)
        except BlockingIOError:
            return
        except OSError as error:
            self._lose(error.strerror or str(error))
            return
        if not data:
            self._lose("the session bus has gone")
            return
        try:
            messages = self._parser.feed(data) if self._auth.authenticated else self._greet(data)
        except AuthenticationError:
            self._lose("the session bus refused us")
        except _UNREADABLE:
            self._lose("the session bus sent something unreadable")
        else:
            for message in messages:
                self._take(message)

    def _greet(self, data: bytes) -> list[Message]:
        self._auth.feed(data)
        was_accepted = self._auth.authenticated
        self._send(BEGIN if was_accepted else self._auth.data_to_send() or b"")
        if was_accepted:
            self.call(message_bus.Hello(), self._welcome)
        return []

    def _welcome(self, reply: Message) -> None:
        if reply.header.message_type is MessageType.error:
            self._lose("the session bus refused us")
        else:
            self.opened.emit()

    def _take(self, message: Message) -> None:
        if self._socket is None:
            return  # lost while an earlier message of the same reading was handled
        if message.header.message_type is MessageType.signal:
            self.heard.emit(message)
            return
        serial = message.header.fields.get(HeaderFields.reply_serial, 0)
        answer = self._answers.pop(serial, None)
        if answer is not None:
            answer(message)

    def _lose(self, why: str) -> None:
        self.close()
        self.lost.emit(why)
