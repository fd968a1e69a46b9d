"""Lets a drill's time pass: every tick becomes entries of the log, and nothing else.

All times are readings of a monotonic clock in milliseconds. What a method gives are the new entries, to be
stored before anything is shown; the state is what the log comes to, so that a drill goes on from its log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.domain.drill_due import decision_ends_ms, due_of
from desktop.domain.drill_fold import apply, replayed
from desktop.domain.drill_log import MISSED, MOVED, NOT_EXERCISED, Entry, Kind
from desktop.domain.drill_look import Look, look, next_instant
from desktop.domain.drill_pacer import Pacer
from desktop.domain.drill_plan import Plan
from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_state import RunState
from desktop.domain.drill_words import OnOverdue
from desktop.domain.errors import DeskError

#: A pause of the ticks longer than this was a sleep of the machine: the drill stood still meanwhile.
LONGEST_TICK_MS = 5_000


class Pace:
    """The clock of a run and what happens by itself; `log` is all there is to keep of it."""

    def __init__(self, scenario: Scenario, log: Sequence[Entry] = (), sim_ms: int = 0) -> None:
        """Take up a log where it ends, paused; an empty one has still to be started.

        `sim_ms` is how far the drill was known to have come after the last entry.
        """
        self.plan = Plan(scenario)
        self.log: list[Entry] = list(log)
        self.state: RunState = replayed(self.plan, self.log)
        self._pacer = Pacer(max(self.state.sim_ms, sim_ms), speed=self.state.speed)

    @property
    def is_paused(self) -> bool:
        """Whether the drill's clock stands still."""
        return not self._pacer.is_running

    @property
    def pacer(self) -> Pacer:
        """The drill's clock as it was last anchored."""
        return self._pacer

    def sim_ms(self, mono_ms: int) -> int:
        """The drill's time at a reading, without anything happening."""
        return self._pacer.sim_at(mono_ms)

    def look(self, mono_ms: int) -> Look:
        """What is due at a reading, without anything happening."""
        return look(self.state, self.sim_ms(mono_ms))

    def start(self, mono_ms: int, *, seed: int = 0, by: str = "") -> list[Entry]:
        """Begin at the drill's zero.

        Raises: DeskError when it was begun before.
        """
        if self.state.is_started or self.state.is_ended:
            raise DeskError("The drill was started before.", hint="Resume it.")
        begun = len(self.log)
        scenario = self.plan.scenario
        self._tell(Kind.STARTED, {"scenario": scenario.id, "version": scenario.version, "seed": seed}, by)
        self._pacer = Pacer(0, mono_ms, 1, is_running=True)
        self._settle()
        return self.log[begun:]

    def tick(self, mono_ms: int) -> list[Entry]:
        """Let the time pass; after a sleep of the machine the drill stands paused where it fell asleep."""
        if self._pacer.is_running and mono_ms - self._pacer.mono_ms > LONGEST_TICK_MS:
            return self._pause("The computer slept.", "")
        return self.advance(mono_ms)

    def advance(self, mono_ms: int) -> list[Entry]:
        """Let everything happen that is due up to a reading, each thing stamped with its own time."""
        begun = len(self.log)
        while self._pacer.is_running:
            until_ms = self._pacer.sim_at(mono_ms)
            at_ms = next_instant(self.state, self._pacer.sim_ms, until_ms)
            if at_ms is None:
                self._pacer = self._pacer.at(mono_ms)
                break
            self._pacer = self._pacer.at_sim(at_ms)
            self._settle()
        return self.log[begun:]

    def pause(self, mono_ms: int, *, by: str = "", reason: str = "") -> list[Entry]:
        """Let the clock stand still."""
        made = self.advance(mono_ms)
        return made + (self._pause(reason, by) if self._pacer.is_running else [])

    def resume(self, mono_ms: int, *, by: str = "") -> list[Entry]:
        """Let the clock run on from where it stood.

        Raises: DeskError where it cannot run.
        """
        self._must_run()
        begun = len(self.log)
        if not self._pacer.is_running:
            if self.state.is_running:  # the program had gone without a word: what passed meanwhile is a pause
                self._tell(Kind.PAUSED, {"reason": "The program had stopped."})
            self._tell(Kind.RESUMED, {}, by)
            self._pacer = replace(self._pacer, mono_ms=mono_ms, is_running=True)
            self._settle()
        return self.log[begun:]

    def set_speed(self, mono_ms: int, speed: int, *, by: str = "") -> list[Entry]:
        """Choose a speed; while a player has a deadline the drill keeps to 1 where the scenario says so.

        Raises: DeskError for a speed that the scenario does not know.
        """
        if speed not in self.plan.scenario.pace.speeds:
            known = ", ".join(str(each) for each in self.plan.scenario.pace.speeds)
            raise DeskError(f"This drill cannot run at {speed}.", field="speed", hint=f"It runs at {known}.")
        self._must_run()
        begun = len(self.log)
        self.advance(mono_ms)
        if speed != self.state.chosen_speed:
            self._tell(Kind.SPEED, {"speed": self._fitting(speed), "chosen": speed}, by)
            self._pacer = replace(self._pacer, speed=self.state.speed)
        return self.log[begun:]

    def jump(self, mono_ms: int, to_ms: int, *, deadlines: str = MOVED, by: str = "") -> list[Entry]:
        """Go on at a later time; what would have fired by the way is held, or fired where the scenario says.

        `deadlines` says what becomes of those open: moved, not_exercised or missed.
        Raises: DeskError for a time that has passed.
        """
        self._must_run()
        begun = len(self.log)
        self.advance(mono_ms)
        now_ms = self._pacer.sim_ms
        if to_ms <= now_ms or deadlines not in (MOVED, NOT_EXERCISED, MISSED):
            raise DeskError("A drill jumps forward only.", field="to_ms", hint="Choose a later time.")
        passed = [
            (due, i, inject.id)
            for i, inject in enumerate(self.plan.scenario.injects)
            if self.state.injects[inject.id].word == "pending" and self._fires_by(inject.id, to_ms)
            if (due := due_of(self.state, inject)) is not None and now_ms < due < to_ms
        ]
        self._tell(Kind.JUMPED, {"to_ms": to_ms, "deadlines": deadlines}, by)
        self._pacer = replace(self._pacer, sim_ms=to_ms, mono_ms=mono_ms)
        if self.plan.scenario.pace.on_overdue is OnOverdue.HOLD:
            for _, _, name in sorted(passed):
                self._tell(Kind.HELD, {"inject": name, "reason": "passed by a jump"})
        self._settle()
        return self.log[begun:]

    def end(self, mono_ms: int, *, by: str = "", reason: str = "") -> list[Entry]:
        """End the drill; nothing counts afterwards but what staff say of it."""
        if self.state.is_ended:
            return []
        begun = len(self.log)
        self.advance(mono_ms)
        self._tell(Kind.ENDED, {"reason": reason} if reason else {}, by)
        self._pacer = replace(self._pacer, is_running=False)
        return self.log[begun:]

    def _tell(self, kind: str, body: Mapping[str, Any], by: str = "") -> None:
        entry = Entry(len(self.log) + 1, self._pacer.sim_ms, str(kind), dict(body), by)
        self.log.append(entry)
        apply(self.state, entry)

    def _pause(self, reason: str, by: str) -> list[Entry]:
        begun = len(self.log)
        self._tell(Kind.PAUSED, {"reason": reason} if reason else {}, by)
        self._pacer = replace(self._pacer, is_running=False)
        return self.log[begun:]

    def _settle(self) -> None:
        """Let everything happen that is due now, and everything that follows from it at once."""
        while not self.state.is_ended:
            now = look(self.state, self._pacer.sim_ms)
            if now.effects:
                for each in now.effects:
                    effect = self.plan.effects[each.inject][each.number]
                    said = {"effect": effect.kind, "value": effect.value}
                    self._tell(Kind.EFFECT, {"inject": each.inject, "number": each.number, **said})
            elif now.decisions:
                name = min(now.decisions, key=lambda each: decision_ends_ms(self.state, each))
                default = self.plan.decisions[name][1].default
                self._tell(Kind.DEFAULTED, {"decision": name, "option": default})
            elif now.to_fire and self._pacer.is_running:
                self._tell(Kind.FIRED, {"inject": now.to_fire[0]})
            else:
                break
        self._keep_pace()

    def _keep_pace(self) -> None:
        if self.state.is_ended or not self._pacer.is_running:
            return
        speed = self._fitting(self.state.chosen_speed)
        if speed != self.state.speed:
            why = "a deadline is open" if speed == 1 else "no deadline is open"
            self._tell(Kind.SPEED, {"speed": speed, "chosen": self.state.chosen_speed, "why": why})
            self._pacer = replace(self._pacer, speed=speed)

    def _fitting(self, chosen: int) -> int:
        if not self.plan.scenario.pace.auto_slow or chosen == 1:
            return chosen
        now = look(self.state, self._pacer.sim_ms)
        return 1 if now.deadlines or now.open_decisions else chosen

    def _fires_by(self, inject: str, to_ms: int) -> bool:
        lines = {line.inject: line for line in look(self.state, to_ms).lines}
        return lines[inject].fires_itself

    def _must_run(self) -> None:
        if not self.state.is_started or self.state.is_ended:
            said = "has ended" if self.state.is_ended else "has not begun"
            raise DeskError(f"The drill {said}.", hint="Start a run.")
