"""Ageing: how much of its tightest commitment an escalation has used, as five steps with exact instants."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from fractions import Fraction
from itertools import chain, pairwise

from desktop.domain.commitment import Commitment
from desktop.domain.commitment_pause import stills
from desktop.domain.errors import DeskError
from desktop.domain.instant import LAST_US, US_PER_DAY, from_us, span_us, to_us
from desktop.domain.worktime import Calendar
from desktop.domain.worktime_layout import Stretch, clipped

#: How far ahead commitments on different calendars are compared.
_HORIZON_US = 35 * US_PER_DAY


class Step(IntEnum):
    """How far a commitment has aged; a later step is the larger."""

    FRESH = 0
    WARMING = 1
    AT_RISK = 2
    BREACHING_SOON = 3
    BREACHED = 4

    @property
    def word(self) -> str:
        """The step as people read it."""
        return self.name.replace("_", " ").capitalize()


def _faulty(message: str) -> DeskError:
    return DeskError(message, field="ageing", hint="Correct the policy.")


@dataclass(frozen=True, slots=True)
class AgeingRule:
    """When a step is reached: at a share of the target, or earlier when little open time is left.

    Shares are exact fractions, so that no rounding moves an instant. The time left counts only where the
    target is at least `minutes_need` times as long.
    """

    warming: Fraction = Fraction(1, 2)
    at_risk: Fraction = Fraction(3, 4)
    at_risk_left: timedelta = timedelta(minutes=60)
    soon: Fraction = Fraction(9, 10)
    soon_left: timedelta = timedelta(minutes=15)
    minutes_need: Fraction = Fraction(2)

    def __post_init__(self) -> None:
        """Raises: DeskError for shares out of order or time left below zero."""
        if not 0 < self.warming <= self.at_risk <= self.soon < 1:
            raise _faulty("Ageing shares must rise: 0 < warming ≤ at risk ≤ breaching soon < 1.")
        if min(self.at_risk_left, self.soon_left) < timedelta():
            raise _faulty("Ageing cannot begin with less than no time left.")
        if self.minutes_need < 1:
            raise _faulty("Ageing minutes must need a target at least as long as they are.")

    @classmethod
    def of(
        cls,
        *,
        warming: Fraction | float | str = "0.5",
        at_risk: Fraction | float | str = "0.75",
        at_risk_left: timedelta = timedelta(minutes=60),
        soon: Fraction | float | str = "0.9",
        soon_left: timedelta = timedelta(minutes=15),
        minutes_need: Fraction | float | str = "2",
    ) -> "AgeingRule":
        """The rule of shares as a policy writes them: 0.9 is nine tenths exactly."""
        return cls(exact(warming), exact(at_risk), at_risk_left, exact(soon), soon_left, exact(minutes_need))


def exact(share: Fraction | float | str) -> Fraction:
    """The number as it is written, not as binary arithmetic rounds it.

    Raises: DeskError for what is not a number.
    """
    try:
        return share if isinstance(share, Fraction) else Fraction(str(share))
    except (ValueError, ZeroDivisionError):
        raise _faulty(f"The ageing share {share!r} is not a number.") from None


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The instants at which a commitment reaches its steps; none is before the one before it."""

    warming_at: datetime
    at_risk_at: datetime
    soon_at: datetime
    due_at: datetime

    def step(self, at: datetime) -> Step:
        """The step reached at an instant."""
        reached = (self.warming_at, self.at_risk_at, self.soon_at, self.due_at)
        return Step(sum(moment <= at for moment in reached))

    def reached_at(self, step: Step) -> datetime | None:
        """When a step is reached; None for fresh, which needs no reaching."""
        return (None, self.warming_at, self.at_risk_at, self.soon_at, self.due_at)[step]


def thresholds(commitment: Commitment, rule: AgeingRule, at: datetime | None = None) -> Thresholds:
    """The instants of a commitment's steps through pauses and closed hours.

    An open pause counts as if it ended when it began, or at `at` where given.
    """
    resumed_us = None if at is None else to_us(at)
    needed = used_at_steps_us(span_us(commitment.target), rule)
    return Thresholds(*(from_us(commitment.reached_us(used_us, resumed_us)) for used_us in needed))


def used_at_steps_us(target_us: int, rule: AgeingRule) -> tuple[int, int, int, int]:
    """How much of a target is used when warming, at risk, breaching soon and breached; microseconds."""
    soon_us = _needed_us(target_us, rule.soon, rule.soon_left, rule)
    at_risk_us = min(_needed_us(target_us, rule.at_risk, rule.at_risk_left, rule), soon_us)
    warming_us = min(_needed_us(target_us, rule.warming, timedelta(), rule), at_risk_us)
    return warming_us, at_risk_us, soon_us, target_us


def step(commitment: Commitment, rule: AgeingRule, at: datetime) -> Step:
    """The step a commitment shows at an instant; a pause freezes it, and so does its stop."""
    seen_at = at if commitment.stopped_at is None else min(at, commitment.stopped_at)
    return thresholds(commitment, rule, seen_at).step(seen_at)


@dataclass(frozen=True, slots=True)
class Tightest:
    """The commitment an escalation's age goes by, and until when at least.

    At `until` another may have become the tightest: look again then. None while only a change of the
    commitments themselves can bring that about.
    """

    commitment: Commitment
    until: datetime | None


def tightest(commitments: Iterable[Commitment], at: datetime) -> Tightest | None:
    """The running commitment with the largest share used at `at`; None when none runs.

    Of equal ones the one due first. Shares are compared exactly; a paused one stands at its frozen share.
    """
    at_us = to_us(at)
    racers = [_Racer.of(commitment, at_us) for commitment in commitments if commitment.is_running]
    if not racers:
        return None
    lead = racers[0]
    for racer in racers[1:]:
        if racer.is_ahead_of(lead):
            lead = racer
    passes = [lead.passed_at_us(racer, at_us) for racer in racers if racer is not lead]
    until_us = min((us for us in passes if us is not None), default=None)
    return Tightest(lead.commitment, None if until_us is None else from_us(until_us))


@dataclass(frozen=True, slots=True)
class _Racer:
    """A running commitment as it stands at one instant; `is_steady`: no start or pause lies after it."""

    commitment: Commitment
    used_us: int
    target_us: int
    tie: tuple[int, str]
    is_steady: bool

    @classmethod
    def of(cls, commitment: Commitment, at_us: int) -> "_Racer":
        target_us = span_us(commitment.target)
        is_steady = to_us(commitment.started_at) <= at_us and all(
            pause.ended_at is not None and to_us(pause.ended_at) <= at_us for pause in commitment.pauses
        )
        due_us = commitment.reached_us(target_us, at_us)
        return cls(commitment, commitment.used_us(at_us), target_us, (due_us, commitment.kind), is_steady)

    def is_ahead_of(self, other: "_Racer") -> bool:
        # Shares cross-multiplied, so that no division rounds.
        lead = self.used_us * other.target_us - other.used_us * self.target_us
        return lead > 0 or (lead == 0 and self.tie < other.tie)

    def passed_at_us(self, other: "_Racer", at_us: int) -> int | None:
        """When the other, now behind, gets ahead; an earlier instant where that is too far off to tell."""
        # The lead shrinks by `slope` with each microsecond; at equality the tie decides.
        lead = self.used_us * other.target_us - other.used_us * self.target_us
        needs_more = 0 if other.tie < self.tie else 1
        if self.commitment.calendar == other.commitment.calendar and self.is_steady and other.is_steady:
            slope = self.target_us - other.target_us
            return _open_instant(self.commitment.calendar, at_us, _steps(lead, slope, needs_more))
        if other.stands_for_good(at_us):
            return None
        horizon_us = min(at_us + _HORIZON_US, LAST_US)
        own, others = self.runs(at_us, horizon_us), other.runs(at_us, horizon_us)
        for start_us, end_us, own_runs, other_runs in _pieces(at_us, horizon_us, own, others):
            slope = self.target_us * other_runs - other.target_us * own_runs
            steps = _steps(lead, slope, needs_more)
            if steps is not None and start_us + steps <= end_us:
                return start_us + steps
            lead -= slope * (end_us - start_us)
        return horizon_us

    def stands_for_good(self, at_us: int) -> bool:
        """Whether only somebody's resuming it can make it run again."""
        pauses = self.commitment.pauses
        return any(pause.ends_at is None and to_us(pause.started_at) <= at_us for pause in pauses)

    def runs(self, start_us: int, end_us: int) -> list[Stretch]:
        """The stretches in which its share grows."""
        begun_us = max(start_us, to_us(self.commitment.started_at))
        found = self.commitment.calendar.openings_us(begun_us, end_us)
        for still in stills(self.commitment.pauses, end_us):
            found = clipped(found, start_us, still.start_us) + clipped(found, still.end_us, end_us)
        return found


def _needed_us(target_us: int, share: Fraction, left: timedelta, rule: AgeingRule) -> int:
    """How much must be used for a step: the smallest whole number that is the share, or leaves no more."""
    by_share = -(-target_us * share.numerator // share.denominator)
    left_us, need = span_us(left), rule.minutes_need
    is_long = target_us * need.denominator >= need.numerator * left_us  # whole numbers: fractions are slow
    return min(by_share, target_us - left_us) if is_long else by_share


def _steps(lead: int, slope: int, needs_more: int) -> int | None:
    """Microseconds until a lead is used up, or overdrawn where `needs_more` is 1; None when it never is."""
    return None if slope <= 0 else max(-(-(lead + needs_more) // slope), 1)


def _open_instant(calendar: Calendar, at_us: int, open_us: int | None) -> int | None:
    if open_us is None:
        return None
    try:
        return calendar.due_us(at_us, open_us)
    except DeskError:  # beyond all reckoning: it will not be
        return None


def _pieces(
    start_us: int, end_us: int, own: list[Stretch], others: list[Stretch]
) -> Iterator[tuple[int, int, bool, bool]]:
    """[start, end) cut wherever either begins or stops running, with who runs."""
    bounds = {start_us, end_us, *chain.from_iterable(own), *chain.from_iterable(others)}
    own_turns, other_turns = _turns(own), _turns(others)
    own_runs = other_runs = False
    for begin, end in pairwise(sorted(bounds)):
        own_runs, other_runs = own_turns.get(begin, own_runs), other_turns.get(begin, other_runs)
        yield begin, end, own_runs, other_runs


def _turns(stretches: list[Stretch]) -> dict[int, bool]:
    return {at: runs for start, end in stretches for at, runs in ((start, True), (end, False))}
