"""Forms of the commands on clocks: pause and snooze."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.board import BREACHED, step_of
from desktop.domain.instant import from_us, span_us, to_us
from desktop.domain.policy import Priority
from desktop.domain.snooze import Breach, latest_us
from desktop.ui.escalation.calls import AS_LONG_AS_ALLOWED, UNTIL_REPLY
from desktop.ui.escalation.occasion import Asked, Occasion, digits_of, line_of, same, span_words, title_of
from desktop.ui.kit.prompt import PromptField
from desktop.ui.text import clock_time


def ask_pause(occasion: Occasion) -> Asked:
    """Why, for how long, on whom."""
    rule = occasion.facts.policy.pause
    reasons = [(reason.key, f"{reason.text}, {span_words(reason.limit)} at most") for reason in rule.reasons]
    until = [
        ("0", "As long as the reason allows"),
        ("60", "1 hour"),
        ("240", "4 hours"),
        ("480", "8 hours"),
        ("1440", "1 day"),
    ]
    kinds = " and ".join(sorted(kind.value for kind in rule.kinds))
    fields = (
        digits_of(occasion, "reason", "Reason", reasons),
        PromptField(
            "until", "For", "choice", choices=until, value=occasion.value("until", "0"), required=False
        ),
        line_of(occasion, "waiting_on", "Waiting on", hint="A name, if there is one."),
        line_of(occasion, "note", "Note"),
    )
    text = f"The policy lets the clock of {kinds} stand still. The pause ends by itself and is announced."
    return Asked(title_of(occasion, "Pause the clock"), "Pause clock", fields, text)


_SNOOZE_REASONS = ("Somebody works on it", "Waiting on the customer", "Waiting on a supplier", "Under watch")


def ask_snooze(occasion: Occasion) -> Asked:
    """For how long and why; with a reason of its own where it lasts past the breach."""
    rule, now = occasion.facts.policy.snooze, occasion.now
    limits = snooze_limits(occasion)
    times, bar = [], {}
    for preset in rule.presets:
        key = str(int(preset.total_seconds()) // 60)
        times.append((key, f"{span_words(preset)}, until {clock_time(now + preset)}"))
        if limits is not None and now + preset > limits.latest_at:
            bar[key] = f"{clock_time(limits.latest_at)} at the latest"
    times.append((UNTIL_REPLY, "Until the customer replies, as long as allowed"))
    times.append((AS_LONG_AS_ALLOWED, "As long as the policy allows"))
    breach = limits.breach_at if limits is not None else None
    needed = f"Needed beyond {clock_time(breach)}, when its clock runs out." if breach is not None else ""
    fields = (
        digits_of(occasion, "until", "For", times, bar=bar),
        digits_of(occasion, "reason", "Reason", same(_SNOOZE_REASONS)),
        PromptField(
            "past_breach_reason",
            "Past the breach",
            "choice",
            choices=[("", "Not past the breach"), *same(rule.past_breach_reasons)],
            value=occasion.value("past_breach_reason"),
            hint=needed,
            required=False,
        ),
        line_of(occasion, "words", "In your words"),
    )
    text = (
        "Alarms return by themselves; at once if it gets graver, the customer answers or its owner changes."
    )
    return Asked(title_of(occasion, "Snooze reminders"), "Snooze", fields, text)


@dataclass(frozen=True, slots=True)
class SnoozeLimits:
    """What a card tells of the limits: the next breach, if one is to come, and the latest end of a snooze."""

    breach_at: datetime | None
    latest_at: datetime


def snooze_limits(occasion: Occasion) -> SnoozeLimits | None:
    """The limits as far as one card shows them; the desk may know of stricter ones."""
    row = occasion.row
    if row is None:
        return None
    rule, now_us = occasion.facts.policy.snooze, to_us(occasion.now)
    priority = Priority(row.priority) if row.priority else Priority.P4
    longest = rule.limit(priority, breached=step_of(row, now_us) == BREACHED)
    is_counting = bool(row.clock) and not row.clock_paused and row.due_us > now_us
    breach = Breach(row.due_us if is_counting else None, span_us(rule.breached_limit))
    latest = latest_us(now_us, span_us(longest), breach, past_breach=True)
    return SnoozeLimits(from_us(row.due_us) if is_counting else None, from_us(latest))
