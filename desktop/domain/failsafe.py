"""What keeps automation within bounds: repeats that join, the storm brake, and the breaker of a rule.

All instants and lengths are microseconds. A window that ends now holds now and not the instant exactly one
window ago.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from typing import Final, NamedTuple

from desktop.domain.instant import US_PER_DAY, US_PER_SECOND
from desktop.domain.spike import window_counts

_MINUTE_US: Final = 60 * US_PER_SECOND
_HOUR_US: Final = 60 * _MINUTE_US
BASELINE_US: Final = 14 * US_PER_DAY
_TOLD_EVERY_US: Final = 15 * _MINUTE_US
#: So many standard deviations above the mean a process is out of control (Shewhart; for counts of events the
#: deviation is the root of the mean: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.1).
_SIGMAS: Final = 3


class AlertState(NamedTuple):
    """Whether the escalation of an alert is open, and since when it is not."""

    is_open: bool
    ended_us: int = 0


@dataclass(frozen=True, slots=True)
class BrakeRule:
    """No more than `limit` escalations are opened for one source within `window_us`."""

    limit: int = 10
    window_us: int = 10 * _MINUTE_US


@dataclass(frozen=True, slots=True)
class BreakerRule:
    """When a rule fires abnormally often: never at `floor` firings or fewer within `window_us`."""

    floor: int = 20
    window_us: int = _HOUR_US


class RuleBaseline(NamedTuple):
    """How often a rule fired in the windows before this one: mean and deviation of so many counts."""

    mean: float
    deviation: float
    windows: int


class Trip(NamedTuple):
    """A rule that fires too often: how often, how often it may, and what is usual."""

    firings: int
    limit: int
    usual: float
    window_us: int

    @property
    def sentence(self) -> str:
        """The reason on the banner."""
        minutes = self.window_us // _MINUTE_US
        return (
            f"It fired {self.firings} times in {minutes} min. Usual are {self.usual:.1f},"
            f" and more than {self.limit} are abnormal: it only proposes now."
        )


def joins(alert: AlertState, at_us: int, window_us: int) -> bool:
    """Whether a repeat adds to the alert's escalation: it is open, or ended less than the window ago."""
    return alert.is_open or at_us - alert.ended_us < window_us


def is_told(count: int, told_us: int, at_us: int) -> bool:
    """Whether a repeat goes on the timeline: the first, each power of ten, and else every 15 minutes.

    `count` is how often the alert came with this one, `told_us` when the timeline last told of it, or 0.
    """
    return not told_us or at_us - told_us >= _TOLD_EVERY_US or (count >= 10 and _is_power_of_ten(count))


def brakes(openings_us: Iterable[int], limit: int, window_us: int, now_us: int) -> bool:
    """Whether one more escalation of a source would be more than `limit` within the window.

    `openings_us` are the instants at which escalations were opened for it; instants to come, as a clock that
    was set back leaves them, count too.
    """
    since_us = now_us - window_us
    return sum(at_us > since_us for at_us in openings_us) >= limit


def is_quiet(last_signal_us: int, window_us: int, now_us: int) -> bool:
    """Whether a storm seems over: nothing came within the window.

    It is not ended by that: signals are queued whose fate a person decides, so a person ends the storm.
    """
    return now_us - last_signal_us >= window_us


def rule_baseline(
    firings_us: Iterable[int], now_us: int, since_us: int, rule: BreakerRule | None = None
) -> RuleBaseline:
    """How often a rule fired in the windows of the last 14 days before the one that ends now.

    `since_us` is when the rule was first switched on: before it nothing is counted.
    """
    window_us = (rule or BreakerRule()).window_us
    until_us = now_us - window_us
    windows = max(0, min(BASELINE_US, until_us - since_us) // window_us)
    counts = window_counts(firings_us, until_us, window_us, windows)
    if len(counts) < 2:
        return RuleBaseline(float(sum(counts)), 0.0, len(counts))
    return RuleBaseline(fmean(counts), stdev(counts), len(counts))


def trip_limit(baseline: RuleBaseline, rule: BreakerRule | None = None) -> int:
    """How often a rule may fire within a window: max(floor, mean + 3 · max(√mean, deviation)), rounded down.

    √mean is what chance alone makes counts vary; a rule that fires in bursts varies more by its nature.
    """
    spread = max(sqrt(baseline.mean), baseline.deviation)
    return max((rule or BreakerRule()).floor, int(baseline.mean + _SIGMAS * spread))


def trips(
    firings_us: Iterable[int], baseline: RuleBaseline, now_us: int, rule: BreakerRule | None = None
) -> Trip | None:
    """What trips the breaker of a rule that fired at these instants; None while it may go on.

    Only firings that acted count: what a tripped rule proposes says nothing of how often it may act.
    """
    rule = rule or BreakerRule()
    since_us = now_us - rule.window_us
    firings = sum(since_us < at_us <= now_us for at_us in firings_us)
    limit = trip_limit(baseline, rule)
    return Trip(firings, limit, baseline.mean, rule.window_us) if firings > limit else None


def _is_power_of_ten(count: int) -> bool:
    return str(count).strip("0") == "1"
