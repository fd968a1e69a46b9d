"""Acknowledged but forgotten: when somebody is reminded of an escalation, and when it is taken back."""

from datetime import timedelta

from desktop.domain.escalation import Escalation, State
from desktop.domain.instant import span_us
from desktop.domain.policy import Policy

#: After the reminder an escalation is left to its owner for this part of the time again.
_GRACE_PART = 2


def remind_us(escalation: Escalation, policy: Policy, since_us: int) -> int | None:
    """When its owner is reminded if nothing happens from an instant on; None where that is not looked for."""
    return _after_us(escalation, policy, since_us, 1)


def return_us(escalation: Escalation, policy: Policy, reminded_us: int) -> int | None:
    """When it returns to triaged if nothing happens after the reminder either: half the time later."""
    return _after_us(escalation, policy, reminded_us, _GRACE_PART)


def _after_us(escalation: Escalation, policy: Policy, since_us: int, part: int) -> int | None:
    if escalation.state is not State.ACKNOWLEDGED or escalation.priority is None:
        return None
    length, calendar = policy.forgotten[escalation.priority].resolve(policy)
    length = escalation.forget_after or length
    return calendar.due_us(since_us, span_us(length) // part)


def checked_length(length: timedelta | None) -> int | None:
    """The time as kept, in whole seconds; None for the policy's own."""
    return None if length is None else int(length.total_seconds())
