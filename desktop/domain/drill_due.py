"""When an inject comes, whether its condition holds, and whether it can still come at all."""

from desktop.domain.drill_condition import Truth, truth
from desktop.domain.drill_plan import value_of
from desktop.domain.drill_promise import promised_ms
from desktop.domain.drill_scenario import After, Inject
from desktop.domain.drill_state import RunState
from desktop.domain.drill_words import Status


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


def truth_of(run: RunState, inject: Inject, sim_ms: int, trail: tuple[str, ...] = ()) -> Truth:
    """Whether an inject's condition holds at a time, or can still come to hold."""
    if inject.when is None:
        return Truth.HOLDS
    return truth(
        inject.when,
        sim_ms // 1000,
        lambda kind, ref: word_of(run, kind, ref, sim_ms),
        lambda kind, ref, wanted: _is_possible(run, kind, ref, wanted, sim_ms, trail),
    )


def is_dead(run: RunState, inject: Inject, sim_ms: int, trail: tuple[str, ...] = ()) -> bool:
    """Whether an inject can no longer come by itself: nothing brings about what it waits for.

    `trail` are the injects already asked about on the way here.
    """
    state = run.injects[inject.id]
    if state.word != "pending" or inject.id in trail:
        return state.word == "skipped"
    trail = (*trail, inject.id)
    if truth_of(run, inject, sim_ms, trail) is Truth.NEVER:
        return True
    after = inject.after
    if after is None or state.moved_ms is not None or _after_ms(run, after) is not None:
        return False
    if after.kind == "expectation" and run.expectations[after.ref].closed:
        return True
    return is_dead(run, _home(run, after.kind, after.ref), sim_ms, trail)


def _home(run: RunState, kind: str, ref: str) -> Inject:
    """The inject that brings a decision or an expectation, or is meant itself."""
    if kind == "inject":
        return run.plan.injects[ref]
    return run.plan.decisions[ref][0] if kind == "decision" else run.plan.expectations[ref][0]


def _is_possible(run: RunState, kind: str, ref: str, word: str, sim_ms: int, trail: tuple[str, ...]) -> bool:
    """Whether something can still come to a word: not when its inject never comes, nor in time when late."""
    if kind == "inject" and word in ("skipped", "recalled"):
        return True
    home = _home(run, kind, ref)
    if is_dead(run, home, sim_ms, trail):
        return False
    if kind == "expectation" and word == Status.MET.value and run.fired_ms(home.id) is not None:
        return sim_ms < run.end_ms(ref)
    return True


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
