"""One run being played: its engine, its log in the real desk's record, its own desk, step by step.

A step reads what happened at the drill's desk, lets the time pass, keeps the entries, and only then carries
out what they want. Nothing that was not kept is ever shown or done.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from db.queries import drill_sandbox as rows
from desktop.domain.clock import Clock
from desktop.domain.drill_engine import DrillRun
from desktop.domain.drill_log import Entry, Kind
from desktop.domain.drill_look import next_instant
from desktop.domain.drill_pace import LONGEST_TICK_MS
from desktop.domain.drill_plan import Plan
from desktop.domain.drill_record import RunState
from desktop.domain.drill_scenario import Scenario
from desktop.domain.errors import DeskError
from desktop.domain.instant import from_us
from desktop.services.desk import Desk
from desktop.services.drill_captured import CapturedOutbox
from desktop.services.drill_clock import LONGEST_AHEAD_MS, StoryClock
from desktop.services.drill_effects import DrillEffects
from desktop.services.drill_mirror import DrillMirror, Seen
from desktop.services.drill_snapshot import KeepsPictures, Pictures
from desktop.services.drill_solo import Player, nobody
from desktop.services.drill_ticket import has_open_question

_FAR_MS = 2**52
_NOTED_EVERY_MS = 1_000
_SWEPT_EVERY_MS = 1_000
_SLEPT = "The computer slept."

#: Does something to a run at a monotonic reading.
Act = Callable[[int], object]


class KeepsRun(KeepsPictures, Protocol):
    """Where a run is kept; see `services/drill_record.py`."""

    def append(
        self,
        run_id: int,
        entries: Sequence[Entry],
        *,
        at: datetime,
        sim_ms: int,
        state: RunState | None = None,
    ) -> None:
        """Keep entries of the log, all or none."""
        ...

    def note_time(self, run_id: int, sim_ms: int) -> None:
        """Note how far the run has come."""
        ...


class DrillFloor:
    """Where a run is played. For one thread; the drill's clock alone may be read on others."""

    def __init__(
        self,
        record: KeepsRun,
        run_id: int,
        *,
        scenario: Scenario,
        desk: Desk,
        clock: StoryClock,
        base: Clock,
        sim_ms: int,
        player: Player = nobody,
    ) -> None:
        """Raises: DeskError when the run cannot be read."""
        self.record = record
        self.run_id = run_id
        self.desk = desk
        self.clock = clock
        self.base = base
        log = record.log(run_id)
        self.run = DrillRun(scenario, log, sim_ms)
        self.kept = len(log)
        self.effects = DrillEffects(desk, self.run.plan)
        self.outside = CapturedOutbox(desk)
        self._mirror = DrillMirror(desk, log)
        self._pictures = Pictures(record, run_id, Path(desk.store.path))
        self._player = player
        self.began_at: datetime | None = None
        self._told: RunState | None = None
        self._noted_ms = self._swept_ms = -_FAR_MS
        self._wake: tuple[int, datetime | None] = (-1, None)
        self._phase = self._phase_now() if log else ""
        self.clock.follow(self.run.pacer, None)
        self._carry_out()  # what was kept and not yet done when the program was killed

    # -- stepping
    def step(self, act: Act | None = None, *, is_pictured: bool = False) -> None:
        """Let the time pass up to now, then do something; with `is_pictured` take a picture before.

        Raises: whatever `act` raises; what has happened by then is kept all the same.
        """
        run = self.run
        moments: list[tuple[int, int]] = []
        # Whoever writes at the drill's desk stamps and commits under the same lock: nothing is overlooked.
        with self.desk.store.begin() as session:
            mono_ms = self.clock.hold()
            try:
                answered = not has_open_question(run)
                for event in self._mirror.fresh(session, answered):
                    self._tell(event, mono_ms)
                self._pass(mono_ms)
                if is_pictured:
                    moments.append((len(run.log), run.pacer.sim_ms))
                if act is not None:
                    act(mono_ms)
            finally:
                try:
                    self._keep(mono_ms, moments)
                finally:
                    self.clock.follow(run.pacer, self._horizon_ms())
        self._carry_out()
        self._look_after(mono_ms)

    def begin(self, seed: int, by: str) -> None:
        """Start the run; what was done at its desk before counts for nothing.

        Raises: DeskError when it was begun before.
        """
        if self.run.state.is_started:
            raise DeskError("The drill was started before.", hint="Resume it.")
        with self.desk.store.begin() as session:
            self._mirror.begin(session)
        self.began_at = self.base.now()
        self.step(lambda mono_ms: self.run.start(mono_ms, seed=seed, by=by))

    @property
    def state(self) -> RunState:
        """How far the run has come."""
        if self.run.state.is_ended:
            return RunState.ENDED
        if not self.run.state.is_started:
            return RunState.BRIEFING
        return RunState.PAUSED if self.run.is_paused else RunState.RUNNING

    @property
    def sim_ms(self) -> int:
        """The time of the drill as of the last step."""
        return self.run.pacer.sim_ms

    def _tell(self, event: Seen, mono_ms: int) -> None:
        """Take an event in at its own time, in case it came while the clock ran."""
        run = self.run
        if not run.state.is_started or run.state.is_ended:
            return
        at_ms = run.plan.sim_of(event.at, run.pacer.sim_ms)
        if run.pacer.is_running and at_ms > run.pacer.sim_ms:
            mono_ms = min(mono_ms, run.pacer.at_sim(at_ms).mono_ms)
            self._pass(mono_ms, is_whole=False)
        else:
            mono_ms = run.pacer.mono_ms
        if not run.state.is_ended:
            run.tell(mono_ms, event.kind, event.body, by=event.by)

    def _pass(self, mono_ms: int, *, is_whole: bool = True) -> None:
        """Let the time pass; a sleep of the machine is a pause from where the drill's clock stood still."""
        run = self.run
        anchor_ms = run.pacer.mono_ms
        slept = is_whole and run.pacer.is_running and mono_ms - anchor_ms > LONGEST_TICK_MS
        until_ms = anchor_ms + LONGEST_AHEAD_MS if slept else mono_ms
        while run.pacer.is_running:
            while self._player(run, run.pacer.mono_ms):
                pass
            at_ms = self._next_ms(run.sim_ms(until_ms))
            if at_ms is None:
                break
            run.advance(min(run.pacer.at_sim(at_ms).mono_ms, until_ms))
        if slept:
            run.pause(until_ms, reason=_SLEPT)
        else:
            run.advance(until_ms)

    def _next_ms(self, until_ms: int | None) -> int | None:
        """The next instant at which anything may change by itself."""
        run = self.run
        if run.state.is_ended or not run.state.is_started:
            return None
        far_ms = _FAR_MS if until_ms is None else until_ms
        known = [next_instant(run.state, run.pacer.sim_ms, far_ms)]
        if self._player is not nobody:
            end_ms = run.plan.scenario.pace.duration_s * 1000
            known.append(end_ms if run.pacer.sim_ms < end_ms <= far_ms else None)
        return min((at for at in known if at is not None), default=None)

    def _horizon_ms(self) -> int | None:
        return self._next_ms(None) if self.run.pacer.is_running else None

    # -- keeping
    def _keep(self, mono_ms: int, moments: Sequence[tuple[int, int]]) -> None:
        """Keep what is new; then pictures of what the desk is like before any of it is carried out."""
        run, fresh = self.run, self.run.log[self.kept :]
        state = self.state
        if fresh:
            self.record.append(
                self.run_id,
                fresh,
                at=self.base.now(),
                sim_ms=run.pacer.sim_ms,
                state=state if state is not self._told and state is not RunState.BRIEFING else None,
            )
            self.kept, self._told, self._noted_ms = len(run.log), state, mono_ms
        elif run.pacer.is_running and mono_ms - self._noted_ms >= _NOTED_EVERY_MS:
            self.record.note_time(self.run_id, run.pacer.sim_ms)
            self._noted_ms = mono_ms
        self._pictures.take([*moments, *self._moments(fresh)])

    def _moments(self, fresh: Sequence[Entry]) -> list[tuple[int, int]]:
        """From where another run may go on: decisions as they are put, the beginning of each phase."""
        found: list[tuple[int, int]] = []
        for entry in fresh:
            if entry.kind != Kind.FIRED:
                continue
            if self.run.plan.injects[str(entry.body["inject"])].decision is not None:
                found.append((entry.seq, entry.sim_ms))
        if self.run.state.is_started and not self.run.state.is_ended and self._phase != self._phase_now():
            self._phase = self._phase_now()
            found.append((len(self.run.log), self.run.log[-1].sim_ms))
        return found

    def _phase_now(self) -> str:
        return self.run.plan.scenario.phase_at(self.run.pacer.sim_ms // 1000)

    # -- what follows
    def _carry_out(self) -> None:
        """Do at the drill's desk what the kept entries want; what cannot be done is noted in the log."""
        entries = self.run.log[self.effects.seq : self.kept]
        refused = self.effects.carry_out(entries) if entries else []
        for inject, why in refused:
            body = {"text": f"{inject}: {why}", "refused": inject}
            self.run.tell(self.run.pacer.mono_ms, Kind.NOTED, body, by="Simulation")
        if refused:
            self._keep(self.run.pacer.mono_ms, ())

    def _look_after(self, mono_ms: int) -> None:
        """Let the alarms of the drill's desk ring when the story has come to them, and take pages over."""
        desk = self.desk
        revision = desk.store.revision()
        if self._wake[0] != revision:
            self.outside.take_over()
            self._wake = (desk.store.revision(), self.outside.next_at())
        at = self._wake[1]
        sim_ms = self.clock.sim_ms()
        if at is None or self.run.is_paused or sim_ms - self._swept_ms < _SWEPT_EVERY_MS:
            return
        if desk.clock.now() >= at:
            self._swept_ms = sim_ms
            self.outside.ring()
            self.outside.take_over()
            self._wake = (desk.store.revision(), self.outside.next_at())


def last_told_ms(desk: Desk, run_log: Sequence[Entry], scenario: Scenario, sim_ms: int) -> int:
    """How far a run has come at least: nothing at its desk lies later than this."""
    if not run_log:
        return sim_ms
    known_ms = max(sim_ms, run_log[-1].sim_ms)
    with desk.store.read() as session:
        _, at_us = rows.head(session)
    return max(known_ms, Plan(scenario).sim_of(from_us(at_us), known_ms)) if at_us else known_ms
