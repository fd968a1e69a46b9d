"""What rules may do: each kind of action, what it takes, and the sentence that says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from desktop.domain.errors import DeskError
from desktop.domain.rule_field import nearest
from desktop.domain.rule_value import RuleAction


class ActionValue(StrEnum):
    """What an action takes: text, SEV 1 to 4, a factor 0 to 5, a person or customer, or how to attach."""

    NOTHING = "nothing"
    TEXT = "text"
    SEVERITY = "severity"
    FACTOR = "factor"
    WHO = "who"
    ATTACH = "attach"


class AttachBy(StrEnum):
    """What an open escalation must have in common with a signal that is attached to it."""

    CUSTOMER_AREA = "customer_area"
    FINGERPRINT = "fingerprint"


@dataclass(frozen=True, slots=True)
class ActionKind:
    """One kind of action.

    `touches` is the field of the escalation it sets, empty where it sets none; two rules dispute when they
    touch the same with different results. `key` is the name its value has in a decision. `phrase` says it,
    with the value in place of {}.
    """

    kind: str
    label: str
    takes: ActionValue
    phrase: str
    touches: str = ""
    key: str = ""


#: What people read for the value of an action, or of a field in a condition.
Names = Mapping[tuple[str, Any], str]
_OWNER = "owner"

#: Every kind of action by its name, in the order the editor offers them.
ACTIONS: Final = {
    action.kind: action
    for action in (
        ActionKind(
            "set_issue_type",
            "Set issue type",
            ActionValue.TEXT,
            "sets the issue type to {}",
            "issue_type",
            "issue_type",
        ),
        ActionKind(
            "set_severity",
            "Set severity",
            ActionValue.SEVERITY,
            "sets the severity to {}",
            "severity",
            "severity",
        ),
        ActionKind(
            "set_business_impact",
            "Set business impact",
            ActionValue.FACTOR,
            "sets the business impact to {}",
            "business_impact",
            "business_impact",
        ),
        ActionKind(
            "set_reputational_risk",
            "Set reputational risk",
            ActionValue.FACTOR,
            "sets the reputational risk to {}",
            "reputational_risk",
            "reputational_risk",
        ),
        ActionKind("set_team", "Set team", ActionValue.TEXT, "gives it to the team {}", "team", "team"),
        ActionKind("set_area", "Set area", ActionValue.TEXT, "sets the area to {}", "area", "area"),
        ActionKind(
            "set_customer",
            "Set customer",
            ActionValue.WHO,
            "says that the customer is {}",
            "customer",
            "customer",
        ),
        ActionKind("assign", "Assign to", ActionValue.WHO, "assigns it to {}", _OWNER, _OWNER),
        ActionKind(
            "assign_on_call",
            "Assign to who is on call for",
            ActionValue.TEXT,
            "assigns it to who is on call for {}",
            _OWNER,
            "owner_on_call",
        ),
        ActionKind("add_tag", "Add tag", ActionValue.TEXT, "adds the tag {}"),
        ActionKind("link_playbook", "Link playbook", ActionValue.TEXT, "links the playbook {}"),
        ActionKind("open", "Open escalation", ActionValue.NOTHING, "opens an escalation"),
        ActionKind("attach", "Attach to the open one", ActionValue.ATTACH, "attaches it to the open one {}"),
        ActionKind("suppress", "Suppress because", ActionValue.TEXT, "suppresses it: {}"),
        ActionKind("review", "Ask a person because", ActionValue.TEXT, "asks a person to look: {}"),
    )
}

#: The fields a rule may set, which a person may take out of the rules' hands by setting them.
TOUCHABLE: Final = frozenset(action.touches for action in ACTIONS.values() if action.touches)
#: The actions that say what becomes of a signal.
OUTCOMES: Final = ("open", "attach", "suppress")
_ATTACH_WORDS = {
    AttachBy.CUSTOMER_AREA: "of the same customer and area",
    AttachBy.FINGERPRINT: "that tells of the same thing",
}
#: Their reasons are the rule writer's own sentence.
_REASONS = ("suppress", "review")


def action_of(kind: str) -> ActionKind:
    """What is known of a kind of action.

    Raises: DeskError that suggests the nearest one.
    """
    known = ACTIONS.get(kind)
    if known is None:
        words = f"Known are {', '.join(ACTIONS)}."
        raise DeskError(f"No rule can do “{kind}”.", hint=nearest(kind, ACTIONS, words))
    return known


def action_words(action: RuleAction, names: Names | None = None) -> str:
    """What an action does: "sets the severity to SEV1".

    `names` say what people read for a value, by kind of action and value: {("assign", 7): "Mira Kos"}.
    """
    known = action_of(action.kind)
    return known.phrase.format(value_words(known, action.value, names or {}))


def value_words(known: ActionKind, value: Any, names: Names) -> str:  # noqa: ANN401
    """The value of an action as its sentence says it."""
    if known.takes is ActionValue.SEVERITY:
        return f"SEV{value}"
    if known.takes is ActionValue.ATTACH:
        return _ATTACH_WORDS[AttachBy(value)]
    if known.takes is ActionValue.WHO and isinstance(value, int):
        noun = "person" if known.touches == _OWNER else "customer"
        return names.get((known.kind, value), f"{noun} no. {value}")
    if known.takes is ActionValue.TEXT and known.kind not in _REASONS:
        return f"“{names.get((known.kind, value), value)}”"
    return "" if value is None else str(value)
