"""The first minutes of a new desk: nothing leaves the window; what comes up is told as one afterwards."""

from datetime import datetime, timedelta

from db.queries import outbox as rows
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.instant import from_us, to_us
from desktop.services.settings import SettingsService
from desktop.services.undelivered import TEST

#: How long people are let alone to look around.
FIRST_MINUTES = timedelta(minutes=5)


class FirstMinutes:
    """Knows when this desk was first worked at, and from when on it may send notifications."""

    def __init__(self, *, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def begin(self) -> None:
        """Somebody works at this desk for the first time; later calls change nothing."""
        if not self._settings.current.first_run_at:
            self._settings.set("first_run_at", to_us(self._clock.now()))

    def announces_from(self) -> datetime | None:
        """From when on notifications may be sent, earlier once somebody tested them; None for always."""
        first_us = self._settings.current.first_run_at
        if not first_us:
            return None
        over_at = from_us(first_us) + FIRST_MINUTES
        if self._clock.now() < over_at:
            with self._store.read() as session:
                tested_us = rows.first_since(session, TEST, first_us)
            if tested_us is not None:
                return from_us(tested_us)
        return over_at
