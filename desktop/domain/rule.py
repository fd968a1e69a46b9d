"""Triage rules: immutable versions, and the set of them that decides about a signal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.facts import MISSING, Facts, SignalFacts
from desktop.domain.policy_node import Node
from desktop.domain.rule_action import ACTIONS, TOUCHABLE, ActionKind, ActionValue, AttachBy, action_of
from desktop.domain.rule_check import Asked, Checked, checked
from desktop.domain.rule_decision import OUTCOME, Applied, Decision, Dispute, Outcome, decide
from desktop.domain.rule_document import (
    limited,
    read_actions,
    read_conditions,
    write_actions,
    write_conditions,
    yes_no,
)
from desktop.domain.rule_field import FIELDS, FieldKind, KnownField, field_of
from desktop.domain.rule_operator import OPERATORS, Operator, Takes, operator_of, operators_for
from desktop.domain.rule_value import LONGEST_NAME, Condition, Conditions, Mode, RuleAction

__all__ = [
    "ACTIONS",
    "FIELDS",
    "MISSING",
    "OPERATORS",
    "OUTCOME",
    "TOUCHABLE",
    "ActionKind",
    "ActionValue",
    "Applied",
    "AttachBy",
    "Condition",
    "Conditions",
    "Decision",
    "Dispute",
    "Facts",
    "FieldKind",
    "KnownField",
    "Mode",
    "Operator",
    "Outcome",
    "Rule",
    "RuleAction",
    "RuleSet",
    "SignalFacts",
    "Takes",
    "action_of",
    "compile",
    "field_of",
    "operator_of",
    "operators_for",
]

_LARGEST = 2**62


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule; `id` and `version` are 0 until it is kept.

    Rules are tried by `order`, equal ones by id. After a rule with `stop` that acts, no later one is tried.
    """

    id: int
    version: int
    name: str
    order: int
    conditions: Conditions
    actions: tuple[RuleAction, ...]
    stop: bool = False
    enabled: bool = True
    mode: Mode = Mode.ACT

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "Rule":
        """The rule of a document: `name`, `conditions` and `actions`; all else may be left out.

        A condition is `{field, operator, value}`, a group `{all: [...]}` or `{any: [...]}`, an action
        `{kind, value}`.

        Raises: DeskError with the path of the fault (`conditions.all[0].operator`) and, where something like
        it is known, what was meant.
        """
        if not isinstance(mapping, Mapping):
            raise DeskError("A rule is a list of names with values.", hint="Begin with its name.")
        optional = ("id", "version", "order", "stop", "enabled", "mode")
        parts = Node(mapping).parts(("name", "conditions", "actions"), optional)
        numbers = {
            name: parts[name].whole(0, _LARGEST) if name in parts else 0
            for name in ("id", "version", "order")
        }
        return cls(
            **numbers,
            name=limited(parts["name"], LONGEST_NAME),
            conditions=read_conditions(parts["conditions"]),
            actions=read_actions(parts["actions"]),
            stop=yes_no(parts["stop"]) if "stop" in parts else False,
            enabled=yes_no(parts["enabled"]) if "enabled" in parts else True,
            mode=parts["mode"].choice(Mode) if "mode" in parts else Mode.ACT,
        )

    def to_mapping(self) -> dict[str, Any]:
        """The document of `from_mapping`, of plain JSON values."""
        return {
            "id": self.id,
            "version": self.version,
            "name": self.name,
            "order": self.order,
            "conditions": write_conditions(self.conditions),
            "actions": write_actions(self.actions),
            "stop": self.stop,
            "enabled": self.enabled,
            "mode": self.mode.value,
        }


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule that can be tried; what is tripped only proposes."""

    rule: Rule
    check: Checked
    mode: Mode
    is_tripped: bool
    touches: tuple[str, ...]


class RuleSet:
    """Rules that decide together; immutable, and the same facts always give the same decision."""

    __slots__ = ("_ready",)

    def __init__(self, rules: Iterable[Rule], tripped: frozenset[int] = frozenset()) -> None:
        """Raises: DeskError for a field, operator or action that is not known."""
        switched_on = sorted((rule for rule in rules if rule.enabled), key=lambda rule: (rule.order, rule.id))
        self._ready = tuple(
            _Ready(
                rule,
                checked(rule.conditions),
                Mode.PROPOSE if rule.id in tripped else rule.mode,
                rule.id in tripped,
                tuple(field for action in rule.actions if (field := action_of(action.kind).touches)),
            )
            for rule in switched_on
        )

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are tried, in their order."""
        return tuple(ready.rule for ready in self._ready)

    def decide(self, facts: Facts, locked: frozenset[str] = frozenset()) -> Decision:
        """What the rules make of the facts; fields in `locked` a person has set, and no rule sets again.

        A field is asked for at most once, and only when a condition needs it.
        """
        asked = Asked(facts)
        applied = []
        for ready in self._ready:
            if not ready.check.holds(asked):
                continue
            applied.append(_applied(ready, asked, locked))
            # What only proposes must not change what others do.
            if ready.rule.stop and ready.mode is Mode.ACT:
                break
        return decide(applied, locked)


def compile(rules: Iterable[Rule], tripped: frozenset[int] = frozenset()) -> RuleSet:
    """The rules made ready to decide; those whose ids are in `tripped` only propose.

    Raises: DeskError for a field, operator or action that is not known.
    """
    return RuleSet(rules, tripped)


def _applied(ready: _Ready, asked: Asked, locked: frozenset[str]) -> Applied:
    rule, free = ready.rule, ready.rule.actions
    kept: tuple[str, ...] = ()
    if locked:
        free = tuple(action for action in rule.actions if action_of(action.kind).touches not in locked)
        kept = tuple(field for field in ready.touches if field in locked)
    return Applied(
        rule_id=rule.id,
        version=rule.version,
        name=rule.name,
        mode=ready.mode,
        actions=free,
        because=tuple(ready.check.because(asked)),
        kept=kept,
        is_tripped=ready.is_tripped,
    )
