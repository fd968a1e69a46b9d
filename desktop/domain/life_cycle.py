"""The life of an escalation: which state may follow which, and which commitments each of them ends."""

from collections.abc import Mapping

from desktop.domain.commitment import Kind
from desktop.domain.errors import DeskError
from desktop.domain.escalation import OPEN_STATES, State

#: new → … → closed, in order; `standard` and `merged` stand beside it.
PATH = (
    State.NEW,
    State.TRIAGED,
    State.ACKNOWLEDGED,
    State.WORKING,
    State.CONTAINED,
    State.RESOLVED,
    State.CLOSED,
)

_ASIDE = frozenset({State.STANDARD, State.MERGED})


def _onward(state: State) -> frozenset[State]:
    """Later states of the path; closing alone waits for its turn, for resolution has to be confirmed."""
    later = PATH[PATH.index(state) + 1 :]
    return frozenset(later) - {State.CLOSED} | _ASIDE


#: Where people may move an escalation from each state; skipping forward is allowed. The return of one that
#: was acknowledged and forgotten, to triaged, is the desk's own and not among them.
TRANSITIONS: Mapping[State, frozenset[State]] = {
    **{state: _onward(state) for state in PATH if state in OPEN_STATES},
    State.RESOLVED: frozenset({State.CLOSED, State.WORKING, State.MERGED}),
    State.CLOSED: frozenset({State.WORKING}),
    State.STANDARD: frozenset({State.WORKING}),
    State.MERGED: frozenset(),
}

#: The commitments that reaching a state fulfils, skipped ones included.
_FULFILS: Mapping[State, frozenset[Kind]] = {
    State.ACKNOWLEDGED: frozenset({Kind.ACKNOWLEDGE}),
    State.WORKING: frozenset({Kind.ACKNOWLEDGE}),
    State.CONTAINED: frozenset({Kind.ACKNOWLEDGE, Kind.CONTAIN}),
    State.RESOLVED: frozenset({Kind.ASSIGN, Kind.ACKNOWLEDGE, Kind.CONTAIN, Kind.RESOLVE}),
}

#: The states after which nothing is promised any more: what still runs then is called off.
CALLED_OFF = frozenset({State.RESOLVED, State.STANDARD, State.MERGED})


def fulfils(state: State) -> frozenset[Kind]:
    """The commitments that are stopped, as met or breached, when a state is reached."""
    return _FULFILS.get(state, frozenset())


def check_move(before: State, after: State) -> None:
    """Let a move pass that the life cycle knows.

    Raises: DeskError saying why not and what leads there.
    """
    if after in TRANSITIONS[before]:
        return
    if before is State.MERGED:
        raise DeskError(
            "It was merged into another escalation.",
            field="state",
            hint="Undo the merge, or split evidence out of the other one.",
        )
    if before is after:
        raise DeskError(f"It is {before.word.lower()} already.", field="state")
    if after is State.CLOSED:
        hint = "Confirm the resolution first."
    elif before in OPEN_STATES:
        hint = "Escalations move forward only; undo takes a mistaken move back."
    else:
        hint = "Reopen it first."
    raise DeskError(
        f"It cannot go from {before.word.lower()} to {after.word.lower()}.", field="state", hint=hint
    )
