"""Watches for times that nobody is on call; costs one question to the database where there is no rota."""

from datetime import datetime, timedelta

from db.queries import on_call
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.services.bus import Bus
from desktop.services.settings import SettingsService

#: How often rotas are looked through where nothing has changed; a gap is hours away when it is told of.
_EVERY = timedelta(minutes=10)


class Coverage:
    """One part of the sweep: tells the desk of a coming gap, once for each gap."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._settings = settings
        self._looked: tuple[tuple[int, ...], int, datetime] | None = None

    def tick(self) -> datetime | None:
        """Tell of what gaps are near and not told of yet; gives when to look again, None without a rota."""
        with self._store.read() as session:
            if not on_call.has_schedule(session):
                return None
            # A desk without a rota does without these.
            from db.queries import schedule as schedules
            from desktop.services.roster_coverage import tell_gaps

            state = schedules.state(session)
        now, ahead_h = self._clock.now(), self._settings.current.gap_alarm_h
        seen = self._looked
        if seen is not None and seen[:2] == (state, ahead_h) and seen[2] <= now < seen[2] + _EVERY:
            return seen[2] + _EVERY
        tell_gaps(self._store, self._bus, now, timedelta(hours=ahead_h))
        self._looked = (state, ahead_h, now)
        return now + _EVERY
