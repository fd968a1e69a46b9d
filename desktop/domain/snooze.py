"""How long alarms may be held back."""

from typing import NamedTuple


class Breach(NamedTuple):
    """The next breach to come, if there is one, and how long an alarm may wait beyond it. Microseconds."""

    next_us: int | None
    limit_us: int


def latest_us(at_us: int, longest_us: int, breach: Breach, *, past_breach: bool) -> int:
    """Until when a snooze that begins now may last.

    Never past the next breach without a reason of its own; with one, beyond it by no more than an alarm may
    wait once breached.
    """
    latest = at_us + longest_us
    if breach.next_us is None:
        return latest
    return min(latest, breach.next_us + (breach.limit_us if past_breach else 0))
