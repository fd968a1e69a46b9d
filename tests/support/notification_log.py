"""What was notified, what is on display, what was withdrawn: the memory of a notification service."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Condition
from typing import Any, Self

from jeepney import DBusAddress

SERVICE = "org.freedesktop.Notifications"
OBJECT = DBusAddress("/org/freedesktop/Notifications", bus_name=SERVICE, interface=SERVICE)


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


class NotificationLog:
    """Filled by the thread that hears the bus, asked by the test."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._notified: list[Shown] = []
        self._closed: list[int] = []
        self._displayed: dict[int, Shown] = {}

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

    def wait_until(self, reached: Callable[[Self], bool], seconds: float = 10.0) -> None:
        """Block until the test holds; it is tried again after each change.

        Where the client lives on an event loop use `qtbot.waitUntil` over the properties instead.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: reached(self), seconds):
                raise TimeoutError(f"not within {seconds:g} s; displayed: {list(self._displayed.values())}")

    def note_shown(self, shown: Shown) -> None:
        """A notification came, or took the place of the one with its number."""
        with self._changed:
            self._notified.append(shown)
            self._displayed[shown.id] = shown
            self._changed.notify_all()

    def note_close_call(self, number: int) -> None:
        """The program asked to withdraw a notification."""
        with self._changed:
            self._closed.append(number)
            self._changed.notify_all()

    def note_gone(self, number: int) -> bool:
        """A notification left the display, for whatever reason; whether it was there."""
        with self._changed:
            was_there = self._displayed.pop(number, None) is not None
            self._changed.notify_all()
        return was_there
