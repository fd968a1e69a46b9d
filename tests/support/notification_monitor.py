"""Listens in on a real notification service: what it was asked to show and what became of it."""

from threading import Thread
from types import TracebackType
from typing import Self

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call
from jeepney.io.threading import ReceiveStopped, open_dbus_connection

from tests.support.notification_log import SERVICE, NotificationLog, Shown

MONITORING = DBusAddress(
    "/org/freedesktop/DBus", "org.freedesktop.DBus", interface="org.freedesktop.DBus.Monitoring"
)
RULES = [f"interface='{SERVICE}'", f"type='method_return',sender='{SERVICE}'"]


class NotificationMonitor(NotificationLog):
    """Hears every call to the service and every answer while entered; changes nothing.

    The service's answer brings a notification's number, so it counts as notified when the service took it.
    """

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self._asked: dict[tuple[str, int], Message] = {}  # by caller and serial, until answered
        self.pressed: list[tuple[int, str]] = []  # number and key, in order

    def __enter__(self) -> Self:
        self._connection = open_dbus_connection(self._address)
        self._connection.send(new_method_call(MONITORING, "BecomeMonitor", "asu", (RULES, 0)))
        self._connection.receive(timeout=10)
        self._thread = Thread(target=self._listen, name="notification monitor", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.interrupt()
        self._thread.join(10)
        self._connection.close()

    def _listen(self) -> None:
        while True:
            try:
                self._hear(self._connection.receive())
            except (ReceiveStopped, ConnectionError):
                return

    def _hear(self, message: Message) -> None:
        header = message.header
        member = header.fields.get(HeaderFields.member, "")
        match header.message_type, member:
            case MessageType.method_call, "Notify":
                self._asked[header.fields[HeaderFields.sender], header.serial] = message
            case MessageType.method_call, "CloseNotification":
                self.note_close_call(message.body[0])
            case MessageType.signal, "NotificationClosed":
                self.note_gone(message.body[0])
            case MessageType.signal, "ActionInvoked":
                self.pressed.append((message.body[0], message.body[1]))
            case MessageType.method_return, _:
                key = header.fields[HeaderFields.destination], header.fields[HeaderFields.reply_serial]
                if (asked := self._asked.pop(key, None)) is not None:
                    self.note_shown(Shown.from_call(asked.body, message.body[0]))
