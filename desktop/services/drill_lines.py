"""Injects, expectations and decisions of a run as its screens show them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from desktop.domain.drill_condition import words as condition_words
from desktop.domain.drill_due import decision_ends_ms
from desktop.domain.drill_engine import LONGEST_RECALL_MS, DrillRun
from desktop.domain.drill_explain import sentence
from desktop.domain.drill_grade import ExpectationScore
from desktop.domain.drill_log import Entry
from desktop.domain.drill_look import Line, Look, Standing
from desktop.domain.drill_scenario import Expectation, Inject
from desktop.domain.drill_score import DrillScore
from desktop.domain.drill_view import CheckLine, DecisionLine, ExpectationLine, InjectLine
from desktop.domain.drill_words import Evidence, Status

_MOST_KEYS = 9
_TITLE = 80


def inject_lines(run: DrillRun, now: Look) -> tuple[InjectLine, ...]:
    """Every inject with how it stands, as written; then what was improvised."""
    injects = run.plan.injects
    found = [_inject_line(run, injects[line.inject], line, now.sim_ms) for line in now.lines]
    return (*found, *(_improvised(run, entry) for entry in run.state.improvised))


def _inject_line(run: DrillRun, inject: Inject, line: Line, sim_ms: int) -> InjectLine:
    filled = run.plan.scenario.filled
    state = run.state.injects[inject.id]
    subject, body = filled(inject.subject), filled(inject.body)
    recent = state.word == "fired" and sim_ms - (state.fired_ms or 0) <= LONGEST_RECALL_MS
    return InjectLine(
        id=inject.id,
        title=_title(subject or body or filled(inject.source_from)),
        standing=line.standing,
        due_ms=line.due_ms,
        fired_ms=state.fired_ms,
        phase=inject.phase,
        channel=inject.channel.value,
        type=inject.type.value,
        source=filled(inject.source_from),
        to=inject.to,
        subject=subject,
        body=body,
        notes=filled(inject.notes),
        red_flags=tuple(filled(each) for each in inject.red_flags),
        condition=condition_words(inject.when) if inject.when is not None else "",
        reason=state.reason,
        decision=inject.decision.id if inject.decision is not None else "",
        expectations=tuple(one.id for one in inject.expect),
        artifact=inject.artifact,
        can_recall=recent and not run.state.is_ended and not run.is_acted_on(inject.id),
    )


def _improvised(run: DrillRun, entry: Entry) -> InjectLine:
    body = entry.body
    subject, text = str(body.get("subject", "")), str(body.get("body", ""))
    return InjectLine(
        id=str(body["inject"]),
        title=_title(subject or text),
        standing=Standing.FIRED,
        due_ms=entry.sim_ms,
        fired_ms=entry.sim_ms,
        phase=run.plan.scenario.phase_at(entry.sim_ms // 1000),
        channel=str(body.get("channel", "")),
        type="adhoc",
        source=str(body.get("from", "")),
        to=tuple(body.get("to") or ()),
        subject=subject,
        body=text,
        is_improvised=True,
    )


class ExpectationLines:
    """The lines of all expectations: what the log alone says of them is worked out once for each log."""

    def __init__(self, run: DrillRun) -> None:
        self._run = run
        self._read = -1
        self._lines: dict[str, ExpectationLine] = {}
        self._waits: dict[str, int] = {}

    def lines(self, score: DrillScore, sim_ms: int) -> tuple[ExpectationLine, ...]:
        """Every expectation as it stands at a time."""
        self._refresh(score)
        return tuple(
            _missed(line) if name in self._waits and sim_ms >= self._waits[name] else line
            for name, line in self._lines.items()
        )

    def missed(self, score: DrillScore, sim_ms: int) -> dict[str, int]:
        """Whose grace has passed with nobody having met it, and since when."""
        self._refresh(score)
        found = {name: end_ms for name, end_ms in self._waits.items() if end_ms <= sim_ms}
        return dict(sorted(found.items(), key=lambda each: each[1]))

    def _refresh(self, score: DrillScore) -> None:
        if self._read == len(self._run.log):
            return
        self._read = len(self._run.log)
        graded = {each.id: each for each in score.expectations}
        self._lines, self._waits = {}, {}
        for inject in self._run.plan.scenario.injects:
            for number, one in enumerate(inject.expect, 1):
                self._lines[one.id] = self._line(inject, one, number, graded[one.id])

    def _line(
        self, inject: Inject, one: Expectation, number: int, grade: ExpectationScore
    ) -> ExpectationLine:
        run = self._run.state
        filled = self._run.plan.scenario.filled
        fired_ms, seen = run.fired_ms(inject.id), run.seen(one.id)
        state = self._state(inject, one, grade)
        deadline_ms = grace_ms = None
        if fired_ms is not None and not one.negative:
            deadline_ms, grace_ms = run.end_ms(one.id), run.end_ms(one.id, with_grace=True)
            if seen is None and state == "open":
                self._waits[one.id] = grace_ms
        is_decided = state not in ("waiting", "open")
        checks = {each.id: each for each in grade.checks}
        shown = run.expectations[one.id].hints
        return ExpectationLine(
            id=one.id,
            inject=inject.id,
            number=number if number <= _MOST_KEYS else 0,
            text=filled(one.text),
            role=one.role,
            competence=one.competence,
            state=state,
            evidence=one.evidence.value,
            from_ms=fired_ms,
            deadline_ms=deadline_ms,
            grace_ms=grace_ms,
            seen_ms=None if seen is None else seen.sim_ms,
            checks=tuple(
                CheckLine(
                    each.id,
                    filled(each.text),
                    each.weight,
                    checks[each.id].is_ok if each.id in checks else None,
                    bool(each.auto),
                )
                for each in one.checks
            ),
            rating=grade.rating,
            score=grade.score if is_decided else None,
            sentence=sentence(grade) if is_decided else "",
            gap=one.gap.code if one.gap is not None else "",
            hints_shown=len(shown),
            hints=tuple(filled(each) for each in one.hints),
            is_critical=one.critical,
            is_negative=one.negative,
            is_by_staff=grade.is_manual or one.evidence is Evidence.MANUAL,
        )

    def _state(self, inject: Inject, one: Expectation, grade: ExpectationScore) -> str:
        run = self._run.state
        if run.fired_ms(inject.id) is None:
            return grade.status.value if run.is_ended else "waiting"
        if run.is_ended or run.seen(one.id) is not None or run.expectations[one.id].closed:
            return grade.status.value
        return "open"


def _missed(line: ExpectationLine) -> ExpectationLine:
    return replace(line, state=Status.MISSED.value, score=0)


def decision_lines(run: DrillRun) -> Iterator[DecisionLine]:
    """Every decision as it stands."""
    titles = role_titles(run)
    filled = run.plan.scenario.filled
    for name, (inject, point) in run.plan.decisions.items():
        state = run.state.decisions[name]
        is_put = run.state.fired_ms(inject.id) is not None
        yield DecisionLine(
            id=name,
            inject=inject.id,
            question=filled(point.question),
            role=point.role,
            role_title=titles.get(point.role, point.role),
            options=tuple((each.id, filled(each.label)) for each in point.options),
            default=point.default,
            ends_ms=decision_ends_ms(run.state, name) if is_put else None,
            option=state.option,
            by=state.by,
            is_defaulted=state.is_defaulted,
            is_open=is_put and not state.is_settled and not run.state.is_ended,
        )


def role_titles(run: DrillRun) -> Mapping[str, str]:
    """What each seat is called."""
    return {role.id: run.plan.scenario.filled(role.title) for role in run.plan.scenario.roles}


def _title(words: str) -> str:
    return words if len(words) <= _TITLE else f"{words[: _TITLE - 1].rstrip()}…"
