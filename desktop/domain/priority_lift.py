"""What would lift a score over a threshold."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Literal

from desktop.domain.policy import FACTORS, HIGHEST_FACTOR, Policy, Priority
from desktop.domain.priority import Score, Term, score
from desktop.domain.priority_words import reason

#: How many factors may change together to lift a score; more would be another case.
_MOST_CHANGES = 2

#: What a score may be lifted to: a priority, or the involvement of seniors or of an executive sponsor.
Goal = Priority | Literal["senior", "sponsor"]


@dataclass(frozen=True, slots=True)
class Change:
    """A factor that would be higher than it is."""

    key: str
    name: str
    value: int
    why: str


@dataclass(frozen=True, slots=True)
class Lift:
    """Changes that together reach a goal, and the score they would give."""

    changes: tuple[Change, ...]
    score: int


def lifts(current: Score, policy: Policy, goal: Goal) -> tuple[Lift, ...]:
    """What would lift a score to a goal: the smallest single changes that do, or else pairs of changes.

    Empty when the goal is reached already, and when no two changes reach it.
    """
    if _reaches(current, goal):
        return ()
    raisable = {term.key: list(_higher(term, policy)) for term in current.terms}
    for count in range(1, _MOST_CHANGES + 1):
        found = [
            lift
            for keys in combinations(FACTORS, count)
            if (lift := _first_lift(current, policy, goal, [raisable[key] for key in keys]))
        ]
        if found:
            return tuple(found)
    return ()


def _reaches(reached: Score, goal: Goal) -> bool:
    if goal == "senior":
        return reached.senior
    if goal == "sponsor":
        return reached.sponsor
    return reached.priority.rank <= Priority(goal).rank


def _higher(term: Term, policy: Policy) -> Iterator[Change]:
    """Values the factor could have under the policy, above the one it has, rising."""
    values = {
        "customer_segment": {tier.factor for tier in policy.tiers},
        "revenue_contribution": {band.factor for band in policy.revenue_bands},
        "technical_severity": {level.factor for level in policy.severities},
    }.get(term.key, set(range(HIGHEST_FACTOR + 1)))
    for value in sorted(values):
        if value > term.value:
            yield Change(term.key, term.name, value, reason(term.key, Fraction(value), policy))


def _first_lift(current: Score, policy: Policy, goal: Goal, raisable: list[list[Change]]) -> Lift | None:
    """The lowest score that reaches the goal by changing exactly these factors."""
    stated: dict[str, Fraction | None] = {
        term.key: None if term.assumed else term.value for term in current.terms
    }
    best: Lift | None = None
    for changes in product(*raisable):
        lifted = score({**stated, **{change.key: change.value for change in changes}}, policy)
        if _reaches(lifted, goal) and (best is None or lifted.value < best.score):
            best = Lift(changes, lifted.value)
    return best
