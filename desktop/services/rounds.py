"""What a waking of the desk looks after: maintenance windows whose time has come, then the alarms."""

from dataclasses import replace

from desktop.services.alarm import AlarmService, SweepResult
from desktop.services.maintenance import MaintenanceService


class Rounds:
    """One round after the other, each asked for by the scheduler."""

    def __init__(self, alarms: AlarmService, maintenance: MaintenanceService) -> None:
        self._alarms = alarms
        self._maintenance = maintenance

    def make(self) -> SweepResult:
        """Take every step that is due; the result's next waking is the earlier one of both."""
        next_step_at = self._maintenance.tick()
        swept = self._alarms.sweep()
        known = [at for at in (swept.next_wake_at, next_step_at) if at is not None]
        return replace(swept, next_wake_at=min(known, default=None))
