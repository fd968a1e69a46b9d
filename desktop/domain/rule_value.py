"""What a rule is made of: conditions, how they are joined, and actions."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal

Join = Literal["all", "any"]


class Mode(StrEnum):
    """Whether a rule acts or only proposes what it would do."""

    ACT = "act"
    PROPOSE = "propose"


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold: a field, an operator and what it is compared with.

    `value` is a text, number, yes/no, a tuple of texts and numbers, or None, as the operator takes it.
    """

    field: str
    operator: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions of which all must hold, or any one."""

    join: Join
    parts: "tuple[Condition | Conditions, ...]"


@dataclass(frozen=True, slots=True)
class RuleAction:
    """One thing a rule does; `kind` is a key of `rule_action.ACTIONS`, `value` as that kind takes it."""

    kind: str
    value: Any = None


LONGEST_TEXT: Final = 500
LONGEST_NAME: Final = 120
MOST_PARTS: Final = 100
MOST_LISTED: Final = 500
DEEPEST: Final = 5
