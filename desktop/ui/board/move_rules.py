"""Where cards may go, who may move them there, and what has to be said first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.domain.board import LANES, BoardRow
from desktop.domain.errors import DeskError
from desktop.domain.escalation import OPEN_STATES, State
from desktop.domain.life_cycle import check_move
from desktop.domain.person import Actor
from desktop.domain.rights import Action, why_not
from desktop.ui.kit.prompt import PromptField

#: What a move to a state amounts to.
_ACTIONS = {
    State.TRIAGED: Action.CLASSIFY,
    State.ACKNOWLEDGED: Action.ACKNOWLEDGE,
    State.WORKING: Action.WORK,
    State.CONTAINED: Action.CONTAIN,
    State.RESOLVED: Action.RESOLVE,
}
_NOTE = PromptField(
    "note", "Note", "text", hint="It belongs to somebody else: say why you acknowledge it for them."
)
_REASON = PromptField("reason", "Reason", "text", hint="Say what has come back.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a card may go to a lane; a sentence why not; what to ask for before it does."""

    why_not: str = ""
    asks: tuple[PromptField, ...] = ()

    @property
    def is_allowed(self) -> bool:
        return not self.why_not


def verdict(row: BoardRow, state: str, actor: Actor | None) -> Verdict:
    """Whether this person may move a row to a state."""
    before, after = State(row.state), State(state)
    if actor is None:
        return Verdict("Say first who works at this desk (Settings).")
    try:
        check_move(before, after)
    except DeskError as error:
        return Verdict(str(error))
    is_reopening = before not in OPEN_STATES
    action = Action.REOPEN if is_reopening else _ACTIONS[after]
    refusal = why_not(actor, action, row.owner_id or None)
    if refusal:
        return Verdict(refusal)
    if is_reopening:
        return Verdict(asks=(_REASON,))
    if after is State.ACKNOWLEDGED and row.owner_id and row.owner_id != actor.person_id:
        return Verdict(asks=(_NOTE,))
    return Verdict()


def targets(rows: Iterable[BoardRow], actor: Actor | None) -> frozenset[str]:
    """The lanes that may take at least one of the cards."""
    kept = list(rows)
    return frozenset(
        lane.state for lane in LANES if any(verdict(row, lane.state, actor).is_allowed for row in kept)
    )


def asks(rows: Sequence[BoardRow], state: str, actor: Actor | None) -> tuple[PromptField, ...]:
    """What has to be said before these cards go there, each thing once."""
    wanted: dict[str, PromptField] = {}
    for row in rows:
        for field in verdict(row, state, actor).asks:
            wanted.setdefault(field.key, field)
    return tuple(wanted.values())


def neighbour(state: str, by: int) -> str:
    """The state of the lane beside, or nothing at the end."""
    states = [lane.state for lane in LANES]
    at = states.index(state) + by
    return states[at] if 0 <= at < len(states) else ""
