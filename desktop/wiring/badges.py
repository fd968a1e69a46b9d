"""How much waits in the queues, beside the names of their pages."""

from PySide6.QtCore import QObject

from desktop.services.desk import Desk
from desktop.services.waiting import Waiting, WaitingService
from desktop.ui.bridge import Bridge
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow

_EVERY_US = 60_000_000  # what was put off comes back by itself


class Badges(QObject):
    """Counts anew when something has changed, and every minute; several changes at once cost one count."""

    def __init__(self, desk: Desk, window: MainWindow, around: Surroundings, bridge: Bridge) -> None:
        super().__init__(window)
        self._window = window
        self._runner = around.runner
        self._waiting = WaitingService(desk.store, desk.clock)
        self._is_counting = False
        self._is_stale = False
        self._next_us = 0
        for changed in (bridge.escalations_changed, bridge.signals_decided, bridge.data_imported):
            changed.connect(self.refresh)
        around.heartbeat.slowly_ticked.connect(self._tick)
        self.refresh()

    def refresh(self, _what: object = None) -> None:
        """They may be others now."""
        self._is_stale = self._is_counting
        if not self._is_counting:
            self._is_counting = True
            self._runner.run(self._waiting.counts, self._show, owner=self)

    def _show(self, waiting: Waiting) -> None:
        side = self._window.side
        side.set_count("page.triage", waiting.review, is_urgent=False)
        side.set_count("page.signals", waiting.held, is_urgent=waiting.held > 0, word="held")
        self._is_counting = False
        if self._is_stale:
            self.refresh()

    def _tick(self, now_us: int) -> None:
        if now_us >= self._next_us:
            self._next_us = now_us + _EVERY_US
            self.refresh()
