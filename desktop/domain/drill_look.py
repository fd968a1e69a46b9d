"""What is due at a second of the drill: one look over every inject, deadline, decision and effect."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.drill_condition import Elapsed, Truth, parts_of
from desktop.domain.drill_due import decision_ends_ms, due_of, is_dead, truth_of
from desktop.domain.drill_scenario import Inject
from desktop.domain.drill_state import PendingEffect, RunState
from desktop.domain.drill_words import Mode, Trigger


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
    if is_dead(run, inject, sim_ms):
        return Line(inject.id, Standing.DEAD, due_ms)
    if due_ms is None or (due_ms <= sim_ms and truth_of(run, inject, sim_ms) is Truth.OPEN):
        return Line(inject.id, Standing.WAITING, due_ms)
    if due_ms > sim_ms:
        return Line(inject.id, Standing.UPCOMING, due_ms)
    by_itself = inject.trigger is not Trigger.MANUAL and run.plan.scenario.pace.mode is Mode.CLOCK
    return Line(inject.id, Standing.READY, due_ms, fires_itself=by_itself)


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
