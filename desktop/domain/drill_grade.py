"""Grades one expectation: its time, its quality, and what both rest on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.domain.drill_log import MISSED
from desktop.domain.drill_match import is_satisfied
from desktop.domain.drill_scenario import Check, Expectation, Inject, Rubric
from desktop.domain.drill_state import ExpectationState, Override, RunState, Seen
from desktop.domain.drill_sums import rounded
from desktop.domain.drill_words import Evidence, Status


@dataclass(frozen=True, slots=True)
class CheckScore:
    """One part of the quality: `is_ok` None where nobody could see it."""

    id: str
    text: str
    weight: int
    is_ok: bool | None
    by_staff: bool = False


@dataclass(frozen=True, slots=True)
class ExpectationScore:
    """How an expectation came out. `time` and `quality` are T and Q in permille, None where there is none.

    `evidence` are the entries of the log it rests on, `met_by` the one that decided; `speed` is the
    fastest the drill ran while it was open; `adjusted` what a person put in place, `original` without it.
    """

    id: str
    inject: str
    text: str
    competence: str
    weight: int
    critical: bool
    status: Status
    t_s: int | None = None
    deadline_s: int = 0
    grace_s: int = 0
    time: int | None = None
    quality: int | None = None
    score: int | None = None
    hints: int = 0
    rating: str = ""
    checks: tuple[CheckScore, ...] = ()
    evidence: tuple[int, ...] = ()
    met_by: int = 0
    is_early: bool = False
    is_manual: bool = False
    speed: int = 1
    adjusted: Override | None = None
    original: int | None = None
    gap: str = ""


def timeliness(t_s: int | None, deadline_s: int, grace_s: int, floor: int = 250) -> int:
    """T: full within the deadline, down to half at the end of the grace, then the floor; zero for never."""
    if t_s is None:
        return 0
    if t_s <= deadline_s:
        return 1000
    if t_s <= deadline_s + grace_s:
        return 1000 - rounded(500 * (t_s - deadline_s), grace_s)
    return floor


def grade(run: RunState, inject: Inject, one: Expectation) -> ExpectationScore:
    """How one expectation came out."""
    state = run.expectations[one.id]
    blank = ExpectationScore(
        one.id, inject.id, one.text, one.competence, one.weight, one.critical, Status.NOT_EXERCISED,
        deadline_s=one.deadline_s, grace_s=one.grace_s, hints=len(state.hints),
        gap=one.gap.code if one.gap else "",
    )  # fmt: skip
    if run.fired_ms(inject.id) is None or _is_out(run, one, state):
        return blank
    blank = replace(blank, speed=_fastest(run, inject, one))
    if one.negative:
        return _negative(run, blank, one)
    found = _positive(run, blank, one, state, None)
    if state.override is None:
        return found
    changed = _positive(run, blank, one, state, state.override)
    return replace(changed, adjusted=state.override, original=found.score)


def _is_out(run: RunState, one: Expectation, state: ExpectationState) -> bool:
    """Whether it does not count: jumped over as not exercised, or settled before the run was forked."""
    if state.closed and state.closed != MISSED:
        return True
    if run.forked_ms is None:
        return False
    seen = run.seen(one.id)
    if seen is not None:
        return seen.sim_ms < run.forked_ms
    return not one.negative and run.end_ms(one.id, with_grace=True) <= run.forked_ms


def _negative(run: RunState, blank: ExpectationScore, one: Expectation) -> ExpectationScore:
    seen = run.seen(one.id)
    rests = _rests_on(run, one, seen)
    is_manual = run.expectations[one.id].observed is not None
    if seen is None:
        return replace(blank, status=Status.CLEAN, score=1000, evidence=rests, is_manual=is_manual)
    return replace(blank, status=Status.VIOLATED, score=0, evidence=rests, is_manual=is_manual)


def _positive(
    run: RunState,
    blank: ExpectationScore,
    one: Expectation,
    state: ExpectationState,
    changed: Override | None,
) -> ExpectationScore:
    seen = None if state.closed == MISSED else run.seen(one.id)
    t_s = _t_s(run, one, seen)
    if changed is not None and changed.t_s is not None:
        t_s = changed.t_s
    rubric = run.plan.scenario.rubric
    time = timeliness(t_s, one.deadline_s, one.grace_s, rubric.late_floor)
    evidence = _rests_on(run, one, seen)
    graded = replace(
        blank, t_s=t_s, time=time, evidence=evidence, met_by=seen.seq if seen else 0,
        is_early=bool(seen and seen.is_early),
        is_manual=_is_manual(one, state, seen),
    )  # fmt: skip
    if t_s is None:
        return replace(graded, status=Status.MISSED, score=0)
    rating = (changed.rating if changed else "") or (state.observed.rating if state.observed else "")
    checks = tuple(_checks(run, one, state, seen))
    quality = _quality(rating, checks, rubric)
    graded = replace(graded, rating=rating, checks=checks, quality=quality)
    if quality is None:
        return replace(graded, status=Status.NOT_OBSERVED)
    status = Status.MET if t_s <= one.deadline_s else Status.LATE
    score = max(0, rounded(time * quality, 1000) - rubric.hint_cost * len(state.hints))
    return replace(graded, status=status, score=score)


def _t_s(run: RunState, one: Expectation, seen: Seen | None) -> int | None:
    """Whole seconds from the inject to the act, less what jumps have given; zero for what came before it."""
    if seen is None:
        return None
    inject, _ = run.plan.expectations[one.id]
    fired_ms = run.fired_ms(inject.id) or 0
    if seen.is_early:
        return 0
    return max(seen.sim_ms - fired_ms - run.expectations[one.id].credit_ms, 0) // 1000


def _quality(rating: str, checks: tuple[CheckScore, ...], rubric: Rubric) -> int | None:
    """Q: what staff rated, else the weight of satisfied checks among those seen; None when none was seen."""
    if rating:
        return rubric.rating_points[rating]
    if not checks:
        return 1000
    seen = [check for check in checks if check.is_ok is not None]
    if not seen:
        return None
    return rounded(1000 * sum(each.weight for each in seen if each.is_ok), sum(each.weight for each in seen))


def _checks(
    run: RunState, one: Expectation, state: ExpectationState, seen: Seen | None
) -> Iterator[CheckScore]:
    event = state.event if state.event is not None else seen
    body = run.by_seq[event.seq].body if event is not None else {}
    for check in one.checks:
        is_ok, by_staff = _is_ok(check, state, is_satisfied(check.auto, body) if check.auto else None)
        yield CheckScore(check.id, check.text, check.weight, is_ok, by_staff)


def _is_ok(check: Check, state: ExpectationState, found: bool | None) -> tuple[bool | None, bool]:
    """Staff's word goes before the event's; what staff listed nothing of is as the event says."""
    noted = state.observed
    if noted is not None and check.id in noted.unseen:
        return None, True
    if noted is not None and noted.ok is not None:
        if check.id in noted.ok:
            return True, found is None
        return (True, False) if found else (False, found is None)
    return found, False


def _is_manual(one: Expectation, state: ExpectationState, seen: Seen | None) -> bool:
    """Whether a person's word decided its time or its quality."""
    noted = state.observed
    if noted is None:
        return False
    if one.evidence is Evidence.MANUAL or noted.rating or noted.ok is not None:
        return True
    return seen is not None and seen.seq == noted.seq


def _rests_on(run: RunState, one: Expectation, seen: Seen | None) -> tuple[int, ...]:
    state = run.expectations[one.id]
    inject, _ = run.plan.expectations[one.id]
    found = {run.injects[inject.id].fired_seq, *state.hints}
    if seen is not None:
        found.add(seen.seq)
    if state.observed is not None:
        found.add(state.observed.seq)
    return tuple(sorted(found - {0}))


def _fastest(run: RunState, inject: Inject, one: Expectation) -> int:
    begin_ms = run.fired_ms(inject.id) or 0
    seen = run.seen(one.id)
    end_ms = seen.sim_ms if seen is not None else max(run.sim_ms, begin_ms)
    within = [each.speed for each in run.stretches if each.from_ms < end_ms and each.to_ms > begin_ms]
    return max(within, default=1)
