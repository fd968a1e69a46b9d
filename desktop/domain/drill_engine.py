"""Runs a drill by hand: what the trainer does, each command as entries of the log."""

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.domain.drill_deck import deck
from desktop.domain.drill_log import MOVED, Entry, Kind
from desktop.domain.drill_look import Standing, look
from desktop.domain.drill_pace import Pace
from desktop.domain.drill_words import RATINGS
from desktop.domain.errors import DeskError

#: How long an inject fired by mistake can be taken back.
LONGEST_RECALL_MS = 60_000
_OWN = frozenset(kind.value for kind in Kind if kind is not Kind.REPLIED)


class DrillRun(Pace):
    """One run of a scenario: its clock and the trainer's commands."""

    def jump_to_next(self, mono_ms: int, *, deadlines: str = MOVED, by: str = "") -> list[Entry]:
        """Go on at the time of the next inject.

        Raises: DeskError when none is to come.
        """
        now_ms = self.sim_ms(mono_ms)
        coming = [
            line.due_ms
            for line in look(self.state, now_ms).lines
            if line.standing is Standing.UPCOMING and line.due_ms is not None
        ]
        if not coming:
            raise DeskError("No further inject has a time.", hint="Fire one by hand, or end the drill.")
        return self.jump(mono_ms, min(coming), deadlines=deadlines, by=by)

    def fire(self, mono_ms: int, inject: str, *, by: str = "") -> list[Entry]:
        """Fire an inject now, paused or not.

        Raises: DeskError when it was fired.
        """
        begun = len(self.log)
        self._at_inject(mono_ms, inject, ("pending", "held", "recalled", "skipped"), "It was fired before.")
        self._tell(Kind.FIRED, {"inject": inject}, by)
        self._settle()
        return self.log[begun:]

    def skip(self, mono_ms: int, inject: str, reason: str, *, by: str = "") -> list[Entry]:
        """Leave an inject out.

        Raises: DeskError without a reason, or when it was fired.
        """
        if not reason.strip():
            raise DeskError("Say why it is left out.", field="reason", hint="The report shows it.")
        begun = len(self.log)
        self._at_inject(mono_ms, inject, ("pending", "held", "recalled"), "It was fired or skipped before.")
        self._tell(Kind.SKIPPED, {"inject": inject, "reason": reason.strip()}, by)
        self._settle()
        return self.log[begun:]

    def postpone(self, mono_ms: int, inject: str, to_ms: int, *, by: str = "") -> list[Entry]:
        """Give an inject another time to come.

        Raises: DeskError for a time that has passed, or when it was fired.
        """
        begun = len(self.log)
        self._at_inject(mono_ms, inject, ("pending", "held", "recalled"), "It was fired or skipped before.")
        if to_ms <= self._pacer.sim_ms:
            raise DeskError(
                "That time has passed.", field="to_ms", hint="Choose a later one, or fire it now."
            )
        self._tell(Kind.POSTPONED, {"inject": inject, "to_ms": to_ms}, by)
        return self.log[begun:]

    def hold(self, mono_ms: int, inject: str, *, by: str = "") -> list[Entry]:
        """Keep an inject back until it is fired by hand.

        Raises: DeskError when it was fired.
        """
        begun = len(self.log)
        self._at_inject(mono_ms, inject, ("pending",), "It does not wait any more.")
        self._tell(Kind.HELD, {"inject": inject, "reason": "held back"}, by)
        return self.log[begun:]

    def recall(self, mono_ms: int, inject: str, *, by: str = "") -> list[Entry]:
        """Take back an inject fired by mistake; it stays in the log as recalled.

        Raises: DeskError later than 60 s, or once players have acted on it.
        """
        begun = len(self.log)
        self._at_inject(mono_ms, inject, ("fired",), "Only what was fired can be recalled.")
        state = self.state.injects[inject]
        if self._pacer.sim_ms - (state.fired_ms or 0) > LONGEST_RECALL_MS:
            raise DeskError(
                "It was fired more than 60 s ago.", field="inject", hint="Tell the players aloud."
            )
        if self.is_acted_on(inject):
            raise DeskError("The players have acted on it.", field="inject", hint="Tell them aloud.")
        self._tell(Kind.RECALLED, {"inject": inject}, by)
        self._keep_pace()
        return self.log[begun:]

    def improvise(self, mono_ms: int, body: Mapping[str, Any], *, by: str = "") -> list[Entry]:
        """Send the players something nobody had written down: `body` has text, and perhaps from, to, channel.

        Raises: DeskError without a text.
        """
        if not str(body.get("body", "")).strip():
            raise DeskError("There is nothing to send.", field="body", hint="Write what the players get.")
        number = len(self.state.improvised) + 1
        return self.tell(mono_ms, Kind.IMPROVISED, {"inject": f"X{number}", **body}, by=by)

    def reply(self, mono_ms: int, inject: str, text: str, *, role: str = "", by: str = "") -> list[Entry]:
        """Keep what players answered to an inject, word for word; staff judge it.

        Raises: DeskError without words, while the clock stands still, or for what has not reached them.
        """
        if not text.strip():
            raise DeskError("The answer is empty.", field="text", hint="Write what you say to them.")
        self._must_run()
        if self.is_paused:
            raise DeskError("The drill is paused.", hint="Answer once it goes on.")
        known = inject in self.plan.injects and self.state.injects[inject].word == "fired"
        if not known and inject not in {str(each.body["inject"]) for each in self.state.improvised}:
            raise DeskError("That has not reached anybody.", field="inject")
        said = {"inject": inject, "text": text.strip()}
        return self.tell(mono_ms, Kind.REPLIED, said | ({"role": role} if role else {}), by=by)

    def ask_for(self, mono_ms: int, name: str, *, role: str = "", by: str = "") -> list[Entry]:
        """Keep that players asked for data they cannot open; whether they get it is for staff.

        Raises: DeskError while the clock stands still, or for data there is none of.
        """
        return self._say_of(mono_ms, "data.requested", name, self.plan.scenario.world.withheld, role, by)

    def doubt(self, mono_ms: int, dashboard: str, *, role: str = "", by: str = "") -> list[Entry]:
        """Keep that players took a dashboard for out of date.

        Raises: as `ask_for`.
        """
        boards = [str(each.get("id", "")) for each in self.plan.scenario.world.dashboards]
        return self._say_of(mono_ms, "data.doubted", dashboard, boards, role, by)

    def _say_of(
        self, mono_ms: int, kind: str, name: str, known: Sequence[str], role: str, by: str
    ) -> list[Entry]:
        self._must_run()
        if self.is_paused:
            raise DeskError("The drill is paused.", hint="Say it once it goes on.")
        if name not in known:
            raise DeskError(f"There is nothing called “{name}” in this drill.", field="name")
        return self.tell(mono_ms, kind, {"name": name} | ({"role": role} if role else {}), by=by)

    def tell(self, mono_ms: int, kind: str, body: Mapping[str, Any], *, by: str = "") -> list[Entry]:
        """Take in what happened: an event of the drill's desk, or what staff noted of an expectation.

        Raises: DeskError after the end.
        """
        if self.state.is_ended and kind not in (Kind.OBSERVED, Kind.OVERRIDDEN, Kind.NOTED):
            raise DeskError("The drill has ended.", hint="Nothing more counts.")
        self._must_know(body)
        begun = len(self.log)
        self.advance(mono_ms)
        self._tell(kind, body, by)
        if not self.state.is_ended:
            self._settle()
        return self.log[begun:]

    def override(
        self,
        mono_ms: int,
        expectation: str,
        reason: str,
        *,
        rating: str = "",
        t_s: int | None = None,
        by: str = "",
    ) -> list[Entry]:
        """Put a rating or a time in place of what was found; the score itself is never typed in.

        Raises: DeskError without a reason, or with neither.
        """
        if not reason.strip():
            raise DeskError("Say why it is adjusted.", field="reason", hint="The report shows it.")
        if rating not in ("", *RATINGS) or (t_s is not None and t_s < 0) or not (rating or t_s is not None):
            raise DeskError("Give a rating (P, S, M, U) or a time.", field="rating")
        body = {"expectation": expectation, "reason": reason.strip()}
        body |= {"rating": rating} if rating else {}
        return self.tell(mono_ms, Kind.OVERRIDDEN, body | ({} if t_s is None else {"t_s": t_s}), by=by)

    def hint(self, mono_ms: int, expectation: str, *, by: str = "") -> list[Entry]:
        """Show the players the next hint of an expectation; each one costs.

        Raises: DeskError when there is none left.
        """
        self._must_know({"expectation": expectation})
        hints = self.plan.expectations[expectation][1].hints
        shown = len(self.state.expectations[expectation].hints)
        if shown >= len(hints):
            raise DeskError("There is no further hint.", hint="Say it in your own words.")
        return self.tell(mono_ms, Kind.HINT, {"expectation": expectation, "text": hints[shown]}, by=by)

    def draw(self, mono_ms: int, *, by: str = "") -> list[Entry]:
        """Play the next complication of the deck that the seed has shuffled.

        Raises: DeskError when all were played.
        """
        left = [
            each for each in deck(self.plan.scenario, self.state.seed) if each not in self.state.complications
        ]
        if not left:
            raise DeskError("No complication is left to draw.", hint="Improvise one.")
        return self.tell(mono_ms, Kind.COMPLICATION, {"complication": left[0]}, by=by)

    def _must_know(self, body: Mapping[str, Any]) -> None:
        name = body.get("expectation")
        if name is not None and name not in self.plan.expectations:
            raise DeskError(f"There is no expectation “{name}”.", field="expectation")

    def _at_inject(self, mono_ms: int, inject: str, words: tuple[str, ...], otherwise: str) -> None:
        if inject not in self.plan.injects:
            raise DeskError(f"There is no inject “{inject}”.", field="inject")
        self._must_run()
        self.advance(mono_ms)
        if self.state.injects[inject].word not in words:
            raise DeskError(f"{inject}: {otherwise}", field="inject", hint="Recall it first.")

    def is_acted_on(self, inject: str) -> bool:
        """Whether the players have done anything about an inject since it was fired."""
        decision = self.plan.injects[inject].decision
        if decision is not None and self.state.decisions[decision.id].option:
            return True
        for one in self.plan.injects[inject].expect:
            seen = self.state.seen(one.id)
            if seen is not None and not seen.is_early:
                return True
        fired_seq = self.state.injects[inject].fired_seq
        return any(
            entry.body.get("inject") == inject and entry.kind not in _OWN for entry in self.log[fired_seq:]
        )
