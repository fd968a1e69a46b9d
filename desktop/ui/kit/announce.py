"""What the desk says to a screen reader: one place for all of it."""

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.clock import Clock

_BETWEEN_S = 2.0
_AGAIN_AFTER_S = 10.0
_TOGETHER_MOST = 4
_LONGEST = 400


class _Waiting(NamedTuple):
    widget: QWidget
    text: str


class Announcer(QObject):
    """Says things politely, at most one in two seconds; what came meanwhile is then said together.

    `tick` lets it go on; it wants to be called about once a second.

    Signals:
        said: (str) this was given to the screen reader just now.
    """

    said = Signal(str)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._said_s = -_BETWEEN_S
        self._waiting: dict[str, _Waiting] = {}
        self._last: dict[str, float] = {}

    def say(self, widget: QWidget, text: str, *, about: str = "", once: bool = False) -> None:
        """Have it said, in the name of the widget.

        Of what waits `about` the same, only the last is said; with `once`, nothing is when something was
        said about it within ten seconds: two parts of the desk have noticed the same.
        """
        key = about or text
        now_s = self._clock.monotonic()
        self._last = {known: at_s for known, at_s in self._last.items() if now_s - at_s < _AGAIN_AFTER_S}
        if not text or (once and (key in self._last or key in self._waiting)):
            return
        self._waiting.pop(key, None)
        self._waiting[key] = _Waiting(widget, text[:_LONGEST])
        self._last[key] = now_s
        self.tick()

    def tick(self, _now_us: int = 0) -> None:
        """Say what waits, if it is time."""
        now_s = self._clock.monotonic()
        if not self._waiting or now_s - self._said_s < _BETWEEN_S:
            return
        waiting, self._waiting = list(self._waiting.values()), {}
        told = [one.text.rstrip(".") for one in waiting[:_TOGETHER_MOST]]
        if len(waiting) > _TOGETHER_MOST:
            told.append(f"and {len(waiting) - _TOGETHER_MOST:,} more")
        self._said_s = now_s
        _announce(waiting[0].widget, ". ".join(told))
        self.said.emit(". ".join(told))


def _announce(widget: QWidget, text: str) -> None:
    """Nothing happens where no screen reader runs."""
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(event)
