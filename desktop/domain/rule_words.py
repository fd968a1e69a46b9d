"""Rules in words: what a condition asks, and what it found."""

from desktop.domain.facts import MISSING
from desktop.domain.rule_action import Names, action_words
from desktop.domain.rule_field import FIELDS, said
from desktop.domain.rule_operator import Takes, operator_of
from desktop.domain.rule_value import Condition, Conditions, RuleAction
from desktop.domain.wording import one_line

#: Of a longer text a sentence shows an excerpt.
LONGEST_SHOWN = 80
_PLACED = ("contains", "ends with")
_LISTED = 5


def condition_words(part: Condition | Conditions, names: Names | None = None) -> str:
    """What a condition or group asks: "title contains “checkout”", "(a or b)".

    `names` say what people read for a value, by field and value: {("source", "probe-2"): "Probe 2"}.
    """
    if isinstance(part, Conditions):
        between = " and " if part.join == "all" else " or "
        joined = between.join(condition_words(one, names) for one in part.parts)
        return f"({joined})" if len(part.parts) > 1 else joined
    operator = operator_of(part.operator)
    if operator.takes is Takes.NOTHING:
        return f"{said(part.field)} {operator.name}"
    # "at least" stands beside a noun only with a verb.
    verb = f"is {operator.name}" if operator.takes is Takes.NUMBER else operator.name
    return f"{said(part.field)} {verb} {_wanted(part, names or {})}"


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
        is_ours = field in FIELDS
        return ("yes" if value else "no") if is_ours else ("true" if value else "false")
    if isinstance(value, int | float):
        unit = FIELDS[field].unit if field in FIELDS else ""
        return f"{value:.6g} {unit}".strip() if isinstance(value, float) else f"{value} {unit}".strip()
    return f"“{value}”"


def _wanted(condition: Condition, names: Names) -> str:
    field, value = condition.field, condition.value
    if not isinstance(value, tuple):
        return amount(names.get((field, value), value), field)
    shown = [amount(names.get((field, one), one), field) for one in value[:_LISTED]]
    left = len(value) - len(shown)
    return listed([*shown, f"{left} more"] if left else shown, "or")


def found_words(condition: Condition, value: object) -> str:
    """What a condition that held found: "it reads “Checkout fails in EU”", "it is 4.2", "there is none"."""
    if value is MISSING:
        return "there is none"
    if isinstance(value, bool | int | float):
        return f"it is {amount(value, condition.field)}"
    if isinstance(value, list | tuple):
        return f"it lists {_listing(value)}"
    text = str(value)
    return f"it reads “{_excerpt(text, _place(condition, text))}”"


def _listing(values: list[object] | tuple[object, ...]) -> str:
    shown = [amount(_excerpt(str(one))) for one in values[:_LISTED]]
    left = len(values) - len(shown)
    return listed([*shown, f"{left} more"] if left else shown) or "nothing"


def shows_place(condition: Condition) -> bool:
    """Whether of a long text it shows the place where it holds."""
    return condition.operator in _PLACED


def _place(condition: Condition, text: str) -> int:
    """Where in a text the condition holds, as far as it is in one place."""
    if condition.operator not in _PLACED or len(text) <= LONGEST_SHOWN:
        return 0
    return len(text) if condition.operator == "ends with" else text.lower().find(condition.value.lower())


def _excerpt(text: str, at: int = 0) -> str:
    """At most so much of a long text as one line, around a place in it."""
    if len(text) <= LONGEST_SHOWN:
        return one_line(text)
    start = max(0, min(at - LONGEST_SHOWN // 4, len(text) - LONGEST_SHOWN))
    part = one_line(text[start : start + LONGEST_SHOWN])
    return f"{'…' if start else ''}{part}{'…' if start + LONGEST_SHOWN < len(text) else ''}"
