"""What runs by itself beside the window: the sweep of alarms and the watch over it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.domain.clock import SystemClock
from desktop.services.watchdog import Watchdog
from desktop.services.worker import Worker

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.scheduler import AlarmScheduler

_CHECK_MS = 15_000


class Automation(QObject):
    """Starts and ends the scheduler; checks it whether the window can be seen or not."""

    def __init__(self, desk: "Desk", worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._worker = worker
        self.watchdog = Watchdog(clock=SystemClock(), bus=desk.bus)
        self._scheduler: AlarmScheduler | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_MS)
        self._timer.timeout.connect(self.watchdog.check)

    def make(self) -> "AlarmScheduler":
        """The scheduler, on the worker: APScheduler takes longer to import than the window to paint."""
        from desktop.services.scheduler import AlarmScheduler

        return AlarmScheduler(
            clock=self._desk.clock,
            sweep=self._desk.alarm.sweep,
            submit=self._worker.submit,
            bus=self._desk.bus,
            watchdog=self.watchdog,
        )

    def start(self, scheduler: "AlarmScheduler") -> None:
        """Sweep from now on."""
        self._scheduler = scheduler
        scheduler.start()
        self._timer.start()

    def close(self) -> None:
        """Sweep no more; safe to repeat."""
        self._timer.stop()
        if self._scheduler is not None:
            self._scheduler.close()
            self._scheduler = None
