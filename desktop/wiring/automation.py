"""What runs by itself beside the window: sweep of alarms, reading of signals, watch over both, backup."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.clock import SystemClock
from desktop.services.coverage import Coverage
from desktop.services.drill_plan_watch import DrillPlanWatch
from desktop.services.handoff_watch import HandoffWatch
from desktop.services.playbook_watch import PlaybookWatch
from desktop.services.promise_watch import PromiseWatch
from desktop.services.sweeping import Sweeping
from desktop.services.watchdog import Watchdog
from desktop.services.worker import Worker
from desktop.ui.tasks import TaskRunner
from desktop.wiring.reading import Reading

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.scheduler import AlarmScheduler, Swept

_CHECK_MS = 15_000
_OTHERS_MS = 1_000
_BACKUP_MS = 3_600_000  # looked after every hour, made once a day


class Automation(QObject):
    """Starts and ends the scheduler; checks it whether the window can be seen or not.

    Signals:
        backed_up: a backup was made.
    """

    backed_up = Signal()

    def __init__(self, desk: "Desk", worker: Worker, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._worker = worker
        self._runner = runner
        self.watchdog = Watchdog(clock=SystemClock(), bus=desk.bus)
        self._scheduler: AlarmScheduler | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_MS)
        self._timer.timeout.connect(self.watchdog.check)
        self._reading = Reading(partial(_read_signals, desk), worker.submit, desk.bus)
        coverage = Coverage(store=desk.store, clock=desk.clock, bus=desk.bus, settings=desk.settings)
        commands = desk.escalations
        handoffs = HandoffWatch(cases=commands.cases, details=commands.details, bus=desk.bus)
        promises = PromiseWatch(cases=commands.cases)
        playbooks = PlaybookWatch(cases=commands.cases)
        drills = DrillPlanWatch(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._sweeping = Sweeping(
            desk.alarm.sweep,
            (
                partial(_keep_maintenance, desk),
                coverage.tick,
                handoffs.tick,
                promises.tick,
                playbooks.tick,
                drills.tick,
            ),
        )
        self._seen = desk.store.revision()
        self._others = QTimer(self)
        self._others.setInterval(_OTHERS_MS)
        self._others.timeout.connect(self._look_for_others)
        self._daily = QTimer(self)
        self._daily.setInterval(_BACKUP_MS)
        self._daily.timeout.connect(self._back_up)

    def make(self) -> "AlarmScheduler":
        """The scheduler, on the worker: APScheduler takes longer to import than the window to paint."""
        from desktop.services.scheduler import AlarmScheduler

        return AlarmScheduler(
            clock=self._desk.clock,
            sweep=self._sweep,
            submit=self._worker.submit,
            bus=self._desk.bus,
            watchdog=self.watchdog,
        )

    def start(self, scheduler: "AlarmScheduler") -> None:
        """Sweep from now on."""
        self._scheduler = scheduler
        scheduler.start()
        self._timer.start()
        self._others.start()
        self._daily.start()
        self._back_up()
        self._reading.look()

    def close(self) -> None:
        """Sweep no more; safe to repeat."""
        self._reading.close()
        self._timer.stop()
        self._others.stop()
        self._daily.stop()
        if self._scheduler is not None:
            self._scheduler.close()
            self._scheduler = None

    def _sweep(self) -> "Swept":
        """On the worker; what other programs have kept meanwhile is read after it."""
        swept = self._sweeping.sweep()
        self._reading.look()
        return swept

    def _look_for_others(self) -> None:
        """Tell of what another program wrote as of our own: alarms must not wait for the safety sweep."""
        self._runner.run(partial(self._desk.notice_others, self._seen), self._note_seen, owner=self)

    def _note_seen(self, revision: int) -> None:
        self._seen = revision

    def _back_up(self) -> None:
        self._runner.run(self._desk.backup.make_when_due, self._tell, owner=self)

    def _tell(self, made: object) -> None:
        if made is not None:
            self.backed_up.emit()


def _read_signals(desk: "Desk") -> bool:
    """On the worker: read a slice of what came in; whether something is left.

    While nothing came, nothing is imported for it.
    """
    return desk.automation.has_unread() and desk.signal.process().remaining


def _keep_maintenance(desk: "Desk") -> datetime | None:
    """On the worker: the steps of maintenance that are due; when the next one is."""
    if not desk.automation.has_maintenance():
        return None
    from desktop.services.maintenance import MaintenanceService  # not before one is planned

    return MaintenanceService(store=desk.store, clock=desk.clock, bus=desk.bus).tick()
