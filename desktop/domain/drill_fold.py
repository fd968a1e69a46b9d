"""Lets a drill's log count, entry by entry: the same log always comes to the same state."""

from collections.abc import Callable, Sequence

from desktop.domain.drill_condition import Is, parts_of
from desktop.domain.drill_log import DECIDED, MISSED, MOVED, Entry, Kind
from desktop.domain.drill_plan import Plan, matches
from desktop.domain.drill_scenario import Expectation, Inject
from desktop.domain.drill_state import (
    DecisionState,
    ExpectationState,
    Observation,
    Override,
    PendingEffect,
    RunState,
    Seen,
)
from desktop.domain.drill_words import Evidence


def apply(run: RunState, entry: Entry) -> None:
    """Let one more entry count; nothing counts after the end but overrides and notes."""
    run.seq = entry.seq
    run.by_seq[entry.seq] = entry
    if run.is_ended and entry.kind not in (Kind.OVERRIDDEN, Kind.OBSERVED):
        return
    if not run.is_ended:
        run.sim_ms = max(run.sim_ms, entry.sim_ms)
    handler = _HANDLERS.get(entry.kind)
    if handler is not None:
        handler(run, entry)
    elif entry.kind not in _ONLY_KEPT:
        _happened(run, entry)


def _happened(run: RunState, entry: Entry) -> None:
    run.events[entry.kind].append(entry)
    for inject, one in run.plan.by_event.get(entry.kind, ()):
        state = run.expectations[one.id]
        fired_ms = run.fired_ms(inject.id)
        if fired_ms is None or state.event is not None or state.closed:
            continue
        if one.match is not None and matches(one.match, entry.body):
            state.event = Seen(entry.seq, entry.sim_ms, is_early=entry.sim_ms < fired_ms)
    if entry.kind == DECIDED:
        _decided(run, entry)


def _decided(run: RunState, entry: Entry) -> None:
    name, option = str(entry.body.get("decision", "")), str(entry.body.get("option", ""))
    state = run.decisions.get(name)
    if state is None or state.is_settled:
        return
    known = [each.id for each in run.plan.decisions[name][1].options]
    if option in known:
        state.option, state.sim_ms, state.seq, state.by = option, entry.sim_ms, entry.seq, entry.by
        state.is_defaulted, state.is_settled = False, True


def _defaulted(run: RunState, entry: Entry) -> None:
    state = run.decisions[entry.body["decision"]]
    if not state.option:
        state.option, state.sim_ms, state.seq = entry.body["option"], entry.sim_ms, entry.seq
        state.is_defaulted = True


def _fired(run: RunState, entry: Entry) -> None:
    inject = run.plan.injects[entry.body["inject"]]
    state = run.injects[inject.id]
    state.word, state.fired_ms, state.fired_seq = "fired", entry.sim_ms, entry.seq
    for one in inject.expect:
        run.expectations[one.id].event = _anticipated(run, inject, one, entry.sim_ms)
    _let_work(run, inject.id, entry.sim_ms)
    _settle_defaults(run, inject)


def _let_work(run: RunState, name: str, sim_ms: int) -> None:
    for number, effect in enumerate(run.plan.effects.get(name, ())):
        run.effects.append(PendingEffect(name, number, sim_ms + effect.delay_s * 1000))


def _anticipated(run: RunState, inject: Inject, one: Expectation, fired_ms: int) -> Seen | None:
    """The last matching event before the inject within its phase."""
    if one.match is None or one.evidence is Evidence.MANUAL:
        return None
    for entry in reversed(run.events[one.match.event]):
        if run.plan.scenario.phase_at(entry.sim_ms // 1000) != inject.phase:
            continue
        if matches(one.match, entry.body):
            return Seen(entry.seq, entry.sim_ms, is_early=entry.sim_ms < fired_ms)
    return None


def _settle_defaults(run: RunState, inject: Inject) -> None:
    """What a branch was fired on stands: nobody may decide otherwise afterwards."""
    for part in parts_of(inject.when) if inject.when is not None else ():
        if isinstance(part, Is) and part.kind == "decision" and run.decisions[part.ref].option:
            run.decisions[part.ref].is_settled = True


def _recalled(run: RunState, entry: Entry) -> None:
    inject = run.plan.injects[entry.body["inject"]]
    run.injects[inject.id].word = "recalled"
    run.effects = [each for each in run.effects if each.inject != inject.id]
    for one in inject.expect:
        run.expectations[one.id] = ExpectationState()
    if inject.decision is not None:
        run.decisions[inject.decision.id] = DecisionState()


def _set_word(run: RunState, entry: Entry) -> None:
    state = run.injects[entry.body["inject"]]
    state.word = {Kind.HELD: "held", Kind.SKIPPED: "skipped"}[Kind(entry.kind)]
    state.reason = str(entry.body.get("reason", ""))


def _postponed(run: RunState, entry: Entry) -> None:
    state = run.injects[entry.body["inject"]]
    state.word, state.moved_ms = "pending", int(entry.body["to_ms"])


def _effect(run: RunState, entry: Entry) -> None:
    name, number = entry.body["inject"], entry.body["number"]
    run.effects = [each for each in run.effects if (each.inject, each.number) != (name, number)]


def _jumped(run: RunState, entry: Entry) -> None:
    run.end_stretch(entry.sim_ms)
    to_ms = int(entry.body["to_ms"])
    way = str(entry.body.get("deadlines", MOVED))
    for name, state in run.expectations.items():
        if run.is_open(name, entry.sim_ms):
            if way == MOVED:
                state.credit_ms += to_ms - entry.sim_ms
            elif _limit_ms(run, name, entry.sim_ms) < to_ms:
                state.closed = MISSED if way == MISSED else "not_exercised"
    for name, decision in run.decisions.items():
        inject, _ = run.plan.decisions[name]
        if way == MOVED and not decision.option and run.fired_ms(inject.id) is not None:
            decision.credit_ms += to_ms - entry.sim_ms
    run.sim_ms = run.since_ms = to_ms


def _limit_ms(run: RunState, expectation_id: str, sim_ms: int) -> int:
    return run.end_ms(expectation_id, with_grace=sim_ms >= run.end_ms(expectation_id))


def _started(run: RunState, entry: Entry) -> None:
    run.is_started = run.is_running = True
    run.seed = int(entry.body.get("seed", 0))
    run.speed = run.chosen_speed = int(entry.body.get("speed", 1))
    run.since_ms = entry.sim_ms


def _paused(run: RunState, entry: Entry) -> None:
    run.end_stretch(entry.sim_ms)
    run.is_running = False


def _resumed(run: RunState, entry: Entry) -> None:
    run.is_running = True
    run.since_ms = entry.sim_ms


def _sped(run: RunState, entry: Entry) -> None:
    run.end_stretch(entry.sim_ms)
    run.speed = int(entry.body["speed"])
    run.chosen_speed = int(entry.body.get("chosen", run.speed))


def _ended(run: RunState, entry: Entry) -> None:
    run.end_stretch(entry.sim_ms)
    run.is_ended, run.is_running = True, False


def _forked(run: RunState, entry: Entry) -> None:
    run.end_stretch(entry.sim_ms)
    run.forked_ms = entry.sim_ms
    run.is_running = False


def _hinted(run: RunState, entry: Entry) -> None:
    run.expectations[entry.body["expectation"]].hints.append(entry.seq)


def _observed(run: RunState, entry: Entry) -> None:
    state = run.expectations[entry.body["expectation"]]
    if entry.body.get("withdrawn"):
        state.observed = None
        return
    before = state.observed
    at_s = entry.body.get("at_s")
    at_ms = entry.sim_ms if at_s is None else int(at_s * 1000)
    noted = before or Observation(entry.seq, at_ms)
    noted.sim_ms = at_ms if at_s is not None else noted.sim_ms
    if "ok" in entry.body:
        noted.ok = tuple(entry.body["ok"] or ())
    noted.unseen = tuple(entry.body.get("unseen") or noted.unseen)
    noted.rating = str(entry.body.get("rating") or noted.rating)
    noted.violated = entry.body.get("violated", noted.violated)
    state.observed = noted


def _overridden(run: RunState, entry: Entry) -> None:
    body = entry.body
    run.expectations[body["expectation"]].override = Override(
        entry.seq, entry.by, str(body.get("reason", "")), str(body.get("rating") or ""), body.get("t_s")
    )


def _improvised(run: RunState, entry: Entry) -> None:
    run.improvised.append(entry)


def _complicated(run: RunState, entry: Entry) -> None:
    name = str(entry.body["complication"])
    run.complications.append(name)
    _let_work(run, name, entry.sim_ms)


_HANDLERS: dict[str, Callable[[RunState, Entry], None]] = {
    Kind.STARTED: _started,
    Kind.ENDED: _ended,
    Kind.FORKED: _forked,
    Kind.PAUSED: _paused,
    Kind.RESUMED: _resumed,
    Kind.SPEED: _sped,
    Kind.JUMPED: _jumped,
    Kind.FIRED: _fired,
    Kind.HELD: _set_word,
    Kind.SKIPPED: _set_word,
    Kind.RECALLED: _recalled,
    Kind.POSTPONED: _postponed,
    Kind.IMPROVISED: _improvised,
    Kind.EFFECT: _effect,
    Kind.DEFAULTED: _defaulted,
    Kind.HINT: _hinted,
    Kind.OBSERVED: _observed,
    Kind.OVERRIDDEN: _overridden,
    Kind.COMPLICATION: _complicated,
}
_ONLY_KEPT = frozenset({Kind.NOTED.value, Kind.REPLIED.value})


def replayed(plan: Plan, entries: Sequence[Entry]) -> RunState:
    """The state a whole log comes to."""
    state = RunState(plan)
    for entry in entries:
        apply(state, entry)
    return state
