"""The page of templates, made when somebody goes there."""

from functools import partial
from typing import TYPE_CHECKING

from desktop.services.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop.ui.template.page import TemplatePage


def announce_templates(desk: Desk, window: MainWindow, around: Surroundings, bridge: Bridge) -> None:
    """Let the window have the page."""
    window.pages.add_later("page.template", partial(_made, desk, window, around, bridge))


def _made(desk: Desk, window: MainWindow, around: Surroundings, bridge: Bridge) -> "TemplatePage":
    from desktop.ui.template.page import TemplatePage  # seldom visited, and it brings the engine with it
    from desktop.wiring.templates import DeskTemplates

    page = TemplatePage(DeskTemplates(desk), around)
    page.message_requested.connect(window.telling.say)
    for changed in (bridge.templates_changed, bridge.people_changed, bridge.messages_changed):
        changed.connect(page.refresh)
    bridge.escalations_changed.connect(page.notice_changed)
    return page
