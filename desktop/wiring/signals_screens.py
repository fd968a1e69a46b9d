"""The pages of what comes from outside, made when somebody goes there."""

from typing import TYPE_CHECKING

from desktop.services.desk import Desk
from desktop.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from desktop.ui.signals.page import SignalsPage
    from desktop.ui.signals.ports import ListenerDesk, TokenDesk
    from desktop.ui.triage.page import TriagePage


class SignalsScreens:
    """Makes the pages of one desk; each keeps itself up to date while it is in sight."""

    def __init__(
        self, desk: Desk, around: Surroundings, tokens: "TokenDesk", listener: "ListenerDesk"
    ) -> None:
        self._desk = desk
        self._around = around
        self._tokens = tokens
        self._listener = listener

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

    def signals(self) -> "SignalsPage":
        """Signals, what is held, and the sources."""
        from desktop.ui.signals.page import SignalsPage
        from desktop.ui.signals.ports import SignalsServices

        desk = self._desk
        services = SignalsServices(
            signals=desk.signal,
            sources=desk.source,
            tokens=self._tokens,
            listener=self._listener,
            people=desk.person,
            policy=desk.policy,
            customers=desk.customer,
            search=desk.search,
            clock=desk.clock,
        )
        return SignalsPage(services, self._around)
