"""A drill at a table: a real desk, a director over a desk of its own, time by hand, players who act."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.domain.clock import ManualClock
from desktop.domain.drill_log import Entry
from desktop.domain.drill_record import Run, RunMode, Seat
from desktop.domain.intake import NewEvidence
from desktop.domain.message import Stage
from desktop.domain.person import Actor, Role
from desktop.domain.rights import Action
from desktop.services.calling import Calling
from desktop.services.debrief_booking import DebriefBooking
from desktop.services.desk import Desk
from desktop.services.drill_director import DrillDirector
from desktop.services.drill_gaps import GapRegister
from desktop.services.drill_library import DrillLibrary
from desktop.services.drill_record import DrillRecord
from desktop.services.drill_world import seat_people
from desktop.services.handoff import HandoffService
from desktop.services.message_recording import Told
from desktop.services.message_recording import record as record_message

CHARGED = "drl-charged-again"
WALL = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TRAINER = Actor("Tara Sato", None, frozenset({Role.TRAINER, Role.LEAD}))
#: The director takes a longer time between two beats for a sleep of the machine.
_LONGEST_BEAT_MS = 4_000

Act = Callable[["Table"], None]


class Table:
    """One run with everything around it."""

    def __init__(self, folder: Path, slug: str, mode: RunMode) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.wall = ManualClock(WALL)
        self.live = Desk.open(folder / "live.sqlite3", folder / "backups", self.wall)
        self.live.person.ensure_first_person("Tara Sato")
        parts = {"store": self.live.store, "clock": self.wall, "bus": self.live.bus}
        self.library = DrillLibrary(**parts)
        self.library.ensure_shipped()
        self.record = DrillRecord(**parts)
        self.gaps = GapRegister(**parts)
        scenario = self.library.scenario(slug)
        seats = [Seat(role.id, role.title, "") for role in scenario.roles if not role.staff]
        self.run_id = self.record.plan(
            slug, 0, TRAINER, mode=mode, practice=mode is RunMode.SOLO, team="Billing", seed=7, seats=seats
        ).id
        self.director = self.open()

    def open(self, run_id: int = 0) -> DrillDirector:
        """Take up the run, or another one."""
        return DrillDirector.open(
            self.record, run_id or self.run_id, live=self.live, base=self.wall, folder=self.folder / "drills"
        )

    def kill(self) -> None:
        """Let the program be gone without a word, and start it again."""
        self.director.desk.close()  # the process's files; nothing is written by this
        self.director = self.open()

    def plan(self, slug: str = CHARGED, *, practice: bool = False) -> int:
        """Another run, for the same seats."""
        seats, mode = self.run.seats, RunMode.TABLE
        return self.record.plan(
            slug, 0, TRAINER, mode=mode, practice=practice, team="Billing", seed=1, seats=seats
        ).id

    @property
    def desk(self) -> Desk:
        return self.director.desk

    @property
    def run(self) -> Run:
        return self.record.run(self.run_id)

    @property
    def log(self) -> tuple[Entry, ...]:
        return self.record.log(self.run_id)

    @property
    def sim_ms(self) -> int:
        return self.director.clock.sim_ms()

    def beat(self, wall_ms: int = 250) -> None:
        self.wall.forward(milliseconds=wall_ms)
        self.director.tick()

    def until(self, minute: float) -> None:
        """Let the drill come to a time of its own, at whatever speed it runs."""
        wanted_ms, run = round(minute * 60_000), self.director._floor.run
        while (left_ms := wanted_ms - self.sim_ms) > 0 and not run.is_paused and not run.state.is_ended:
            self.beat(min(_LONGEST_BEAT_MS, max(1, left_ms // run.state.speed)))

    def play(self, script: list[tuple[float, Act]], end: float) -> None:
        """Act at these minutes, then end the drill."""
        self.director.start(TRAINER.name)
        for minute, act in script:
            self.until(minute)
            act(self)
            self.director.tick()
        self.until(end)
        self.director.end(TRAINER.name)

    # -- players

    def actor(self, role: str) -> Actor:
        person = self.desk.person.get(seat_people(self.desk)[role][0])
        return person.actor()

    def tickets(self) -> list[int]:
        with self.desk.store.read() as session:
            return [row[0] for row in session.sql("SELECT id FROM escalation ORDER BY id").fetchall()]

    def events(self) -> list[str]:
        with self.desk.store.read() as session:
            return [row[0] for row in session.sql("SELECT kind FROM timeline ORDER BY seq").fetchall()]

    def kinds(self) -> list[str]:
        return [entry.kind for entry in self.log]

    def status(self, expectation: str) -> str:
        score = self.director.score()
        return next(each.status.value for each in score.expectations if each.id == expectation)


@contextmanager
def table(folder: Path, slug: str = CHARGED, mode: RunMode = RunMode.TABLE) -> Iterator[Table]:
    """A table that is cleared afterwards."""
    made = Table(folder, slug, mode)
    try:
        yield made
    finally:
        made.director.close()
        made.live.close()


# -- what players do, each as a person would at the desk


def acknowledge(at: Table) -> None:
    at.desk.escalations.transition.acknowledge(at.tickets()[0], at.actor("triage"))


def classify(at: Table) -> None:
    at.desk.escalations.classification.classify(
        at.tickets()[0],
        at.actor("triage"),
        severity=1,
        business_impact=5,
        reputational_risk=4,
        area="billing",
    )


def link(at: Table) -> None:
    first, second = at.tickets()[:2]
    at.desk.escalations.merging.merge(second, first, at.actor("triage"), "same charges")


def page(at: Table) -> None:
    on_call = seat_people(at.desk)["oncall"][0]
    Calling(at.desk.escalations.cases).page(at.tickets()[0], on_call, "Charges repeat", at.actor("lead"))


def attach(at: Table) -> None:
    piece = NewEvidence("retries.png", b"\x89PNG chart", "image/png")
    at.desk.escalations.attaching.attach(at.tickets()[0], piece, at.actor("lead"))


def decide(decision: str, option: str, role: str) -> Act:
    def act(at: Table) -> None:
        at.director.decide(decision, option, "Lead", role=role, approver="Ines", reason="lines go dead")

    return act


def contain(at: Table) -> None:
    at.desk.escalations.transition.contain(at.tickets()[0], at.actor("oncall"), "top-up is off")


def tell(stage: Stage) -> Act:
    def act(at: Table) -> None:
        told = Told(
            "Some cards were charged more than once. We have stopped it.",
            stage=stage,
            next_update_at=at.desk.clock.now() + timedelta(minutes=20),
        )
        with at.desk.escalations.cases.change(at.tickets()[0], at.actor("lead"), Action.UPDATE) as case:
            record_message(case, told)

    return act


def hand_over(at: Table) -> None:
    giver, taker = at.actor("lead"), at.actor("nextlead")
    assert giver.person_id is not None
    assert taker.person_id is not None
    at.desk.escalations.ownership.assign(at.tickets()[0], giver.person_id, giver)
    service = HandoffService(cases=at.desk.escalations.cases, details=at.desk.escalations.details)
    view = service.draft(giver.person_id, giver)
    for item in view.items:
        for word in ("summary", "impact", "actions", "owners", "next_steps"):
            service.edit(item.id, word, "As said aloud at the table.", giver)
    service.offer(view.id, taker.person_id, giver)
    service.accept(view.id, taker)


def book(at: Table) -> None:
    when = at.desk.clock.now() + timedelta(days=2)
    facilitator = seat_people(at.desk)["comms"][0]
    DebriefBooking(at.desk.escalations.cases).book(at.tickets()[0], when, facilitator, at.actor("nextlead"))


#: A team that does nearly everything right.
SCRIPT: list[tuple[float, Act]] = [
    (4.5, acknowledge),
    (13.5, classify),
    (16.5, page),
    (17.5, link),
    (19.5, attach),
    (21.5, decide("D1", "stop", "lead")),
    (26.5, contain),
    (30.5, tell(Stage.INITIAL)),
    (50.5, tell(Stage.PERIODIC)),
    (52.5, hand_over),
    (66.5, decide("D2", "staged", "nextlead")),
    (80.5, book),
]
