"""The facts at the bottom of the window: who works here, by which policy, whether all runs by itself."""

from typing import NamedTuple

from PySide6.QtCore import QObject

from desktop.domain.instant import to_us
from desktop.services.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import age
from desktop.ui.window import MainWindow

_RUNNING = "● Alarms on"
_STOPPED = "● Alarms stopped"


class _Facts(NamedTuple):
    """What the worker finds out."""

    operator: str
    roles: str
    policy: int
    database: str
    backup: str


class Status(QObject):
    """Keeps the status line true."""

    def __init__(self, desk: Desk, window: MainWindow, around: Surroundings, bridge: Bridge) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._runner = around.runner
        bridge.people_changed.connect(self.refresh)
        bridge.policy_changed.connect(self.refresh)
        bridge.automation_stopped.connect(self._tell_stopped)
        bridge.automation_running.connect(self._tell_running)

    def refresh(self) -> None:
        """Ask for the facts."""
        self._runner.run(self._read, self._show, owner=self)

    def start(self) -> None:
        """Alarms are raised from now on."""
        self._tell_running()
        self.refresh()

    def _read(self) -> _Facts:
        operator = self._desk.person.operator()
        backups = self._desk.backup.list()
        now = self._desk.clock.now()
        return _Facts(
            operator.name if operator is not None else "nobody",
            ", ".join(sorted(operator.roles)) if operator is not None else "",
            self._desk.policy.active().version,
            str(self._desk.store.path),
            f"backed up {age(to_us(backups[0].made_at), to_us(now))}" if backups else "no backup yet",
        )

    def _show(self, facts: _Facts) -> None:
        say = self._window.status.say
        say("operator", f"Operator: {facts.operator}", tip=facts.roles)
        say("policy", f"Policy v{facts.policy}")
        if mark := self._desk.settings.current.drill_mark:
            say("database", f"{mark}: own database, own clock, nothing leaves it", tip=facts.database)
        else:
            say("database", f"Database: local, {facts.backup}", tip=facts.database)

    def _tell_stopped(self, reason: str) -> None:
        self._window.status.say("automation", _STOPPED, is_bad=True, tip=reason)
        self._window.banners.show_banner("automation", reason, "danger")

    def _tell_running(self) -> None:
        self._window.status.say("automation", _RUNNING, tip="Alarms are raised as they fall due.")
        self._window.banners.withdraw("automation")
