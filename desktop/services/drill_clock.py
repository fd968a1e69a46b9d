"""The clock of a drill's own desk: the story's time, which never runs ahead of the drill's engine."""

import threading
from datetime import datetime
from typing import NamedTuple

from desktop.domain.clock import Clock
from desktop.domain.drill_pacer import Pacer
from desktop.domain.drill_plan import Plan
from desktop.domain.instant import from_us, to_us

#: Without a beat of the engine the story goes on for so long and then waits for it.
LONGEST_AHEAD_MS = 1_000


class _Line(NamedTuple):
    pacer: Pacer
    horizon_ms: int | None
    floor_ms: int


class StoryClock:
    """Tells the time of the story; may be read on any thread.

    Between two beats it goes on at the drill's pace, but never past the next instant at which the engine
    fires something or changes its pace: nothing is ever stamped later than it will turn out to have been.
    """

    def __init__(self, base: Clock, plan: Plan, sim_ms: int = 0) -> None:
        """`base` gives the monotonic time; it stands still at `sim_ms` until it follows an engine."""
        self._base = base
        self._plan = plan
        self._lock = threading.Lock()
        self._line = _Line(Pacer(sim_ms), None, sim_ms)

    def now(self) -> datetime:
        """The time of the story, in UTC."""
        return from_us(to_us(self._plan.story_at(self.sim_ms())))

    def monotonic(self) -> float:
        """Seconds of the drill."""
        return self.sim_ms() / 1000

    def mono_ms(self) -> int:
        """The base's monotonic reading, by which the engine counts."""
        return round(self._base.monotonic() * 1000)

    def sim_ms(self) -> int:
        """The time of the drill; never less than it was before."""
        with self._lock:
            return self._read(self.mono_ms())

    def hold(self) -> int:
        """Stand still until the engine has been followed; gives the base's reading at which it does."""
        with self._lock:
            mono_ms = self.mono_ms()
            sim_ms = self._read(mono_ms)
            self._line = _Line(Pacer(sim_ms), None, sim_ms)
            return mono_ms

    def follow(self, pacer: Pacer, horizon_ms: int | None) -> None:
        """Go on as the engine does, up to its next instant, None where it knows of none."""
        with self._lock:
            floor_ms = max(self._line.floor_ms, pacer.sim_ms if not pacer.is_running else 0)
            self._line = _Line(pacer, horizon_ms, floor_ms)

    def _read(self, mono_ms: int) -> int:
        pacer, horizon_ms, floor_ms = self._line
        sim_ms = pacer.sim_at(min(mono_ms, pacer.mono_ms + LONGEST_AHEAD_MS))
        if horizon_ms is not None:
            sim_ms = min(sim_ms, max(horizon_ms, pacer.sim_ms))
        if sim_ms > floor_ms:
            self._line = _Line(pacer, horizon_ms, sim_ms)
        return max(sim_ms, floor_ms)
