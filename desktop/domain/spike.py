"""Spikes: how often a source speaks against what is usual for it, its share of errors, and its uptime."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median
from typing import Final, NamedTuple

from desktop.domain.instant import US_PER_DAY, US_PER_SECOND

WINDOW_US: Final = 600 * US_PER_SECOND
BASELINE_US: Final = 14 * US_PER_DAY
#: 0.6745 makes the median absolute deviation of normal values their standard deviation; beyond 3.5 a value is
#: an outlier (Iglewicz and Hoaglin 1993; NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.17).
_SCALE: Final = 0.6745
_OUTLIER: Final = 3.5


class Baseline(NamedTuple):
    """What is usual: median and median absolute deviation of the counts of so many windows."""

    median: float
    mad: float
    windows: int


@dataclass(frozen=True, slots=True)
class SpikeRule:
    """When a count is a spike: at least so many, so many times the usual, and an outlier by its score.

    With fewer windows than `history` behind it, nothing is usual yet and nothing a spike.
    """

    least: int = 10
    ratio: float = 3.0
    score: float = _OUTLIER
    history: int = 36


def window_counts(at_us: Iterable[int], until_us: int, window_us: int, windows: int) -> tuple[int, ...]:
    """How many instants fall in each of so many windows before `until_us`, the oldest window first.

    A window holds its end and not its beginning: an instant exactly one window ago is no longer in the last.
    """
    instants = sorted(at_us)
    edges = [until_us - i * window_us for i in range(windows, -1, -1)]
    places = [bisect_right(instants, edge) for edge in edges]
    return tuple(after - before for before, after in pairwise(places))


def baseline_of(counts: Sequence[int]) -> Baseline:
    """The baseline of the counts of earlier windows, the one being judged left out."""
    if not counts:
        return Baseline(0.0, 0.0, 0)
    middle = median(counts)
    return Baseline(float(middle), float(median(abs(count - middle) for count in counts)), len(counts))


def ratio(count: int, baseline: Baseline) -> float:
    """How many times the usual; where less than one is usual, against one."""
    return count / max(baseline.median, 1.0)


def score(count: int, baseline: Baseline) -> float:
    """The modified z-score, 0.6745 · (count − median) / MAD; infinite above a median that never varies."""
    above = count - baseline.median
    if baseline.mad == 0:
        return inf if above > 0 else 0.0
    return _SCALE * above / baseline.mad


def is_spike(count: int, baseline: Baseline, rule: SpikeRule | None = None) -> bool:
    """Whether a count is a spike against the baseline of the same source."""
    rule = rule or SpikeRule()
    return (
        baseline.windows >= rule.history
        and count >= rule.least
        and ratio(count, baseline) >= rule.ratio
        and score(count, baseline) > rule.score
    )


def error_share(errors: int, total: int, least: int = 20) -> float | None:
    """The share of errors in percent; None for fewer than `least` in all, of which a share says nothing."""
    return 100 * errors / total if total >= least else None


def uptime(downs: Iterable[tuple[int, int | None]], since_us: int, until_us: int) -> float:
    """The share of a period in percent in which nothing was down.

    `downs` are from and to in microseconds, the end None while it lasts; they may overlap and reach beyond
    the period. An empty period counts as up.
    """
    if until_us <= since_us:
        return 100.0
    clipped = sorted(
        (max(begin, since_us), min(until_us if end is None else end, until_us)) for begin, end in downs
    )
    down_us, reached_us = 0, since_us
    for begin, end in clipped:
        if end > max(begin, reached_us):
            down_us += end - max(begin, reached_us)
            reached_us = end
    return 100 * (until_us - since_us - down_us) / (until_us - since_us)


def baseline_until_us(now_us: int) -> int:
    """Up to when the past of a source is its baseline: a whole window at least before now.

    It is the same for every signal of the same ten minutes of the clock, so that a baseline need be made only
    once for all of them and a replay finds the same.
    """
    return (now_us - WINDOW_US) // WINDOW_US * WINDOW_US


def rate_baseline(at_us: Iterable[int], until_us: int) -> Baseline:
    """What is usual in ten minutes, from the instants of a source's signals of the 14 days before.

    Windows before its first signal are left out: a new source was not quiet, it was not there.
    """
    instants = sorted(at_us)
    first = bisect_left(instants, until_us - BASELINE_US)
    windows = (until_us - instants[first]) // WINDOW_US if first < len(instants) else 0
    return baseline_of(window_counts(instants[first:], until_us, WINDOW_US, max(0, windows)))


def rate_facts(count: int, baseline: Baseline) -> dict[str, float]:
    """The fields `rate.10m`, `rate.baseline` and `rate.ratio` of a source that spoke so often in 10 minutes.

    While there is no full window behind it, only the rate is known.
    """
    if not baseline.windows:
        return {"rate.10m": count}
    return {"rate.10m": count, "rate.baseline": baseline.median, "rate.ratio": ratio(count, baseline)}
