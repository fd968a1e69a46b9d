"""The players' window of a drill: the drill's own desk, which goes on when the window is closed."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from desktop.domain.clock import Clock
from desktop.domain.errors import NotAllowed
from desktop.options import backups_folder
from desktop.ui.drill.live import LiveDrill
from desktop.ui.raising import come_forward
from desktop.wiring.place import DeskPlace

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.ui.surroundings import Surroundings
    from desktop.ui.window import MainWindow
    from desktop.wiring.ports import ScreensApart

_WHY_NOT = {
    "BRIEFING": "The drill has not started yet.",
    "PAUSED": "The drill is paused: nothing can be changed until it goes on.",
    "ENDED": "The drill is over: nothing can be changed any more.",
}


class HasSandbox(Protocol):
    """The director of a run, as far as its players' window needs it."""

    @property
    def desk(self) -> "Desk":
        """The drill's own desk, open."""
        ...

    @property
    def clock(self) -> Clock:
        """The time of its story."""
        ...


class DrillBackdrop:
    """A running drill behind a window of its players; may be used for one window after another.

    The desk is the director's, who goes on using it on a thread of its own. Whatever this window wants to
    change is refused while the drill does not run.
    """

    keeps_desk = True

    def __init__(
        self, live: LiveDrill, director: HasSandbox, *, is_loud: Callable[[], bool] | None = None
    ) -> None:
        """`is_loud` says whether the person wants sounds; the drill's own desk makes none by itself."""
        self.live = live
        self._is_loud = is_loud or _never
        self._director = director
        path = director.desk.store.path
        self.place = DeskPlace(path, backups_folder(path))
        self.window: MainWindow | None = None
        self._worker: int | None = None

    @property
    def clock(self) -> Clock:
        """The time of the story."""
        return self._director.clock

    @property
    def is_open(self) -> bool:
        """Whether the players' window is there."""
        return self.window is not None

    def come_forward(self) -> bool:
        """Bring the players' window to the front; False where there is none."""
        if self.window is None:
            return False
        come_forward(self.window)
        return True

    def __call__(self) -> "Desk":
        """The director's desk; from now on what this thread wants to change has to pass the drill's state."""
        self._worker = threading.get_ident()
        self._director.desk.store.gate = self._check
        return self._director.desk

    def show_loading(self, _window: "MainWindow", _around: "Surroundings") -> None:
        """The desk is open already: there is nothing to wait for."""

    def end_loading(self, _window: "MainWindow") -> None:
        """As above."""

    def cancel(self) -> None:
        """As above."""

    def steer(self, window: "MainWindow", around: "Surroundings", screens: "ScreensApart") -> QObject:
        """Put the players' bar over the window, and their inbox among its pages."""
        from desktop.wiring.drill_filing import DrillFiling
        from desktop.wiring.drill_steering import DrillSteering

        filing = DrillFiling(self._director.desk, window, around.runner)
        return DrillSteering(self.live, filing, self._is_loud, window, around, screens)

    def close(self) -> None:
        """The window is gone; the desk stays the director's. Safe to repeat."""
        self.window = None
        self._worker = None
        self._director.desk.store.gate = None

    def _check(self) -> None:
        """Raises: NotAllowed for a change by this window while the drill does not run."""
        if threading.get_ident() != self._worker:
            return
        state = self.live.player.state if self.live.player is not None else "RUNNING"
        if state in _WHY_NOT:
            raise NotAllowed(_WHY_NOT[state], hint="Read what has come meanwhile.")


def _never() -> bool:
    return False
