"""What the register of gaps asks for; every call is for the worker and raises DeskError when refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from desktop.domain.drill_record import ActionItem, ActionKind, Gap
from desktop.domain.drill_register import HeatCell


@dataclass(frozen=True, slots=True)
class GapsFound:
    """The whole register with its actions.

    `people` are those who may own something; `drills` are slug and title of a drill that exercises a code;
    `why_not` says why whoever works here may only read.
    """

    gaps: tuple[Gap, ...] = ()
    actions: tuple[ActionItem, ...] = ()
    people: tuple[tuple[int, str], ...] = ()
    drills: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    heat: tuple[HeatCell, ...] = ()
    pareto: tuple[tuple[str, int], ...] = ()
    operator_id: int = 0
    is_lead: bool = False
    why_not: str = ""


class KeepsGaps(Protocol):
    """The register and the list of actions."""

    def found(self) -> GapsFound:
        """Everything."""
        ...

    def confirm(self, gap_id: int) -> None:
        """It is a gap."""
        ...

    def decline(self, gap_id: int, reason: str) -> None:
        """It is none, or nothing is done about it."""
        ...

    def accept(self, gap_id: int, owner_id: int, due: date) -> None:
        """One person closes it by a day."""
        ...

    def link(self, gap_id: int, action_id: int) -> None:
        """This action is to close it."""
        ...

    def show_by(self, gap_id: int, number: str, text: str) -> None:
        """A later escalation has shown that it is closed."""
        ...

    def waive(self, gap_id: int, text: str) -> None:
        """A lead answers for it in writing."""
        ...

    def close(self, gap_id: int) -> None:
        """It was verified and is closed."""
        ...

    def reopen(self, gap_id: int, reason: str) -> None:
        """It is open again."""
        ...

    def create_action(
        self, text: str, kind: ActionKind, owner_id: int, due: date, *, gap_id: int | None
    ) -> None:
        """One person does something by a day; for a gap, it is linked to it."""
        ...

    def accept_action(self, action_id: int) -> None:
        """Its owner takes it."""
        ...

    def start_action(self, action_id: int) -> None:
        """It is under way."""
        ...

    def finish_action(self, action_id: int, evidence: str) -> None:
        """It is done; the evidence shows it."""
        ...

    def verify_action(self, action_id: int) -> None:
        """Somebody else has seen that it works."""
        ...

    def hand_on_action(self, action_id: int, owner_id: int, due: date) -> None:
        """Somebody else does it, or by another day."""
        ...

    def decline_action(self, action_id: int, why: str) -> None:
        """It is not done, and why."""
        ...
