"""Whether a ticket that came by the way still waits for a word."""

from desktop.domain.drill_engine import DrillRun
from desktop.domain.drill_words import Channel
from desktop.domain.timeline import EventKind

_ANSWERS = frozenset({EventKind.UPDATE_SENT.value, EventKind.CUSTOMER_ANSWERED.value})


def has_open_question(run: DrillRun) -> bool:
    """Whether a ticket that opened nothing of its own has come since anybody last wrote to a customer.

    Such a ticket belongs to an escalation that is there already.
    """
    state = run.state
    answered = max(
        (state.events[kind][-1].seq for kind in _ANSWERS if state.events.get(kind)),
        default=0,
    )
    for inject in run.plan.scenario.injects:
        if inject.channel is not Channel.TICKET or state.injects[inject.id].word != "fired":
            continue
        opens = any(effect.kind == "create_ticket" for effect in inject.effects)
        if not opens and state.injects[inject.id].fired_seq > answered:
            return True
    return False
