"""What is shown on the desktop outside the window, and what every way of showing it has in common."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

#: What a person can do on a notification; DEFAULT is a click on its body.
DEFAULT, ACKNOWLEDGE, SNOOZE = "default", "acknowledge", "snooze"
BUTTONS = ((ACKNOWLEDGE, "Acknowledge"), (SNOOZE, "Snooze 15 min"))
#: Longer than any text of ours; what comes from outside may be a megabyte.
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification. `key` names the place on screen it takes; `row_id` is 0 where nobody waits to hear.

    `urgency` is low, normal or critical; `chimes` 0 to 2; `buttons` are (action, words).
    """

    row_id: int
    key: str
    title: str
    body: str
    urgency: str = "normal"
    chimes: int = 0
    buttons: tuple[tuple[str, str], ...] = ()


class Notifier(QObject):
    """A way to show notices outside the window; this base shows none.

    Signals:
        shown: (row_id, str where) it is on screen.
        refused: (row_id, str why, bool temporary) it could not be shown.
        acted: (str key, str action, str activation token) the person pressed something on it.
        gone: (str key, bool by_person) it left the screen.
        state_changed: `is_settled`, `is_available` or `state` answers differently.
    """

    shown = Signal(object, str)
    refused = Signal(object, str, bool)
    acted = Signal(str, str, str)
    gone = Signal(str, bool)
    state_changed = Signal()

    @property
    def plays_sound(self) -> bool:
        """Whether it chimes by itself."""
        return False

    @property
    def is_settled(self) -> bool:
        """Whether it knows yet if it is available."""
        return True

    @property
    def is_available(self) -> bool:
        """Whether a notice shown now would be seen."""
        return False

    @property
    def state(self) -> str:
        """How it stands, as the end of the sentence "Desktop notifications: …"."""
        return "not available"

    def start(self) -> None:
        """Look for what it needs."""

    def close(self) -> None:
        """Let go of it."""

    def show(self, notice: Notice) -> None:
        """Show it, in the place of the one with the same key; `shown` or `refused` answers."""

    def withdraw(self, key: str) -> None:
        """Take it off the screen, if it is there."""


def safe(text: str) -> str:
    """Text that any notification service can be given: no NUL, no half characters, not endless."""
    kept = text[:_LONGEST].replace("\0", " ")
    return kept.encode("utf-8", "replace").decode("utf-8")
