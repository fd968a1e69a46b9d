"""Directs one run of a drill: every command of the trainer and the players, and how it stands."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from desktop.domain.clock import Clock
from desktop.domain.drill_log import Kind
from desktop.domain.drill_plan import Plan
from desktop.domain.drill_record import NoteKind, ObserverNote, Run, RunMode, RunState, Seat
from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_score import DrillScore, score_run
from desktop.domain.drill_view import DrillView, PlayerView
from desktop.domain.errors import DeskError
from desktop.services.desk import Desk
from desktop.services.drill_clock import StoryClock
from desktop.services.drill_commands import DrillCommands
from desktop.services.drill_deciding import record_decision
from desktop.services.drill_floor import DrillFloor, KeepsRun, last_told_ms
from desktop.services.drill_pulse import Pulses
from desktop.services.drill_solo import alone, nobody
from desktop.services.drill_world import open_world, sandbox_path, seat_people

#: Why a drill was ended by its stop phrase.
REAL_EVENT = "Real event: the drill was stopped."


class Keeps(KeepsRun, Protocol):
    """What a director asks of the record; see `services/drill_record.py`."""

    def run(self, run_id: int) -> Run:
        """One run."""
        ...

    def set_state(self, run_id: int, state: RunState, *, folder: str | None = None, reason: str = "") -> None:
        """Let a run stand otherwise."""
        ...

    def check_seat(self, run_id: int, role: str, at: datetime) -> None:
        """A seat answered."""
        ...

    def add_note(self, run_id: int, note: ObserverNote) -> ObserverNote:
        """Keep an observer's note."""
        ...

    def keep_score(self, run_id: int, score: DrillScore, by: str) -> None:
        """Keep what it came to."""
        ...


class Pulse(NamedTuple):
    """How a drill stands for its trainer and for its players."""

    trainer: DrillView
    player: PlayerView


class DrillDirector(DrillCommands):
    """One run of a drill; `desk` is its own desk, `clock` the story's, `scenario` frozen.

    For one thread; each command returns once it is kept, and raises DeskError saying what cannot be done.
    `by` is a name.
    """

    def __init__(self, floor: DrillFloor, record: Keeps, run: Run, live: Desk) -> None:
        self._floor = floor
        self._record = record
        self._live = live
        self._mode = run.mode
        self._seats: tuple[Seat, ...] = run.seats
        self._seed = run.seed
        self._is_scored = run.state in (RunState.SCORED, RunState.CLOSED)
        self._people = seat_people(floor.desk)
        self.run_id = run.id
        self.scenario: Scenario = floor.run.plan.scenario
        self.desk = floor.desk
        self.clock = floor.clock
        self._pulses = Pulses(floor, run, self.scenario, live)

    @classmethod
    def open(cls, record: Keeps, run_id: int, *, live: Desk, base: Clock, folder: Path) -> "DrillDirector":
        """Take up a run where its log ends, paused; its desk is made in `folder` if it is not there yet.

        Raises: DeskError when the desk of a run that was begun is gone, or its path is the real desk's.
        """
        run, scenario, log = record.run(run_id), record.scenario(run_id), record.log(run_id)
        path = sandbox_path(folder, run_id)
        if log and not path.exists():
            raise DeskError(
                f"The desk of this drill is gone: {path.name} is not in its folder.",
                hint="Look at its log and score, or start another run.",
            )
        clock = StoryClock(base, Plan(scenario), max([run.sim_ms, *(log[-1:] and [log[-1].sim_ms])]))
        desk = open_world(path, live, clock, scenario, run.seats)
        try:
            floor = DrillFloor(
                record,
                run_id,
                scenario=scenario,
                desk=desk,
                clock=clock,
                base=base,
                sim_ms=last_told_ms(desk, log, scenario, run.sim_ms),
                player=alone if run.mode is RunMode.SOLO else nobody,
            )
        except BaseException:
            desk.close()
            raise
        if run.state is RunState.RUNNING:
            record.set_state(run_id, RunState.PAUSED)
        elif run.state is RunState.PLANNED:
            record.set_state(run_id, RunState.BRIEFING, folder=str(folder))
        return cls(floor, record, run, live)

    def close(self) -> None:
        """Pause and let go of the drill's desk; safe to repeat."""
        if not self._floor.run.is_paused and not self._floor.run.state.is_ended:
            self.pause("", "The drill's window was closed.")
        self.desk.close()

    # -- time
    def tick(self) -> None:
        """Let the time pass."""
        was_ended = self._floor.run.state.is_ended
        if was_ended:
            return
        self._floor.step()
        if self._floor.run.state.is_ended:
            self._finish()

    def pulse(self) -> Pulse:
        """How it stands."""
        return Pulse(self._pulses.trainer(self._seats), self._pulses.player(self._seats, self._acting()))

    def decide(
        self, decision: str, option: str, by: str, *, role: str = "", approver: str = "", reason: str = ""
    ) -> None:
        """Record a decision at the drill's desk as a player does; it counts from this second."""
        run = self._floor.run
        if decision not in run.plan.decisions:
            raise DeskError(f"There is no decision “{decision}”.", field="decision")
        _, point = run.plan.decisions[decision]
        if option not in {each.id for each in point.options}:
            raise DeskError("That is none of the options.", field="option", hint="Choose one of them.")
        if not run.state.is_started or run.state.is_ended:
            raise DeskError("The drill is not under way.", hint="Start or resume it first.")
        self._floor.step(is_pictured=True)
        people = self._people.get(role or point.role) or self._people.get(point.role) or [0]
        record_decision(
            self.desk, run.plan, decision, option, by, person_id=people[0], approver=approver, reason=reason
        )
        self._floor.step()

    def note(
        self,
        text: str,
        by: str,
        *,
        kind: NoteKind = NoteKind.FACT,
        rating: str = "",
        links: Sequence[str] = (),
        is_private: bool = False,
        as_gap: str = "",
    ) -> None:
        """Keep what an observer saw, at this second; `as_gap` is a code that it also proposes."""
        self._floor.step()
        note = ObserverNote(
            0, self.run_id, self._floor.sim_ms, self._floor.base.now(), by, text,
            NoteKind(kind), rating, tuple(links), is_private,
        )  # fmt: skip
        self._record.add_note(self.run_id, note)
        if as_gap:
            self._gaps().add(code=as_gap, detail=text, by=by, run_id=self.run_id)
        if not is_private:
            said = {"text": text, "kind": str(NoteKind(kind)), "rating": rating, "gap": as_gap}
            body = {name: value for name, value in said.items() if value}
            body["note"] = body.pop("kind")
            run = self._floor.run
            self._floor.step(lambda mono_ms: run.tell(mono_ms, Kind.NOTED, body, by=by))

    # -- seats
    def act_as(self, role: str) -> None:
        """Whoever sits in this seat works at the drill's desk now."""
        people = self._people.get(role)
        if not people:
            raise DeskError("Nobody sits there.", field="role", hint="Choose a seat of the players.")
        self.desk.person.set_operator(people[0])

    def check_seat(self, role: str) -> None:
        """A seat has answered the seat check."""
        self._record.check_seat(self.run_id, role, self._floor.base.now())
        self._seats = self._record.run(self.run_id).seats

    # -- the end
    def end(self, by: str, reason: str = "") -> None:
        """End the drill, keep its score, propose its gaps."""
        self._floor.step(lambda mono_ms: self._floor.run.end(mono_ms, by=by, reason=reason))
        self._finish(by)

    def stop_for_real(self, by: str = "") -> None:
        """Something real happens: end at once. Nothing is scored and no gap is proposed by that."""
        run = self._floor.run
        if not run.state.is_ended:
            if not run.state.is_started:
                self._record.set_state(self.run_id, RunState.ENDED, reason=REAL_EVENT)
                return
            self._floor.step(lambda mono_ms: run.end(mono_ms, by=by, reason=REAL_EVENT))
            self._record.set_state(self.run_id, RunState.ENDED, reason=REAL_EVENT)

    def score(self) -> DrillScore:
        """What it comes to so far."""
        return score_run(self._floor.run.state)

    def _rescore(self, by: str) -> None:
        """What staff say after the end makes another result; the one before stays."""
        if self._is_scored:
            self._record.keep_score(self.run_id, self.score(), by or "Drill")

    def _finish(self, by: str = "") -> None:
        if self._is_scored:
            return
        score, name = self.score(), by or "Drill"
        ended = self._floor.run.log[-1]
        self._record.set_state(self.run_id, RunState.ENDED, reason=str(ended.body.get("reason", "")))
        self._record.keep_score(self.run_id, score, name)
        self._is_scored = True
        gaps = self._gaps()
        gaps.propose_from(self.run_id, score, name)
        gaps.verify_by(self.run_id)

    def _gaps(self) -> "GapsOf":
        from desktop.services.drill_gaps import GapRegister  # a drill may show no gap

        live = self._live
        return GapRegister(store=live.store, clock=live.clock, bus=live.bus)

    def _acting(self) -> str:
        operator = self.desk.settings.current.operator_id
        return next((role for role, ids in self._people.items() if operator in ids), "")


class GapsOf(Protocol):
    """What a director asks of the register of gaps; see `services/drill_gaps.py`."""

    def add(self, *, code: str, detail: str, by: str, run_id: int) -> object:
        """Add a gap by hand."""
        ...

    def propose_from(self, run_id: int, score: DrillScore, by: str) -> object:
        """Propose the gaps that a score shows."""
        ...

    def verify_by(self, run_id: int) -> object:
        """Verify gaps of earlier runs by this one."""
        ...
