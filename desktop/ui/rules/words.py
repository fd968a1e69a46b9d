"""Rules in the words of their page."""

from datetime import datetime

from desktop.domain.rule import Mode, Rule
from desktop.domain.rule_action import Names, action_words
from desktop.domain.rule_words import condition_words
from desktop.services.rule_rows import RuleState
from desktop.services.rule_trial import TriedRow, TryOut
from desktop.ui.text import counted, listed, moment


def when_words(rule: Rule, names: Names) -> str:
    """What must hold: "title contains “checkout” and labels.severity is “critical”"."""
    words = condition_words(rule.conditions, names)
    return words[1:-1] if words.startswith("(") and words.endswith(")") and _is_one(words) else words


def does_words(rule: Rule, names: Names) -> str:
    """What it does then."""
    return listed([action_words(action, names) for action in rule.actions])


def sentence(rule: Rule, names: Names) -> str:
    """The whole rule as one sentence."""
    last = ", and no later rule is asked" if rule.stop else ""
    verb = "it" if rule.mode is Mode.ACT else "it only proposes, and then"
    return f"When {when_words(rule, names)}: {verb} {does_words(rule, names)}{last}."


def state_words(state: RuleState) -> str:
    """On, off, proposes only, or tripped."""
    if not state.rule.enabled:
        return "Off"
    if state.is_tripped:
        return "Tripped"
    return "Proposes only" if state.rule.mode is Mode.PROPOSE else "On"


def state_more(state: RuleState, now: datetime) -> str:
    """Since when it is tripped, or what is wrong with it."""
    if state.tripped_at is not None:
        return f"since {moment(state.tripped_at, now)}"
    return "names what is gone" if state.fault else ""


def trial_words(found: TryOut, now: datetime) -> str:
    """What a trial found, in one paragraph."""
    if not found.looked_at or found.since_at is None:
        return "No signals are kept yet to try it on."
    looked = f"Of the last {counted(found.looked_at, 'signal')}, since {moment(found.since_at, now)},"
    changed = f"something would have become otherwise of {found.changed:,}"
    a_day = f"Escalations a day: {found.a_day_before:.1f} now, {found.a_day_after:.1f} then"
    return f"{looked} it would have held for {found.matched:,}; {changed}. {a_day}."


def tried_second(row: TriedRow) -> str:
    """Why it held and what would have been otherwise."""
    parts = [*row.changes] or ["nothing would have been otherwise"]
    because = f" · because {listed(list(row.because))}" if row.because else ""
    return f"{'; '.join(parts)}{because}"


def _is_one(words: str) -> bool:
    """Whether the first bracket is closed by the last one."""
    depth = 0
    for at, letter in enumerate(words):
        depth += (letter == "(") - (letter == ")")
        if not depth and at < len(words) - 1:
            return False
    return True
