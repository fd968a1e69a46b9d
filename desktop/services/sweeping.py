"""One look at everything that time brings about: alarms, and whatever else falls due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from desktop.services.alarm import SweepResult

#: Does what is due; gives when something is due next, None for nothing known.
Tick = Callable[[], datetime | None]


@dataclass(frozen=True)
class Sweeping:
    """What the scheduler calls; alarms come first, the rest must not hold them up."""

    alarms: Callable[[], SweepResult]
    ticks: tuple[Tick, ...]

    def sweep(self) -> SweepResult:
        """Do everything that is due; the result wakes the scheduler for the first thing of all to come."""
        result = self.alarms()
        coming = [result.next_wake_at, *(tick() for tick in self.ticks)]
        result.next_wake_at = min((at for at in coming if at is not None), default=None)
        return result
