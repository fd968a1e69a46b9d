"""How an action lives: one owner takes it, does it, and somebody else has seen that it works."""

from desktop.domain.drill_record import ActionState
from desktop.domain.errors import DeskError

_ENDS = (ActionState.DECLINED, ActionState.SUPERSEDED)
_NEXT: dict[ActionState, tuple[ActionState, ...]] = {
    ActionState.PROPOSED: (ActionState.ACCEPTED, *_ENDS),
    ActionState.ACCEPTED: (ActionState.IN_PROGRESS, ActionState.DONE, *_ENDS),
    ActionState.IN_PROGRESS: (ActionState.DONE, *_ENDS),
    ActionState.DONE: (ActionState.VERIFIED, ActionState.IN_PROGRESS, ActionState.SUPERSEDED),
    ActionState.VERIFIED: (ActionState.IN_PROGRESS,),
    ActionState.DECLINED: (ActionState.PROPOSED,),
    ActionState.SUPERSEDED: (ActionState.PROPOSED,),
}


def action_must_follow(before: ActionState, after: ActionState) -> None:
    """Let pass what may become of an action.

    Raises: DeskError naming what may.
    """
    if after not in _NEXT[before]:
        known = " or ".join(each.value.replace("_", " ") for each in _NEXT[before])
        raise DeskError(
            f"An action that is {before.value.replace('_', ' ')} becomes {known} next.", field="state"
        )
