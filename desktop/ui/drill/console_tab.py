"""Where the drill that is on is steered: its briefing, its console, or word of why there is none."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.drill_record import RunMode
from desktop.domain.drill_view import DrillView
from desktop.ui.drill.briefing import BriefingPane
from desktop.ui.drill.live import LiveDrill
from desktop.ui.drill.page_parts import as_console
from desktop.ui.kit.empty import EmptyState
from desktop.ui.surroundings import Surroundings


class ConsoleTab(QWidget):
    """Follows one drill; the console is made for the first that has a clock running and a trainer.

    Signals:
        clock_wanted: the briefing is over.
        players_wanted: show the players' window.
        end_wanted: the briefed drill is not played after all.
        library_wanted: choose a drill.
    """

    clock_wanted = Signal()
    players_wanted = Signal()
    end_wanted = Signal()
    library_wanted = Signal()

    def __init__(
        self, make_console: Callable[[], QWidget], around: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._make_console = make_console
        self._live: LiveDrill | None = None
        self._by = ""
        self.console: QWidget | None = None
        self.briefing = BriefingPane()
        self.none = EmptyState(around.icons)
        self.none.show_state("drill", "No drill runs", "Start one from the library.", "Go to the library")
        self.alone = EmptyState(around.icons)
        self.alone.show_state(
            "drill",
            "You practise alone",
            "Work in the drill's own window. What comes next stays hidden here until the end.",
            "Show the drill's window",
        )
        self._stack = QStackedWidget()
        for pane in (self.none, self.briefing, self.alone):
            self._stack.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.briefing.start_requested.connect(self.clock_wanted)
        self.briefing.players_requested.connect(self.players_wanted)
        self.briefing.cancel_requested.connect(self.end_wanted)
        self.none.button_pressed.connect(self.library_wanted)
        self.alone.button_pressed.connect(self.players_wanted)

    @property
    def shown(self) -> QWidget | None:
        """What is in sight."""
        return self._stack.currentWidget()

    def show_drill(self, live: LiveDrill, by: str) -> None:
        """Brief for it or steer it, in that name."""
        self.end_drill()
        self._live, self._by = live, by
        self.briefing.show_drill(live)
        live.viewed.connect(self._follow)
        self._stack.setCurrentWidget(self.briefing)
        if live.view is not None:
            self._follow(live.view)

    def end_drill(self) -> None:
        """No drill is on any more."""
        if self._live is not None:
            self._live.viewed.disconnect(self._follow)
        self._live = None
        if self.console is not None:
            as_console(self.console).show_drill(None)
        self._stack.setCurrentWidget(self.none)

    def carry_out(self, action_id: str) -> None:
        """Let the console carry out an action of the window."""
        if self._live is not None and self.console is not None and self.shown is self.console:
            as_console(self.console).handles()[action_id]()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        focus = getattr(self._stack.currentWidget(), "focus_first", None)
        if focus is not None:
            focus()
        elif (shown := self._stack.currentWidget()) is not None:
            shown.setFocus()

    def _follow(self, view: DrillView) -> None:
        wanted = self._wanted(view)
        if self.shown is not wanted:
            self._stack.setCurrentWidget(wanted)
            if self.isVisible():
                self.focus_first()

    def _wanted(self, view: DrillView) -> QWidget:
        if view.state == "BRIEFING":
            return self.briefing
        if view.mode is RunMode.SOLO:
            return self.alone
        if self.console is None:
            self.console = self._make_console()
            self._stack.addWidget(self.console)
        as_console(self.console).show_drill(self._live, self._by)
        return self.console
