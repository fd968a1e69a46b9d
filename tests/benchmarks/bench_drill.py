"""Drills: a tick with 200 injects and 2,000 events behind it, and the report of such a run."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from desktop.domain.drill_engine import DrillRun
from desktop.domain.drill_explain import explain
from desktop.domain.drill_gap import proposals
from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_score import score_log
from desktop.services.drill_director import DrillDirector
from desktop.services.drill_record import DrillRecord
from tests.benchmarks.measure import Row, in_turn, row
from tests.domain.drills import charged_twice
from tests.services.drill_table import TRAINER, Table, table

INJECTS, EVENTS = 200, 2_000
TICK_MS, REPORT_MS = 50.0, 5_000.0
ROUNDS = 101
KINDS = ("escalation.acknowledged", "escalation.linked", "oncall.paged", "update.sent", "note.added")


def run(*, quick: bool = False) -> list[Row]:
    """Rows for a tick in which an inject fires, one in which nothing does, and the report."""
    scenario = large()
    drill = DrillRun(scenario)
    drill.start(0)
    for n in range(EVENTS):
        now = n * 2_000
        drill.tell(now, KINDS[n % len(KINDS)], {"stage": "periodic", "n": n})
    clock = iter(range(EVENTS * 2_000, 10**9, 250))
    busy = iter(range(EVENTS * 2_000, 10**9, 27_000))
    again = DrillRun(scenario, list(drill.log))
    again.resume(EVENTS * 2_000)
    idle_ms, firing_ms, report_ms = in_turn(
        5 if quick else ROUNDS,
        lambda: (drill.tick(next(clock)), drill.look(next(clock))),
        lambda: again.advance(next(busy)),
        lambda: report(scenario, drill),
    )
    return [
        row(
            "tick and look of a drill, 200 injects, 2,000 events, set against 50 ms",
            idle_ms,
            TICK_MS,
            1.0,
            "ms",
        ),
        row("tick in which an inject fires, set against 50 ms", firing_ms, TICK_MS, 1.0, "ms"),
        row(
            "beat of that drill for console and players, its desk and record included, set against 50 ms",
            beat_ms(scenario, drill, 5 if quick else ROUNDS),
            TICK_MS,
            1.0,
            "ms",
        ),
        row("score, reasons and gaps of that drill, set against 5 s", report_ms, REPORT_MS, 1.0, "ms"),
    ]


def beat_ms(scenario: Scenario, drill: DrillRun, rounds: int) -> float:
    """The median of letting a quarter of a second pass and asking how the drill stands then."""
    with (
        tempfile.TemporaryDirectory() as folder,
        table(Path(folder)) as at,
        played(at, scenario, drill) as one,
    ):
        one.resume(TRAINER.name)
        one.pulse()

        def beat() -> None:
            at.wall.forward(milliseconds=250)
            one.tick()
            one.pulse()

        return in_turn(rounds, beat)[0]


@contextmanager
def played(at: Table, scenario: Scenario, drill: DrillRun) -> Iterator[DrillDirector]:
    """A director over a run with that log behind it."""
    record = Large(store=at.live.store, clock=at.wall, bus=at.live.bus)
    record.whole = scenario
    run_id = at.plan(practice=True)
    place = {"live": at.live, "base": at.wall, "folder": at.folder / "drills"}
    DrillDirector.open(record, run_id, **place).close()
    record.append(run_id, drill.log, at=at.wall.now(), sim_ms=drill.state.sim_ms)
    with closing(DrillDirector.open(record, run_id, **place)) as director:
        yield director


class Large(DrillRecord):
    """A record whose runs are of a scenario larger than anybody would write."""

    whole: Scenario

    def scenario(self, _run_id: int) -> Scenario:
        return self.whole


def report(scenario: Scenario, drill: DrillRun) -> object:
    score = score_log(scenario, drill.log)
    return explain(score), proposals(score)


def large() -> Scenario:
    """The small drill over and over, every part under a name of its own, none a condition of another."""
    small = charged_twice()
    plain = [inject for inject in small.injects if inject.after is None and inject.when is None]
    injects = []
    for n in range(INJECTS):
        inject = plain[n % len(plain)]
        expect = tuple(replace(one, id=f"{one.id}-{n}") for one in inject.expect)
        decision = (
            None if inject.decision is None else replace(inject.decision, id=f"{inject.decision.id}-{n}")
        )
        injects.append(replace(inject, id=f"J{n}", at_s=n * 27, expect=expect, decision=decision))
    pace = replace(small.pace, duration_s=INJECTS * 60)
    return replace(small, injects=tuple(injects), pace=pace)
