"""The page of the roster over a desk."""

from typing import TYPE_CHECKING

from desktop.services.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.roster.page import RosterPage
from desktop.ui.surroundings import Surroundings
from desktop.wiring.roster_desk import roster_services

if TYPE_CHECKING:
    from desktop.wiring.hearing import Hearing


def roster_page(desk: Desk, around: Surroundings, bridge: Bridge, hearing: "Hearing | None") -> RosterPage:
    """The page of the roster, which keeps itself true. Without `hearing` nobody reads calendars from here."""
    page = RosterPage(roster_services(desk, hearing), around)
    for changed in (bridge.roster_changed, bridge.people_changed):
        changed.connect(page.refresh)
    return page
