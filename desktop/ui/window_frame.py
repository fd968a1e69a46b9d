"""The main window as its parts see it."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:  # the first picture stands in the frame before any of these is loaded
    from desktop.ui.board.page import BoardPage
    from desktop.ui.details_host import DetailsHost
    from desktop.ui.dispatch import Dispatcher
    from desktop.ui.sidebar import SideBar
    from desktop.ui.topbar import TopBar
    from desktop.ui.undo import UndoHistory
    from desktop.ui.window_pages import WindowPages
    from desktop.ui.window_telling import WindowTelling


class OpensPalette(Protocol):
    """The command palette."""

    def open_palette(self) -> None:
        """Show it."""
        ...


class WindowFrame(QMainWindow):
    """Names what stands in the window; `MainWindow` puts it there."""

    board: "BoardPage"
    details: "DetailsHost | None" = None
    history: "UndoHistory"
    dispatcher: "Dispatcher"
    pages: "WindowPages"
    telling: "WindowTelling"
    side: "SideBar"
    top: "TopBar"
    palette_box: OpensPalette
