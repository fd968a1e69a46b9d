"""What a policy says about telling people: announcements, ladder, snooze, pause, flood and quiet hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from desktop.domain.commitment import Kind
from desktop.domain.policy_score import Priority, Severity

#: What the outbox calls pages: the kinds of channel that reach a person beyond the desk.
PAGE_KINDS = ("mail", "chat", "sms", "webhook")


class Occasion(StrEnum):
    """What may be announced."""

    NEW = "new"
    WARMING = "warming"
    AT_RISK = "at_risk"
    BREACHING_SOON = "breaching_soon"
    BREACHED = "breached"
    UPDATE_LATE = "update_late"
    FORGOTTEN = "forgotten"
    PAUSE_ENDED = "pause_ended"
    UNDELIVERED = "undelivered"
    HANDOVER_DUE = "handover_due"
    HANDOFF_OPEN = "handoff_open"


class Urgency(StrEnum):
    """How a notification outside the window behaves; critical ones do not expire."""

    NONE = "none"
    LOW = "low"
    NORMAL = "normal"
    CRITICAL = "critical"


class InApp(StrEnum):
    """What the window shows while it has the focus; `banner_stays` waits for the person."""

    NONE = "none"
    BADGE = "badge"
    BANNER = "banner"
    BANNER_STAYS = "banner_stays"


class Afterwards(StrEnum):
    """After the last repeat: nothing, the next person on duty is named, or only the digest tells."""

    NOTHING = "nothing"
    NAME_NEXT = "name_next"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Announcement:
    """How one occasion is told, to whom and how often until acknowledged.

    `repeat_at` counts from the first telling, ascending; empty means told once. With `untouched_for` it is
    told only where nobody owns the escalation or nothing happened to it for so long. `act` says what to do.
    """

    urgency: Urgency
    in_app: InApp
    sound: int
    repeat_at: tuple[timedelta, ...]
    to: tuple[str, ...]
    act: str
    severities: frozenset[Severity]
    untouched_for: timedelta | None
    afterwards: Afterwards

    @property
    def is_told(self) -> bool:
        """Whether anything beyond the board's colours tells it."""
        return self.urgency is not Urgency.NONE or self.in_app is not InApp.NONE


class Unless(StrEnum):
    """What keeps a ladder step from being taken."""

    ACKNOWLEDGE = "acknowledge"
    CONTAIN = "contain"
    RESOLVE = "resolve"


@dataclass(frozen=True, slots=True)
class LadderStep:
    """Who is alarmed, `delay` after an alarm was raised, unless what `condition` names was done meanwhile.

    Acknowledging an alarm stops its steps that wait for that; steps of `contain` and `resolve` belong to the
    breach of that commitment and go on. `targets` are `owner`, `role:ROLE`, `person:NAME`,
    `rotation:SCHEDULE` or `team:TEAM`, told again `repeats` times, `repeat_every` apart; `channels` are the
    kinds of channel tried first.
    """

    delay: timedelta
    targets: tuple[str, ...]
    repeats: int
    repeat_every: timedelta
    condition: Unless
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PauseReason:
    """Why a commitment may stand still, whom the desk waits for, and for how long at most."""

    key: str
    text: str
    waiting_on: str
    limit: timedelta


@dataclass(frozen=True, slots=True)
class PauseRule:
    """Which kinds of commitment may pause, and for which reasons."""

    kinds: frozenset[Kind]
    reasons: tuple[PauseReason, ...]


@dataclass(frozen=True, slots=True)
class SnoozeRule:
    """How long alarms may be held back, and the reasons that carry a snooze past the breach."""

    presets: tuple[timedelta, ...]
    limits: Mapping[Priority, timedelta]
    breached_limit: timedelta
    past_breach_reasons: tuple[str, ...]
    warn_person_at: int
    warn_desk_at: int

    def limit(self, priority: Priority, *, breached: bool) -> timedelta:
        """The longest snooze allowed."""
        longest = self.limits[priority]
        return min(longest, self.breached_limit) if breached else longest


@dataclass(frozen=True, slots=True)
class FloodRule:
    """More than `enter` alarms within `window` for one person are told as one, until fewer than `leave`."""

    enter: int
    leave: int
    window: timedelta
    alone: Mapping[Priority, frozenset[Occasion]]

    def stands_alone(self, priority: Priority, occasion: Occasion) -> bool:
        """Whether it is told by itself even in a flood."""
        return occasion in self.alone.get(priority, frozenset())


@dataclass(frozen=True, slots=True)
class GroupRule:
    """Announcements of one customer or area wait for company, then are updated and repeated no oftener."""

    wait: timedelta
    update_every: timedelta
    repeat_every: timedelta


@dataclass(frozen=True, slots=True)
class Budget:
    """Announced alarms an hour and person: the target and the limit."""

    per_hour: int
    limit_per_hour: int


@dataclass(frozen=True, slots=True)
class QuietRule:
    """What reaches a person during quiet hours; the rest becomes one digest at their end."""

    lets_pass: Mapping[Priority, frozenset[Occasion]]

    def passes(self, priority: Priority, occasion: Occasion) -> bool:
        """Whether it is told during quiet hours."""
        return occasion in self.lets_pass.get(priority, frozenset())
