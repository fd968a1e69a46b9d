"""Gathers what the papers of a run tell: its record, gaps, actions, answers and benchmarks."""

from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.drill_after import AfterAction, Surveyed
from desktop.domain.drill_benchmark import benchmarks
from desktop.domain.drill_score import score_log
from desktop.services.action import ActionRegister
from desktop.services.bus import Bus
from desktop.services.drill_gaps import GapRegister
from desktop.services.drill_record import DrillRecord
from desktop.services.drill_survey import Survey


class DrillPapers:
    """Reads only."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._clock = clock
        self._record = DrillRecord(store=store, clock=clock, bus=bus)
        self._survey = Survey(store=store, clock=clock, bus=bus)
        self.gaps = GapRegister(store=store, clock=clock, bus=bus)
        self.actions = ActionRegister(store=store, clock=clock, bus=bus)

    def after(self, run_id: int) -> AfterAction:
        """Everything about a run, scored now; the same log always scores the same.

        Raises: NotFound.
        """
        scenario, log = self._record.scenario(run_id), self._record.log(run_id)
        return AfterAction(
            run=self._record.run(run_id),
            scenario=scenario,
            score=score_log(scenario, log),
            log=log,
            made_at=self._clock.now(),
            notes=self._record.notes(run_id),
            gaps=self.gaps.all(run_id=run_id),
            actions=self.actions.all(run_id=run_id),
            survey=tuple(
                Surveyed(each.question.text, each.scores, each.texts) for each in self._survey.results(run_id)
            ),
            benchmarks=benchmarks(scenario),
        )
