"""The main window: puts its parts together, and shows and closes as a whole.

It is shown before most of what it will hold is loaded: nothing that `Furniture` brings is imported here.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.window_frame import WindowFrame

if TYPE_CHECKING:
    from desktop.domain.errors import DeskError
    from desktop.ui.board.page import BoardPage
    from desktop.ui.furniture import Furniture
    from desktop.ui.kit.banner import BannerStack
    from desktop.ui.kit.toast import Toast
    from desktop.ui.menus import Menus
    from desktop.ui.palette import Palette
    from desktop.ui.statusline import StatusLine
    from desktop.ui.surroundings import Surroundings
    from desktop.ui.window_escalations import WindowEscalations
    from desktop.ui.window_handlers import WindowHandlers
    from desktop.ui.window_leaving import WindowLeaving
    from desktop.ui.window_state import WindowState

_FIRST_BEAT_MS = 40
_NARROW_BELOW = 1100


class MainWindow(WindowFrame):
    """One desk in one window: at first with a picture of it, then furnished.

    Signals:
        closing: the person has decided to quit; keep what is to be kept.
    """

    closing = Signal()

    escalations: "WindowEscalations"
    leaving: "WindowLeaving"
    handlers: "WindowHandlers"
    state: "WindowState"
    banners: "BannerStack"
    palette_box: "Palette"
    status: "StatusLine"
    menus: "Menus"
    toast: "Toast"
    _around: "Surroundings"

    def __init__(self, picture: QWidget | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Escalation Desk")
        self._furniture: Furniture | None = None
        self._untold: list[DeskError] = []
        if picture is not None:
            self.setCentralWidget(picture)

    def furnish(self, furniture: "Furniture", board: "BoardPage") -> None:
        """Take the parts of the window over; they come into sight with `unveil`."""
        self._furniture = furniture
        furniture.centre.setParent(self)  # before the board goes there: it is styled once
        self._around = furniture.around
        self.board = board
        self.history, self.dispatcher = furniture.history, furniture.dispatcher
        self.banners, self.side, self.top = furniture.banners, furniture.side, furniture.top
        self.status, self.menus, self.toast = furniture.status, furniture.menus, furniture.toast
        self.palette_box, self.state = furniture.palette_box, furniture.state
        self.pages, self.escalations = furniture.pages, furniture.escalations
        self.telling, self.leaving = furniture.telling, furniture.leaving
        self.handlers = furniture.make_handlers()
        self._connect()
        self.pages.add("page.board", board)
        for error in self._untold:
            self.telling.show_error(error)
        if not self.isVisible():
            self.state.restore()

    def unveil(self) -> None:
        """Put the parts where the picture was, all at once."""
        furniture = self._furniture
        assert furniture is not None
        self.setMenuBar(furniture.bar)
        self.setStatusBar(furniture.status)
        self.setCentralWidget(furniture.centre)
        furniture.centre.show()
        self.side.set_narrow(self.width() < _NARROW_BELOW)
        if self.isVisible():
            # When this has been painted: the first beat looks at every row.
            QTimer.singleShot(_FIRST_BEAT_MS, self._begin_beating)
            self.board.focus_first()

    def show_error(self, error: "DeskError") -> None:
        """A fault that a person can put right; told once the window can."""
        if self._furniture is None:
            self._untold.append(error)
        else:
            self.telling.show_error(error)

    def close_without_question(self) -> None:
        """Close although clocks are due: the desk goes on in another window."""
        if self._furniture is not None:
            self.leaving.decide()
        self.close()

    def _connect(self) -> None:
        around, escalations = self._around, self.escalations
        self.dispatcher.add_handlers(self.handlers.handles())
        self.pages.page_made.connect(escalations.listen_to)
        self.palette_box.chosen.connect(self.dispatcher.run)
        self.palette_box.escalation_chosen.connect(escalations.open)
        self.history.undone.connect(escalations.take_undone)
        self.history.failed.connect(self.telling.show_error)
        self.history.changed.connect(self.handlers.show_checks)
        self.toast.pressed.connect(self.history.undo)
        self.board.peek_requested.connect(escalations.peek)
        self.board.current_changed.connect(escalations.follow)
        self.board.new_escalation_requested.connect(around.actions["new_escalation"].trigger)
        self.board.density_chosen.connect(self.handlers.set_density)
        self.board.views.views_changed.connect(self._rebuild_menus)
        self.board.views.view_chosen.connect(self._go_to_board)
        escalations.shown_changed.connect(self.handlers.show_checks)
        around.runner.error_raised.connect(self.telling.show_error)
        around.heartbeat.slowly_ticked.connect(self._show_deadline)

    # ---- room, hiding and closing

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._furniture is not None:
            self.side.set_narrow(self.width() < _NARROW_BELOW)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._furniture is not None:
            self._around.heartbeat.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._furniture is not None:
            self._around.heartbeat.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._furniture is not None:
            if self.leaving.holds(self.board.running_clocks(), self._around.heartbeat.now_us()):
                event.ignore()
                return
            self.state.keep()
            self.board.keep_state()
            self.palette_box.keep_state()
            self.hide()  # pages save what is being typed when they go out of sight, while somebody still can
        self.closing.emit()
        super().closeEvent(event)

    def _begin_beating(self) -> None:
        if self.isVisible():
            self._around.heartbeat.start()

    def _show_deadline(self, now_us: int) -> None:
        self.telling.show_deadline(self.board.running_clocks(), now_us)

    def _go_to_board(self) -> None:
        if self.pages.current is not self.board:
            self.pages.go_to("page.board")

    def _rebuild_menus(self) -> None:
        self.menus.rebuild()
        self.dispatcher.refresh()
