"""Writes down what was decided about an escalation: by whose authority, why, and when."""

from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done
from desktop.domain.person import Actor
from desktop.domain.rights import Action
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line, required
from desktop.services.case import Cases


class Deciding:
    """The record of decisions; it says who approved, and grants nobody anything."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def record(
        self,
        escalation_id: int,
        text: str,
        by: Actor,
        *,
        approver: str = "",
        reason: str = "",
        decision: str = "",
        option: str = "",
    ) -> Done:
        """Record a decision; `decision` and `option` name one that was put before somebody.

        Raises: DeskError for an empty one, or without whoever approved it; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.DECIDE) as case:
            words = required(text, "text", "The decision is empty.", "Write what was decided.")
            name = one_line(approver)
            if not name:
                raise DeskError(
                    "Nobody is named who approved it.", field="approver", hint="Name whoever may decide it."
                )
            return case.tell(
                EventKind.DECISION_RECORDED,
                "Decision",
                text=words,
                approver=name,
                reason=reason.strip(),
                decision=decision,
                option=option,
            )
