"""Presentation mode: the board on a whole screen for a room, and nothing that interrupts it."""

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.board.look import BoardLook
from desktop.ui.board.page import BoardPage
from desktop.ui.presentation.window import RoomWindow
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted
from desktop.ui.theme import Theme

_ACTION = "presentation"


class Pump(Protocol):
    """Who delivers notifications."""

    held: int

    def hold_back(self, is_held: bool) -> None:
        """Let nothing leave the window or sound."""
        ...


class Banners(Protocol):
    """Alarms over the pages."""

    def hold(self, is_held: bool) -> None:
        """Change nothing on screen."""
        ...


class Presentation(QObject):
    """Shows what the board shows in a window of its own, on the screen where the main window is.

    The main window stays as it is beneath, with its theme, bars and size, and goes on living. Meanwhile
    notifications, sounds and banners wait; when it ends the banners show what still stands.

    Signals:
        open_requested: (int id) the person wants to see that escalation; the presentation has ended.
        message_requested: (str) what was held back, now that it is over.
    """

    open_requested = Signal(int)
    message_requested = Signal(str)

    def __init__(
        self, window: QWidget, board: BoardPage, around: Surroundings, pump: Pump, banners: Banners
    ) -> None:
        super().__init__(window)
        self._main = window
        self._board = board
        self._around = around
        self._pump = pump
        self._banners = banners
        #: Makes what stands at the top, above the steps: the clock of a drill.
        self.make_head: Callable[[Theme], QWidget] | None = None
        self.window: RoomWindow | None = None

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The action carried out here."""
        return {_ACTION: self.toggle}

    @property
    def is_on(self) -> bool:
        """Whether a room looks at it now."""
        return self.window is not None

    def toggle(self) -> None:
        """Begin, or end."""
        if self.is_on:
            self.leave()
        else:
            self.enter()
        self._around.actions[_ACTION].setChecked(self.is_on)

    def enter(self) -> None:
        """Take the whole screen."""
        theme = self._around.theme.for_a_room(self)
        self._look = BoardLook(theme, parent=self)
        self._look.glows = self._board.cards.look.glows
        self._look.set_mark(self._board.cards.look.mark)
        window = self.window = RoomWindow(self._board.rows, theme, self._look, self._main)
        if self._look.mark:
            from desktop.ui.drill.frame import put_mark  # no window of a real desk needs it

            put_mark(window, self._look.mark, theme)
        if self.make_head is not None:
            window.put_at_top(self.make_head(theme))
        window.addAction(self._around.actions[_ACTION])
        window.leave_requested.connect(self.leave)
        window.open_requested.connect(self._open)
        self._pump.hold_back(True)
        self._banners.hold(True)
        self._around.heartbeat.ticked.connect(self._beat)
        self._around.heartbeat.quickly_ticked.connect(self._move)
        self._beat(self._around.heartbeat.now_us())
        window.setScreen(self._main.screen())
        window.setGeometry(self._main.screen().geometry())
        window.showFullScreen()
        window.activateWindow()

    def leave(self) -> None:
        """Give the screen back; what was held back is told."""
        window, self.window = self.window, None
        if window is None:
            return
        held = self._pump.held
        self._around.heartbeat.ticked.disconnect(self._beat)
        self._around.heartbeat.quickly_ticked.disconnect(self._move)
        window.close()
        window.deleteLater()
        self._look.theme.deleteLater()
        self._look.deleteLater()
        self._main.activateWindow()
        self._pump.hold_back(False)
        self._banners.hold(False)
        self._around.actions[_ACTION].setChecked(False)
        if held:
            self.message_requested.emit(f"{counted(held, 'alarm')} came during the presentation")

    def _open(self, escalation_id: int) -> None:
        self.leave()
        self.open_requested.emit(escalation_id)

    def _move(self) -> None:
        if self.window is not None:
            self.window.cards.viewport().update()

    def _beat(self, now_us: int) -> None:
        if self.window is not None:
            self._look.now_us = now_us
            self.window.refresh()
            self.window.bar.show_held(self._pump.held)
