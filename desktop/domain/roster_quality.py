"""How good a rota is: half how much of the time somebody is on call, half how evenly (domain.md, Roster)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from desktop.domain.instant import to_us
from desktop.domain.roster import Schedule
from desktop.domain.roster_people import by_person, total_us
from desktop.domain.worktime_layout import Stretch, clipped, joined

_HOUR_US = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Quality:
    """The parts of a rota's quality, each from 0 to 1, and the hours behind them.

    `hours` are those of everybody, most first. `missing` is the wanted time with nobody on call.
    """

    coverage: float
    fairness: float
    hours: tuple[tuple[str, float], ...]
    missing: timedelta

    @property
    def score(self) -> float:
        """Half coverage, half fairness."""
        return (self.coverage + self.fairness) / 2


def quality(
    schedule: Schedule,
    start: datetime,
    end: datetime,
    *,
    wanted: Sequence[tuple[datetime, datetime]] | None = None,
) -> Quality:
    """The quality from `start` to `end`, measured against the `wanted` stretches, or all of that time.

    Coverage is the share of the wanted time with somebody on call, whole where none is wanted. Fairness is
    the mean over all pairs of people of the smaller hours divided by the larger; two with none are even, and
    one alone is. People are all who are on call then or take part in a layer then.
    """
    lo, hi = to_us(start), to_us(end)
    people = by_person(schedule.shifts(start, end))
    asked: list[Stretch] = [(lo, hi)] if lo < hi else []
    if wanted is not None:
        asked = clipped(joined([(to_us(a), to_us(b)) for a, b in wanted]), lo, hi)
    covered = joined([stretch for stretches in people.values() for stretch in stretches])
    wanted_us = total_us(asked)
    covered_us = sum(total_us(clipped(covered, a, b)) for a, b in asked)
    hours = dict.fromkeys(_taking_part(schedule, start, end), 0.0)
    hours |= {person: total_us(stretches) / _HOUR_US for person, stretches in people.items()}
    return Quality(
        coverage=covered_us / wanted_us if wanted_us else 1.0,
        fairness=fairness(list(hours.values())),
        hours=tuple(sorted(hours.items(), key=lambda item: (-item[1], item[0]))),
        missing=timedelta(microseconds=wanted_us - covered_us),
    )


def fairness(hours: Sequence[float]) -> float:
    """The mean over all pairs of the smaller divided by the larger."""
    pairs = [sorted(pair) for pair in combinations(hours, 2)]
    return sum(less / more if more else 1.0 for less, more in pairs) / len(pairs) if pairs else 1.0


def _taking_part(schedule: Schedule, start: datetime, end: datetime) -> list[str]:
    first, last = schedule.local_date(start), schedule.local_date(end)
    return [
        person
        for layer in schedule.rota.layers
        for entry in layer.entries
        if (entry.first_day or first) <= last and first <= (entry.last_day or last)
        for person in entry.people
    ]
