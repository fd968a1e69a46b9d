"""Books the debrief of an escalation: when, and who leads it."""

from datetime import datetime

from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.rights import Action
from desktop.domain.timeline import EventKind
from desktop.services.case import Cases
from desktop.services.ownership import present


class DebriefBooking:
    """The word on the timeline that a debrief is to come, with one person who sees to it."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def book(
        self, escalation_id: int, at: datetime, facilitator_id: int, by: Actor, note: str = ""
    ) -> Done:
        """Book it; whoever leads it is not whoever owned the escalation.

        Raises: DeskError for a time that has passed, or for its owner; NotFound; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.BOOK_DEBRIEF) as case:
            if to_us(at) <= case.at_us:
                raise DeskError("That time has passed.", field="at", hint="Choose a later one.")
            if facilitator_id == case.escalation.owner_id:
                raise DeskError(
                    "Who owned the escalation does not lead its debrief.",
                    field="facilitator",
                    hint="Ask somebody who was not in the middle of it.",
                )
            facilitator = present(case, facilitator_id, "facilitator")
            return case.tell(
                EventKind.DEBRIEF_SCHEDULED,
                "Debrief",
                starts_at=to_us(at),
                owner=facilitator.name,
                owner_id=facilitator.id,
                note=note.strip(),
            )
