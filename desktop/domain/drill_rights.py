"""Who may write scenarios, run drills and keep the register of gaps: trainers and leads."""

from desktop.domain.errors import NotAllowed
from desktop.domain.person import Actor, Role

_TRAINERS = frozenset({Role.TRAINER, Role.LEAD})


def trains(by: Actor) -> bool:
    """Whether somebody may write scenarios and run drills."""
    return by.automatic or bool(by.roles & _TRAINERS)


def may_train(by: Actor, deed: str) -> None:
    """Let pass who may do it; `deed` goes on from "may".

    Raises: NotAllowed saying who may.
    """
    if not trains(by):
        held = ", ".join(sorted(by.roles)) or "none"
        raise NotAllowed(f"Only a trainer or a lead may {deed}.", hint=f"{by.name} has these roles: {held}.")


def may_waive(by: Actor) -> None:
    """Let a lead pass, who alone may close a gap that no drill has passed.

    Raises: NotAllowed.
    """
    if Role.LEAD not in by.roles:
        raise NotAllowed("Only a lead may waive a gap.", hint="Ask one, or run a drill that passes it.")


def name_of(by: Actor | str) -> str:
    """The name of whoever acts."""
    return by if isinstance(by, str) else by.name
