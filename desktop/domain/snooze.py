"""How long alarms may be held back, and how many at once without a warning."""

from typing import NamedTuple


class Breach(NamedTuple):
    """The next breach to come, if there is one, and how long an alarm may wait beyond it. Microseconds."""

    next_us: int | None
    limit_us: int


#: From how many snoozed at once on a person, and the whole desk, is warned. Source: ux.md 1.3.
PERSON_MANY, DESK_MANY = 5, 10


class SnoozeLoad(NamedTuple):
    """How many escalations are snoozed: by one person, and by everybody at the desk."""

    mine: int
    desk: int

    @property
    def is_mine_many(self) -> bool:
        """Whether one person holds back more than they can keep in mind."""
        return self.mine >= PERSON_MANY

    @property
    def is_desk_many(self) -> bool:
        """Whether the desk does."""
        return self.desk >= DESK_MANY

    @property
    def warning(self) -> str:
        """A sentence for whoever is about to snooze one more; empty below the limits. It forbids nothing."""
        if self.is_mine_many and self.is_desk_many:
            return f"You hold back {self.mine} escalations already, the desk {self.desk}."
        if self.is_mine_many:
            return f"You hold back {self.mine} escalations already."
        return f"The desk holds back {self.desk} escalations already." if self.is_desk_many else ""


NOTHING_SNOOZED = SnoozeLoad(0, 0)


def latest_us(at_us: int, longest_us: int, breach: Breach, *, past_breach: bool) -> int:
    """Until when a snooze that begins now may last.

    Never past the next breach without a reason of its own; with one, beyond it by no more than an alarm may
    wait once breached.
    """
    latest = at_us + longest_us
    if breach.next_us is None:
        return latest
    return min(latest, breach.next_us + (breach.limit_us if past_breach else 0))
