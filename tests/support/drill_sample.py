"""A desk that has played drills: runs with real logs, notes, answers, gaps, actions and plans.

Everything goes through the services, at times that lie before now.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from db.queries import person as people
from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.domain.drill_calendar import DrillRule, Recurrence
from desktop.domain.drill_engine import DrillRun
from desktop.domain.drill_log import Entry
from desktop.domain.drill_record import (
    ActionKind,
    ActionState,
    NoteKind,
    ObserverNote,
    Run,
    RunMode,
    RunState,
    Seat,
    SurveyAnswer,
)
from desktop.domain.drill_score import score_log
from desktop.domain.person import Actor, Role
from desktop.services.action import ActionRegister
from desktop.services.bus import Bus
from desktop.services.drill_gaps import GapRegister
from desktop.services.drill_library import DrillLibrary
from desktop.services.drill_plan import DrillPlans
from desktop.services.drill_record import DrillRecord
from desktop.services.drill_survey import Survey

SLUG = "drl-charged-again"
TEAM = "Billing"
TRAINER = Actor("Theo Wynn", None, frozenset({Role.TRAINER, Role.LEAD}))
#: A minute of the drill, what happened then, and what it says.
Act = tuple[float, str, dict[str, Any]]
_CASE = {
    "escalation": {"severity": 1, "priority": "P1", "product_area": "billing", "customer_tier": "enterprise"}
}
_STOP = {"decision": "D1", "option": "stop", "approver": "Leo Marsh", "reason": "Lines go dead in two hours."}
_STAGED = {"decision": "D2", "option": "staged", "approver": "Sana Ito", "reason": "One in a hundred first."}
_WORDS = {"impact_plain": "Top-ups were charged more than once.", "contact_point": "billing@example.test"}
_FIRST_WORD = {
    "stage": "initial",
    "values": _WORDS | {"next_update_at": "2026-03-02T17:20:00+01:00"},
    "next_update_at": "2026-03-02T17:20:00+01:00",
    "lint": {"tone": []},
}
_GUESSED = _FIRST_WORD | {"lint": {"tone": ["should be fine"]}}
_WHOLE = {"complete": True, "commitments": True, "decisions": True}

#: A team that sees things late and promises too much.
WEAK: Sequence[Act] = (
    (6, "escalation.acknowledged", _CASE),
    (21, "escalation.classified", {"fields": {"product_area": "billing", "severity": 3}}),
    (19.5, "oncall.paged", _CASE),
    (36, "update.sent", _GUESSED),
    (38, "expectation.observed", {"expectation": "E09", "rating": "M"}),
    (68, "handoff.accepted", _WHOLE | {"commitments": False}),
    (70, "expectation.observed", {"expectation": "N01", "violated": True}),
    (88, "debrief.scheduled", _CASE),
)
#: The same team some weeks later.
BETTER: Sequence[Act] = (
    (3, "escalation.acknowledged", _CASE),
    (
        9,
        "escalation.classified",
        {"fields": {"product_area": "billing", "customer_tier": "enterprise", "priority": "P1"}},
    ),
    (15, "escalation.linked", _CASE),
    (14.5, "oncall.paged", _CASE),
    (18, "evidence.attached", {"name": "retries.png"}),
    (21, "decision.recorded", _STOP),
    (21.5, "expectation.observed", {"expectation": "E06", "ok": ["approver", "rationale"]}),
    (28, "escalation.contained", _CASE | {"confirmed_by": "Sana Ito"}),
    (31, "update.sent", _FIRST_WORD),
    (34, "expectation.observed", {"expectation": "E09", "rating": "S"}),
    (56, "handoff.accepted", _WHOLE),
    (62, "expectation.observed", {"expectation": "E12"}),
    (64, "update.sent", _FIRST_WORD | {"stage": "periodic"}),
    (66, "decision.recorded", _STAGED),
    (79, "debrief.scheduled", _CASE),
)


@dataclass(frozen=True)
class Played:
    """The runs by what they are."""

    first: Run
    practice: Run
    latest: Run
    fork: Run
    other_team: Run


class DrillSample:
    """Plays drills on a desk as if in the weeks before now."""

    def __init__(self, store: Store, now: datetime, bus: Bus | None = None) -> None:
        self.clock = ManualClock(now - timedelta(weeks=9))
        self._now = now
        bus = bus or Bus()
        self.library = DrillLibrary(store=store, clock=self.clock, bus=bus)
        self.record = DrillRecord(store=store, clock=self.clock, bus=bus)
        self.gaps = GapRegister(store=store, clock=self.clock, bus=bus)
        self.actions = ActionRegister(store=store, clock=self.clock, bus=bus)
        self.survey = Survey(store=store, clock=self.clock, bus=bus)
        self.plans = DrillPlans(store=store, clock=self.clock, bus=bus)
        with store.read() as session:
            self.owner_id = next(person.id for person in people.all_people(session) if person.active)

    def fill(self) -> Played:
        """All of it."""
        self.library.ensure_shipped()
        first = self.play(WEAK, seed=11)
        self._talk(first)
        self._judge(first)
        self.clock.forward(weeks=2)
        practice = self.play(WEAK[:5], seed=12, practice=True)
        self.clock.forward(weeks=2)
        other_team = self.play(WEAK[:4], seed=13, team="Network")
        self.clock.forward(weeks=2)
        latest = self.play(BETTER, seed=14)
        self._talk(latest, private=True)
        fork = self._fork(latest)
        self._plan()
        self.clock.set(self._now)
        return Played(*(self.record.run(run.id) for run in (first, practice, latest, fork, other_team)))

    def play(self, acts: Sequence[Act], *, seed: int, practice: bool = False, team: str = TEAM) -> Run:
        """One run from its beginning to its score, as the director keeps it."""
        run = self.record.plan(
            SLUG, 0, TRAINER, mode=RunMode.TABLE, practice=practice, team=team, seed=seed, seats=self._seats()
        )
        self._run(run, DrillRun(self.record.scenario(run.id)), acts)
        return self.record.run(run.id)

    def _run(self, run: Run, drill: DrillRun, acts: Sequence[Act]) -> None:
        """Let a drill go on from where it stands; its clock is the drill's own."""
        begun_at, begun_ms = self.clock.now(), drill.sim_ms(0)

        def keep(made: Sequence[Entry], state: RunState | None = None) -> None:
            sim_ms = drill.pacer.sim_ms
            self.clock.set(max(self.clock.now(), begun_at + timedelta(milliseconds=sim_ms - begun_ms)))
            self.record.append(run.id, made, at=self.clock.now(), sim_ms=sim_ms, state=state)

        if drill.log:
            keep(drill.resume(begun_ms, by=TRAINER.name), RunState.RUNNING)
        else:
            keep(drill.start(0, seed=run.seed, by=TRAINER.name), RunState.RUNNING)
        for minute, kind, body in sorted(acts, key=lambda act: act[0]):
            self._at(drill, int(minute * 60_000), keep)
            keep(drill.tell(int(minute * 60_000), kind, body, by=TRAINER.name))
        self._at(drill, 90 * 60_000, keep)
        keep(drill.end(90 * 60_000, by=TRAINER.name), RunState.ENDED)
        score = score_log(self.record.scenario(run.id), self.record.log(run.id))
        self.record.keep_score(run.id, score, TRAINER)
        if not run.practice:
            self.gaps.propose_from(run.id, score, TRAINER)
            self.gaps.verify_by(run.id)

    def _at(self, drill: DrillRun, at_ms: int, keep: Callable[[Sequence[Entry]], None]) -> None:
        """Fire by hand what waits for a hand on the way there."""
        if drill.state.injects["I07"].word == "pending" and at_ms >= 30 * 60_000:
            keep(drill.fire(30 * 60_000, "I07", by=TRAINER.name))
        keep(drill.advance(at_ms))

    def _fork(self, run: Run) -> Run:
        """The same drill with the other choice, from the moment before it was made."""
        log = self.record.log(run.id)
        before = next(entry.seq for entry in log if entry.body.get("decision") == "D1") - 1
        fork = self.record.fork(run.id, before, TRAINER, folder="")
        drill = DrillRun(self.record.scenario(fork.id), self.record.log(fork.id), fork.sim_ms)
        later = [act for act in BETTER if act[0] * 60_000 > fork.sim_ms and act[2].get("decision") != "D1"]
        waited = dict(_STOP, option="wait", reason="The director of finance decides.")
        self._run(fork, drill, [(22, "decision.recorded", waited), *later])
        return self.record.run(fork.id)

    def _seats(self) -> tuple[Seat, ...]:
        names = ("Cora Lind", "Leo Marsh", "Onno Kay", "Mira Sol", "Ines Falk", "Theo Wynn")
        at = self.clock.now()
        roles = self.library.scenario(SLUG).roles
        return tuple(
            Seat(role.id, role.title, name, is_staff=role.staff, checked_at=at)
            for role, name in zip(roles, names, strict=True)
        )

    def _talk(self, run: Run, *, private: bool = False) -> None:
        """What observers wrote and players answered."""
        at = self.clock.now()
        for minute, kind, rating, text, links in (
            (7, NoteKind.STRENGTH, "S", "Took the ticket by name at once.", ("E01",)),
            (23, NoteKind.IMPROVEMENT, "M", "Nobody knew who may stop the top-up.", ("E06",)),
            (36, NoteKind.QUOTE, "", "“I would rather say nothing than something wrong.”", ("E08",)),
            (55, NoteKind.FACT, "", "The late lead asked for the promises and got them aloud.", ("E11",)),
        ):
            note = ObserverNote(0, run.id, minute * 60_000, at, TRAINER.name, text, kind, rating, links)
            self.record.add_note(run.id, note)
        if private:
            note = ObserverNote(
                0, run.id, 3_600_000, at, TRAINER.name, "Speak with Leo alone.", is_private=True
            )
            self.record.add_note(run.id, note)
        for mark, words in ((4, "Who may decide"), (5, "The list of approvers"), (3, "More time to read")):
            self.survey.answer(
                run.id, [SurveyAnswer("F1", mark), SurveyAnswer("F2", 3), SurveyAnswer("F4", text=words)]
            )

    def _judge(self, run: Run) -> None:
        """Gaps confirmed, taken care of, waived and dismissed; actions in several states."""
        due = (self.clock.now() + timedelta(weeks=12)).date()
        found = {gap.code: gap for gap in self.gaps.all(run_id=run.id)}
        for code, gap in found.items():
            if code == "DA6":
                self.gaps.dismiss(gap.id, TRAINER, "The chart could not be saved on this projector.")
            else:
                self.gaps.confirm(gap.id, TRAINER)
        self.gaps.accept(found["DA2"].id, TRAINER, owner_id=self.owner_id, due=due)
        for code, text, kind in (
            ("DR1", "Write the list of approvers and their delegates", ActionKind.PROCESS),
            ("CO1", "Practise first words with the templates", ActionKind.TRAIN),
        ):
            gap_id = found[code].id
            action = self.actions.create(
                text, kind, self.owner_id, due, TRAINER, run_id=run.id, gap_id=gap_id
            )
            self.actions.set_state(action.id, ActionState.ACCEPTED, TRAINER)
            if code == "DR1":
                self.actions.done(action.id, TRAINER, "Page 4 of the handbook")
        self.actions.create(
            "Ask finance for a delegate", ActionKind.PREVENT, self.owner_id, due, TRAINER, run_id=run.id
        )

    def _plan(self) -> None:
        """A drill every third week, and one that the wheel draws."""
        every = DrillRule(Recurrence.WEEKS, 2, time(14, 0), 3)
        self.plans.add("Billing, every third week", SLUG, TEAM, every, "Europe/Berlin", TRAINER)
        drawn = DrillRule(Recurrence.MONTHLY, 3, time(10, 0), 1)
        self.plans.add("Wheel of misfortune", "", TEAM, drawn, "Europe/Berlin", TRAINER)


def fill(store: Store, now: datetime, bus: Bus | None = None) -> Played:
    """Let a desk have played drills: three that count, one for practice, one forked."""
    return DrillSample(store, now, bus).fill()
