"""Whether an action can be done to what is selected, told from the cards alone."""

from collections.abc import Callable, Sequence

from desktop.domain.action_state import ActionState, Circumstances, action_states
from desktop.domain.board import BoardRow
from desktop.domain.escalation import OPEN_STATES, State
from desktop.domain.person import Actor

RowOf = Callable[[int], BoardRow | None]
_Likeness = tuple[str, int, bool, bool]


class Allowed:
    """Answers for many cards at once: cards alike in what matters are asked about once."""

    def __init__(self, row_of: RowOf) -> None:
        self._row_of = row_of
        self._actor: Actor | None = None
        self._known: dict[_Likeness, dict[str, str]] = {}

    def set_actor(self, actor: Actor | None) -> None:
        """Somebody else acts from now on."""
        if actor != self._actor:
            self._actor = actor
            self._known.clear()

    def why_not(self, action: str, ids: Sequence[int], now_us: int) -> str:
        """Why none of them can take it; empty as soon as one can, or where too little is known to say."""
        first = ""
        for escalation_id in ids:
            row = self._row_of(escalation_id)
            if row is None or self._actor is None:
                return ""
            reason = self._reasons(row, now_us).get(action, "")
            if not reason:
                return ""
            first = first or reason
        return first

    def _reasons(self, row: BoardRow, now_us: int) -> dict[str, str]:
        likeness = (
            row.state,
            row.owner_id,
            row.clock_paused or bool(row.waiting_on),
            row.snoozed_us > now_us,
        )
        found = self._known.get(likeness)
        if found is None:
            found = self._known[likeness] = self._worked_out(likeness)
        return found

    def _worked_out(self, likeness: _Likeness) -> dict[str, str]:
        state, owner_id, is_paused, is_snoozed = likeness
        assert self._actor is not None  # asked by the caller
        subject = _Card(State(state), owner_id or None)
        # A card tells of no evidence, alarms or parent: whether there are any, the desk knows.
        facts = Circumstances(
            subject.is_open, is_paused, is_snoozed, has_evidence=True, has_alarms=True, has_parent=True
        )
        states: tuple[ActionState, ...] = action_states(subject, self._actor, facts)
        return {state.action: state.why_not for state in states}


class _Card:
    """A card as the rules ask about it."""

    def __init__(self, state: State, owner_id: int | None) -> None:
        self.state = state
        self.owner_id = owner_id

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES
