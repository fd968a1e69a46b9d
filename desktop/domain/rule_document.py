"""Reads the parts of a rule strictly and writes them: each fault names its place and what was meant."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from desktop.domain.errors import DeskError
from desktop.domain.policy_node import Node
from desktop.domain.rule_action import OUTCOMES, ActionValue, AttachBy, action_of
from desktop.domain.rule_field import FieldKind, KnownField, field_of, nearest
from desktop.domain.rule_operator import Operator, Takes, is_number, operator_of, operators_for
from desktop.domain.rule_value import (
    DEEPEST,
    LONGEST_TEXT,
    MOST_LISTED,
    MOST_PARTS,
    Condition,
    Conditions,
    Join,
    RuleAction,
)

_Found = TypeVar("_Found")
_JOINS: tuple[Join, ...] = ("all", "any")
_LARGEST_ID = 2**62
_LARGEST_NUMBER = 10**15


def read_conditions(node: Node, depth: int = 1) -> Conditions:
    """The conditions of `{all: [...]}` or `{any: [...]}`, which may hold such groups themselves.

    Raises: DeskError with the path of the fault.
    """
    if depth > DEEPEST:
        raise node.fault(f"groups stand more than {DEEPEST} deep.", "Make two rules of it.")
    parts = node.parts((), _JOINS)
    if len(parts) != 1:
        raise node.fault("exactly one of “all” and “any” joins conditions.")
    join: Join = "all" if "all" in parts else "any"
    items = parts[join].items(least=0)
    if not items:
        raise parts[join].fault(
            "without a condition the rule would hold for everything.",
            "If that is meant, write: source exists.",
        )
    if len(items) > MOST_PARTS:
        raise parts[join].fault(f"{len(items)} conditions are too many.", f"Up to {MOST_PARTS} are read.")
    return Conditions(join, tuple(_read_part(item, depth) for item in items))


def write_conditions(conditions: Conditions) -> dict[str, Any]:
    """The document of `read_conditions`."""
    return {conditions.join: [_write_part(part) for part in conditions.parts]}


def read_actions(node: Node) -> tuple[RuleAction, ...]:
    """At least one action, each `{kind, value}`, none of which contradicts another.

    Raises: DeskError with the path of the fault.
    """
    actions: list[RuleAction] = []
    touched: set[str] = set()
    for item in node.items():
        action = _read_action(item)
        touches = action_of(action.kind).touches
        if action in actions:
            raise item.fault("the same action is listed twice.")
        if touches in touched:
            raise item.fault(f"the rule sets {touches.replace('_', ' ')} twice.", "Keep one of them.")
        touched |= {touches} - {""}
        actions.append(action)
    outcomes = {action.kind for action in actions if action.kind in (*OUTCOMES, "review")}
    if "suppress" in outcomes and len(outcomes) > 1:
        other = sorted(outcomes - {"suppress"})[0]
        raise node.fault(f"a rule cannot both suppress and {other}.", "Keep one of them.")
    return tuple(actions)


def write_actions(actions: tuple[RuleAction, ...]) -> list[dict[str, Any]]:
    """The document of `read_actions`."""
    return [_without_none({"kind": action.kind, "value": action.value}) for action in actions]


def at(node: Node, find: Callable[[str], _Found]) -> _Found:
    """What a lookup finds for the text here, its fault told with this path."""
    return located(node, lambda: find(node.text()))


def located(node: Node, check: Callable[[], _Found]) -> _Found:
    """What the check gives, its fault told with this path.

    Raises: DeskError with the path of the node.
    """
    try:
        return check()
    except DeskError as fault:
        if fault.field:
            raise
        raise node.fault(fault.message, fault.hint) from None


def limited(node: Node, longest: int) -> str:
    """A text of at most so many letters."""
    text = node.text()
    if len(text) > longest:
        raise node.fault(f"the text is {len(text)} letters long.", f"Shorten it to {longest}.")
    return text


def yes_no(node: Node) -> bool:
    """True or false, and nothing that merely counts as such."""
    if not isinstance(node.value, bool):
        raise node.fault("only yes or no will do.")
    return node.value


def _read_part(node: Node, depth: int) -> Condition | Conditions:
    is_group = isinstance(node.value, Mapping) and any(join in node.value for join in _JOINS)
    return read_conditions(node, depth + 1) if is_group else _read_condition(node)


def _read_condition(node: Node) -> Condition:
    parts = node.parts(("field", "operator"), ("value",))
    known = at(parts["field"], field_of)
    operator = at(parts["operator"], operator_of)
    if known.kind not in operator.kinds:
        suited = ", ".join(one.name for one in operators_for(known.kind))
        raise parts["operator"].fault(f"“{operator.name}” does not suit {known.name}.", f"Use {suited}.")
    value = parts.get("value")
    if operator.takes is Takes.NOTHING:
        if value is not None and value.value is not None:
            raise value.fault(f"“{operator.name}” takes no value.", "Leave it out.")
        return Condition(known.name, operator.name)
    if value is None:
        raise node.fault(f"“{operator.name}” needs a value.", f"For example {known.example}.")
    return Condition(known.name, operator.name, _read_value(value, known, operator))


def _read_value(
    node: Node, known: KnownField, operator: Operator
) -> str | int | float | bool | tuple[Any, ...]:
    if operator.takes is Takes.NUMBER:
        return _number(node)
    if operator.takes is Takes.MANY:
        items = node.items()
        if len(items) > MOST_LISTED:
            raise node.fault(f"{len(items)} values are too many.", f"Up to {MOST_LISTED} are read.")
        return tuple(_read_one(item, known, operator) for item in items)
    return _read_one(node, known, operator)


def _read_one(node: Node, known: KnownField, operator: Operator) -> str | int | float | bool:
    if known.kind is FieldKind.YES_NO:
        return yes_no(node)
    if known.kind is FieldKind.NUMBER:
        return _number(node)
    if known.kind is FieldKind.CHOICE:
        word = node.text()
        if word not in known.choices:
            known_words = f"Known are {', '.join(known.choices)}."
            raise node.fault(f"{known.name} is never “{word}”.", nearest(word, known.choices, known_words))
        return word
    if known.kind is FieldKind.ANY and operator.name in ("is", "is not", "is one of"):
        if isinstance(node.value, bool):
            return node.value
        if is_number(node.value):
            return _number(node)
    return limited(node, LONGEST_TEXT)


def _number(node: Node) -> int | float:
    value = node.value
    if not is_number(value) or not abs(value) < _LARGEST_NUMBER:  # so that a NaN is none
        raise node.fault("this is not a number to compare with.", "Write it in digits, as 5 or 99.5.")
    return value  # type: ignore[no-any-return]  # just seen to be a number


def _read_action(node: Node) -> RuleAction:
    parts = node.parts(("kind",), ("value",))
    known = at(parts["kind"], action_of)
    value = parts.get("value")
    if known.takes is ActionValue.NOTHING:
        if value is not None and value.value is not None:
            raise value.fault(f"“{known.kind}” takes no value.", "Leave it out.")
        return RuleAction(known.kind)
    if value is None:
        raise node.fault(f"“{known.kind}” needs a value.")
    return RuleAction(known.kind, _VALUES[known.takes](value))


def _severity(node: Node) -> int:
    return node.whole(1, 4)


def _factor(node: Node) -> int:
    return node.whole(0, 5)


def _reason(node: Node) -> str:
    return limited(node, LONGEST_TEXT)


def _who(node: Node) -> int | str:
    return limited(node, LONGEST_TEXT) if isinstance(node.value, str) else node.whole(1, _LARGEST_ID)


def _attach(node: Node) -> str:
    words = [by.value for by in AttachBy]
    word = node.text()
    if word not in words:
        hint = nearest(word, words, f"Known are {', '.join(words)}.")
        raise node.fault(f"nothing can be attached by “{word}”.", hint)
    return word


_VALUES: dict[ActionValue, Callable[[Node], Any]] = {
    ActionValue.TEXT: _reason,
    ActionValue.SEVERITY: _severity,
    ActionValue.FACTOR: _factor,
    ActionValue.WHO: _who,
    ActionValue.ATTACH: _attach,
}


def _write_part(part: Condition | Conditions) -> dict[str, Any]:
    if isinstance(part, Conditions):
        return write_conditions(part)
    value = list(part.value) if isinstance(part.value, tuple) else part.value
    return _without_none({"field": part.field, "operator": part.operator, "value": value})


def _without_none(mapping: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if value is not None}
