"""What time brings about for recurring drills: those whose time has come are due.

Costs one question to the database where none is planned. Writes to the plans alone, also while a drill runs.
"""

from datetime import datetime

from db.queries import drill_plan
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.instant import from_us, to_us
from desktop.services.bus import Bus


class DrillPlanWatch:
    """One part of the sweep; what fails in it holds up nothing else."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus

    def tick(self) -> datetime | None:
        """Do what is due; gives when to look again, None for nothing known."""
        with self._store.read() as session:
            first_us = drill_plan.first_due_us(session)
        if first_us is None:
            return None
        if first_us > to_us(self._clock.now()):
            return from_us(first_us)
        # A desk on which nothing is due does without these.
        from desktop.services.drill_plan import DrillPlans

        try:
            return DrillPlans(store=self._store, clock=self._clock, bus=self._bus).tick()
        except DeskError:
            return None  # what cannot be written now is due at the next look; alarms go on
