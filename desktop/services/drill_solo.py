"""Plays staff where nobody does: what a person would fire comes by itself, and the end comes in time."""

from collections.abc import Callable

from desktop.domain.drill_engine import DrillRun
from desktop.domain.drill_look import Standing
from desktop.domain.errors import DeskError

#: The name under which the program does what staff would do.
NAME = "Drill"
PLANNED_END = "The planned end has come."
#: Does what staff would do at a monotonic reading; whether that was anything.
Player = Callable[[DrillRun, int], bool]


def nobody(_run: DrillRun, _mono_ms: int) -> bool:
    """Staff are people: nothing comes by itself beyond what the scenario says."""
    return False


def alone(run: DrillRun, mono_ms: int) -> bool:
    """Fire what is ready for a person to fire, end the drill at its planned end."""
    if run.state.is_ended or not run.pacer.is_running:
        return False
    if run.pacer.sim_ms >= run.plan.scenario.pace.duration_s * 1000:
        return bool(run.end(mono_ms, by=NAME, reason=PLANNED_END))
    ready = [
        line for line in run.look(mono_ms).lines if line.standing is Standing.READY and not line.fires_itself
    ]
    if not ready:
        return False
    first = min(ready, key=lambda line: line.due_ms or 0)
    return bool(run.fire(mono_ms, first.inject, by=NAME))


def next_hint(run: DrillRun) -> str:
    """The expectation whose next hint helps most: open, and due first.

    Raises: DeskError when no hint is left.
    """
    found: list[tuple[int, str]] = []
    for name, (inject, one) in run.plan.expectations.items():
        if one.negative or run.state.fired_ms(inject.id) is None:
            continue
        left = len(one.hints) - len(run.state.expectations[name].hints)
        if left > 0 and run.state.seen(name) is None and not run.state.expectations[name].closed:
            found.append((run.state.end_ms(name), name))
    if not found:
        raise DeskError("There is no hint for what is open now.", hint="Look at what has come in.")
    return min(found)[1]
