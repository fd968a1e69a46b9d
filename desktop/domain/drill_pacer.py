"""The drill's running clock: sim milliseconds from a monotonic reading, in whole numbers."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Pacer:
    """How far the drill had come at a reading of a monotonic clock, and how fast it goes on."""

    sim_ms: int = 0
    mono_ms: int = 0
    speed: int = 1
    is_running: bool = False

    def sim_at(self, mono_ms: int) -> int:
        """The drill's time at a reading; it never runs back, and stands still while paused."""
        if not self.is_running:
            return self.sim_ms
        return self.sim_ms + max(mono_ms - self.mono_ms, 0) * self.speed

    def at_sim(self, sim_ms: int) -> "Pacer":
        """The same clock anchored where it reaches a later time of the drill."""
        passed_ms = -(-(sim_ms - self.sim_ms) // self.speed)
        return replace(self, sim_ms=sim_ms, mono_ms=self.mono_ms + passed_ms)

    def at(self, mono_ms: int) -> "Pacer":
        """The same clock anchored at a reading."""
        return replace(self, sim_ms=self.sim_at(mono_ms), mono_ms=max(mono_ms, self.mono_ms))
