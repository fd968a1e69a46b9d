"""Forms of the commands on clocks: pause and snooze."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.board import BREACHED, step_of
from desktop.domain.instant import from_us, span_us, to_us
from desktop.domain.policy import Priority
from desktop.domain.snooze import Breach, latest_us
from desktop.ui.escalation.calls import UNTIL_REPLY
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
    kinds = " or ".join(sorted(kind.value for kind in rule.kinds))
    fields = (
        digits_of(occasion, "reason", "Reason", reasons),
        PromptField(
            "until", "For", "choice", choices=until, value=occasion.value("until", "0"), required=False
        ),
        line_of(occasion, "waiting_on", "Waiting on", hint="A name, if there is one."),
        line_of(occasion, "note", "Note"),
    )
    text = f"The clock to {kinds} may stand still. The pause ends by itself and is announced."
    return Asked(title_of(occasion, "Pause the clock"), "Pause clock", fields, text)


_SNOOZE_REASONS = ("Somebody works on it", "Waiting on the customer", "Waiting on a supplier", "Under watch")
_USUAL_MIN = 30


def ask_snooze(occasion: Occasion) -> Asked:
    """For how long and why; with a reason of its own where it may last past a breach to come."""
    limits = snooze_limits(occasion)
    breach = limits.breach_at if limits is not None else None
    may_pass = limits is None or (breach is not None and breach < limits.latest_at)
    times, bar = _times(occasion, limits)
    allowed = [key for key, _ in times if key != UNTIL_REPLY and key not in bar]
    sensible = _sensible(allowed, occasion.now, breach)
    fields = (
        digits_of(occasion, "until", "For", times, bar=bar, first=sensible),
        digits_of(occasion, "reason", "Reason", same(_SNOOZE_REASONS)),
        _past_breach(occasion, breach),
        line_of(occasion, "words", "In your words"),
    )
    return Asked(
        title_of(occasion, "Snooze reminders"),
        "Snooze",
        fields,
        f"{occasion.facts.snoozes.warning} {_RETURN}".strip(),
        hidden=frozenset() if may_pass else frozenset({_PAST}),
    )


_PAST = "past_breach_reason"
_RETURN = (
    "Alarms return when it ends, or sooner if it gets graver, the customer answers or its owner changes."
)


def _past_breach(occasion: Occasion, breach: datetime | None) -> PromptField:
    """Why the alarms may wait beyond the moment at which a clock runs out."""
    at = clock_time(breach) if breach is not None else ""
    return PromptField(
        _PAST,
        f"Why past {at}" if at else "Why past a breach",
        "choice",
        choices=[("", "It ends before"), *same(occasion.facts.policy.snooze.past_breach_reasons)],
        value=occasion.value(_PAST),
        hint=f"Needed only beyond {at}, when its clock runs out." if at else "",
        required=False,
    )


def _times(occasion: Occasion, limits: "SnoozeLimits | None") -> tuple[list[tuple[str, str]], dict[str, str]]:
    """How long it may be, each end once; and which of that is longer than allowed, with the reason."""
    now, latest = occasion.now, limits.latest_at if limits is not None else None
    times, bar, ends = [], {}, set()
    for preset in occasion.facts.policy.snooze.presets:
        key = str(int(preset.total_seconds()) // 60)
        times.append((key, f"{span_words(preset)}, until {clock_time(now + preset)}"))
        ends.add(now + preset)
        if latest is not None and now + preset > latest:
            bar[key] = f"{clock_time(latest)} at the latest"
    longest = (
        latest if limits is None or limits.breach_at is None else min(limits.breach_at, limits.latest_at)
    )
    if longest is None:
        times.append((UNTIL_REPLY, "Until the customer replies, as long as the policy allows"))
    elif longest not in ends:
        times.append((UNTIL_REPLY, f"Until the customer replies, {clock_time(longest)} at the latest"))
    return times, bar


def _sensible(keys: Sequence[str], now: datetime, breach: datetime | None) -> str:
    """Half an hour, or as much less as ends before the breach."""
    fits = [key for key in keys if breach is None or now + timedelta(minutes=int(key)) < breach]
    return next((key for key in reversed(fits) if int(key) <= _USUAL_MIN), "")


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
