"""The page of playbooks, made when somebody goes there."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desktop.services.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop.adapters.secrets import Secrets
    from desktop.ui.playbook.page import PlaybookPage
    from desktop.wiring.compose_screens import NoSecrets
    from desktop.wiring.playbook_use import PlaybookUse


def announce_playbooks(
    desk: Desk,
    window: MainWindow,
    around: Surroundings,
    bridge: Bridge,
    use: "PlaybookUse",
    secrets: "Callable[[], Secrets | NoSecrets]",
    *,
    is_real: bool,
) -> None:
    """Let the window have the page."""
    make = partial(_made, desk, window, around, bridge, use, secrets, is_real)
    window.pages.add_later("page.playbook", make)


def _made(
    desk: Desk,
    window: MainWindow,
    around: Surroundings,
    bridge: Bridge,
    use: "PlaybookUse",
    secrets: "Callable[[], Secrets | NoSecrets]",
    is_real: bool,
) -> "PlaybookPage":
    from desktop.ui.playbook.page import PlaybookPage  # seldom visited, and large
    from desktop.wiring.playbook_sync import exchange_in
    from desktop.wiring.playbooks import DeskLibrary

    exchange = partial(exchange_in, window, desk, around, bridge, secrets, is_real=is_real)
    page = PlaybookPage(DeskLibrary(desk), around, use.pulse_pane(), exchange)
    for changed in (bridge.playbooks_changed, bridge.people_changed, bridge.policy_changed):
        changed.connect(page.refresh)
    bridge.escalations_changed.connect(page.notice_changed)
    return page

