"""The trainer's console: one window from which a drill is run, by the keyboard first."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.drill_view import DrillView
from desktop.domain.errors import DeskError
from desktop.ui.drill.console_desk import ConsoleDesk
from desktop.ui.drill.console_keys import ConsoleKeys
from desktop.ui.drill.console_wishes import Wishes
from desktop.ui.drill.live import LiveDrill
from desktop.ui.kit.empty import EmptyState
from desktop.ui.surroundings import Surroundings

_EMPTY, _DRILL = range(2)
#: The window's actions, and what they wish here.
_ACTIONS = {
    "pause": "pause",
    "next": "next",
    "jump": "jump",
    "improvise": "improvise",
    "decide": "decision",
    "note": "note",
    "players": "players",
    "end": "end",
    "stop": "no_duff",
}


class Console(QWidget):
    """Runs one drill; without one it says where to begin.

    Signals:
        players_requested: show the players' window.
        library_requested: choose a drill.
        ended: (int run_id) it is over, and the trainer may want to go on to what comes after.
        message_requested: (str) what was done.
    """

    players_requested = Signal()
    library_requested = Signal()
    ended = Signal(int)
    message_requested = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._live: LiveDrill | None = None
        self._wishes: Wishes | None = None
        self._state = ""
        self.empty = EmptyState(around.icons)
        self.empty.show_state(
            "drill", "No drill runs", "Choose one in the library and start it; it is run from here.",
            "Choose a drill",
        )  # fmt: skip
        self.desk = ConsoleDesk(around)
        self.keys = ConsoleKeys(self, around)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._connect()

    @property
    def wishes(self) -> Wishes | None:
        """What keys and buttons do, while there is a drill."""
        return self._wishes

    def show_drill(self, live: LiveDrill | None, by: str = "") -> None:
        """Run this drill from now on, in that name; None when there is none any more."""
        if live is self._live and live is not None:
            return
        self._leave()
        self._live = live
        self._stack.setCurrentIndex(_DRILL if live is not None else _EMPTY)
        if live is None:
            return
        self._wishes = Wishes(self.desk, live, by, self)
        self._follow(self._wishes)
        live.viewed.connect(self._show)
        live.ended.connect(self._tell_end)
        if live.view is not None:
            self._show(live.view)

    def focus_first(self) -> None:
        """Take the keyboard where the work is."""
        if self._live is None:
            self.empty.button.setFocus()
        else:
            self.desk.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the window that are carried out here."""
        return {f"drill.{name}": partial(self._wish, wish) for name, wish in _ACTIONS.items()}

    def why_not(self, _action_id: str) -> str:
        """Why nothing of it can be done; empty while there is a drill."""
        return "" if self._live is not None else "No drill runs."

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._live is None or not self.keys.take(event):
            super().keyPressEvent(event)

    # -- within
    def _show(self, view: DrillView) -> None:
        self.desk.show_view(view)
        self.desk.note.arrived()
        if view.state != self._state:
            if self._state:
                self._around.announcer.say(self, f"The drill is {view.state.lower()}", about="drill")
            self._state = view.state

    def _leave(self) -> None:
        live, wishes = self._live, self._wishes
        if live is not None:
            live.viewed.disconnect(self._show)
            live.ended.disconnect(self._tell_end)
        if wishes is not None:
            wishes.asks.box.close()
            wishes.deleteLater()
        self._wishes = None
        self._state = ""
        self.desk.forget()

    def _refuse(self, error: DeskError) -> None:
        self.desk.note.take_refusal()
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self.desk.banners.show_banner("refused", sentence, "warning")
        self._around.announcer.say(self, sentence)

    def _tell(self, words: str) -> None:
        """At the console in the note's own line, which covers nothing; elsewhere as the window tells it."""
        if self.isVisible():
            self.desk.note.say(words)
            self._around.announcer.say(self, words)
        else:
            self.message_requested.emit(words)

    def _tell_end(self) -> None:
        if self._live is not None:
            self.ended.emit(self._live.run_id)

    def _wish(self, name: str) -> None:
        if self._wishes is not None:
            self._wishes.run(name)

    def _follow(self, wishes: Wishes) -> None:
        """Keys and buttons belong to this drill, until its wishes are gone."""
        desk = self.desk
        wishes.told.connect(self._tell)
        judging, writing = wishes.judging, wishes.writing
        writing.written.connect(self.focus_first)
        wishes.players_requested.connect(self.players_requested)
        wishes.debrief_requested.connect(self._tell_end)
        wishes.deeds.refused.connect(self._refuse)
        self.keys.ticked.connect(judging.tick)
        self.keys.backdated.connect(judging.backdate)
        desk.head.speed_chosen.connect(wishes.choose_speed)
        desk.inject.expectation_wished.connect(judging.on_action)
        desk.inject.decided.connect(writing.decide)
        desk.note.saved.connect(writing.save_note)
        desk.note.gap_wished.connect(writing.ask_gap)

    def _connect(self) -> None:
        desk = self.desk
        self.empty.button_pressed.connect(self.library_requested)
        for wish in (self.keys.wished, desk.head.wished, desk.inject.wished):
            wish.connect(self._wish)
        desk.inject.refused.connect(self._say)
        desk.note.left.connect(self.focus_first)
