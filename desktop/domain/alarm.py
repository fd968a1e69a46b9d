"""What people are alarmed about: thresholds reached, whether that still stands, what becomes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import NamedTuple

from desktop.domain.commitment import Kind
from desktop.domain.instant import US_PER_DAY, US_PER_SECOND
from desktop.domain.policy_alarm import Announcement, GroupRule, Occasion, QuietRule, Urgency
from desktop.domain.policy_score import Priority, Severity

#: An alarm raised later than this was missed while nobody was there to raise it: the digest tells it.
MISSED_AFTER_S = 120
#: What fell due longer ago than this before it was raised came with an import or an old record: no news.
OLD_NEWS_US = US_PER_DAY
#: After a pause ends, its commitment's alarms wait so long (ux.md 1.2, on-delay).
ON_DELAY_US = 60 * US_PER_SECOND
#: The thresholds of a commitment, mildest first.
THRESHOLDS = (Occasion.AT_RISK, Occasion.BREACHING_SOON, Occasion.BREACHED)
_MICROSECOND = timedelta(microseconds=1)
_OPEN = frozenset({"new", "triaged", "acknowledged", "working", "contained"})
_RANK = {
    Occasion.AT_RISK: 1,
    Occasion.PAUSE_ENDED: 2,
    Occasion.FORGOTTEN: 2,
    Occasion.NEW: 3,
    Occasion.BREACHING_SOON: 4,
    Occasion.UPDATE_LATE: 4,
    Occasion.BREACHED: 5,
}


class Told(IntEnum):
    """How an alarm was told; below zero, what its telling waits for. UNDECIDED is not on the timeline yet.

    SUPPRESSED waits for the escalation to be on its own again: its parent announces for both.
    """

    SUPPRESSED = -8
    WAITING = -7
    SNOOZED = -6
    PAUSED = -5
    AWAITING_GROUP = -4
    HELD = -3
    AWAITING_DIGEST = -2
    UNDECIDED = -1
    NOT = 0
    ALONE = 1
    GROUPED = 2
    IN_DIGEST = 3


class Concern(NamedTuple):
    """An alarm with all that must be known to tell it; `_us` are microseconds since the epoch, 0 is none.

    `reached_us` is when the commitment reaches this threshold by today's reckoning, `due_us` by that of
    the moment it was raised. `parent` is the number of the open escalation it is part of, empty for none.
    """

    alarm_id: int
    escalation_id: int
    commitment_id: int
    subject: str
    threshold: str
    step: int
    due_us: int
    raised_us: int
    late_s: int
    told: int
    repeats: int
    climb_us: int
    kind: str
    commitment_due_us: int
    reached_us: int
    is_first_breach: int
    stopped: int
    paused: int
    resumed_us: int
    number: str
    title: str
    customer_id: int
    customer: str
    severity: int
    priority: str
    owner_id: int
    state: str
    acknowledge_wanted: int
    last_event_us: int
    snoozed_us: int
    created_us: int
    policy_version: int
    parent: str = ""

    @property
    def occasion(self) -> Occasion:
        """What is announced: a late customer update is an occasion of its own."""
        if self.kind == Kind.UPDATE and self.threshold == Occasion.BREACHED:
            return Occasion.UPDATE_LATE
        return Occasion(self.threshold)

    @property
    def band(self) -> Priority:
        """The priority; an escalation not yet classified counts by its severity."""
        return Priority(self.priority) if self.priority else Priority(f"P{self.severity}")

    @property
    def rank(self) -> tuple[int, int, int]:
        """Greater is worse: occasion, then ladder step, then the one due first."""
        return _RANK.get(self.occasion, 0), self.step, -(self.commitment_due_us or self.due_us)

    @property
    def stands_apart(self) -> bool:
        """Whether it is told beside a worse alarm of its escalation: whose it is concerns somebody else."""
        return self.threshold == Occasion.HANDOFF_OPEN


class Reached(NamedTuple):
    """A threshold that has been passed, and when."""

    threshold: Occasion
    at_us: int


def reached(
    threshold: str, at_us: int, soon_us: int, due_us: int, now_us: int
) -> tuple[tuple[Reached, ...], str | None, int | None]:
    """The thresholds passed from the next untold one on, mildest first, and what comes next with its instant.

    A threshold never comes before a milder one, however short the target.
    """
    instants = {Occasion.AT_RISK: at_us, Occasion.BREACHING_SOON: soon_us, Occasion.BREACHED: due_us}
    passed: list[Reached] = []
    first = THRESHOLDS.index(Occasion(threshold))
    for name in THRESHOLDS[first:]:
        instant = at_us if name == threshold else instants[name]
        if instant > now_us:
            return tuple(passed), name.value, instant
        passed.append(Reached(name, instant))
    return tuple(passed), None, None


def late_s(due_us: int, last_look_us: int, now_us: int) -> int:
    """How much too late an alarm is raised, in whole seconds.

    Nobody could raise it before it fell due, nor is the desk late with what it learned since it last looked.
    """
    return max(0, now_us - max(due_us, last_look_us)) // US_PER_SECOND


def why_gone(concern: Concern, now_us: int) -> str:
    """Why the alarm no longer stands, or nothing when it does."""
    if concern.state not in _OPEN:
        return f"the escalation is {concern.state}"
    if concern.commitment_id:
        if concern.stopped:
            return "the commitment has ended"
        if concern.reached_us > now_us and not concern.paused:
            return "the deadline moved"
    if concern.threshold == Occasion.NEW and not concern.acknowledge_wanted:
        return "it was acknowledged"
    if concern.threshold == Occasion.FORGOTTEN:
        return _why_not_forgotten(concern)
    return ""


def _why_not_forgotten(concern: Concern) -> str:
    if ":returned:" in concern.subject:
        return "" if concern.acknowledge_wanted else "it was acknowledged"
    if concern.state != "acknowledged":
        return "it went back into the queue" if concern.acknowledge_wanted else "somebody went on with it"
    return "" if concern.last_event_us <= concern.due_us else "somebody went on with it"


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides about all alarms of one person at one moment.

    `first_until_us` is until when a new desk lets its person look around, 0 where nobody knows;
    `quiet_until_us` is 0 outside quiet hours; `group_told_us` is when each customer was last told of.
    """

    now_us: int
    first_until_us: int
    quiet: QuietRule
    quiet_until_us: int
    grouping: GroupRule
    group_told_us: Mapping[int, int]


class Verdict(NamedTuple):
    """What becomes of an alarm now; `until_us` is when to look again, 0 for never; `gone` ends it."""

    told: Told
    until_us: int
    why: str
    gone: bool = False


def judge(concern: Concern, announcement: Announcement | None, situation: Situation) -> Verdict:
    """Whether the alarm is told now, by whom it is held back, or why it never will be."""
    gone = why_gone(concern, situation.now_us)
    if gone:
        return Verdict(Told.NOT, 0, gone, gone=True)
    return (
        _held_by_design(concern)
        or _held_by_clock(concern, situation)
        or _silent(concern, announcement, situation)
        or _held_by_person(concern, situation)
        or _in_company(concern, announcement, situation)
        or Verdict(Told.ALONE, 0, "")
    )


def why_suppressed(concern: Concern) -> str:
    """Why it is suppressed by design, or nothing: of a parent and its children only the parent announces.

    That a notification got through nowhere is no consequence of the parent's problem.
    """
    if not concern.parent or concern.occasion is Occasion.UNDELIVERED:
        return ""
    return f"{concern.parent} announces for it"


def _held_by_design(concern: Concern) -> Verdict | None:
    why = why_suppressed(concern)
    return Verdict(Told.SUPPRESSED, 0, why) if why else None


def _held_by_clock(concern: Concern, situation: Situation) -> Verdict | None:
    if concern.paused and concern.commitment_id:
        return Verdict(Told.PAUSED, 0, "the clock is paused")
    settled_us = concern.resumed_us + ON_DELAY_US
    if concern.resumed_us and concern.resumed_us <= situation.now_us < settled_us:
        return Verdict(Told.WAITING, settled_us, "the clock has only just been resumed")
    return None


def _silent(concern: Concern, announcement: Announcement | None, situation: Situation) -> Verdict | None:
    if announcement is None or not announcement.is_told:
        return Verdict(Told.NOT, 0, "the policy shows it on the board only")
    if Severity(concern.severity) not in announcement.severities:
        return Verdict(Told.NOT, 0, f"the policy does not announce it for SEV{concern.severity}")
    if announcement.untouched_for is not None and concern.owner_id:
        untouched_us = concern.last_event_us + announcement.untouched_for // _MICROSECOND
        if untouched_us > situation.now_us:
            return Verdict(Told.WAITING, untouched_us, "its owner is at it")
    return None


def _held_by_person(concern: Concern, situation: Situation) -> Verdict | None:
    if concern.snoozed_us > situation.now_us:
        return Verdict(Told.SNOOZED, concern.snoozed_us, "snoozed")
    if situation.first_until_us > situation.now_us:
        return Verdict(Told.HELD, situation.first_until_us, "the first minutes at a new desk")
    if was_missed(concern):
        return Verdict(Told.AWAITING_DIGEST, situation.now_us, "it fell due while nobody was there")
    if situation.quiet_until_us and not situation.quiet.passes(concern.band, concern.occasion):
        return Verdict(Told.HELD, situation.quiet_until_us, "quiet hours")
    return None


def _in_company(concern: Concern, announcement: Announcement | None, situation: Situation) -> Verdict | None:
    """Alarms of one customer wait for each other; what is urgent does not wait."""
    if announcement is None or concern.step or not waits_for_company(concern, announcement):
        return None
    told_us = concern.raised_us + situation.grouping.wait // _MICROSECOND
    group_us = situation.group_told_us.get(concern.customer_id, 0)
    if group_us:
        told_us = max(told_us, group_us + situation.grouping.update_every // _MICROSECOND)
    if told_us <= situation.now_us:
        return None
    return Verdict(Told.WAITING, told_us, "waiting for others of the same customer")


def waits_for_company(concern: Concern, announcement: Announcement) -> bool:
    """Whether it may be told with others of its customer: nothing new, critical, of P1 or apart is."""
    return not (
        announcement.urgency is Urgency.CRITICAL
        or concern.threshold == Occasion.NEW
        or concern.band is Priority.P1
        or concern.stands_apart
    )


def was_missed(concern: Concern) -> bool:
    """Whether it fell due while the program was off or asleep, before the desk knew of it, or long ago."""
    if concern.late_s > MISSED_AFTER_S:
        return True
    is_old = concern.raised_us - concern.due_us > OLD_NEWS_US
    return not concern.step and (is_old or 0 < concern.reached_us < concern.created_us)


def worst_of_each(concerns: Iterable[Concern]) -> dict[int, Concern]:
    """The one alarm of each escalation that is told when several are due at once, by escalation.

    Those that stand apart are not among them.
    """
    worst: dict[int, Concern] = {}
    for concern in concerns:
        if concern.stands_apart:
            continue
        held = worst.get(concern.escalation_id)
        if held is None or concern.rank > held.rank:
            worst[concern.escalation_id] = concern
    return worst
