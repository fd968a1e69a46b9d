"""What time and classification bring about for playbooks: proposals, and reminders of reviews.

Costs one question to the database where none is published.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from db.queries import playbook_any
from desktop.domain.errors import DeskError
from desktop.services.case import Cases

if TYPE_CHECKING:
    from desktop.services.playbook_suggestion import PlaybookProposing
    from desktop.services.playbook_upkeep import PlaybookUpkeep


class PlaybookWatch:
    """One part of the sweep; what fails in it holds up nothing else."""

    def __init__(self, *, cases: Cases) -> None:
        self._cases = cases
        self._proposing: PlaybookProposing | None = None
        self._upkeep: PlaybookUpkeep | None = None

    def tick(self) -> datetime | None:
        """Do what is due; gives when to look again, None for nothing known."""
        with self._cases.store.read() as session:
            if not playbook_any.has_published(session):
                return None
        proposing, upkeep = self._made()
        try:
            proposing.tick()
        except DeskError:
            return None  # what cannot be written or read now is told where people work; alarms go on
        return upkeep.tick()

    def _made(self) -> "tuple[PlaybookProposing, PlaybookUpkeep]":
        if self._proposing is None or self._upkeep is None:
            # A desk without playbooks does without these.
            from desktop.services.playbook_suggestion import PlaybookProposing
            from desktop.services.playbook_upkeep import PlaybookUpkeep

            self._proposing = PlaybookProposing(self._cases)
            self._upkeep = PlaybookUpkeep(self._cases)
        return self._proposing, self._upkeep
