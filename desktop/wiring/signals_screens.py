"""The pages of what comes from outside, made when somebody goes there."""

from typing import TYPE_CHECKING

from desktop.services.desk import Desk
from desktop.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from desktop.ui.triage.page import TriagePage


class SignalsScreens:
    """Makes the pages of one desk; each keeps itself up to date while it is in sight."""

    def __init__(self, desk: Desk, around: Surroundings) -> None:
        self._desk = desk
        self._around = around

    def triage(self) -> "TriagePage":
        """The review queue."""
        from desktop.services.review import ReviewService  # wanted by this page alone
        from desktop.ui.triage.page import TriagePage
        from desktop.ui.triage.ports import TriageServices

        desk = self._desk
        services = TriageServices(
            reviews=ReviewService(escalations=desk.escalations),
            signals=desk.signal,
            search=desk.search,
            details=desk.escalations.details,
            people=desk.person,
            policy=desk.policy,
            clock=desk.clock,
        )
        return TriagePage(services, self._around)
