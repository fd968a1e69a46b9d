"""Alert health: whether people are told no more than they can bear, in figures with targets (ux.md 1.4)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from desktop.domain.instant import US_PER_DAY, US_PER_SECOND
from desktop.domain.policy_alarm import Budget
from desktop.domain.policy_score import Priority

_HOUR_US = 3_600 * US_PER_SECOND
_WINDOW_US = 600 * US_PER_SECOND
_MINUTE_US = 60 * US_PER_SECOND
_WINDOW_MOST = 10
_PROMPT_US = 5 * _MINUTE_US
_TOP_RULES = 10
_CHATTER = 3
_STANDING_MOST = 5
_OVERFULL_MOST = 0.01


class Announced(NamedTuple):
    """A notification that left the desk; priority and kind are empty for one about many."""

    at_us: int
    reason: str
    step: int
    priority: str
    kind: str
    is_repeat: int


class ToldAlarm(NamedTuple):
    """An alarm that was told: when, and how it ended, 0 while it stands."""

    raised_us: int
    state: str
    ended_us: int


class SnoozeFact(NamedTuple):
    """A snooze, and when the tightest promise of its escalation fell due, 0 for none."""

    started_us: int
    until_us: int
    reason: str
    past_breach_reason: str
    due_us: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as a number and as shown, its target in words, and whether it is kept; None without one."""

    key: str
    title: str
    value: float
    text: str
    target: str
    ok: bool | None


class HealthFacts(NamedTuple):
    """What the figures are made of."""

    announced: Sequence[Announced]
    told: Sequence[ToldAlarm]
    snoozes: Sequence[SnoozeFact]
    standing: int
    steps: Sequence[tuple[int, int]]


def figures(facts: HealthFacts, budget: Budget, since_us: int, now_us: int) -> tuple[Figure, ...]:
    """The figures of a period, in the order they are shown."""
    return (
        _per_hour(facts.announced, budget, since_us, now_us),
        _overfull(facts.announced, since_us, now_us),
        *_mix(facts.announced),
        *_acknowledging(facts.told),
        _top_rules(facts.announced),
        _count("realarms", "Told again", sum(bool(row.is_repeat) for row in facts.announced)),
        *_snoozing(facts.snoozes),
        Figure(
            "standing",
            "Standing for more than 24 h",
            facts.standing,
            str(facts.standing),
            f"fewer than {_STANDING_MOST}",
            facts.standing < _STANDING_MOST,
        ),
        _chattering(facts.steps),
    )


def _per_hour(announced: Sequence[Announced], budget: Budget, since_us: int, now_us: int) -> Figure:
    first_us = min((row.at_us for row in announced), default=since_us)
    hours = max((now_us - max(first_us, since_us)) / _HOUR_US, 1.0)
    value = len(announced) / hours
    target = f"at most {budget.per_hour}, never above {budget.limit_per_hour}"
    return Figure("per_hour", "Announced per hour", value, f"{value:.1f}", target, value <= budget.per_hour)


def _overfull(announced: Sequence[Announced], since_us: int, now_us: int) -> Figure:
    windows = Counter((row.at_us - since_us) // _WINDOW_US for row in announced)
    over = sum(count > _WINDOW_MOST for count in windows.values())
    value = over / max(1, (now_us - since_us) // _WINDOW_US)
    return Figure(
        "overfull",
        f"Ten minutes with more than {_WINDOW_MOST}",
        value,
        _percent(value),
        "below 1 %",
        value < _OVERFULL_MOST,
    )


def _mix(announced: Sequence[Announced]) -> tuple[Figure, ...]:
    known = [row.priority for row in announced if row.priority]
    shares = (
        ("mix_high", "Of them P1", (Priority.P1,), 0.05),
        ("mix_medium", "Of them P2", (Priority.P2,), 0.15),
    )
    found = []
    for key, title, priorities, most in shares:
        value = sum(priority in priorities for priority in known) / len(known) if known else 0.0
        found.append(Figure(key, title, value, _percent(value), f"about {_percent(most)}", value <= most))
    return tuple(found)


def _acknowledging(told: Sequence[ToldAlarm]) -> tuple[Figure, ...]:
    waits = [row.ended_us - row.raised_us for row in told if row.state == "acknowledged"]
    asked = len(waits) + sum(row.state == "raised" for row in told)
    prompt = sum(wait_us <= _PROMPT_US for wait_us in waits) / asked if asked else 0.0
    middle_s = median(waits) / US_PER_SECOND if waits else 0.0
    middle = f"{middle_s / 60:.1f} min" if waits else "–"
    return (
        Figure("prompt", "Acknowledged within 5 min", prompt, _percent(prompt), "", None),
        Figure("median", "Median time to acknowledge", middle_s, middle, "", None),
    )


def _top_rules(announced: Sequence[Announced]) -> Figure:
    rules = Counter((row.reason, row.kind, row.step) for row in announced)
    top = sum(count for _, count in rules.most_common(_TOP_RULES))
    value = top / len(announced) if announced else 0.0
    return Figure("top_rules", f"Share of the {_TOP_RULES} busiest rules", value, _percent(value), "", None)


def _snoozing(snoozes: Sequence[SnoozeFact]) -> tuple[Figure, ...]:
    unreasoned = sum(not row.reason.strip() for row in snoozes)
    past = sum(
        0 < row.due_us < row.until_us and not row.past_breach_reason.strip() and row.started_us < row.due_us
        for row in snoozes
    )
    return (
        _count("snoozes", "Snoozes", len(snoozes)),
        _count("unreasoned", "Snoozes without a reason", unreasoned, most=0),
        _count("past_breach", "Snoozed past a breach without a reason", past, most=0),
    )


def _chattering(steps: Sequence[tuple[int, int]]) -> Figure:
    """Cards that changed their step three times and more within a minute."""
    cards = set()
    for i, (escalation_id, at_us) in enumerate(steps[_CHATTER - 1 :]):
        first_id, first_us = steps[i]
        if first_id == escalation_id and at_us - first_us <= _MINUTE_US:
            cards.add(escalation_id)
    return _count("chattering", "Chattering cards", len(cards), most=0)


def _count(key: str, title: str, value: int, most: int | None = None) -> Figure:
    target = "" if most is None else (f"at most {most}" if most else "none")
    return Figure(key, title, value, str(value), target, None if most is None else value <= most)


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %" if share == 0 or share >= 0.1 else f"{share * 100:.1f} %"


def period_start_us(now_us: int, days: int) -> int:
    """When a period of so many days, up to now, began."""
    return now_us - days * US_PER_DAY
