"""Scores a drill in whole permille: no fractions, no chance, no wall clock. Same log, same result.

The formulas are those of the drill format's scoring rules; `ENGINE` names their version in every report.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.drill_fold import replayed
from desktop.domain.drill_grade import ExpectationScore, grade
from desktop.domain.drill_log import Entry
from desktop.domain.drill_plan import Plan
from desktop.domain.drill_scenario import Rubric, Scenario
from desktop.domain.drill_state import RunState
from desktop.domain.drill_sums import mean, share
from desktop.domain.drill_words import COMPETENCES, RATINGS, Status

ENGINE = 1
_PASSED = (Status.MET, Status.CLEAN)


@dataclass(frozen=True, slots=True)
class CompetenceScore:
    """How a competence came out; `worst` is the worst rating of its expectations, as doctrine reports it."""

    name: str
    weight: int
    score: int
    band: str
    worst: str
    expectations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrillScore:
    """Everything that is always printed together, shares in permille; `overall` is None when nothing counted.

    `is_capped` when a missed critical expectation lowered the band; the number is never touched.
    """

    scenario: str
    version: int
    engine: int
    overall: int | None
    band: str
    is_capped: bool
    missed_critical: tuple[str, ...]
    planned: int
    scored: int
    passed: int
    competences: tuple[CompetenceScore, ...]
    expectations: tuple[ExpectationScore, ...]
    without_expectations: tuple[str, ...]
    manual_share: int
    accelerated_share: int
    seed: int

    @property
    def coverage(self) -> int:
        """How much of what was planned was scored, in permille."""
        return share(self.scored, self.planned)


def score_log(scenario: Scenario, log: Sequence[Entry]) -> DrillScore:
    """The score of a whole log."""
    return score_run(replayed(Plan(scenario), log))


def score_run(run: RunState) -> DrillScore:
    """The score of a drill as far as it has come; what has not happened by now counts as missed."""
    scenario = run.plan.scenario
    rubric = scenario.rubric
    graded = tuple(grade(run, inject, one) for inject, one in scenario.expectations())
    counted = [each for each in graded if each.score is not None]
    competences = tuple(_competences(scenario, counted))
    overall = mean([(each.score, each.weight) for each in competences])
    missed = tuple(
        each.id for each in counted if each.critical and each.status in (Status.MISSED, Status.VIOLATED)
    )
    plain = band_of(overall, rubric.bands) if overall is not None else ""
    band = _capped(plain, rubric) if missed and plain else plain
    return DrillScore(
        scenario=scenario.id,
        version=scenario.version,
        engine=ENGINE,
        overall=overall,
        band=band,
        is_capped=band != plain,
        missed_critical=missed,
        planned=len(graded),
        scored=len(counted),
        passed=sum(each.status in _PASSED for each in counted),
        competences=competences,
        expectations=graded,
        without_expectations=tuple(
            inject.id
            for inject in scenario.injects
            if not inject.expect and run.fired_ms(inject.id) is not None
        ),
        manual_share=share(sum(each.is_manual for each in counted), len(counted)),
        accelerated_share=_accelerated(run),
        seed=run.seed,
    )


def band_of(score: int, bands: Mapping[str, int]) -> str:
    """P, S, M or U for a number."""
    return next((word for word in RATINGS[:3] if score >= bands[word]), RATINGS[-1])


def _competences(scenario: Scenario, counted: Sequence[ExpectationScore]) -> Iterator[CompetenceScore]:
    for name in COMPETENCES:
        own = [each for each in counted if each.competence == name]
        score = mean([(each.score or 0, each.weight) for each in own])
        if name not in scenario.competences or score is None:
            continue
        bands = scenario.rubric.bands
        ratings = [each.rating or band_of(each.score or 0, bands) for each in own]
        yield CompetenceScore(
            name=name,
            weight=scenario.competences[name],
            score=score,
            band=band_of(score, bands),
            worst=max(ratings, key=RATINGS.index),
            expectations=tuple(each.id for each in own),
        )


def _capped(band: str, rubric: Rubric) -> str:
    return max(band, rubric.critical_cap, key=RATINGS.index)


def _accelerated(run: RunState) -> int:
    fast = sum(each.to_ms - each.from_ms for each in run.stretches if each.speed > 1)
    return share(fast, sum(each.to_ms - each.from_ms for each in run.stretches))
