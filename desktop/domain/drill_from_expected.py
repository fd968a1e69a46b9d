"""What is expected of the players, hung on what happens to them: by when, and what it took."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop.domain.drill_benchmark import Benchmark, benchmark_line
from desktop.domain.drill_condition import Is
from desktop.domain.drill_from_acts import ACTS, Act
from desktop.domain.drill_from_draft import Draft, Numbers
from desktop.domain.drill_from_events import As, Line
from desktop.domain.drill_from_time import Pressed
from desktop.domain.drill_from_words import Voice, length_of
from desktop.domain.drill_scenario import After, Effect, Expectation, Inject, Match
from desktop.domain.drill_words import Channel, Evidence, InjectType, Trigger

_SHORTEST_S = 60
_LEAST_GRACE_S, _MOST_GRACE_S = 120, 900
_MOST_INTERVAL_S = 1_200
#: Events whose words are a note of their own, or only a name.
_TOLD_ELSEWHERE = frozenset(
    ("escalation.contained", "escalation.resolved", "escalation.assigned", "escalation.reassigned")
)


class Expecting:
    """Hangs expectations, notes and data on the drafts; `due_of` tells when the policy wants an act."""

    def __init__(
        self,
        drafts: list[Draft],
        time: Pressed,
        voice: Voice,
        numbers: Numbers,
        due_of: Callable[[Line], int],
    ) -> None:
        self._drafts = drafts
        self._time = time
        self._voice = voice
        self._numbers = numbers
        self._due_of = due_of
        self._told = [draft for draft in drafts if draft.inject.type is not InjectType.ADMIN]
        self._last_update: tuple[str, Line] | None = None
        self._every_s = _MOST_INTERVAL_S
        self.withheld: list[str] = []

    def take(self, lines: Sequence[Line]) -> None:
        """Every line that is not an inject of its own."""
        for line in lines:
            if line.becomes is As.EXPECTATION and line.act == "next_update":
                self._expect_next(line)
            elif line.becomes is As.EXPECTATION:
                self._expect(line)
            elif line.becomes is As.DATA:
                self._withhold(line)
            elif line.becomes is As.NOTE:
                self._note(line)
        for draft in self._drafts:
            if draft.decides:
                self._expect_choice(draft)

    # ---- expectations

    def _expect(self, line: Line) -> None:
        act = ACTS[line.act]
        due_s = self._due_of(line)
        draft = self._told[0] if due_s else self._before(line)
        begin_s = draft.inject.at_s or 0
        deadline_s = max(_SHORTEST_S, self._time.sim_s(due_s) - begin_s) if due_s else act.deadline_s
        one = self._expectation(act, deadline_s)
        draft.expect.append(one)
        real_s = max(0, self._time.sim_s(line.at_s) - begin_s) if line.is_done else None
        by_clock = f"; by the clock the policy gives {length_of(due_s)}" if due_s else ""
        draft.source.append(benchmark_line(one.id, Benchmark(deadline_s, real_s)) + by_clock)
        if line.act == "first_update":
            self._last_update = (one.id, line)
            self._every_s = due_s or _MOST_INTERVAL_S
        if line.is_done and line.text and line.kind not in _TOLD_ELSEWHERE:
            self._note(line)

    def _expect_next(self, line: Line) -> None:
        """What the team itself has promised comes back at it."""
        if self._last_update is None:
            return
        ref, before = self._last_update
        home = next(draft for draft in self._drafts for one in draft.expect if one.id == ref)
        one = self._expectation(ACTS[line.act], ACTS[line.act].deadline_s)
        inject = Inject(
            id=self._numbers.next("I"), phase=home.inject.phase, type=InjectType.EXPECTED_ACTION,
            trigger=Trigger.CONDITIONAL, channel=Channel.NONE,
            after=After("expectation", ref, "next_update_at", min(self._every_s, _MOST_INTERVAL_S)),
            when=Is("expectation", ref, ("met", "late")), body="The next word to the customer falls due.",
        )  # fmt: skip
        draft = Draft(inject, line.at_s, expect=[one])
        due_s = self._time.sim_s(before.at_s + self._every_s)
        real_s = max(0, self._time.sim_s(line.at_s) - due_s)  # what came early came in time
        draft.source.append(benchmark_line(one.id, Benchmark(one.deadline_s, real_s)))
        self._drafts.append(draft)
        self._last_update = (one.id, line)
        self._note(line)

    def _expect_choice(self, draft: Draft) -> None:
        decision = draft.inject.decision
        if decision is None:
            return
        one = self._expectation(ACTS["decide"], decision.deadline_s)
        draft.expect.append(replace(one, match=Match("decision.recorded", {"decision": decision.id})))
        draft.source.append(benchmark_line(one.id, Benchmark(one.deadline_s, 0)))

    def _expectation(self, act: Act, deadline_s: int) -> Expectation:
        grace_s = min(max(deadline_s // 120 * 60, _LEAST_GRACE_S), _MOST_GRACE_S)
        return Expectation(
            id=self._numbers.next("E"), text=act.text, competence=act.competence, role=act.role,
            evidence=Evidence.EITHER if act.event else Evidence.MANUAL, weight=act.weight,
            match=Match(act.event, dict(act.where)) if act.event else None, deadline_s=deadline_s,
            grace_s=grace_s, critical=act.critical, checks=act.checks, gap=act.gap,
        )  # fmt: skip

    # ---- what only staff read, and data that come late

    def _note(self, line: Line) -> None:
        if text := self._voice.staff(line.text):
            who = self._voice.staff(line.who, 80)
            by = f" ({who})" if who and line.kind != "policy" else ""
            self._before(line).notes.append(f"Then, {length_of(line.at_s)} in{by}: {text}")

    def _withhold(self, line: Line) -> None:
        name = self._voice.line(line.file or line.subject or line.text, 60) or "data"
        name = name if name not in self.withheld else f"{name} {len(self.withheld) + 1}"
        self.withheld.append(name)
        first = self._told[0]
        first.effects.append(Effect("release_data", name, max(0, self._time.sim_s(line.at_s))))
        if line.text != line.file:
            self._before(line).notes.append(f"In {name}: {self._voice.staff(line.text)}")

    def _before(self, line: Line) -> Draft:
        """What happened last before a line, the first where nothing had yet."""
        return next((draft for draft in reversed(self._told) if draft.story_s <= line.at_s), self._told[0])
