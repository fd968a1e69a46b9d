"""Who is on call for a team, read from the rota when somebody first asks."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.services.desk import Desk

if TYPE_CHECKING:
    from desktop.services.roster import RosterService


class OnCallOf:
    """The rota of a desk as a question: names of those on call for a team at an instant."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._roster: RosterService | None = None

    def __call__(self, team: str, at: datetime) -> Sequence[str]:
        """Their names; none where no rota says."""
        if self._roster is None:
            from desktop.services.roster import RosterService  # only for messages to one's own people

            desk = self._desk
            self._roster = RosterService(store=desk.store, clock=desk.clock, bus=desk.bus)
        return tuple(person.name for person in self._roster.on_call(team, at))
