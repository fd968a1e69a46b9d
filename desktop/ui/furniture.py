"""What stands in the main window around its pages, made before it is put there."""

from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.dispatch import Dispatcher
from desktop.ui.kit.banner import BannerStack
from desktop.ui.kit.toast import Toast
from desktop.ui.menus import Menus
from desktop.ui.palette import Finds, Palette
from desktop.ui.sidebar import SideBar
from desktop.ui.statusline import StatusLine
from desktop.ui.surroundings import Surroundings
from desktop.ui.topbar import TopBar
from desktop.ui.undo import Undoes, UndoHistory
from desktop.ui.window_escalations import WindowEscalations
from desktop.ui.window_frame import WindowFrame
from desktop.ui.window_handlers import KeepsSettings, WindowHandlers
from desktop.ui.window_leaving import WindowLeaving
from desktop.ui.window_pages import WindowPages
from desktop.ui.window_state import KeepsState, WindowState
from desktop.ui.window_telling import WindowTelling


class WindowServices(NamedTuple):
    """What the window asks of the desk."""

    state: KeepsState
    settings: KeepsSettings
    undoing: Undoes
    finding: Finds


class Furniture:
    """The bars, the stack of pages, what floats over them, and who looks after each."""

    def __init__(self, window: WindowFrame, services: WindowServices, around: Surroundings) -> None:
        self.around = around
        self._window = window
        self._settings = services.settings
        actions = around.actions
        self.history = UndoHistory(services.undoing, around.runner, window)
        self.escalations = WindowEscalations(window)
        self.dispatcher = Dispatcher(actions, self.escalations.ids_now, window)
        self.centre = QWidget()
        self.banners = BannerStack(around.icons)
        self.side = SideBar(around.theme, around.icons)
        self.top = TopBar(around.icons, actions["palette"], actions["page.alarms"], actions["new_escalation"])
        self.status = StatusLine()
        self.stack = QStackedWidget()
        self.notices = QVBoxLayout()
        self.bar = QMenuBar()
        self.menus = Menus(self.bar, actions)
        self._lay_out()
        self.toast = Toast(self.centre, around.announcer)
        self.palette_box = Palette(around, services.finding, services.state, window)
        self.pages = WindowPages(self.stack, (self.side, self.top), self.dispatcher, actions)
        self.telling = WindowTelling(self.toast, self.banners, self.status, self.notices)
        self.leaving = WindowLeaving(window)
        self.state = WindowState(window, services.state, around.runner)

    def make_handlers(self) -> WindowHandlers:
        """What carries out the window's own actions, once the window has all its parts."""
        return WindowHandlers(self._window, self._settings, self.around)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self.centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row.addLayout(column, 1)
        column.addWidget(self.top)
        column.addLayout(self.notices)
        column.addWidget(self.banners)
        column.addWidget(self.stack, 1)
