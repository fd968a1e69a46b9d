"""A commitment: a promise with a target time, and everything that follows from its few recorded facts.

Nothing is accumulated: due, share and strip are worked out from start, pauses, target and calendar each time.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.commitment_pause import Pause, Still, stills
from desktop.domain.commitment_strip import Segment, strip
from desktop.domain.errors import DeskError
from desktop.domain.instant import from_us, require_utc, span_us, to_us
from desktop.domain.worktime import Calendar


class Kind(StrEnum):
    """What is promised."""

    ASSIGN = "assign"
    ACKNOWLEDGE = "acknowledge"
    CONTAIN = "contain"
    RESOLVE = "resolve"
    UPDATE = "update"


class Outcome(StrEnum):
    """How a commitment stands or ended."""

    RUNNING = "running"
    MET = "met"
    BREACHED = "breached"
    BREACHED_AND_MET = "breached and met"


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise of one kind, with its clock.

    `breached_before` is the first breach under an earlier target, which a later, longer one does not undo.
    A commitment is breached from the instant it falls due: stopped at that very instant it is late.
    """

    kind: Kind
    started_at: datetime
    target: timedelta
    calendar: Calendar
    pauses: tuple[Pause, ...] = ()
    stopped_at: datetime | None = None
    breached_before: datetime | None = None

    def __post_init__(self) -> None:
        """Raises: DeskError for times without a zone, a target of nothing, or a stop before the start."""
        for name in ("started_at", "stopped_at", "breached_before"):
            at = getattr(self, name)
            if at is not None:
                object.__setattr__(self, name, require_utc(at))
        if self.target <= timedelta():
            raise DeskError(
                "A commitment needs a target above zero.", field="target", hint="Give it at least a second."
            )
        if self.stopped_at is not None and self.stopped_at < self.started_at:
            raise DeskError("The commitment stops before it starts.", field="stopped_at")

    @property
    def is_running(self) -> bool:
        """Whether it has not been stopped; a paused one is running too."""
        return self.stopped_at is None

    @property
    def due(self) -> datetime:
        """The instant by which it must be met: where a pause is still open, the earliest it can be."""
        return from_us(self.reached_us(span_us(self.target), None))

    def due_if_resumed(self, at: datetime) -> datetime:
        """When it falls due if a pause still open ends at `at`; the same as `due` without one."""
        return from_us(self.reached_us(span_us(self.target), to_us(at)))

    def is_paused(self, at: datetime) -> bool:
        """Whether its clock stands still for a pause at this instant."""
        if self.stopped_at is not None and at >= self.stopped_at:
            return False
        return any(pause.holds(at) for pause in self.pauses)

    def used(self, at: datetime) -> timedelta:
        """Open time outside pauses from the start to `at`, or to the stop if that was earlier."""
        return timedelta(microseconds=self.used_us(to_us(at)))

    def share_used(self, at: datetime) -> float:
        """What of the target is used: 1 and more when due; stands still in pauses and after the stop."""
        return self.used_us(to_us(at)) / span_us(self.target)

    def time_left(self, at: datetime) -> timedelta:
        """Open time left of the target; negative by how much it is over."""
        return self.target - self.used(at)

    def breached_at(self, at: datetime | None = None) -> datetime | None:
        """When it was first breached, as seen at `at`; without it, as recorded when it stopped."""
        breaches = [self.breached_before] if self.breached_before is not None else []
        seen_at = min((moment for moment in (at, self.stopped_at) if moment is not None), default=None)
        if seen_at is not None and (due := self.due_if_resumed(seen_at)) <= seen_at:
            breaches.append(due)
        return min(breaches, default=None)

    def outcome(self, at: datetime | None = None) -> Outcome:
        """How it stands as seen at `at`; without it, how it ended, or RUNNING while nothing is recorded."""
        is_breached = self.breached_at(at) is not None
        if self.stopped_at is not None and (at is None or self.stopped_at <= at):
            return Outcome.BREACHED_AND_MET if is_breached else Outcome.MET
        return Outcome.BREACHED if is_breached else Outcome.RUNNING

    def segments(self, at: datetime | None = None) -> tuple[Segment, ...]:
        """The strip that explains the deadline, from start to due, each stretch following the other.

        What was counted adds up to the target. With `at`, a pause still open lasts until then, and time past
        the deadline, up to `at` or the stop, is a last stretch that counts nothing.
        """
        over_us = self._seen_us(None if at is None else to_us(at))
        due_us = self.reached_us(span_us(self.target), over_us)
        return strip(self.calendar, to_us(self.started_at), due_us, self._stills(over_us), over_us)

    def paused(
        self, at: datetime, reason: str, by: str, *, waiting_on: str = "", limit_at: datetime | None = None
    ) -> "Commitment":
        """The commitment with its clock stopped from `at` on, by `limit_at` at the latest.

        Raises: DeskError when it has ended, is paused already, or starts later.
        """
        _must_run(self, at)
        if self.is_paused(at) or any(_is_open(earlier, at) for earlier in self.pauses):
            raise DeskError("The clock is paused already.", hint="Resume it first.")
        pause = Pause(at, None, reason, by, waiting_on, limit_at)
        return replace(self, pauses=(*(_ended(earlier, at) for earlier in self.pauses), pause))

    def resumed(self, at: datetime) -> "Commitment":
        """The commitment with its open pause ended at `at`, or at its limit if that came first.

        Raises: DeskError when it has ended or no pause is open.
        """
        _must_run(self, at)
        if all(pause.ended_at is not None for pause in self.pauses):
            raise DeskError("The clock is not paused.")
        return replace(self, pauses=tuple(_ended(pause, at) for pause in self.pauses))

    def stopped(self, at: datetime) -> "Commitment":
        """The commitment met at `at`, in time or late; a pause still open ends with it.

        Raises: DeskError when it has ended already or starts later.
        """
        _must_run(self, at)
        return replace(self, stopped_at=at, pauses=tuple(_ended(pause, at) for pause in self.pauses))

    def with_target(self, target: timedelta, calendar: Calendar, at: datetime | None = None) -> "Commitment":
        """The commitment after a change of priority: start and pauses stay, due follows the new target.

        With `at`, the moment of the change, a breach until then stays on record. One that has ended is left
        as it was.
        """
        if not self.is_running:
            return self
        return replace(self, target=target, calendar=calendar, breached_before=self.breached_at(at))

    def with_calendar(self, calendar: Calendar, at: datetime | None = None) -> "Commitment":
        """The commitment after a change of its calendar, as `with_target`."""
        return self.with_target(self.target, calendar, at)

    def used_us(self, at_us: int) -> int:
        """`used` in microseconds."""
        start_us = to_us(self.started_at)
        end_us = at_us if self.stopped_at is None else min(at_us, to_us(self.stopped_at))
        if end_us <= start_us:
            return 0
        used = self.calendar.elapsed_us(start_us, end_us)
        for still in self._stills(end_us):
            a, b = max(still.start_us, start_us), min(still.end_us, end_us)
            if a < b:
                used -= self.calendar.elapsed_us(a, b)
        return used

    def reached_us(self, used_us: int, resumed_us: int | None) -> int:
        """The first instant by which that much open time is used, if an open pause ends at `resumed_us`.

        With None an open pause counts as if it ended when it began. Microseconds since the epoch.
        """
        at_us, left_us = to_us(self.started_at), used_us
        for still in self._stills(resumed_us):
            if still.end_us <= at_us:
                continue
            until_still = self.calendar.elapsed_us(at_us, max(still.start_us, at_us))
            if left_us <= until_still:
                break
            left_us -= until_still
            at_us = still.end_us
        return self.calendar.due_us(at_us, left_us)

    def _stills(self, until_us: int | None) -> list[Still]:
        return stills(self.pauses, self._seen_us(until_us)) if self.pauses else []

    def _seen_us(self, at_us: int | None) -> int | None:
        """The last instant that matters when looked at from `at_us`: the stop, if there is one before."""
        if self.stopped_at is None:
            return at_us
        stopped_us = to_us(self.stopped_at)
        return stopped_us if at_us is None else min(at_us, stopped_us)


def _must_run(commitment: Commitment, at: datetime) -> None:
    if not commitment.is_running:
        raise DeskError("The commitment has ended.", hint="Reopen the escalation to start another.")
    if require_utc(at) < commitment.started_at:
        raise DeskError("The commitment starts later than that.", hint="Choose a later time.")


def _is_open(pause: Pause, at: datetime) -> bool:
    """Whether nobody has ended the pause by `at`, nor its limit."""
    return pause.ended_at is None and (pause.limit_at is None or at < pause.limit_at)


def _ended(pause: Pause, at: datetime) -> Pause:
    """The pause as it is once `at` has come: one still open ends then, or at its limit."""
    if pause.ended_at is not None:
        return pause
    return replace(pause, ended_at=at if pause.limit_at is None else min(at, pause.limit_at))
