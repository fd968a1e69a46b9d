"""Runs that are over, in the operator's name; every call is for the worker."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.drill_benchmark import benchmarks
from desktop.domain.drill_log import Entry, Kind
from desktop.domain.drill_record import (
    NoteKind,
    ObserverNote,
    Result,
    Run,
    RunState,
    SurveyAnswer,
)
from desktop.domain.drill_register import LEAST_ANSWERS
from desktop.domain.drill_replay import decided
from desktop.domain.drill_rights import trains
from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_score import DrillScore, score_log
from desktop.domain.errors import DeskError
from desktop.services.desk import Desk
from desktop.services.drill_gaps import GapRegister
from desktop.services.drill_record import DrillRecord
from desktop.services.drill_snapshot import forkable
from desktop.services.drill_survey import Survey
from desktop.ui.drill.after_ports import (
    AfterFound,
    BenchmarkLine,
    Pair,
    ResultLine,
    SurveyFound,
    SurveyLine,
)
from desktop.ui.surroundings import Surroundings
from desktop.wiring.switching import operator_of

if TYPE_CHECKING:
    from desktop.ui.drill.after import AfterPage

_OVER = (RunState.ENDED, RunState.SCORED, RunState.CLOSED)
_ONLY_READ = "Only a trainer or a lead changes what came of a drill; everybody may read it."
_NOBODY = "Nobody has said who works at this desk, so it can only be read."
_NO_PICTURE = "No picture of the drill's desk was kept, so nothing can go on from here."

Export = Callable[[int, str, Path], Sequence[str]]


def after_page(desk: Desk, export: Export, around: Surroundings) -> "AfterPage":
    """The page of runs that are over."""
    from desktop.ui.drill.after import AfterPage  # brings the charts with it

    return AfterPage(DeskAfter(desk, export), around)


class DeskAfter:
    """What the page of a run asks for."""

    def __init__(self, desk: Desk, export: Export) -> None:
        self._desk = desk
        self._record = DrillRecord(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._gaps = GapRegister(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._survey = Survey(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._export = export

    # -- reading
    def runs(self) -> tuple[Run, ...]:
        """All that are over, newest first."""
        return tuple(run for run in self._record.runs() if run.state in _OVER)

    def found(self, run_id: int) -> AfterFound:
        """Everything about one."""
        run, scenario, log, score = self._scored(run_id)
        why_not = why_not_judge(self._desk)
        moments = tuple(each.seq for each in forkable(self._record, run_id))
        return AfterFound(
            run=run,
            scenario=scenario,
            log=log,
            score=score,
            notes=self._notes(run_id),
            gaps=tuple(sorted(self._gaps.all(run_id=run_id), key=lambda gap: gap.id)),
            results=tuple(_result_line(each) for each in reversed(self._record.results(run_id))),
            benchmark=_benchmark(scenario, score),
            others=self._others(run),
            forkable=moments,
            why_not=why_not,
            seats_seen=self._seats_seen(run, scenario, can_judge=not why_not),
            why_no_fork=why_not or ("" if moments else _NO_PICTURE),
        )

    def _seats_seen(self, run: Run, scenario: Scenario, *, can_judge: bool) -> tuple[str, ...]:
        """Whose part may be looked at: everybody's by those who judge, one's own by whoever sat there."""
        if not self._desk.settings.current.drill_seats:
            return ()
        if can_judge:
            return tuple(role.id for role in scenario.roles if not role.staff)
        operator = self._desk.person.operator()
        own = operator.id if operator is not None else 0
        return tuple(seat.role for seat in run.seats if seat.person_id and seat.person_id == own)

    def pair(self, run_id: int, other_id: int) -> Pair:
        """Two side by side, the earlier first."""
        before, after = sorted((run_id, other_id))
        first, scenario, log, score = self._scored(before)
        second, _, later, later_score = self._scored(after)
        one, other = decided(scenario, log), decided(scenario, later)
        lines = tuple(
            (asked, said, other[name][1] if name in other else "not asked")
            for name, (asked, said) in one.items()
        )
        return Pair(first, second, score, later_score, lines)

    def survey(self, run_id: int) -> SurveyFound:
        """Its questions, and the answers once there are enough."""
        results = self._survey.results(run_id)
        return SurveyFound(
            asks=self._survey.questions(self._record.scenario(run_id)),
            answered=max((each.count for each in results), default=0),
            least=LEAST_ANSWERS,
            lines=tuple(
                SurveyLine(each.question.text, each.scores, each.texts)
                for each in results
                if each.count >= LEAST_ANSWERS
            ),
        )

    def export(self, run_id: int, kind: str, target: Path) -> Sequence[str]:
        """Write "report", "pack" or "gaps"."""
        return self._export(run_id, kind, target)

    # -- judging
    def answer(self, run_id: int, answers: Sequence[SurveyAnswer]) -> None:
        """Keep one person's answers."""
        self._survey.answer(run_id, answers)

    def override(self, run_id: int, expectation: str, reason: str, *, rating: str, t_s: int | None) -> None:
        """Put a rating or a time in place of what was found, and score the run again.

        Raises: NotAllowed; DeskError for a run that is closed.
        """
        by = operator_of(self._desk)
        if not trains(by):
            raise DeskError(_ONLY_READ)
        run, log = self._record.run(run_id), self._record.log(run_id)
        body = {"expectation": expectation, "reason": reason, "rating": rating, "t_s": t_s}
        entry = Entry(len(log) + 1, run.sim_ms, Kind.OVERRIDDEN.value, body, by.name)
        self._record.append(run_id, (entry,), at=self._desk.clock.now(), sim_ms=run.sim_ms)
        score = score_log(self._record.scenario(run_id), (*log, entry))
        self._record.keep_score(run_id, score, by)
        self._gaps.propose_from(run_id, score, by)
        self._gaps.verify_by(run_id)

    def write_note(
        self,
        run_id: int,
        note_id: int,
        text: str,
        kind: NoteKind,
        *,
        sim_ms: int,
        links: tuple[str, ...] = (),
    ) -> None:
        """Keep a note, or let one say something else.

        Raises: DeskError; NotAllowed.
        """
        by = operator_of(self._desk)
        known = next((note for note in self._record.notes(run_id) if note.id == note_id), None)
        if known is not None:
            self._record.edit_note(replace(known, text=text, kind=kind), by)
            return
        now = self._desk.clock.now()
        note = ObserverNote(0, run_id, sim_ms, now, by.name, text, kind, links=links)
        self._record.add_note(run_id, note)

    def remove_note(self, note_id: int) -> None:
        """Take a note away."""
        self._record.remove_note(note_id, operator_of(self._desk))

    def confirm_gap(self, gap_id: int) -> None:
        """A proposed gap is one."""
        self._gaps.confirm(gap_id, operator_of(self._desk))

    def dismiss_gap(self, gap_id: int, reason: str) -> None:
        """A proposed gap is none."""
        self._gaps.dismiss(gap_id, operator_of(self._desk), reason)

    def add_gap(self, run_id: int, code: str, detail: str) -> None:
        """A gap that a person has seen."""
        self._gaps.add(code, detail, operator_of(self._desk), run_id=run_id)

    def close(self, run_id: int) -> None:
        """The hot-wash is over."""
        self._record.close(run_id, operator_of(self._desk))

    def throw_away(self, run_id: int) -> None:
        """List a run for practice no more."""
        self._record.throw_away(run_id, operator_of(self._desk))

    # -- parts
    def _scored(self, run_id: int) -> tuple[Run, Scenario, tuple[Entry, ...], DrillScore]:
        scenario, log = self._record.scenario(run_id), self._record.log(run_id)
        return self._record.run(run_id), scenario, log, score_log(scenario, log)

    def _notes(self, run_id: int) -> tuple[ObserverNote, ...]:
        """Those that are not somebody else's own."""
        operator = self._desk.person.operator()
        name = operator.name if operator is not None else ""
        return tuple(
            note for note in self._record.notes(run_id) if not note.is_private or note.author == name
        )

    def _others(self, run: Run) -> tuple[Run, ...]:
        """Where it came from, what went on from it, and what else went on from there."""
        family = {run.id, run.forked_from} - {None}
        return tuple(
            each
            for each in self._record.runs(slug=run.slug)
            if each.id != run.id and each.state in _OVER and (each.id in family or each.forked_from in family)
        )


def why_not_judge(desk: Desk) -> str:
    """Why whoever works here may only read; empty where they may change what came of drills."""
    operator = desk.person.operator()
    if operator is None:
        return _NOBODY
    return "" if trains(operator.actor()) else _ONLY_READ


def _result_line(result: Result) -> ResultLine:
    told = json.loads(result.json).get("expectations", {})
    scores = {name: each.get("score") for name, each in told.items()}
    return ResultLine(result.at, result.by, result.overall, result.band, result.engine, scores)


def _benchmark(scenario: Scenario, score: DrillScore) -> tuple[BenchmarkLine, ...]:
    kept = benchmarks(scenario)
    return tuple(
        BenchmarkLine(scenario.filled(each.text), kept[each.id].policy_s, kept[each.id].real_s, each.t_s)
        for each in score.expectations
        if each.id in kept
    )
