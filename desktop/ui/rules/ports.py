"""What the page of rules asks of the desk; every call is for the worker and in the operator's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from desktop.domain.maintenance import MaintenanceWindow
from desktop.domain.rule import Rule
from desktop.domain.rule_action import Names
from desktop.services.maintenance_state import MaintenanceState
from desktop.services.observatory import Disagreement, Observed
from desktop.services.rule_rows import RuleState, RuleVersion
from desktop.services.rule_seen import SeenField
from desktop.services.rule_trial import TryOut


@dataclass(frozen=True, slots=True)
class Choices:
    """What conditions and actions can name: fields that signals have, people, teams, areas, issue types.

    Areas and issue types are (key, words); so are `named`, the values of fields that hold keys.
    """

    fields: tuple[SeenField, ...] = ()
    people: tuple[tuple[int, str], ...] = ()
    teams: tuple[str, ...] = ()
    areas: tuple[tuple[str, str], ...] = ()
    issue_types: tuple[tuple[str, str], ...] = ()
    named: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RulesFound:
    """The rules in their order, what they can name, and what people read for the numbers and keys in them."""

    rules: tuple[RuleState, ...]
    choices: Choices
    names: Names


class KeepsRules(Protocol):
    """The rules of one desk."""

    def found(self) -> RulesFound:
        """Every rule and what rules can name."""
        ...

    def save(self, document: Mapping[str, Any]) -> Rule:
        """Keep a rule: a new one without `id`, else its next version.

        Raises: DeskError with the path of the fault; Conflict; NotAllowed.
        """
        ...

    def enable(self, rule_id: int, *, enabled: bool) -> Rule:
        """Switch a rule on or off."""
        ...

    def move(self, rule_id: int, place: int) -> Rule:
        """Ask a rule in another place."""
        ...

    def remove(self, rule_id: int) -> None:
        """Take a rule away."""
        ...

    def bring_back(self, rule_id: int) -> Rule:
        """Take that back."""
        ...

    def reset_breaker(self, rule_id: int) -> None:
        """Let a tripped rule act again."""
        ...

    def versions(self, rule_id: int) -> Sequence[RuleVersion]:
        """Its versions, newest first."""
        ...

    def restore(self, rule_id: int, version: int) -> Rule:
        """Let an earlier version count again."""
        ...

    def try_out(self, document: Mapping[str, Any], last_n: int) -> TryOut:
        """What a rule would have made of the last signals.

        Raises: DeskError with the path of the fault.
        """
        ...

    def ranked(self, within: timedelta | None) -> Sequence[Observed]:
        """The rules people disagree with most, first."""
        ...

    def disagreements(self, rule_id: int, within: timedelta | None) -> Sequence[Disagreement]:
        """Each time they did."""
        ...


@dataclass(frozen=True, slots=True)
class MaintenanceFound:
    """All windows, the latest first, and what they can cover: sources as (key, name), fields of signals."""

    windows: tuple[MaintenanceState, ...]
    sources: tuple[tuple[str, str], ...]
    choices: Choices


class KeepsMaintenance(Protocol):
    """The maintenance windows of one desk."""

    def found(self) -> MaintenanceFound:
        """Every window and what windows can cover."""
        ...

    def keep(self, window: MaintenanceWindow) -> MaintenanceWindow:
        """Plan a new window, or change one that has an id.

        Raises: DeskError naming the field at fault; Conflict; NotAllowed.
        """
        ...

    def cancel(self, window_id: int) -> None:
        """Call off one that has not begun."""
        ...

    def end_now(self, window_id: int) -> object:
        """End one that lasts."""
        ...
