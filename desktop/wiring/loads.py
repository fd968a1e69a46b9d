"""The load as whoever works at the desk may see it; every call is for the worker."""

from pathlib import Path

from desktop.domain.errors import DeskError
from desktop.domain.person import Role
from desktop.services.desk import Desk
from desktop.services.load import LoadService
from desktop.services.roster import RosterService
from desktop.ui.load.ports import LoadFound


class DeskLoad:
    """What the page of the load asks for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        roster = RosterService(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._service = LoadService(store=desk.store, clock=desk.clock, final=roster.worked)

    def found(self, weeks: int) -> LoadFound:
        """One's own; everybody's for a lead; the sums of all."""
        operator = self._desk.person.operator()
        team = self._service.of_team(weeks)
        if operator is None:
            return LoadFound(team=team)
        by, is_lead = operator.actor(), Role.LEAD in operator.roles
        if is_lead:
            return LoadFound(operator, True, self._service.of_everybody(by, weeks), team)
        return LoadFound(operator, False, (self._service.of_person(operator.id, by, weeks),), team)

    def export(self, weeks: int, target: Path) -> Path:
        """Write the sums of all as CSV, without names."""
        try:
            target.write_bytes(self._service.export(weeks).encode())
        except OSError as error:
            raise DeskError(
                f"{target.name} could not be written: {error.strerror or error}.",
                hint="Choose another folder.",
            ) from error
        return target
