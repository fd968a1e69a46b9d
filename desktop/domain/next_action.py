"""The next sensible thing to do about an escalation: what its primary button offers."""

from collections.abc import Mapping

from desktop.domain.escalation import Escalation, State
from desktop.domain.person import Actor
from desktop.domain.rights import Action, allowed

#: What moves an escalation on from each state, the most fitting first; rights decide between them.
_ONWARD: Mapping[State, tuple[Action, ...]] = {
    State.NEW: (Action.CLASSIFY, Action.ACKNOWLEDGE),
    State.TRIAGED: (Action.ACKNOWLEDGE,),
    State.ACKNOWLEDGED: (Action.CONTAIN, Action.WORK),
    State.WORKING: (Action.CONTAIN,),
    State.CONTAINED: (Action.RESOLVE,),
    State.RESOLVED: (Action.CLOSE,),
    State.CLOSED: (Action.REOPEN,),
    State.STANDARD: (Action.REOPEN,),
    State.MERGED: (Action.NOTE,),
}

_OWNED_BY_NOW = frozenset({State.TRIAGED, State.ACKNOWLEDGED, State.WORKING})


def next_action(escalation: Escalation, actor: Actor) -> Action:
    """What the actor had best do next; when nothing fits their rights, what somebody else has to do."""
    wanted = list(_ONWARD[escalation.state])
    if escalation.owner_id is None and escalation.state in _OWNED_BY_NOW:
        wanted[:0] = [Action.ASSIGN, Action.OWN]
    for action in wanted:
        if allowed(actor, action, escalation.owner_id):
            return action
    return wanted[0]
