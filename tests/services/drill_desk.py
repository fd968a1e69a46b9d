"""A desk with a library of drills, and runs of them whose logs are scored for real."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop.domain.drill_log import Entry, Kind
from desktop.domain.drill_record import Run, RunMode, RunState, Seat
from desktop.domain.drill_score import DrillScore, score_log
from desktop.domain.events import DrillsChanged
from desktop.domain.person import Actor, Role
from desktop.services.action import ActionRegister
from desktop.services.drill_gaps import GapRegister
from desktop.services.drill_library import DrillLibrary
from desktop.services.drill_plan import DrillPlans
from desktop.services.drill_record import DrillRecord
from desktop.services.drill_survey import Survey
from desktop.services.drill_trend import Trends
from tests.fixtures_desk import CommandDesk

CHARGED = "drl-charged-again"
SEATS = (Seat("triage", "Support triage", "Cora Lind"), Seat("lead", "Escalation lead", "Leo Marsh"))


@dataclass
class DrillDesk:
    """The record of drills of one desk, with the six scenarios that come with the program."""

    desk: CommandDesk

    def __post_init__(self) -> None:
        self.told: list[DrillsChanged] = []
        self.desk.bus.subscribe(DrillsChanged, self.told.append)

    @property
    def trainer(self) -> Actor:
        return self.desk.actor(Role.TRAINER)

    @cached_property
    def library(self) -> DrillLibrary:
        return DrillLibrary(store=self.desk.store, clock=self.desk.clock, bus=self.desk.bus)

    @cached_property
    def record(self) -> DrillRecord:
        return DrillRecord(store=self.desk.store, clock=self.desk.clock, bus=self.desk.bus)

    @cached_property
    def gaps(self) -> GapRegister:
        return GapRegister(store=self.desk.store, clock=self.desk.clock, bus=self.desk.bus)

    @cached_property
    def actions(self) -> ActionRegister:
        return ActionRegister(store=self.desk.store, clock=self.desk.clock, bus=self.desk.bus)

    @cached_property
    def survey(self) -> Survey:
        return Survey(store=self.desk.store, clock=self.desk.clock, bus=self.desk.bus)

    @cached_property
    def trends(self) -> Trends:
        return Trends(store=self.desk.store, clock=self.desk.clock, bus=self.desk.bus)

    @cached_property
    def plans(self) -> DrillPlans:
        return DrillPlans(store=self.desk.store, clock=self.desk.clock, bus=self.desk.bus)

    def person_id(self, role: Role = Role.COORDINATOR) -> int:
        """Somebody who works here."""
        return self.desk.staff[role].id

    def planned(self, *, practice: bool = False, team: str = "Billing", seed: int = 7) -> Run:
        """A run of the drill about cards that are charged twice."""
        self.library.ensure_shipped()
        return self.record.plan(
            CHARGED,
            0,
            self.trainer,
            mode=RunMode.TABLE,
            practice=practice,
            team=team,
            seed=seed,
            seats=SEATS,
        )

    def append(self, run_id: int, *entries: Entry, state: RunState | None = None) -> None:
        """Keep entries as the director does."""
        last_ms = entries[-1].sim_ms if entries else 0
        self.record.append(run_id, entries, at=self.desk.clock.now(), sim_ms=last_ms, state=state)

    def played(
        self, *, acts: Sequence[Entry] = (), practice: bool = False, team: str = "Billing"
    ) -> tuple[Run, DrillScore]:
        """A run from its beginning to its end; `acts` are what happened, numbered here."""
        run = self.planned(practice=practice, team=team)
        self.desk.clock.forward(minutes=1)
        log = numbered([started(), *acts, Entry(0, 5_400_000, Kind.ENDED.value)])
        self.append(run.id, log[0], state=RunState.RUNNING)
        self.append(run.id, *log[1:], state=RunState.ENDED)
        score = score_log(self.record.scenario(run.id), self.record.log(run.id))
        self.record.keep_score(run.id, score, self.trainer)
        return self.record.run(run.id), score


def started(seed: int = 7) -> Entry:
    """The first entry of a log."""
    return Entry(1, 0, Kind.STARTED.value, {"seed": seed})


def fired(inject: str, sim_s: int) -> Entry:
    return Entry(0, sim_s * 1000, Kind.FIRED.value, {"inject": inject})


def observed(expectation: str, sim_s: int, **more: object) -> Entry:
    return Entry(0, sim_s * 1000, Kind.OBSERVED.value, {"expectation": expectation, **more})


def numbered(entries: Sequence[Entry]) -> list[Entry]:
    """Entries numbered from 1 in the order of their time."""
    ordered = sorted(entries, key=lambda each: each.sim_ms)
    return [Entry(n, each.sim_ms, each.kind, each.body, each.by) for n, each in enumerate(ordered, start=1)]


#: The ticket that is one with another came, and nobody saw it: DA2. Then: somebody saw it at once.
MISSED = (fired("I02", 0),)
PASSED = (fired("I02", 0), Entry(0, 60_000, "escalation.linked"))
