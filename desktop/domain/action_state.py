"""Which actions an escalation allows right now, for somebody: by its state and by decision right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from desktop.domain.errors import DeskError
from desktop.domain.escalation import OPEN_STATES, State
from desktop.domain.life_cycle import check_move
from desktop.domain.person import Actor
from desktop.domain.rights import Action, why_not


class Subject(Protocol):
    """What of an escalation, or of a card that stands for it, decides about actions."""

    @property
    def state(self) -> State:
        """Where it stands."""
        ...

    @property
    def owner_id(self) -> int | None:
        """Who owns it, None for nobody."""
        ...

    @property
    def is_open(self) -> bool:
        """Whether it still runs."""
        ...


@dataclass(frozen=True, slots=True)
class ActionState:
    """Whether an action can be taken; `why_not` is a sentence, empty when it can."""

    action: Action
    allowed: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What else of an escalation decides about actions."""

    can_pause: bool = False
    is_paused: bool = False
    is_snoozed: bool = False
    has_evidence: bool = False
    has_alarms: bool = False
    has_parent: bool = False


_MOVES: Mapping[Action, State] = {
    Action.ACKNOWLEDGE: State.ACKNOWLEDGED,
    Action.WORK: State.WORKING,
    Action.CONTAIN: State.CONTAINED,
    Action.RESOLVE: State.RESOLVED,
    Action.CLOSE: State.CLOSED,
    Action.TO_STANDARD: State.STANDARD,
    Action.MERGE: State.MERGED,
}
_SETTLED = frozenset({State.MERGED, State.CLOSED})
_GRADING = frozenset({Action.CLASSIFY, Action.SET_SEVERITY, Action.OVERRIDE})


def action_states(escalation: Subject, actor: Actor, facts: Circumstances) -> tuple[ActionState, ...]:
    """Every action on an existing escalation, in the order of `Action`."""
    return tuple(_state(action, escalation, actor, facts) for action in Action if action is not Action.OPEN)


def _state(action: Action, escalation: Subject, actor: Actor, facts: Circumstances) -> ActionState:
    sentence = why_not(actor, action, escalation.owner_id) or _unfit(action, escalation, actor, facts)
    return ActionState(action, not sentence, sentence)


def _unfit(action: Action, escalation: Subject, actor: Actor, facts: Circumstances) -> str:
    """Why the escalation itself does not allow it; empty when it does."""
    state = escalation.state
    if action is Action.ACKNOWLEDGE and facts.has_alarms:
        return ""
    if action in _MOVES:
        if action is Action.WORK and state not in OPEN_STATES:
            return "It is not open: reopen it instead."
        return _move_fault(state, _MOVES[action])
    if action in _GRADING and state in _SETTLED:
        return f"The escalation is {state.word.lower()}: its classification stands."
    test = _TESTS.get(action)
    return test(escalation, actor, facts) if test else ""


def _move_fault(before: State, after: State) -> str:
    try:
        check_move(before, after)
    except DeskError as error:
        return str(error)
    return ""


def _of_owner(escalation: Subject, actor: Actor, facts: Circumstances) -> str:
    return "The escalation was merged into another." if escalation.state is State.MERGED else ""


def _of_own(escalation: Subject, actor: Actor, facts: Circumstances) -> str:
    if escalation.owner_id is not None and escalation.owner_id == actor.person_id:
        return "It is yours already."
    return _of_owner(escalation, actor, facts)


def _of_reopening(escalation: Subject, actor: Actor, facts: Circumstances) -> str:
    if escalation.state in OPEN_STATES:
        return "It is open."
    return _move_fault(escalation.state, State.WORKING)


def _of_snooze(escalation: Subject, actor: Actor, facts: Circumstances) -> str:
    return "" if escalation.is_open else "Nothing alarms about it any more."


def _of_parent(escalation: Subject, actor: Actor, facts: Circumstances) -> str:
    return "" if escalation.is_open else "It is not open: it announces nothing any more."


_TESTS: Mapping[Action, Callable[[Subject, Actor, Circumstances], str]] = {
    Action.ASSIGN: _of_owner,
    Action.OWN: _of_own,
    Action.UPDATE: _of_owner,
    Action.REOPEN: _of_reopening,
    Action.SNOOZE: _of_snooze,
    Action.PAUSE: lambda _e, _a, facts: "" if facts.can_pause else "No commitment that may pause is running.",
    Action.RESUME: lambda _e, _a, facts: "" if facts.is_paused else "No clock of it is paused.",
    Action.END_SNOOZE: lambda _e, _a, facts: "" if facts.is_snoozed else "It is not snoozed.",
    Action.SPLIT: lambda _e, _a, facts: "" if facts.has_evidence else "It holds no evidence to split off.",
    Action.SET_PARENT: _of_parent,
    Action.CLEAR_PARENT: lambda _e, _a, facts: "" if facts.has_parent else "It is part of no other.",
    Action.REMOVE_EVIDENCE: lambda _e, _a, facts: "" if facts.has_evidence else "It holds no evidence.",
}
