"""A desk on which the worked run of the scoring rules was played, and the pages over it."""

import json
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace

from desktop.domain.drill_record import ObserverNote, Run, RunMode, RunState
from desktop.domain.drill_score import score_log
from desktop.domain.person import Role
from desktop.services.action import ActionRegister
from desktop.services.drill_gaps import GapRegister
from desktop.services.drill_log_file import entries
from desktop.services.drill_survey import Survey
from tests.domain.drills import FILE, charged_twice, worked_run
from tests.fixtures_screens import RealDesk
from tests.services.drill_desk import SEATS, DrillDesk

SLUG = "charged-twice"
MINUTE_MS = 60_000


class Played:
    """Runs of one scenario, each with its whole log; the trainer works at the desk."""

    def __init__(self, real_desk: RealDesk) -> None:
        self.real = real_desk
        self.benchmark = ""
        self.drills = DrillDesk(real_desk.base)
        real_desk.act_as(Role.TRAINER)

    @cached_property
    def desk(self) -> SimpleNamespace:
        """What the pages' wiring asks of a desk."""
        base = self.real.base
        return SimpleNamespace(
            store=base.store,
            clock=base.clock,
            bus=base.bus,
            person=self.real.person,
            settings=self.real.settings,
        )

    @cached_property
    def _services(self) -> dict[str, object]:
        base = self.real.base
        return {"store": base.store, "clock": base.clock, "bus": base.bus}

    @cached_property
    def gaps(self) -> GapRegister:
        return GapRegister(**self._services)

    @cached_property
    def actions(self) -> ActionRegister:
        return ActionRegister(**self._services)

    @cached_property
    def survey(self) -> Survey:
        return Survey(**self._services)

    @cached_property
    def slug(self) -> str:
        """The scenario, published."""
        text = FILE.read_text(encoding="utf-8")
        if self.benchmark:
            text = text.replace("  - id: I01\n", f"  - id: I01\n    source: {json.dumps(self.benchmark)}\n")
        made = self.drills.library.create(text, self.drills.trainer)
        self.drills.library.publish(made.slug, self.drills.trainer, "First version")
        return made.slug

    def run(self, *, without: tuple[str, ...] = (), team: str = "Billing", practice: bool = False) -> Run:
        """The worked run; lines of these kinds, or about these expectations, are left out of it."""
        record, trainer = self.drills.record, self.drills.trainer
        run = record.plan(
            self.slug, 0, trainer, mode=RunMode.TABLE, practice=practice, team=team, seed=7, seats=SEATS
        )
        lines = [each for each in worked_run() if not {each["kind"], each.get("expectation")} & {*without}]
        log = entries([json.dumps(each) for each in lines], charged_twice())
        self.drills.append(run.id, *log, state=RunState.ENDED)
        return self.judged(run.id)

    def judged(self, run_id: int) -> Run:
        """A run with its score and the gaps it proposes."""
        record, trainer = self.drills.record, self.drills.trainer
        score = score_log(record.scenario(run_id), record.log(run_id))
        record.keep_score(run_id, score, trainer)
        self.gaps.propose_from(run_id, score, trainer)
        return record.run(run_id)

    def note(self, run_id: int, text: str, **more: object) -> ObserverNote:
        """What an observer wrote twenty minutes in."""
        now = self.real.clock.now()
        note = ObserverNote(0, run_id, 20 * MINUTE_MS, now, "Tara Noor", text, **more)  # type: ignore[arg-type]
        return self.drills.record.add_note(run_id, note)

    def gap(self, run_id: int, code: str) -> int:
        """The id of the gap of that code."""
        return next(gap.id for gap in self.gaps.all(run_id=run_id) if gap.code == code)


def no_export(_run_id: int, _kind: str, _target: Path) -> tuple[str, ...]:
    """Where nothing is saved."""
    raise AssertionError("nothing was to be saved")
