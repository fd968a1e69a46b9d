"""Where the time comes from: the machine, a drill at its own speed, or a test's hand."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from desktop.domain.errors import DeskError
from desktop.domain.instant import US_PER_SECOND, from_us, span_us, to_us


class Clock(Protocol):
    """Tells what time it is.

    The wall time decides what is due; the monotonic time never runs back and shows,
    set against the wall, that the machine slept or its clock was changed.
    """

    def now(self) -> datetime:
        """The wall time, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds from an arbitrary beginning."""
        ...


class SystemClock:
    """The machine's clock; the one place that reads it."""

    def now(self) -> datetime:
        """The machine's wall time."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since the machine's own beginning."""
        return time.monotonic()


class ManualClock:
    """Stands still until moved by hand: for tests and for replaying a past month."""

    def __init__(self, start: datetime) -> None:
        self._wall_us = to_us(start)
        self._passed_us = 0

    def now(self) -> datetime:
        """The wall time as last moved."""
        return from_us(self._wall_us)

    def monotonic(self) -> float:
        """Seconds that were let pass; jumps do not count."""
        return self._passed_us / US_PER_SECOND

    def set(self, at: datetime) -> None:
        """Let the time pass until `at`; an `at` in the past only puts the wall time back."""
        by_us = to_us(at) - self._wall_us
        self._wall_us += by_us
        self._passed_us += max(by_us, 0)

    def forward(self, span: timedelta | None = None, **parts: float) -> None:
        """Let a time pass, given as a timedelta or in its words: `forward(minutes=5)`.

        Raises: DeskError for a time below zero, which `jump` is for.
        """
        by_us = _span_us(span, parts)
        if by_us < 0:
            raise DeskError("Time cannot pass backwards.", hint="Use jump to put the wall time back.")
        self._wall_us += by_us
        self._passed_us += by_us

    def jump(self, span: timedelta | None = None, **parts: float) -> None:
        """Move the wall time alone, either way: the machine slept, or its clock was changed."""
        self._wall_us += _span_us(span, parts)


class DrillClock:
    """Runs `speed` times as fast as another clock from a start of its own; can be paused.

    Follows the other's monotonic time, so a sleep of the machine is no jump in the drill.
    """

    def __init__(self, base: Clock, start: datetime, speed: float = 1.0) -> None:
        self._base = base
        self._start_us = to_us(start)
        self._speed = _checked_speed(speed)
        self._is_paused = False
        # How far the drill had come when the base stood at this reading: replaced as one.
        self._mark: tuple[int, float] = (0, base.monotonic())

    @property
    def speed(self) -> float:
        """Seconds of the drill per second of the base clock, whether paused or not."""
        return self._speed

    @property
    def is_paused(self) -> bool:
        """Whether the drill stands still."""
        return self._is_paused

    def now(self) -> datetime:
        """The wall time of the drill."""
        return from_us(self._start_us + self._passed_us())

    def monotonic(self) -> float:
        """Seconds of the drill since its start."""
        return self._passed_us() / US_PER_SECOND

    def pause(self) -> None:
        """Stand still until resumed."""
        self._take_mark()
        self._is_paused = True

    def resume(self) -> None:
        """Run on from where the drill stood."""
        self._take_mark()
        self._is_paused = False

    def set_speed(self, speed: float) -> None:
        """Change the speed from now on.

        Raises: DeskError for a speed that is not above zero.
        """
        checked = _checked_speed(speed)
        self._take_mark()
        self._speed = checked

    def _take_mark(self) -> None:
        self._mark = (self._passed_us(), self._base.monotonic())

    def _passed_us(self) -> int:
        passed_us, base_s = self._mark
        if self._is_paused:
            return passed_us
        return passed_us + round((self._base.monotonic() - base_s) * self._speed * US_PER_SECOND)


def _checked_speed(speed: float) -> float:
    if not 0 < speed < float("inf"):
        raise DeskError(f"A drill cannot run at {speed} times the speed.", field="speed", hint="Use 1 to 60.")
    return speed


def _span_us(span: timedelta | None, parts: dict[str, float]) -> int:
    return span_us((span or timedelta()) + timedelta(**parts))
