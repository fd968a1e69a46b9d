"""Holds the players' window still while their drill is: what can be pressed, and what lies over the pages."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.drill import player_words as words
from desktop.ui.drill.player_veil import PauseVeil
from desktop.ui.theme import Theme
from desktop.ui.window import MainWindow

_HELD = {
    words.BRIEFING: "The drill has not started yet.",
    words.PAUSED: "The drill is paused.",
    words.ENDED: "The drill is over.",
}
_OVER = "The drill has ended. Everything here can still be read; nothing can be changed any more."
_VEILS = {
    words.BRIEFING: ("NOT STARTED", "Read the briefing. The desk opens when the drill starts."),
    words.PAUSED: ("PAUSED", "The clock stands still and nobody acts. The inbox can still be read."),
}


class DrillHolding(QObject):
    """Follows the state of the drill; the inbox can be read throughout, and every page once it is over."""

    def __init__(self, window: MainWindow, inbox: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._inbox = inbox
        self._state = ""
        stack = inbox.parentWidget()
        assert isinstance(stack, QStackedWidget)
        self._stack = stack
        self.veil = PauseVeil(stack, theme)
        window.pages.page_made.connect(self._hold_page)
        stack.currentChanged.connect(self._show_veil)

    def follow(self, state: str) -> None:
        """The drill stands like this now."""
        if state == self._state:
            return
        self._state = state
        self._window.dispatcher.hold(_HELD.get(state, ""))
        self._window.top.setEnabled(state not in _VEILS)
        self._window.top.new.setEnabled(state != words.ENDED)
        if state == words.ENDED:
            self._window.banners.show_banner("drill:over", _OVER, "info")
        for at in range(self._stack.count()):
            self._hold_page(self._stack.widget(at))
        self._show_veil()

    def _hold_page(self, page: QWidget | None) -> None:
        """While the drill stands still nobody works in a page."""
        if page is not None and page is not self._inbox:
            page.setEnabled(self._state not in _VEILS)

    def _show_veil(self, _at: int = 0) -> None:
        if self._state in _VEILS and self._stack.currentWidget() is not self._inbox:
            self.veil.say(*_VEILS[self._state])
            self.veil.button.setFocus()
        elif self.veil.isVisible():
            had_focus = self.veil.button.hasFocus()
            self.veil.hide()
            focus_first = getattr(self._stack.currentWidget(), "focus_first", None)
            if had_focus and focus_first is not None:
                focus_first()
