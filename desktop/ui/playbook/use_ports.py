"""What screens ask of playbooks in use; every call is for the worker and in the operator's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.domain.playbook_run import Run
from desktop.services.playbook_pulse import Pulse
from desktop.services.playbook_suggestion import Suggestion


@dataclass(frozen=True, slots=True)
class InUse:
    """The playbooks of one escalation: those opened on it, the open ones first, and those that fit it."""

    escalation_id: int
    runs: tuple[Run, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


class RunsPlaybooks(Protocol):
    """The playbooks open on escalations. Every command gives the run as it stands then.

    Raises: DeskError with what is wrong and what to do.
    """

    def of(self, escalation_id: int) -> InUse:
        """Those of one escalation."""
        ...

    def open(self, escalation_id: int, playbook_id: int) -> Run:
        """Open the published version on it."""
        ...

    def tick(self, run_id: int, step_id: str, evidence: str, answer: str) -> Run:
        """The step is done."""
        ...

    def skip(self, run_id: int, step_id: str, reason: str) -> Run:
        """The step is left out."""
        ...

    def reopen(self, run_id: int, step_id: str) -> Run:
        """The step is to be done again."""
        ...

    def unclear(self, run_id: int, step_id: str, what: str) -> Run:
        """The step says too little."""
        ...

    def adopt(self, run_id: int) -> Run:
        """Go on by the newest version."""
        ...

    def stay(self, run_id: int) -> Run:
        """Keep to the version it has."""
        ...

    def end(self, run_id: int) -> Run:
        """Close it."""
        ...

    def changes(self, run_id: int) -> Sequence[str]:
        """What the newest version says otherwise: a line in all, then one for each change."""
        ...


class ReadsPulse(Protocol):
    """How playbooks fare."""

    def pulse(self, playbook_id: int) -> Pulse:
        """How one of them fares."""
        ...

    def decline(self, proposal_id: int) -> None:
        """Change nothing for that."""
        ...

    def improve(self, proposal_id: int, playbook_id: int) -> str:
        """Begin the draft that answers it; gives the change note it starts with."""
        ...
