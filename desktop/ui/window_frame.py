"""The main window as its parts see it."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

if TYPE_CHECKING:  # the first picture stands in the frame before any of these is loaded
    from desktop.ui.board.page import BoardPage
    from desktop.ui.details_host import DetailsHost
    from desktop.ui.dispatch import Dispatcher
    from desktop.ui.sidebar import SideBar
    from desktop.ui.topbar import TopBar
    from desktop.ui.undo import UndoHistory


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
    side: "SideBar"
    top: "TopBar"
    stack: QStackedWidget
    palette_box: OpensPalette

    def __init__(self) -> None:
        super().__init__()
        self._pages: dict[str, QWidget] = {}

    @property
    def page_ids(self) -> tuple[str, ...]:
        """The pages there are."""
        return tuple(self._pages)

    @property
    def current_page(self) -> str:
        """The page in sight; empty while a question or a fault stands in their place."""
        shown = self.stack.currentWidget()
        return next((key for key, page in self._pages.items() if page is shown), "")

    def ids_now(self) -> tuple[int, ...]:
        """What commands act on."""
        raise NotImplementedError

    def go_to(self, action_id: str) -> None:
        """Show a page and put the focus there."""
        raise NotImplementedError
