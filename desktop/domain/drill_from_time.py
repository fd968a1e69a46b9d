"""The time of a past escalation pressed into that of a drill: stretches without anything become leaps."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

#: Longer stretches without anything become leaps.
IDLE_S = 600
#: What is left of one, so that players can finish what they do.
_LEFT_S = 180


class Leap(NamedTuple):
    """The story leaps to `story_s` when the drill has come to `sim_s`."""

    sim_s: int
    story_s: int
    skipped_s: int


class Pressed:
    """Both times side by side, in seconds from time zero; `moments` is when anything happens or falls due."""

    def __init__(self, moments: Iterable[int]) -> None:
        self._story: list[int] = [0]
        self._sim: list[int] = [0]
        leaps: list[Leap] = []
        for moment in sorted({each for each in moments if each > 0}):
            passed = moment - self._story[-1]
            if passed > IDLE_S:
                sim = self._sim[-1] + _LEFT_S
                leaps.append(Leap(sim, moment, passed - _LEFT_S))
            else:
                sim = self._sim[-1] + passed
            self._story.append(moment)
            self._sim.append(sim)
        self.leaps = tuple(leaps)

    @property
    def end_s(self) -> int:
        """When the last moment comes, in the drill."""
        return self._sim[-1]

    def sim_s(self, story_s: int) -> int:
        """When the drill comes to a time of the story; what is leapt over comes with the leap."""
        if story_s <= 0:
            return story_s
        at = bisect_right(self._story, story_s) - 1
        sim = self._sim[at] + story_s - self._story[at]
        return min(sim, self._sim[at + 1]) if at + 1 < len(self._sim) else sim
