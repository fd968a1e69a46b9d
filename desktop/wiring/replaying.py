"""The window on a replayed desk: a past month as a live board, on a clock moved by hand."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.domain.clock import ManualClock, SystemClock
from desktop.domain.errors import DeskError
from desktop.options import WindowOptions
from desktop.wiring.place import DeskPlace

if TYPE_CHECKING:  # everything heavy waits for the first picture
    from desktop.services.desk import Desk
    from desktop.services.replay import ReplayPlayer
    from desktop.ui.surroundings import Surroundings
    from desktop.ui.tickets.loading_page import LoadingPage
    from desktop.ui.window import MainWindow
    from desktop.wiring.ports import ScreensApart


class Replaying:
    """One log on a desk that is thrown away at the end; called as the opener of the window's desk."""

    keeps_desk = False

    def __init__(self, options: WindowOptions, log: Path) -> None:
        self.window: MainWindow | None = None
        self._stack = ExitStack()
        folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="escalation-desk-replay-"))
        self._log = log
        self._options = options
        self.place = DeskPlace(Path(folder) / "replay.sqlite3", Path(folder) / "backups")
        self.clock = ManualClock(SystemClock().now())
        self._player: ReplayPlayer | None = None
        self._page: LoadingPage | None = None
        self._is_cancelled = False
        self.share = 0.0  # of the log that is read; the worker says so, the window looks

    def __call__(self) -> "Desk":
        """Read the log and make a desk for it, on the worker.

        Raises: DeskError when it cannot be read, or nothing happens in the period.
        """
        # Imported here, on the worker: reading logs and playing them brings the whole desk along.
        from desktop.command.replay import ReplayOptions, load_log, period_of
        from desktop.services.desk import Desk
        from desktop.services.replay import ReplayPlayer

        wish = ReplayOptions(
            file=self._log, start=self._options.start, end=self._options.end, zone=self._options.zone
        )
        start, end = period_of(wish)
        log = load_log(wish, SystemClock(), self._note)
        self.clock.set(min(event.opened_at or event.at for event in log.events))
        desk = Desk.open(self.place.database, self.place.backups, self.clock)
        # What is replayed can be replayed again: no need to wait for the disk at each deed.
        desk.store.forgo_durability()
        self._player = ReplayPlayer(desk, self.clock, log, start=start, end=end)
        desk.settings.set("first_run_done", True)
        return desk

    def show_loading(self, window: "MainWindow", around: "Surroundings") -> None:
        """Say in place of the board that the log is being read."""
        from desktop.ui.tickets.loading_page import LoadingPage

        page = self._page = LoadingPage(self._log.name, self, around)
        page.cancel_requested.connect(window.close_without_question)
        window.pages.show_instead(page)
        page.focus_first()

    def end_loading(self, window: "MainWindow") -> None:
        """The desk is there: back to its board."""
        if self._page is not None:
            window.pages.show_again()
            self._page.deleteLater()
            self._page = None

    def cancel(self) -> None:
        """Read no further: the window is closed."""
        self._is_cancelled = True

    def _note(self, share: float) -> None:
        self.share = share
        if self._is_cancelled:
            raise DeskError("The log was not read to its end.", hint="Open the replay again.")

    def steer(self, window: "MainWindow", around: "Surroundings", _screens: "ScreensApart") -> QObject:
        """Put the bar that steers the replay over the window's pages."""
        from desktop.wiring.replay_steering import ReplaySteering

        assert self._player is not None
        return ReplaySteering(self._player, window, around, self._log.name)

    def close(self) -> None:
        """Throw the replayed desk away; safe to repeat."""
        self._stack.close()
