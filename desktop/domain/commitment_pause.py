"""Pauses of a commitment: who stopped the clock, when and why, and what they cover together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.errors import DeskError
from desktop.domain.instant import require_utc, to_us


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that does not count, from `started_at` until it is ended or reaches its limit.

    `limit_at` is when the pause ends by itself, whether or not anybody has noted it yet.
    """

    started_at: datetime
    ended_at: datetime | None
    reason: str
    by: str
    waiting_on: str = ""
    limit_at: datetime | None = None

    def __post_init__(self) -> None:
        """Raises: DeskError for a time without a zone, or an end or limit before the start."""
        for name in ("started_at", "ended_at", "limit_at"):
            at = getattr(self, name)
            if at is not None:
                object.__setattr__(self, name, require_utc(at))
        if self.ended_at is not None and self.ended_at < self.started_at:
            raise DeskError("The pause ends before it begins.", field="ended_at", hint="Choose a later end.")
        if self.limit_at is not None and self.limit_at < self.started_at:
            raise DeskError("The pause's limit lies before its beginning.", field="limit_at")

    @property
    def ends_at(self) -> datetime | None:
        """When it ends or will end by itself; None while nobody knows."""
        ends = [at for at in (self.ended_at, self.limit_at) if at is not None]
        return min(ends, default=None)

    def holds(self, at: datetime) -> bool:
        """Whether the clock stands still for this pause; its last instant counts again."""
        ends_at = self.ends_at
        return self.started_at <= at and (ends_at is None or at < ends_at)


@dataclass(frozen=True, slots=True)
class Still:
    """A stretch of standing still, in microseconds since the epoch, and the pause it is owed to."""

    start_us: int
    end_us: int
    pause: Pause


def stills(pauses: Iterable[Pause], until_us: int | None) -> list[Still]:
    """What the pauses cover: in order, not overlapping, each stretch owed to the pause begun first.

    A pause nobody has ended counts up to `until_us` or its limit; with None as if it ended when it began.
    """
    found: list[Still] = []
    covered_us: int | None = None
    for pause in sorted(pauses, key=lambda pause: pause.started_at):
        start_us, end_us = to_us(pause.started_at), _end_us(pause, until_us)
        if covered_us is not None:
            start_us = max(start_us, covered_us)
        if start_us < end_us:
            found.append(Still(start_us, end_us, pause))
            covered_us = end_us
    return found


def _end_us(pause: Pause, until_us: int | None) -> int:
    """The end to reckon with; not after its start where it is open and `until_us` is None or before it."""
    ends_at = pause.ends_at
    if pause.ended_at is not None and ends_at is not None:
        return to_us(ends_at)
    if until_us is None:
        return to_us(pause.started_at)
    return until_us if ends_at is None else min(until_us, to_us(ends_at))
