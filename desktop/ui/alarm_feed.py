"""The alarms that stand, fetched once for all who show them."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.services.alarm_view import AlarmView
from desktop.ui.tasks import TaskRunner


class Alarms(Protocol):
    """What the desk knows of its alarms."""

    def open_alarms(self, limit: int = 500) -> Sequence[AlarmView]:
        """Those that stand, the worst first."""
        ...


class AlarmFeed(QObject):
    """Fetches the alarms whenever they have changed; several changes at once cost one fetch.

    Signals:
        alarms_changed: (tuple of AlarmView) those that stand now, the worst first.
    """

    alarms_changed = Signal(object)

    def __init__(self, alarms: Alarms, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._alarms = alarms
        self._runner = runner
        self._is_fetching = False
        self._is_stale = False
        self.current: tuple[AlarmView, ...] = ()

    @property
    def count(self) -> int:
        """How many escalations have an alarm that stands."""
        return len({view.escalation_id for view in self.current})

    def refresh(self) -> None:
        """They may have changed."""
        if self._is_fetching:
            self._is_stale = True
            return
        self._is_fetching, self._is_stale = True, False
        self._runner.run(self._alarms.open_alarms, self._take, self._fail, owner=self)

    def _take(self, views: Sequence[AlarmView]) -> None:
        self._is_fetching = False
        self.current = tuple(views)
        self.alarms_changed.emit(self.current)
        if self._is_stale:
            self.refresh()

    def _fail(self, error: Exception) -> None:
        self._is_fetching = False
        self._runner.error_raised.emit(error, self)
