"""A desktop notification service that shows nothing, remembers everything and can press its own buttons.

Speaks the Desktop Notifications Specification 1.2 (and the ActivationToken signal of 1.3) on a private bus.
"""

from collections.abc import Sequence
from enum import IntEnum
from threading import Thread
from types import TracebackType
from typing import Any, Self

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageFlag,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.threading import ReceiveStopped, open_dbus_connection

from tests.support.notification_log import OBJECT, SERVICE, NotificationLog, Shown

BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
CAPABILITIES = ("actions", "body", "body-markup", "persistence", "sound")


class Reason(IntEnum):
    """Why a notification is gone, as NotificationClosed says it."""

    EXPIRED = 1
    DISMISSED = 2
    CLOSED_BY_CALL = 3


class NotificationService(NotificationLog):
    """Owns org.freedesktop.Notifications on the bus while entered.

    Signals leave from the same connection that owns the name, so clients that match on the sender hear them.
    """

    def __init__(self, address: str, capabilities: Sequence[str] = CAPABILITIES) -> None:
        super().__init__()
        self._address = address
        self._capabilities = list(capabilities)
        self._last_id = 0
        self.refuse_with: str | None = None  # an error name: every Notify is answered with it

    def __enter__(self) -> Self:
        self._connection = open_dbus_connection(self._address)
        self._connection.send(new_method_call(BUS, "RequestName", "su", (SERVICE, 4)))
        owned = self._connection.receive(timeout=10)
        while owned.header.message_type is not MessageType.method_return:
            owned = self._connection.receive(timeout=10)
        if owned.body != (1,):
            raise RuntimeError(f"somebody else is the notification service on {self._address}")
        self._thread = Thread(target=self._serve, name="notification service", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.interrupt()
        self._thread.join(10)
        self._connection.close()

    def press(self, number: int, key: str, activation_token: str = "") -> None:
        """Press the button with this key ("default" is a click on the body); the notification then goes."""
        if activation_token:
            self._emit("ActivationToken", "us", number, activation_token)
        self._emit("ActionInvoked", "us", number, key)
        self._gone(number, Reason.DISMISSED)

    def dismiss(self, number: int) -> None:
        """Close it as a person does, without choosing anything."""
        self._gone(number, Reason.DISMISSED)

    def expire(self, number: int) -> None:
        """Let its time run out."""
        self._gone(number, Reason.EXPIRED)

    def _emit(self, signal: str, signature: str, *body: object) -> None:
        self._connection.send(new_signal(OBJECT, signal, signature, body))

    def _gone(self, number: int, reason: Reason) -> None:
        if self.note_gone(number):
            self._emit("NotificationClosed", "uu", number, int(reason))

    def _serve(self) -> None:
        while True:
            try:
                message = self._connection.receive()
            except (ReceiveStopped, ConnectionError):
                return
            if message.header.message_type is MessageType.method_call:
                answer = self._answer(message)
                if not message.header.flags & MessageFlag.no_reply_expected:
                    self._connection.send(answer)

    def _answer(self, call: Message) -> Message:
        member = call.header.fields[HeaderFields.member]
        if member == "Notify" and self.refuse_with:
            return new_error(call, self.refuse_with, "s", ("refused by the test",))
        if member == "Notify":
            return new_method_return(call, "u", (self._notify(call.body),))
        if member == "CloseNotification":
            self.note_close_call(call.body[0])
            self._gone(call.body[0], Reason.CLOSED_BY_CALL)
            return new_method_return(call)
        if member == "GetCapabilities":
            return new_method_return(call, "as", (self._capabilities,))
        if member == "GetServerInformation":
            return new_method_return(call, "ssss", ("desk-tests", "Escalation Desk", "1", "1.2"))
        return new_error(call, "org.freedesktop.DBus.Error.UnknownMethod", "s", (f"no method {member}",))

    def _notify(self, body: Sequence[Any]) -> int:
        replaces: int = body[1]
        self._last_id += not replaces
        number = replaces or self._last_id
        self.note_shown(Shown.from_call(body, number))
        return number
