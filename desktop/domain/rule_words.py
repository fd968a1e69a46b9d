"""Rules in words: what a condition asks, and why it held."""

from desktop.domain.facts import MISSING
from desktop.domain.rule_action import action_words
from desktop.domain.rule_field import FIELDS, said
from desktop.domain.rule_operator import Takes, operator_of
from desktop.domain.rule_value import Condition, Conditions, RuleAction
from desktop.domain.wording import one_line

_LONGEST = 80
_LISTED = 5


def condition_words(part: Condition | Conditions) -> str:
    """What a condition or group asks: "title contains “checkout”", "(a or b)"."""
    if isinstance(part, Conditions):
        joined = (" and " if part.join == "all" else " or ").join(condition_words(one) for one in part.parts)
        return f"({joined})" if len(part.parts) > 1 else joined
    operator = operator_of(part.operator)
    if operator.takes is Takes.NOTHING:
        return f"{said(part.field)} {operator.name}"
    # "at least" stands beside a noun only with a verb.
    verb = f"is {operator.name}" if operator.takes is Takes.NUMBER else operator.name
    return f"{said(part.field)} {verb} {_wanted(part)}"


def because(condition: Condition, value: object) -> str:
    """Why a condition held: "title contains “checkout”: it reads “Checkout fails in EU”"."""
    words = condition_words(condition)
    if condition.operator == "is missing":
        return words
    return f"{words}: {_found(condition, value)}"


def actions_words(actions: tuple[RuleAction, ...]) -> str:
    """Actions as one phrase: "sets the severity to SEV1 and adds the tag “eu”"."""
    return listed([action_words(action) for action in actions])


def listed(words: list[str], last: str = "and") -> str:
    """Words as people list them: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def amount(value: object, field: str = "") -> str:
    """A value as a sentence shows it: texts in quotes, numbers with the field's unit."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        unit = FIELDS[field].unit if field in FIELDS else ""
        return f"{value:.6g} {unit}".strip() if isinstance(value, float) else f"{value} {unit}".strip()
    return f"“{value}”"


def _wanted(condition: Condition) -> str:
    if not isinstance(condition.value, tuple):
        return amount(condition.value, condition.field)
    shown = [amount(one, condition.field) for one in condition.value[:_LISTED]]
    left = len(condition.value) - len(shown)
    return listed([*shown, f"{left} more"] if left else shown, "or")


def _found(condition: Condition, value: object) -> str:
    if value is MISSING:
        return "there is none"
    if isinstance(value, bool | int | float):
        return f"it is {amount(value, condition.field)}"
    if isinstance(value, list | tuple):
        return f"it lists {_listing(value)}"
    sought = condition.value if isinstance(condition.value, str) else ""
    return f"it reads “{_excerpt(one_line(str(value)), sought)}”"


def _listing(values: list[object] | tuple[object, ...]) -> str:
    shown = [amount(_excerpt(one_line(str(one)), "")) for one in values[:_LISTED]]
    left = len(values) - len(shown)
    return listed([*shown, f"{left} more"] if left else shown) or "nothing"


def _excerpt(text: str, sought: str) -> str:
    """At most so much of a long text, around what was sought where it is there."""
    if len(text) <= _LONGEST:
        return text
    at = text.lower().find(one_line(sought).lower()) if sought else 0
    start = max(0, min(at - _LONGEST // 4, len(text) - _LONGEST))
    part = text[start : start + _LONGEST].strip()
    return f"{'…' if start else ''}{part}{'…' if start + _LONGEST < len(text) else ''}"
