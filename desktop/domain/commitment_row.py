"""Commitments as they are kept: their inputs as whole numbers, and beside them what follows from these."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from desktop.domain.ageing import Thresholds, thresholds, used_at_steps_us
from desktop.domain.commitment import Commitment, Kind
from desktop.domain.commitment_pause import Pause
from desktop.domain.instant import US_PER_SECOND, from_us, to_us
from desktop.domain.policy import Policy, Priority
from desktop.domain.worktime import Calendar

#: Thresholds that are told; warming shows on the board only.
AT_RISK, BREACHING_SOON, BREACHED = "at_risk", "breaching_soon", "breached"
TOLD = (AT_RISK, BREACHING_SOON, BREACHED)

#: How a commitment ended; `breached` is one that was met too late or never.
MET, LATE, CANCELLED = "met", "breached", "cancelled"

#: Of a commitment no alarm was raised for yet.
NOTHING_TOLD: Mapping[str, int] = {}

PolicyOf = Callable[[int], Policy]


class CommitmentRow(NamedTuple):
    """One commitment as stored. Instants (`_us`) are whole microseconds since the epoch."""

    id: int
    escalation_id: int
    kind: str
    ordinal: int
    started_us: int
    target_s: int
    calendar: str
    policy_version: int
    warming_us: int
    at_risk_us: int
    soon_us: int
    due_us: int
    paused_us: int | None = None
    breached_us: int | None = None
    stopped_us: int | None = None
    outcome: str | None = None
    next_threshold: str | None = None
    next_threshold_us: int | None = None

    @property
    def is_running(self) -> bool:
        """Whether it has not ended; a paused one is running too."""
        return self.stopped_us is None


class PauseRow(NamedTuple):
    """One pause as stored."""

    id: int
    commitment_id: int
    started_us: int
    ended_us: int | None
    limit_us: int | None
    reason: str
    waiting_on: str
    by: str

    def pause(self) -> Pause:
        """The pause as the rules see it."""
        return Pause(
            from_us(self.started_us),
            None if self.ended_us is None else from_us(self.ended_us),
            self.reason,
            self.by,
            self.waiting_on,
            None if self.limit_us is None else from_us(self.limit_us),
        )


class Held(NamedTuple):
    """A commitment with its pauses and the policy version it was promised under."""

    row: CommitmentRow
    pauses: tuple[PauseRow, ...]
    policy: Policy

    @property
    def kind(self) -> Kind:
        """What is promised."""
        return Kind(self.row.kind)

    def commitment(self) -> Commitment:
        """The commitment as the rules see it."""
        return as_commitment(self.row, self.pauses, self.policy)


def as_commitment(row: CommitmentRow, pauses: Iterable[PauseRow], policy: Policy) -> Commitment:
    """The commitment as the rules see it, on the calendar of the policy version it was promised under."""
    return Commitment(
        Kind(row.kind),
        from_us(row.started_us),
        timedelta(seconds=row.target_s),
        _calendar(policy, row.calendar),
        tuple(pause.pause() for pause in pauses),
        None if row.stopped_us is None else from_us(row.stopped_us),
        None if row.breached_us is None else from_us(row.breached_us),
    )


def target_of(policy: Policy, priority: Priority, kind: Kind, *, contained: bool = False) -> tuple[int, str]:
    """What is promised: whole seconds of open time, and the name of the calendar they run on."""
    target = policy.target(priority, kind, contained=contained)
    length, _ = target.resolve(policy)
    return int(length.total_seconds()), target.calendar


def started(
    kind: Kind,
    priority: Priority,
    policy: Policy,
    at_us: int,
    *,
    ordinal: int = 1,
    contained: bool = False,
) -> CommitmentRow:
    """A commitment that starts now, all its instants worked out; not stored yet."""
    target_s, calendar = target_of(policy, priority, kind, contained=contained)
    # Nothing was paused yet, so the calendar alone gives the instants; every opening comes along here.
    due_us = _calendar(policy, calendar).due_us
    warming, at_risk, soon, due = (
        due_us(at_us, used_us) for used_us in used_at_steps_us(target_s * US_PER_SECOND, policy.ageing)
    )
    return CommitmentRow(
        id=0,
        escalation_id=0,
        kind=kind.value,
        ordinal=ordinal,
        started_us=at_us,
        target_s=target_s,
        calendar=calendar,
        policy_version=policy.version,
        warming_us=warming,
        at_risk_us=at_risk,
        soon_us=soon,
        due_us=due,
        next_threshold=AT_RISK,
        next_threshold_us=at_risk,
    )


def derived(
    row: CommitmentRow, pauses: Sequence[PauseRow], policy: Policy, told: Mapping[str, int], at_us: int
) -> CommitmentRow:
    """The row with everything that follows from its inputs worked out anew.

    `told` are the thresholds whose alarm was raised already, with the instant they were reached: they are not
    raised again, unless the deadline has moved so that they will be reached anew.
    """
    commitment = as_commitment(row, pauses, policy)
    paused_us = _paused_us(pauses, at_us) if row.is_running else None
    steps = thresholds(commitment, policy.ageing, from_us(at_us) if paused_us is None else None)
    is_counting = row.is_running and paused_us is None
    threshold, threshold_us = _next(steps, told, at_us) if is_counting else (None, None)
    return row._replace(
        warming_us=to_us(steps.warming_at),
        at_risk_us=to_us(steps.at_risk_at),
        soon_us=to_us(steps.soon_at),
        due_us=to_us(steps.due_at),
        paused_us=paused_us,
        next_threshold=threshold,
        next_threshold_us=threshold_us,
    )


def breach_us(held: Held, at_us: int) -> int | None:
    """When a running commitment was first breached, if that is by now; recorded breaches count."""
    breached_at = held.commitment().breached_at(from_us(at_us))
    return None if breached_at is None else to_us(breached_at)


def _calendar(policy: Policy, name: str) -> Calendar:
    return policy.calendars[name] if name else Calendar.always()


def _paused_us(pauses: Sequence[PauseRow], at_us: int) -> int | None:
    at = from_us(at_us)
    return min((row.started_us for row in pauses if row.pause().holds(at)), default=None)


def _next(steps: Thresholds, told: Mapping[str, int], at_us: int) -> tuple[str | None, int | None]:
    for name, at in zip(TOLD, (steps.at_risk_at, steps.soon_at, steps.due_at), strict=True):
        reached_us, told_us = to_us(at), told.get(name)
        if told_us is None or reached_us > max(told_us, at_us):
            return name, reached_us
    return None, None
