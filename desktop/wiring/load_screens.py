"""The page of the load, made when somebody goes there."""

from functools import partial
from typing import TYPE_CHECKING

from desktop.services.desk import Desk
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop.ui.load.page import LoadPage


def announce_load(desk: Desk, window: MainWindow, around: Surroundings) -> None:
    """Let the window have the page."""
    window.pages.add_later("page.load", partial(_made, desk, around))


def _made(desk: Desk, around: Surroundings) -> "LoadPage":
    from desktop.ui.load.page import LoadPage  # seldom visited, and it brings the roster with it
    from desktop.wiring.loads import DeskLoad

    return LoadPage(DeskLoad(desk), around)
