"""What time alone does to escalations, and what an alarm's acknowledgement does to one."""

from db.queries import escalation as escalations
from db.unit_of_work import Store
from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done
from desktop.domain.person import Actor
from desktop.domain.rights import Action, may
from desktop.services.clocks import Clocks
from desktop.services.pausing import PausingService
from desktop.services.snooze import SnoozeService
from desktop.services.transition import TransitionService


class Upkeep:
    """The commands on escalations that the alarm sweep needs, from the services that own their rules."""

    def __init__(
        self,
        *,
        store: Store,
        transition: TransitionService,
        pausing: PausingService,
        snooze: SnoozeService,
        clocks: Clocks,
    ) -> None:
        self._store = store
        self._transition = transition
        self._pausing = pausing
        self._snooze = snooze
        self._clocks = clocks

    def end_overdue_pauses(self) -> tuple[Done, ...]:
        """End pauses whose limit has come."""
        return self._pausing.end_overdue_pauses()

    def end_due_snoozes(self) -> tuple[Done, ...]:
        """End snoozes whose time is over."""
        return self._snooze.end_due()

    def remind_or_return(self, escalation_id: int) -> Done | None:
        """Remind the owner of a forgotten escalation; where that was in vain, take it back."""
        return self._transition.return_forgotten(escalation_id) or self._transition.remind_forgotten(
            escalation_id
        )

    def refresh_clocks(self) -> tuple[int, ...]:
        """Bring the clocks of the board up to date."""
        return self._clocks.refresh_due()

    def acknowledge(self, escalation_id: int, by: Actor, note: str) -> Done | None:
        """Acknowledge the escalation if it still wants that; None where its alarms alone are.

        Raises: NotAllowed; NotFound; DeskError where it belongs to another and no note says why.
        """
        with self._store.read() as session:
            escalation = escalations.get(session, escalation_id)
        may(by, Action.ACKNOWLEDGE, escalation.owner_id)
        if escalation.is_open and escalation.acknowledged_at is None:
            return self._transition.acknowledge(escalation_id, by, note)
        if escalation.owner_id not in (None, by.person_id) and not note.strip():
            raise DeskError(
                "The escalation belongs to somebody else.",
                field="note",
                hint="Add a note that says why you acknowledge it for them.",
            )
        return None
