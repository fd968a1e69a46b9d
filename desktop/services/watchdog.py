"""Checks that the alarm sweep runs, and says loudly when it does not."""

import threading
from dataclasses import dataclass

from desktop.domain.clock import Clock
from desktop.domain.events import AutomationRunning, AutomationStopped
from desktop.services.bus import Bus

#: Three safety sweeps in a row have to be missed.
PATIENCE_S = 90.0


@dataclass(frozen=True, slots=True)
class SweepState:
    """Whether alarms are being raised, and a sentence that says so or why not."""

    ok: bool
    sentence: str


class Watchdog:
    """Told of each sweep; whoever has a timer asks it. May be used from several threads.

    The clock must be the machine's own: it measures how long real time passed without a sweep.
    """

    def __init__(self, *, clock: Clock, bus: Bus, patience_s: float = PATIENCE_S) -> None:
        self._clock = clock
        self._bus = bus
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._swept_s = clock.monotonic()
        self._fault = ""
        self._is_told = False

    def swept(self) -> None:
        """A sweep has done its work."""
        with self._lock:
            self._swept_s = self._clock.monotonic()
            self._fault = ""
            was_told, self._is_told = self._is_told, False
        if was_told:
            self._bus.publish(AutomationRunning())

    def failed(self, reason: str) -> None:
        """A sweep could not do its work, for this reason; people are told at once."""
        with self._lock:
            self._fault = reason
        self.check()

    def check(self) -> SweepState:
        """How it stands; the first time it does not run, the desk is told so."""
        with self._lock:
            silent_s = self._clock.monotonic() - self._swept_s
            if self._fault:
                state = SweepState(False, f"Alarms are not being raised: {self._fault}")
            elif silent_s > self._patience_s:
                state = SweepState(
                    False, f"Alarms are not being raised: nothing was checked for {silent_s:.0f} s."
                )
            else:
                state = SweepState(True, "Alarms are being raised.")
            is_news = not state.ok and not self._is_told
            self._is_told = self._is_told or is_news
        if is_news:
            self._bus.publish(AutomationStopped(state.sentence))
        return state
