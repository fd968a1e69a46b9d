"""How a run stands, for its trainer and for its players: worked out anew only where something changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from db.queries import drill_sandbox as rows
from desktop.domain.drill_deck import deck
from desktop.domain.drill_engine import DrillRun
from desktop.domain.drill_log import Entry, Kind
from desktop.domain.drill_look import look
from desktop.domain.drill_node import read_duration
from desktop.domain.drill_record import Run, RunMode, Seat
from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_score import DrillScore, score_run
from desktop.domain.drill_view import Dashboard, DecisionLine, DrillView, PlayerView, Received
from desktop.domain.drill_words import Channel
from desktop.domain.errors import DeskError
from desktop.services.desk import Desk
from desktop.services.drill_feed import Feed
from desktop.services.drill_floor import DrillFloor
from desktop.services.drill_lines import ExpectationLines, decision_lines, inject_lines, role_titles
from desktop.services.drill_solo import next_hint

#: A dashboard that is not older than this keeps up; an older one has stopped hearing.
_LIVE_S = 300
_STATES = {"briefing": "BRIEFING", "running": "RUNNING", "paused": "PAUSED", "ended": "ENDED"}


class Pulses:
    """Makes both views of one run."""

    def __init__(self, floor: DrillFloor, run: Run, scenario: Scenario, live: Desk) -> None:
        self._floor = floor
        self._run = run
        self._scenario = scenario
        self._live = live
        self._feed = Feed(floor.run)
        self._expectations = ExpectationLines(floor.run)
        self._scored: tuple[int, DrillScore] | None = None
        self._newer: str | None = None
        self._received: tuple[int, tuple[Received, ...]] = (-1, ())
        self._replies: dict[str, tuple[tuple[int, str, str], ...]] = {}
        self._gaps: tuple[int, tuple[tuple[str, str], ...]] = (-1, ())

    @property
    def run(self) -> DrillRun:
        """The engine."""
        return self._floor.run

    def trainer(self, seats: tuple[Seat, ...]) -> DrillView:
        """Everything at the console."""
        run, scenario, state = self.run, self._scenario, self.run.state
        sim_ms = self._floor.sim_ms
        now = look(state, sim_ms)
        score = self._score()
        duration_ms = scenario.pace.duration_s * 1000
        left = len(deck(scenario, state.seed)) - len(state.complications)
        return DrillView(
            run_id=self._run.id,
            title=scenario.filled(scenario.title),
            mode=self._run.mode,
            state=_STATES[self._floor.state.value],
            sim_ms=sim_ms,
            story_at=run.plan.story_at(sim_ms),
            duration_ms=duration_ms,
            speed=run.pacer.speed,
            chosen_speed=state.chosen_speed,
            speeds=scenario.pace.speeds,
            slow_why=self._slow_why(now.deadlines, now.open_decisions),
            behind_ms=0 if state.is_ended else now.behind_ms,
            overrun_ms=max(sim_ms - duration_ms, 0),
            phase=scenario.phase_at(sim_ms // 1000),
            phases=tuple(
                (each.id, scenario.filled(each.title), each.from_s * 1000) for each in scenario.phases
            ),
            injects=inject_lines(run, now),
            expectations=self._expectations.lines(score, sim_ms),
            decisions=tuple(decision_lines(run)),
            feed=self._feed.lines({} if state.is_ended else self._expectations.missed(score, sim_ms)),
            score=score,
            seats=seats,
            complications_left=max(left, 0),
            practice=self._run.practice,
            banner=scenario.safety.banner,
            stop_phrase=scenario.safety.stop_phrase,
            newer_playbook=self._newer_playbook(),
            started_at=self._run.started_at or self._floor.began_at,
            noted_gaps=self._noted_gaps(),
        )

    def player(self, seats: tuple[Seat, ...], acting: str) -> PlayerView:
        """All that players may see."""
        run, scenario = self.run, self._scenario
        sim_ms = self._floor.sim_ms
        released = self._released()
        return PlayerView(
            run_id=self._run.id,
            title=scenario.filled(scenario.title),
            summary=scenario.filled(scenario.summary),
            mode=self._run.mode,
            state=_STATES[self._floor.state.value],
            sim_ms=sim_ms,
            story_at=run.plan.story_at(sim_ms),
            duration_ms=scenario.pace.duration_s * 1000,
            banner=scenario.safety.banner,
            stop_phrase=scenario.safety.stop_phrase,
            seats=tuple(seat for seat in seats if not seat.is_staff),
            acting=acting,
            inbox=self._inbox(),
            dashboards=tuple(self._dashboards(sim_ms)),
            withheld=tuple(each for each in scenario.world.withheld if each not in released),
            released=released,
            hints=tuple(scenario.filled(text) for text in self._hints()),
            can_hint=self._run.mode is RunMode.SOLO and self._has_hint(),
            objectives=tuple(scenario.filled(each.text) for each in scenario.objectives),
        )

    # -- for the trainer
    def _score(self) -> DrillScore:
        if self._scored is None or self._scored[0] != len(self.run.log):
            self._scored = (len(self.run.log), score_run(self.run.state))
        return self._scored[1]

    def _slow_why(self, deadlines: tuple[str, ...], decisions: tuple[str, ...]) -> str:
        run = self.run
        if run.pacer.speed >= run.state.chosen_speed or run.is_paused:
            return ""
        if decisions:
            return f"{', '.join(decisions)} is to be decided"
        return f"{', '.join(deadlines[:3])} {'has' if len(deadlines) == 1 else 'have'} a deadline"

    def _newer_playbook(self) -> str:
        """A playbook that was published since the drill was written; looked up once."""
        wanted = self._scenario.playbook
        if wanted is None:
            return ""
        if self._newer is None:
            with self._live.store.read() as session:
                number = rows.published_playbook(session, wanted.id)
            is_newer = number > wanted.version
            self._newer = f"{wanted.id} has version {number}; this drill is about {wanted.version}."
            self._newer = self._newer if is_newer else ""
        return self._newer

    def _noted_gaps(self) -> tuple[tuple[str, str], ...]:
        if self._gaps[0] != len(self.run.log):
            found = [
                (str(entry.body["gap"]), str(entry.body.get("text", "")))
                for entry in self.run.log
                if entry.kind == Kind.NOTED and entry.body.get("gap")
            ]
            self._gaps = (len(self.run.log), tuple(found))
        return self._gaps[1]

    # -- for the players
    def _inbox(self) -> tuple[Received, ...]:
        length = len(self.run.log)
        if self._received[0] != length:
            self._received = (length, tuple(self._receive()))
        return self._received[1]

    def _receive(self) -> Iterator[Received]:
        decisions = {line.id: line for line in decision_lines(self.run)}
        self._replies = _replies(self.run.log)
        number = 0
        for entry in self.run.log:
            if entry.kind == Kind.FIRED:
                inject = self.run.plan.injects[str(entry.body["inject"])]
                if inject.channel is Channel.NONE and inject.decision is None:
                    continue
                number += 1
                yield self._of_inject(number, entry, decisions)
            elif entry.kind == Kind.IMPROVISED:
                number += 1
                yield self._of_staff(number, entry)

    def _of_inject(self, number: int, entry: Entry, decisions: Mapping[str, DecisionLine]) -> Received:
        inject = self.run.plan.injects[str(entry.body["inject"])]
        state = self.run.state.injects[inject.id]
        is_recalled = state.word == "recalled" or state.fired_seq != entry.seq
        line = decisions.get(inject.decision.id) if inject.decision is not None else None
        filled = self._scenario.filled
        return self._got(
            number,
            entry,
            inject.id,
            {
                "channel": inject.channel.value,
                "from": filled(inject.source_from),
                "to": inject.to,
                "subject": filled(inject.subject),
                "body": filled(inject.body),
            },
            artifact=inject.artifact,
            decision=None if line is None or is_recalled else _for_players(line),
            is_recalled=is_recalled,
        )

    def _of_staff(self, number: int, entry: Entry) -> Received:
        return self._got(number, entry, str(entry.body["inject"]), entry.body)

    def _got(
        self,
        number: int,
        entry: Entry,
        inject: str,
        said: Mapping[str, Any],
        **named: Any,  # noqa: ANN401
    ) -> Received:
        titles = role_titles(self.run)
        roles = tuple(said.get("to") or ())
        return Received(
            number=number,
            inject=inject,
            sim_ms=entry.sim_ms,
            story_at=self.run.plan.story_at(entry.sim_ms),
            channel=str(said.get("channel", "")),
            source=str(said.get("from", "")),
            to=tuple(titles.get(each, each) for each in roles),
            roles=roles,
            subject=str(said.get("subject", "")),
            body=str(said.get("body", "")),
            replies=self._replies.get(inject, ()),
            **named,
        )

    def _released(self) -> tuple[str, ...]:
        found = [str(value) for kind, value, _ in self._effects() if kind == "release_data"]
        return tuple(dict.fromkeys(found))

    def _effects(self) -> Iterator[tuple[str, Any, int]]:
        """What has taken effect and was not recalled: kind, value, time of the drill."""
        for entry in self.run.log:
            if entry.kind != Kind.EFFECT:
                continue
            inject, number = str(entry.body["inject"]), int(entry.body["number"])
            state = self.run.state.injects.get(inject)
            if state is not None and state.word == "recalled":
                continue
            effect = self.run.plan.effects[inject][number]
            yield effect.kind, effect.value, entry.sim_ms

    def _dashboards(self, sim_ms: int) -> Iterator[Dashboard]:
        """Each dashboard with what it shows and when it last heard anything."""
        filled, plan = self._scenario.filled, self.run.plan
        known: dict[str, tuple[Mapping[str, Any], int]] = {
            str(each.get("id", "")): (each, 0) for each in self._scenario.world.dashboards
        }
        for kind, value, at_ms in self._effects():
            if kind == "dashboard_value" and isinstance(value, Mapping):
                name = str(value.get("id", ""))
                known[name] = ({**known.get(name, ({}, 0))[0], **value}, at_ms)
        now = plan.story_at(sim_ms)
        for name, (entry, at_ms) in known.items():
            age_s = _seconds(entry.get("age"))
            since = now if age_s <= _LIVE_S else plan.story_at(at_ms)
            as_of = since - timedelta(seconds=age_s)
            yield Dashboard(
                name,
                filled(str(entry.get("title") or name)),
                filled(str(entry.get("value", ""))),
                as_of,
                max(int((now - as_of).total_seconds()), 0),
            )

    def _hints(self) -> Iterator[str]:
        return (str(entry.body.get("text", "")) for entry in self.run.log if entry.kind == Kind.HINT)

    def _has_hint(self) -> bool:
        if not self.run.state.is_started or self.run.state.is_ended:
            return False
        try:
            return bool(next_hint(self.run))
        except DeskError:
            return False


def _for_players(line: DecisionLine) -> DecisionLine:
    """A decision without what counts when nobody decides."""
    return replace(line, default="")


def _seconds(text: object) -> int:
    found = read_duration(str(text)) if text is not None else None
    return max(found or 0, 0)


def _replies(log: Sequence[Entry]) -> dict[str, tuple[tuple[int, str, str], ...]]:
    """What players answered, by inject: when, who, and the words."""
    found: dict[str, tuple[tuple[int, str, str], ...]] = {}
    for entry in log:
        if entry.kind == Kind.REPLIED:
            name = str(entry.body["inject"])
            found[name] = (*found.get(name, ()), (entry.sim_ms, entry.by, str(entry.body.get("text", ""))))
    return found
