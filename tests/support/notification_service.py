"""A desktop notification service that shows nothing, remembers everything and can press its own buttons.

Speaks the Desktop Notifications Specification 1.2 (and the ActivationToken signal of 1.3) on a private bus.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from threading import Condition, Thread
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

SERVICE = "org.freedesktop.Notifications"
OBJECT = DBusAddress("/org/freedesktop/Notifications", bus_name=SERVICE, interface=SERVICE)
BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
CAPABILITIES = ("actions", "body", "body-markup", "persistence", "sound")


class Reason(IntEnum):
    """Why a notification is gone, as NotificationClosed says it."""

    EXPIRED = 1
    DISMISSED = 2
    CLOSED_BY_CALL = 3


@dataclass(frozen=True)
class Shown:
    """One call of Notify, with the number it was given."""

    id: int
    replaces: int
    app: str
    icon: str
    summary: str
    body: str
    actions: tuple[tuple[str, str], ...]  # key and label, in order
    hints: dict[str, Any]
    timeout_ms: int  # -1: as the service likes, 0: never

    @classmethod
    def from_call(cls, body: Sequence[Any], number: int) -> Self:
        """Read the eight arguments of Notify."""
        app, replaces, icon, summary, text, actions, hints, timeout_ms = body
        pairs = tuple(zip(actions[::2], actions[1::2], strict=True))
        plain = {name: value for name, (_signature, value) in hints.items()}
        return cls(number, replaces, app, icon, summary, text, pairs, plain, timeout_ms)

    @property
    def labels(self) -> list[str]:
        """The words on its buttons."""
        return [label for _key, label in self.actions]


class NotificationService:
    """Owns org.freedesktop.Notifications on the bus while entered.

    Signals leave from the same connection that owns the name, so clients that match on the sender hear them.
    """

    def __init__(self, address: str, capabilities: Sequence[str] = CAPABILITIES) -> None:
        self._address = address
        self._capabilities = list(capabilities)
        self._changed = Condition()
        self._notified: list[Shown] = []
        self._closed: list[int] = []
        self._displayed: dict[int, Shown] = {}
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

    @property
    def notified(self) -> list[Shown]:
        """Every Notify so far, in order, replacements included."""
        with self._changed:
            return list(self._notified)

    @property
    def displayed(self) -> list[Shown]:
        """What a person would see now, oldest first."""
        with self._changed:
            return list(self._displayed.values())

    @property
    def closed(self) -> list[int]:
        """The numbers that were withdrawn by CloseNotification, in order."""
        with self._changed:
            return list(self._closed)

    def wait_until(self, reached: Callable[["NotificationService"], bool], seconds: float = 10.0) -> None:
        """Block until the test holds; it is tried again after each call that arrives.

        Where the client lives on an event loop use `qtbot.waitUntil` over the properties instead.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: reached(self), seconds):
                raise TimeoutError(f"not within {seconds:g} s; displayed: {list(self._displayed.values())}")

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
        with self._changed:
            self._displayed.pop(number, None)
            self._changed.notify_all()
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
            self._close(call.body[0])
            return new_method_return(call)
        if member == "GetCapabilities":
            return new_method_return(call, "as", (self._capabilities,))
        if member == "GetServerInformation":
            return new_method_return(call, "ssss", ("desk-tests", "Escalation Desk", "1", "1.2"))
        return new_error(call, "org.freedesktop.DBus.Error.UnknownMethod", "s", (f"no method {member}",))

    def _notify(self, body: Sequence[Any]) -> int:
        replaces: int = body[1]
        with self._changed:
            if replaces:
                number = replaces
            else:
                self._last_id += 1
                number = self._last_id
            shown = Shown.from_call(body, number)
            self._notified.append(shown)
            self._displayed[number] = shown
            self._changed.notify_all()
        return number

    def _close(self, number: int) -> None:
        with self._changed:
            self._closed.append(number)
            was_there = number in self._displayed
        if was_there:
            self._gone(number, Reason.CLOSED_BY_CALL)
