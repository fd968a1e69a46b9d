"""What is due at a second of the drill: one look over every inject, deadline, decision and effect."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.drill_condition import Elapsed, Truth, parts_of, truth
from desktop.domain.drill_plan import value_of
from desktop.domain.drill_promise import promised_ms
from desktop.domain.drill_scenario import After, Inject
from desktop.domain.drill_state import PendingEffect, RunState
from desktop.domain.drill_words import Mode, Status, Trigger


class Standing(StrEnum):
    """How an inject stands in the trainer's list."""

    REMINDER = "reminder"
    UPCOMING = "upcoming"
    WAITING = "waiting"
    READY = "ready"
    HELD = "held"
    FIRED = "fired"
    SKIPPED = "skipped"
    RECALLED = "recalled"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Line:
    """One inject in the trainer's list; `due_ms` is None while nobody can tell."""

    inject: str
    standing: Standing
    due_ms: int | None
    fires_itself: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to do at a time. `to_fire` is in the order of firing, by due time and then as written.

    `deadlines` are the expectations a player still has in time, `decisions` those nobody took in time.
    """

    sim_ms: int
    lines: tuple[Line, ...]
    to_fire: tuple[str, ...]
    decisions: tuple[str, ...]
    effects: tuple[PendingEffect, ...]
    deadlines: tuple[str, ...]
    open_decisions: tuple[str, ...]
    behind_ms: int


def look(run: RunState, sim_ms: int) -> Look:
    """Everything that is due at a time of the drill."""
    lines = tuple(line_of(run, inject, sim_ms) for inject in run.plan.scenario.injects)
    firing = [(line.due_ms or 0, i, line.inject) for i, line in enumerate(lines) if line.fires_itself]
    open_decisions = tuple(_open_decisions(run))
    return Look(
        sim_ms=sim_ms,
        lines=lines,
        to_fire=tuple(name for _, _, name in sorted(firing)),
        decisions=tuple(name for name in open_decisions if decision_ends_ms(run, name) <= sim_ms),
        effects=tuple(effect for effect in run.effects if effect.due_ms <= sim_ms),
        deadlines=tuple(_deadlines(run, sim_ms)),
        open_decisions=open_decisions,
        behind_ms=_behind_ms(lines, sim_ms),
    )


def line_of(run: RunState, inject: Inject, sim_ms: int) -> Line:
    """How one inject stands."""
    state = run.injects[inject.id]
    due_ms = due_of(run, inject)
    if state.word != "pending":
        return Line(inject.id, Standing(state.word), state.fired_ms if state.word == "fired" else due_ms)
    if inject.is_reminder:
        return Line(inject.id, Standing.REMINDER, due_ms)
    holds = _truth(run, inject, sim_ms)
    if holds is Truth.NEVER or (due_ms is None and _never_begins(run, inject)):
        return Line(inject.id, Standing.DEAD, due_ms)
    if due_ms is None or (due_ms <= sim_ms and holds is Truth.OPEN):
        return Line(inject.id, Standing.WAITING, due_ms)
    if due_ms > sim_ms:
        return Line(inject.id, Standing.UPCOMING, due_ms)
    by_itself = inject.trigger is not Trigger.MANUAL and run.plan.scenario.pace.mode is Mode.CLOCK
    return Line(inject.id, Standing.READY, due_ms, fires_itself=by_itself)


def due_of(run: RunState, inject: Inject) -> int | None:
    """When an inject comes, in milliseconds of the drill; None while what it follows has not happened."""
    state = run.injects[inject.id]
    if state.moved_ms is not None:
        return state.moved_ms
    if inject.after is None:
        return (inject.at_s or 0) * 1000
    return _after_ms(run, inject.after)


def decision_ends_ms(run: RunState, name: str) -> int:
    """When the default of an open decision counts."""
    inject, decision = run.plan.decisions[name]
    fired_ms = run.injects[inject.id].fired_ms or 0
    return fired_ms + run.decisions[name].credit_ms + decision.deadline_s * 1000


def word_of(run: RunState, kind: str, ref: str, sim_ms: int) -> tuple[str, bool]:
    """The word something has come to for conditions, empty while none, and whether it stays."""
    if kind == "decision":
        decision = run.decisions[ref]
        return decision.option, decision.is_settled
    if kind == "inject":
        word = run.injects[ref].word
        return ("", False) if word in ("pending", "held") else (word, word == "fired")
    return _expectation_word(run, ref, sim_ms)


def next_instant(run: RunState, after_ms: int, until_ms: int) -> int | None:
    """The first instant in a stretch of time at which anything may change by itself."""
    found = [at for at in _instants(run) if after_ms < at <= until_ms]
    return min(found) if found else None


def _instants(run: RunState) -> Iterator[int]:
    for inject in run.plan.scenario.injects:
        if run.injects[inject.id].word != "pending":
            continue
        due_ms = due_of(run, inject)
        if due_ms is not None:
            yield due_ms
        for part in parts_of(inject.when) if inject.when is not None else ():
            if isinstance(part, Elapsed):
                yield part.least_s * 1000
                if part.most_s is not None:
                    yield (part.most_s + 1) * 1000
    for name in _waiting(run):
        yield run.end_ms(name)
        yield run.end_ms(name, with_grace=True)
    for name in _open_decisions(run):
        yield decision_ends_ms(run, name)
    for effect in run.effects:
        yield effect.due_ms


def _waiting(run: RunState) -> Iterator[str]:
    """Expectations whose time runs."""
    for name, (inject, one) in run.plan.expectations.items():
        if one.negative or run.injects[inject.id].word != "fired" or run.expectations[name].closed:
            continue
        if run.seen(name) is None:
            yield name


def _deadlines(run: RunState, sim_ms: int) -> Iterator[str]:
    return (name for name in _waiting(run) if sim_ms < run.end_ms(name))


def _open_decisions(run: RunState) -> Iterator[str]:
    for name, (inject, _) in run.plan.decisions.items():
        if run.injects[inject.id].word == "fired" and not run.decisions[name].option:
            yield name


def _after_ms(run: RunState, after: After) -> int | None:
    delay_ms = after.delay_s * 1000
    if after.kind == "inject":
        fired_ms = run.fired_ms(after.ref)
        return None if fired_ms is None else fired_ms + delay_ms
    if after.kind == "decision":
        decided_ms = run.decisions[after.ref].sim_ms
        return None if decided_ms is None else decided_ms + delay_ms
    seen = run.seen(after.ref)
    if seen is None:
        return None
    if after.field:
        said = value_of(run.by_seq[seen.seq].body, after.field)
        promised = promised_ms(run.plan, said, seen.sim_ms)
        if promised is not None:
            return max(promised, seen.sim_ms)
    return seen.sim_ms + delay_ms


def _never_begins(run: RunState, inject: Inject) -> bool:
    """Whether what an inject follows can no longer happen."""
    after = inject.after
    if after is None:
        return False
    if after.kind == "expectation":
        home = run.plan.expectations[after.ref][0]
        if run.expectations[after.ref].closed:
            return True
    else:
        home = run.plan.decisions[after.ref][0] if after.kind == "decision" else run.plan.injects[after.ref]
    return run.injects[home.id].word == "skipped"


def _truth(run: RunState, inject: Inject, sim_ms: int) -> Truth:
    if inject.when is None:
        return Truth.HOLDS
    return truth(
        inject.when,
        sim_ms // 1000,
        lambda kind, ref: word_of(run, kind, ref, sim_ms),
        lambda kind, ref, word: _is_possible(run, kind, ref, word),
    )


def _expectation_word(run: RunState, ref: str, sim_ms: int) -> tuple[str, bool]:
    inject, one = run.plan.expectations[ref]
    state = run.expectations[ref]
    if run.fired_ms(inject.id) is None:
        return "", False
    if state.closed:
        return ("missed" if state.closed == "missed" else ""), True
    seen = run.seen(ref)
    if one.negative:
        if seen is not None:
            return Status.VIOLATED.value, True
        return (Status.CLEAN.value, True) if run.is_ended else ("", False)
    if seen is None:
        is_past = sim_ms >= run.end_ms(ref, with_grace=True)
        return (Status.MISSED.value, run.is_ended) if is_past or run.is_ended else ("", False)
    is_met = seen.is_early or seen.sim_ms < run.end_ms(ref)
    return (Status.MET.value if is_met else Status.LATE.value), True


def _is_possible(run: RunState, kind: str, ref: str, word: str) -> bool:
    """Whether something can still come to a word: not once its inject was skipped, nor in time when late."""
    if kind == "inject":
        return True
    home = run.plan.decisions[ref][0] if kind == "decision" else run.plan.expectations[ref][0]
    if run.injects[home.id].word == "skipped":
        return False
    if kind == "expectation" and word == Status.MET.value and run.fired_ms(home.id) is not None:
        return run.sim_ms < run.end_ms(ref)
    return True


def _behind_ms(lines: tuple[Line, ...], sim_ms: int) -> int:
    """How long the oldest inject that should have come waits for a person; never below zero."""
    waiting = [
        line.due_ms
        for line in lines
        if line.standing in (Standing.READY, Standing.HELD)
        and line.due_ms is not None
        and line.due_ms < sim_ms
    ]
    return sim_ms - min(waiting) if waiting else 0
