"""A drill at the console without a desk behind it: the real engine, its log in memory, time by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from desktop.domain.drill_due import decision_ends_ms
from desktop.domain.drill_engine import DrillRun
from desktop.domain.drill_log import Entry, Kind
from desktop.domain.drill_look import Line, Standing, look
from desktop.domain.drill_record import NoteKind, RunMode, Seat
from desktop.domain.drill_scenario import Expectation, Inject, Scenario
from desktop.domain.drill_score import DrillScore, score_run
from desktop.domain.drill_view import (
    CheckLine,
    DecisionLine,
    DrillView,
    ExpectationLine,
    FeedLine,
    InjectLine,
    PlayerView,
)
from desktop.domain.drill_words import Status
from tests.domain.drills import charged_twice

MINUTE = 60_000
SECOND = 1000
_STAFF = {Kind.OBSERVED, Kind.OVERRIDDEN, Kind.HINT, Kind.NOTED}


@dataclass(frozen=True)
class BothViews:
    """Both views of a moment."""

    trainer: DrillView
    player: PlayerView


@dataclass
class MemoryDirector:
    """Directs one run as the desk's own director does; `mono_ms` is moved by hand."""

    scenario: Scenario = field(default_factory=charged_twice)
    mode: RunMode = RunMode.TABLE
    run_id: int = 7
    mono_ms: int = 0
    calls: list[tuple[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.run = DrillRun(self.scenario)
        self.stopped = False

    # -- time
    def later(self, ms: int) -> None:
        """Let that much of the wall's time pass, in steps as the beats do."""
        until = self.mono_ms + ms
        while self.mono_ms < until:
            self.mono_ms = min(self.mono_ms + 4000, until)
            self.run.tick(self.mono_ms)

    def tick(self) -> None:
        if self.run.state.is_started:
            self.run.tick(self.mono_ms)

    # -- commands
    def start(self, by: str) -> None:
        self.run.start(self.mono_ms, seed=3, by=by)

    def pause(self, by: str, reason: str = "") -> None:
        self.run.pause(self.mono_ms, by=by, reason=reason)

    def resume(self, by: str) -> None:
        self.run.resume(self.mono_ms, by=by)

    def set_speed(self, n: int, by: str) -> None:
        self.run.set_speed(self.mono_ms, n, by=by)

    def jump(self, to_ms: int, by: str, deadlines: str = "moved") -> None:
        self.run.jump(self.mono_ms, to_ms, deadlines=deadlines, by=by)

    def jump_to_next(self, by: str, deadlines: str = "moved") -> None:
        self.run.jump_to_next(self.mono_ms, deadlines=deadlines, by=by)

    def fire(self, inject: str, by: str) -> None:
        self.run.fire(self.mono_ms, inject, by=by)

    def fire_next(self, by: str) -> None:
        lines = self.run.look(self.mono_ms).lines
        wanted = (Standing.READY, Standing.HELD, Standing.UPCOMING)
        coming = [each for each in lines if each.standing in wanted and each.due_ms is not None]
        self.fire(min(coming, key=lambda each: each.due_ms or 0).inject, by)

    def skip(self, inject: str, reason: str, by: str) -> None:
        self.run.skip(self.mono_ms, inject, reason, by=by)

    def hold(self, inject: str, by: str) -> None:
        self.run.hold(self.mono_ms, inject, by=by)

    def postpone(self, inject: str, to_ms: int, by: str) -> None:
        self.run.postpone(self.mono_ms, inject, to_ms, by=by)

    def recall(self, inject: str, by: str) -> None:
        self.run.recall(self.mono_ms, inject, by=by)

    def improvise(
        self, by: str, *, channel: str, source: str, to: Sequence[str], subject: str, body: str
    ) -> None:
        said = {"channel": channel, "from": source, "to": list(to), "subject": subject, "body": body}
        self.run.improvise(self.mono_ms, said, by=by)

    def draw(self, by: str) -> None:
        self.run.draw(self.mono_ms, by=by)

    def hint(self, expectation: str, by: str) -> None:
        self.run.hint(self.mono_ms, expectation, by=by)

    def observe(self, expectation: str, by: str, **said: Any) -> None:
        body = {key: value for key, value in said.items() if value not in (None, "")}
        self.run.tell(self.mono_ms, Kind.OBSERVED, {"expectation": expectation, **body}, by=by)

    def withdraw(self, expectation: str, by: str) -> None:
        self.run.tell(self.mono_ms, Kind.OBSERVED, {"expectation": expectation, "withdrawn": True}, by=by)

    def override(
        self, expectation: str, reason: str, by: str, *, rating: str = "", t_s: int | None = None
    ) -> None:
        self.run.override(self.mono_ms, expectation, reason, rating=rating, t_s=t_s, by=by)

    def decide(
        self, decision: str, option: str, by: str, *, role: str, approver: str = "", reason: str = ""
    ) -> None:
        said = {
            "decision": decision,
            "option": option,
            "role": role,
            "approver": approver,
            "rationale": reason,
        }
        self.run.tell(self.mono_ms, "decision.recorded", said, by=by)

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
        said = {"text": text, "kind": str(kind), "rating": rating, "links": list(links), "gap": as_gap}
        self.run.tell(self.mono_ms, Kind.NOTED, said, by=by)

    def end(self, by: str, reason: str = "") -> None:
        self.run.end(self.mono_ms, by=by, reason=reason)

    def stop_for_real(self, by: str = "") -> None:
        self.stopped = True
        self.run.end(self.mono_ms, by=by, reason="REAL EVENT")

    # -- what is there
    def entries(self, kind: str) -> list[Entry]:
        """The log's entries of a kind."""
        return [each for each in self.run.log if each.kind == kind]

    def pulse(self) -> BothViews:
        return BothViews(view_of(self), player_of(self))


def player_of(director: MemoryDirector) -> PlayerView:
    scenario, sim_ms = director.scenario, director.run.sim_ms(director.mono_ms)
    return PlayerView(
        director.run_id, scenario.title, scenario.summary, director.mode, state_of(director), sim_ms,
        director.run.plan.story_at(sim_ms), scenario.pace.duration_s * 1000, "DRILL", "No duff", (), "",
    )  # fmt: skip


def state_of(director: MemoryDirector) -> str:
    state = director.run.state
    if state.is_ended:
        return "ENDED"
    if not state.is_started:
        return "BRIEFING"
    return "PAUSED" if director.run.is_paused else "RUNNING"


def view_of(director: MemoryDirector) -> DrillView:
    run, scenario = director.run, director.scenario
    sim_ms = run.sim_ms(director.mono_ms)
    now = look(run.state, sim_ms)
    score = score_run(run.state)
    notes = director.entries(Kind.NOTED)
    slow = run.state.speed < run.state.chosen_speed
    duration_ms = scenario.pace.duration_s * 1000
    return DrillView(
        run_id=director.run_id, title=scenario.title, mode=director.mode, state=state_of(director),
        sim_ms=sim_ms, story_at=run.plan.story_at(sim_ms), duration_ms=duration_ms,
        speed=run.state.speed, chosen_speed=run.state.chosen_speed, speeds=scenario.pace.speeds,
        slow_why="a deadline is open" if slow else "",
        behind_ms=now.behind_ms, overrun_ms=max(sim_ms - duration_ms, 0),
        phase=scenario.phase_at(sim_ms // 1000),
        phases=tuple((each.id, each.title, each.from_s * 1000) for each in scenario.phases),
        injects=tuple(inject_line(director, line, sim_ms) for line in now.lines) + improvised(director),
        expectations=tuple(
            expectation_line(director, inject, one, score) for inject, one in scenario.expectations()
        ),
        decisions=tuple(decision_line(director, inject) for inject in scenario.injects if inject.decision),
        feed=tuple(feed_line(director, each) for each in run.log),
        score=score,
        seats=tuple(Seat(each.id, each.title, "", is_staff=each.staff) for each in scenario.roles),
        complications_left=len(scenario.complications) - len(run.state.complications),
        started_at=datetime(2026, 11, 24, 9, 10, tzinfo=UTC),
        noted_gaps=tuple((each.body["gap"], each.body["text"]) for each in notes if each.body["gap"]),
    )  # fmt: skip


def inject_line(director: MemoryDirector, line: Line, sim_ms: int) -> InjectLine:
    run, inject = director.run, director.run.plan.injects[line.inject]
    state, filled = run.state.injects[inject.id], director.scenario.filled
    fired_ms = state.fired_ms if state.word == "fired" else None
    return InjectLine(
        id=inject.id, title=filled(inject.subject or inject.body or inject.id)[:80], standing=line.standing,
        due_ms=line.due_ms, fired_ms=fired_ms, phase=inject.phase, channel=str(inject.channel),
        type=str(inject.type), source=filled(inject.source_from), to=inject.to,
        subject=filled(inject.subject),
        body=filled(inject.body), notes=filled(inject.notes), red_flags=inject.red_flags,
        condition="when D1 is stop" if inject.when else "", reason=state.reason,
        decision=inject.decision.id if inject.decision else "",
        expectations=tuple(each.id for each in inject.expect), artifact=inject.artifact,
        can_recall=fired_ms is not None and sim_ms - fired_ms <= MINUTE,
    )  # fmt: skip


def improvised(director: MemoryDirector) -> tuple[InjectLine, ...]:
    return tuple(
        InjectLine(
            each.body["inject"], each.body["subject"] or each.body["body"], Standing.FIRED, each.sim_ms,
            each.sim_ms, "", each.body["channel"], "standard", each.body["from"], tuple(each.body["to"]),
            each.body["subject"], each.body["body"], is_improvised=True,
        )
        for each in director.run.state.improvised
    )  # fmt: skip


def expectation_line(
    director: MemoryDirector, inject: Inject, one: Expectation, score: DrillScore
) -> ExpectationLine:
    run = director.run
    state, fired_ms = run.state.expectations[one.id], run.state.fired_ms(inject.id)
    found = next(each for each in score.expectations if each.id == one.id)
    seen = run.state.seen(one.id)
    word = str(found.status)
    if found.status is Status.NOT_EXERCISED and not state.closed:
        word = "waiting"
    elif found.status is Status.MISSED and run.state.is_open(one.id, run.sim_ms(director.mono_ms)):
        word = "open"
    known = {check.id: check.is_ok for check in found.checks}
    credit = state.credit_ms
    return ExpectationLine(
        id=one.id, inject=inject.id, number=inject.expect.index(one) + 1, text=one.text, role=one.role,
        competence=one.competence, state=word, evidence=str(one.evidence), from_ms=fired_ms,
        deadline_ms=fired_ms + credit + one.deadline_s * 1000 if fired_ms is not None else None,
        grace_ms=fired_ms + credit + (one.deadline_s + one.grace_s) * 1000 if fired_ms is not None else None,
        seen_ms=seen.sim_ms if seen else None,
        checks=tuple(CheckLine(c.id, c.text, c.weight, known.get(c.id), bool(c.auto)) for c in one.checks),
        rating=found.rating, score=found.score if word not in ("waiting", "open") else None,
        gap=one.gap.code if one.gap else "", hints_shown=len(state.hints), hints=one.hints,
        is_critical=one.critical, is_negative=one.negative, is_by_staff=state.observed is not None,
    )  # fmt: skip


def decision_line(director: MemoryDirector, inject: Inject) -> DecisionLine:
    run, point = director.run, inject.decision
    assert point is not None
    state, is_fired = run.state.decisions[point.id], run.state.fired_ms(inject.id) is not None
    title = next((each.title for each in director.scenario.roles if each.id == point.role), point.role)
    return DecisionLine(
        point.id, inject.id, point.question, point.role, title,
        tuple((each.id, each.label) for each in point.options), point.default,
        decision_ends_ms(run.state, point.id) if is_fired else None, state.option, state.by,
        state.is_defaulted, is_fired and not state.option,
    )  # fmt: skip


def feed_line(director: MemoryDirector, entry: Entry) -> FeedLine:
    plan, body = director.run.plan, entry.body
    tone = "player"
    if entry.kind.startswith("inject."):
        tone = "inject"
    elif entry.kind.startswith(("clock.", "run.", "effect.")):
        tone = "clock"
    elif entry.kind in _STAFF:
        tone = "staff"
    about = str(
        body.get("inject") or body.get("expectation") or body.get("decision") or body.get("text") or ""
    )
    met = tuple(
        name
        for name in plan.expectations
        if (seen := director.run.state.seen(name)) and seen.seq == entry.seq
    )
    words = f"{entry.kind.replace('.', ' ')} {about}".strip()
    return FeedLine(entry.seq, entry.sim_ms, entry.kind, words, entry.by, tone, met)


def large(injects: int) -> Scenario:
    """A drill with so many injects, a minute apart."""
    base = charged_twice()
    many = []
    for at in range(injects):
        pattern = base.injects[at % 3]
        expect = tuple(replace(each, id=f"{each.id}_{at}") for each in pattern.expect)
        many.append(replace(pattern, id=f"Z{at:03}", at_s=at * 60, expect=expect, phase=base.phases[0].id))
    return replace(base, injects=tuple(many))
