"""The pages of what comes from outside, made when somebody goes there."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.services.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop.ui.signals.page import SignalsPage
    from desktop.ui.triage.page import TriagePage
    from desktop.wiring.hearing import Hearing


class SignalsScreens(QObject):
    """Makes the review queue and the page of signals of one desk, and keeps them true.

    Without `hearing` the desk is of the past: nothing comes in, so it has no page of signals.
    """

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        around: Surroundings,
        bridge: Bridge,
        hearing: "Hearing | None",
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._around = around
        self._bridge = bridge
        self._hearing = hearing
        window.pages.add_later("page.triage", self._made_triage)
        if hearing is not None:
            window.pages.add_later("page.signals", self._made_signals)

    def _made_triage(self) -> "TriagePage":
        from desktop.services.review import ReviewService  # wanted by this page alone
        from desktop.ui.triage.page import TriagePage
        from desktop.ui.triage.ports import TriageServices

        desk, bridge = self._desk, self._bridge
        services = TriageServices(
            reviews=ReviewService(escalations=desk.escalations),
            signals=desk.signal,
            search=desk.search,
            details=desk.escalations.details,
            people=desk.person,
            policy=desk.policy,
            clock=desk.clock,
            on_call=partial(_on_call, desk),
        )
        page = TriagePage(services, self._around)
        bridge.escalations_changed.connect(page.notice_changed)
        for changed in (bridge.rules_changed, bridge.people_changed, bridge.data_imported):
            changed.connect(page.refresh_in_sight)
        return page

    def _made_signals(self) -> "SignalsPage":
        from desktop.adapters.tickets_text import find_separator  # wanted by this page alone, as all of these
        from desktop.services.sandbox import Sandbox
        from desktop.ui.signals.page import SignalsPage
        from desktop.ui.signals.ports import SignalsServices
        from desktop.wiring.places import DeskPlaces

        desk, bridge = self._desk, self._bridge
        assert self._hearing is not None  # else there is no such page
        listening = self._hearing.listening()
        services = SignalsServices(
            signals=desk.signal,
            sources=desk.source,
            tokens=listening,
            listener=listening,
            places=DeskPlaces(listening.secrets, listening.watches),
            separator_of=find_separator,
            people=desk.person,
            policy=desk.policy,
            customers=desk.customer,
            search=desk.search,
            clock=desk.clock,
            sandbox=Sandbox(store=desk.store, clock=desk.clock),
        )
        page = SignalsPage(services, self._around)
        for changed in (bridge.signals_decided, bridge.sources_changed, bridge.customers_changed):
            changed.connect(page.refresh)
        return page


def _on_call(desk: Desk, team: str, at: datetime) -> Sequence[int] | None:
    from desktop.services.ladder_roster import LadderRoster  # wanted by one of these pages alone

    return LadderRoster(desk.store, at)(f"team:{team}")
