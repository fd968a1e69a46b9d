"""How a commitment stands, in words: what a tile of it says at an instant."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ageing import Step, Thresholds
from desktop.domain.commitment import Commitment, Kind, Outcome
from desktop.domain.instant import span_us, to_us
from desktop.ui.text import STEP_WORDS, clock_time, duration, moment, time_left

#: What is promised, as its tile is headed, in the order of the tiles.
TITLES = {
    Kind.ASSIGN: "Owner",
    Kind.ACKNOWLEDGE: "Acknowledge",
    Kind.CONTAIN: "Contain",
    Kind.RESOLVE: "Resolve",
    Kind.UPDATE: "Next update",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a tile shows. `step` is None once it has ended in time; `due` says when, or nothing."""

    step: Step | None
    headline: str
    word: str
    due: str
    is_paused: bool = False
    has_ended: bool = False

    @property
    def is_over(self) -> bool:
        """Whether it is breached and still to be met."""
        return self.step is Step.BREACHED and not self.has_ended

    @property
    def spoken(self) -> str:
        """All of it in one phrase."""
        return ", ".join(filter(None, (self.headline, self.word, f"due {self.due}" if self.due else "")))


def standing(
    commitment: Commitment, thresholds: Thresholds, now: datetime, *, is_called_off: bool = False
) -> Standing:
    """How a commitment stands at `now`."""
    if is_called_off:
        return Standing(
            None, "Called off", f"after {duration(span_us(commitment.used(now)))}", "", has_ended=True
        )
    if not commitment.is_running:
        return _ended(commitment, now)
    step = thresholds.step(now)
    if commitment.is_paused(now):
        left = span_us(commitment.time_left(now))
        frozen = duration(left) + (" left" if left >= 0 else " over")
        step = Step.BREACHED if left <= 0 else frozen_step(commitment, thresholds, now)
        return Standing(step, f"Paused, {frozen}", STEP_WORDS[step], "", is_paused=True)
    due_us = to_us(thresholds.due_at)
    return Standing(step, time_left(due_us, to_us(now)), STEP_WORDS[step], due_words(thresholds.due_at, now))


def frozen_step(commitment: Commitment, thresholds: Thresholds, now: datetime) -> Step:
    """The step at which a paused clock stands still: the one it had when the pause began."""
    begun = [pause.started_at for pause in commitment.pauses if pause.holds(now)]
    return thresholds.step(min(begun)) if begun else thresholds.step(now)


def due_words(due: datetime, now: datetime) -> str:
    """When it is due: the time alone where that is today."""
    words = moment(due, now)
    return clock_time(due) if words.startswith("today ") else words


def _ended(commitment: Commitment, now: datetime) -> Standing:
    used, target = span_us(commitment.used(now)), span_us(commitment.target)
    spent = f"in {duration(used)} of {duration(target)}"
    if commitment.outcome() is Outcome.MET:
        return Standing(None, "Met", spent, "", has_ended=True)
    late = f"{duration(used - target)} late" if used > target else "breached earlier"
    return Standing(Step.BREACHED, f"Met, {late}", spent, "", has_ended=True)
