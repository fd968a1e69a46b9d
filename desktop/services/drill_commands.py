"""What a trainer and a scribe do to a running drill: its clock, its injects, what they see."""

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.domain.drill_engine import DrillRun
from desktop.domain.drill_log import MOVED, Kind
from desktop.domain.drill_look import Standing, look
from desktop.domain.errors import DeskError
from desktop.services.drill_floor import DrillFloor
from desktop.services.drill_solo import next_hint


class DrillCommands:
    """The commands on one run; each is kept before it returns. `by` is a name."""

    _floor: DrillFloor
    _seed: int

    # -- time
    def start(self, by: str) -> None:
        """Begin at the drill's zero."""
        self._floor.begin(self._seed, by)

    def pause(self, by: str, reason: str = "") -> None:
        """Let everything stand still."""
        self._floor.step(lambda mono_ms: self._floor.run.pause(mono_ms, by=by, reason=reason))

    def resume(self, by: str) -> None:
        """Go on from where it stands."""
        self._floor.step(lambda mono_ms: self._floor.run.resume(mono_ms, by=by))

    def set_speed(self, n: int, by: str) -> None:
        """Choose a speed."""
        self._floor.step(lambda mono_ms: self._floor.run.set_speed(mono_ms, n, by=by))

    def jump(self, to_ms: int, by: str, deadlines: str = MOVED) -> None:
        """Go on at a later time; `deadlines` are moved, not_exercised or missed."""
        self._floor.step(lambda mono_ms: self._floor.run.jump(mono_ms, to_ms, deadlines=deadlines, by=by))

    def jump_to_next(self, by: str, deadlines: str = MOVED) -> None:
        """Go on at the time of the next inject."""
        self._floor.step(lambda mono_ms: self._floor.run.jump_to_next(mono_ms, deadlines=deadlines, by=by))

    # -- injects
    def fire(self, inject: str, by: str) -> None:
        """Fire an inject now, paused or not."""
        self._floor.step(lambda mono_ms: self._floor.run.fire(mono_ms, inject, by=by))

    def fire_next(self, by: str) -> None:
        """Fire what waits longest: ready or held, else the next one to come."""
        self.fire(next_inject(self._floor.run, self._floor.sim_ms), by)

    def skip(self, inject: str, reason: str, by: str) -> None:
        """Leave an inject out."""
        self._floor.step(lambda mono_ms: self._floor.run.skip(mono_ms, inject, reason, by=by))

    def hold(self, inject: str, by: str) -> None:
        """Keep an inject back."""
        self._floor.step(lambda mono_ms: self._floor.run.hold(mono_ms, inject, by=by))

    def postpone(self, inject: str, to_ms: int, by: str) -> None:
        """Give an inject another time."""
        self._floor.step(lambda mono_ms: self._floor.run.postpone(mono_ms, inject, to_ms, by=by))

    def recall(self, inject: str, by: str) -> None:
        """Take back an inject fired by mistake, with the ticket it opened."""
        self._floor.step(lambda mono_ms: self._floor.run.recall(mono_ms, inject, by=by))

    def improvise(
        self,
        by: str,
        *,
        channel: str = "verbal",
        source: str = "",
        to: Sequence[str] = (),
        subject: str = "",
        body: str = "",
    ) -> None:
        """Send the players something nobody had written down."""
        said = {"channel": channel, "from": source, "to": list(to), "subject": subject, "body": body}
        self._floor.step(lambda mono_ms: self._floor.run.improvise(mono_ms, said, by=by))

    def reply(self, inject: str, text: str, by: str, *, role: str = "") -> None:
        """Keep what players answered to an inject."""
        self._floor.step(lambda mono_ms: self._floor.run.reply(mono_ms, inject, text, role=role, by=by))

    def ask_for(self, name: str, by: str, *, role: str = "") -> None:
        """Keep that players asked for withheld data."""
        self._floor.step(lambda mono_ms: self._floor.run.ask_for(mono_ms, name, role=role, by=by))

    def doubt(self, dashboard: str, by: str, *, role: str = "") -> None:
        """Keep that players took a dashboard for out of date."""
        self._floor.step(lambda mono_ms: self._floor.run.doubt(mono_ms, dashboard, role=role, by=by))

    def draw(self, by: str) -> None:
        """Play the next complication of the shuffled deck."""
        self._floor.step(lambda mono_ms: self._floor.run.draw(mono_ms, by=by))

    # -- what is seen
    def hint(self, expectation: str = "", by: str = "") -> None:
        """Show the players the next hint of an expectation; without one, of what is open and due first."""

        def show(mono_ms: int) -> None:
            self._floor.run.hint(mono_ms, expectation or next_hint(self._floor.run), by=by)

        self._floor.step(show)

    def observe(
        self,
        expectation: str,
        by: str,
        *,
        at_s: int | None = None,
        ok: Sequence[str] | None = None,
        unseen: Sequence[str] = (),
        rating: str = "",
        violated: bool | None = None,
    ) -> None:
        """Note that an expectation was met, at an earlier second of the drill if `at_s` says so."""
        if rating not in ("", "P", "S", "M", "U"):
            raise DeskError("A rating is P, S, M or U.", field="rating")
        if at_s is not None and not 0 <= at_s * 1000 <= self._floor.sim_ms:
            raise DeskError(
                "That is no time of this drill so far.", field="at_s", hint="Give an earlier one."
            )
        said: dict[str, Any] = {"at_s": at_s, "ok": None if ok is None else list(ok), "violated": violated}
        body = {name: value for name, value in said.items() if value is not None}
        body |= {"unseen": list(unseen)} if unseen else {}
        body |= {"rating": rating} if rating else {}
        self._observed(expectation, body, by)

    def withdraw(self, expectation: str, by: str) -> None:
        """Take back what was noted of an expectation."""
        self._observed(expectation, {"withdrawn": True}, by)

    def override(
        self, expectation: str, reason: str, by: str, *, rating: str = "", t_s: int | None = None
    ) -> None:
        """Put a rating or a time in place of what was found; the number itself is never typed."""
        run = self._floor.run
        self._floor.step(
            lambda mono_ms: run.override(mono_ms, expectation, reason, rating=rating, t_s=t_s, by=by)
        )
        self._rescore(by)

    def _observed(self, expectation: str, said: Mapping[str, Any], by: str) -> None:
        body = {"expectation": expectation, **said}
        self._floor.step(lambda mono_ms: self._floor.run.tell(mono_ms, Kind.OBSERVED, body, by=by))
        self._rescore(by)

    def _rescore(self, by: str) -> None:
        """What staff say after the end makes another result."""
        raise NotImplementedError


def next_inject(run: DrillRun, sim_ms: int) -> str:
    """What waits longest for a person to fire it, else the next one to come.

    Raises: DeskError when nothing is left.
    """
    lines = look(run.state, sim_ms).lines
    for standings in ((Standing.READY, Standing.HELD), (Standing.UPCOMING,)):
        found = [line for line in lines if line.standing in standings and line.due_ms is not None]
        if found:
            return min(found, key=lambda line: line.due_ms or 0).inject
    raise DeskError("Nothing is left to fire.", hint="Improvise something, or end the drill.")
