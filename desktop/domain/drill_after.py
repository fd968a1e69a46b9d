"""What is known of a run once it is over: all that its report tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.drill_log import Entry
from desktop.domain.drill_record import ActionItem, Gap, ObserverNote, Run
from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_score import DrillScore


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What was answered to one question: marks from 1 to 5, and words, in no order that tells who."""

    question: str
    marks: tuple[int, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AfterAction:
    """A run with everything that was said of it; `is_draft` until its hot-wash is closed.

    `benchmarks` are seconds by expectation: what the policy asks, and what the real team took.
    """

    run: Run
    scenario: Scenario
    score: DrillScore
    log: tuple[Entry, ...]
    made_at: datetime
    notes: tuple[ObserverNote, ...] = ()
    gaps: tuple[Gap, ...] = ()
    actions: tuple[ActionItem, ...] = ()
    survey: tuple[Surveyed, ...] = ()
    benchmarks: Mapping[str, tuple[int, int | None]] | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it may still change."""
        return self.run.state.value != "closed"
