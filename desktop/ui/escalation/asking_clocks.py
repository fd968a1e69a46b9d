"""Forms of the commands on clocks: pause and snooze."""

from datetime import timedelta

from desktop.domain.board import BREACHED, step_of
from desktop.domain.instant import to_us
from desktop.domain.policy import Priority
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
    limit = _snooze_limit(occasion)
    times, bar = [], {}
    for preset in rule.presets:
        key = str(int(preset.total_seconds()) // 60)
        times.append((key, f"{span_words(preset)}, until {clock_time(now + preset)}"))
        if limit is not None and preset > limit:
            bar[key] = f"{span_words(limit)} at most"
    times.append((UNTIL_REPLY, "Until the customer replies, as long as allowed"))
    times.append((AS_LONG_AS_ALLOWED, "As long as the policy allows"))
    past = [("", "Not past the breach"), *same(rule.past_breach_reasons)]
    fields = (
        digits_of(occasion, "until", "For", times, bar=bar),
        digits_of(occasion, "reason", "Reason", same(_SNOOZE_REASONS)),
        PromptField(
            "past_breach_reason", "Past the breach", "choice", choices=past,
            value=occasion.value("past_breach_reason"), required=False,
        ),
        line_of(occasion, "words", "In your words"),
    )  # fmt: skip
    text = (
        "Alarms return by themselves; at once if it gets graver, the customer answers or its owner changes."
    )
    return Asked(title_of(occasion, "Snooze reminders"), "Snooze", fields, text)


def _snooze_limit(occasion: Occasion) -> timedelta | None:
    """The longest snooze that can be told beforehand; the service decides."""
    row = occasion.row
    if row is None:
        return None
    priority = Priority(row.priority) if row.priority else Priority.P4
    is_breached = step_of(row, to_us(occasion.now)) == BREACHED
    return occasion.facts.policy.snooze.limit(priority, breached=is_breached)
