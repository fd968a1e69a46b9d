"""What the commands read before they ask; on the worker."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.person import Actor
from desktop.domain.rights import Action
from desktop.ui.escalation.action_ids import ASKS
from desktop.ui.escalation.occasion import Facts
from desktop.ui.escalation.ports import Desk, onlooker_of

if TYPE_CHECKING:
    from desktop.services.details import EscalationDetails


@dataclass(frozen=True)
class Beginning:
    """A command about to be asked for, with what its form starts from."""

    action: Action
    ids: tuple[int, ...]
    facts: Facts
    details: "EscalationDetails | None"


def read_facts(desk: Desk) -> Facts:
    """What all forms need to know."""
    operator = desk.person.operator()
    by = operator.actor() if operator is not None else None
    snoozes = desk.escalations.snooze.load(by or Actor("Nobody"))
    return Facts(desk.policy.active(), desk.person.all(), by, snoozes)


def begin(desk: Desk, action: Action, ids: tuple[int, ...]) -> Beginning:
    """Everything the form of an action starts from.

    Raises: NotFound when the escalation is gone.
    """
    facts = read_facts(desk)
    details = None
    if action in ASKS and len(ids) == 1:
        details = desk.escalations.details.details(ids[0], facts.operator or Actor("Nobody"))
    return Beginning(action, ids, facts, details)


def last_actor(desk: Desk, escalation_id: int) -> str:
    """Who did the last thing to an escalation."""
    events = desk.escalations.details.details(escalation_id, onlooker_of(desk)).timeline
    return events[-1].actor if events else "somebody"
