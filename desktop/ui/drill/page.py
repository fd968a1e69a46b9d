"""The page of drills: what can be played, what is being played, and what came of it."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.drill_record import Run, RunMode
from desktop.domain.drill_view import DrillView
from desktop.domain.errors import DeskError
from desktop.ui.drill.band import DrillBand
from desktop.ui.drill.console_tab import ConsoleTab
from desktop.ui.drill.library import LibraryTab
from desktop.ui.drill.live import LiveDrill
from desktop.ui.drill.page_parts import DrillParts, as_after, as_editor
from desktop.ui.drill.ports import SetsUpDrills, StartSheet, StartWish
from desktop.ui.drill.start import StartPane
from desktop.ui.kit.page_head import PageHead
from desktop.ui.kit.tabs import Tabs
from desktop.ui.surroundings import Surroundings

LIBRARY, CONSOLE, AFTER, GAPS, TRENDS, PLAN = range(6)
_TABS = ("Library", "Console", "After", "Gaps", "Trends", "Plan")


class DrillPage(QWidget):
    """Everything about drills in the live window.

    Signals:
        start_wanted: (StartWish) begin that drill.
        clock_wanted: let the clock of the briefed drill run.
        players_wanted: show the players' window.
        end_wanted: end the drill that is briefed or runs.
        came_in_sight: (bool) somebody looks at it, or no longer.
        message_requested: (str) what was done.
    """

    title = "Drills"
    start_wanted = Signal(object)
    clock_wanted = Signal()
    players_wanted = Signal()
    end_wanted = Signal()
    came_in_sight = Signal(bool)
    message_requested = Signal(str)

    def __init__(
        self,
        library: LibraryTab,
        sets_up: SetsUpDrills,
        parts: DrillParts,
        around: Surroundings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.library = library
        self._sets_up = sets_up
        self._parts = parts
        self._around = around
        self._live: LiveDrill | None = None
        self._run: Run | None = None
        self._made: dict[int, QWidget] = {}
        self._editor: QWidget | None = None
        self._mode = RunMode.TABLE
        self.band = DrillBand(around.theme)
        self.tabs = Tabs("What about drills")
        for name in _TABS:
            self.tabs.addTab(name)
        self.start = StartPane(around)
        self.console = ConsoleTab(parts.console, around)
        self._stack = QStackedWidget()
        for pane in (self.library, self.start, self.console):
            self._stack.addWidget(pane)
        self._place: QWidget = self.library  # what stands where the library is
        self._wizard: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addWidget(PageHead(self.title, self.tabs))
        column.addWidget(self._stack, 1)
        self._connect()

    # -- the window's side
    def handles(self) -> Mapping[str, Callable[[], None]]:
        """What commands of the window do here."""
        return {}

    def why_not(self, _action_id: str) -> str:
        """Everything can be done."""
        return ""

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        widget = self._stack.currentWidget()
        focus = getattr(widget, "focus_first", None)
        if focus is not None:
            focus()
        elif widget is not None:
            widget.setFocus()

    def refresh(self, *_what: object) -> None:
        """Scenarios, runs or gaps are others by now."""
        refresh = getattr(self._stack.currentWidget(), "refresh", None)
        if refresh is not None and self.isVisible():
            refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came_in_sight.emit(True)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self._save()
        self.came_in_sight.emit(False)
        super().hideEvent(event)

    @property
    def shown(self) -> QWidget | None:
        """What is in sight."""
        return self._stack.currentWidget()

    # -- a drill
    def show_library(self) -> None:
        """Go where a drill is chosen."""
        self._put(self.library)
        self.show_tab(LIBRARY)

    def set_up(self, slug: str, mode: RunMode = RunMode.TABLE) -> None:
        """Fill in how a scenario is to be played."""
        self._mode = mode
        work = partial(self._sets_up.sheet, slug)
        self._around.runner.run(work, self._show_sheet, self._refuse_sheet, owner=self)

    def show_busy(self, words: str) -> None:
        """A drill is being made ready; empty when no longer."""
        self.start.set_busy(words)

    def refuse_start(self, error: DeskError) -> None:
        """It could not be begun."""
        self.start.set_busy("")
        self.start.refuse(error)

    def show_drill(self, live: LiveDrill, run: Run, by: str) -> None:
        """A drill is there: brief for it or steer it."""
        self._live, self._run = live, run
        self._put(self.library)
        self.start.set_busy("")
        live.viewed.connect(self._follow)
        self.console.show_drill(live, by)
        self.show_tab(CONSOLE)
        if live.view is not None:
            self._follow(live.view)

    def end_drill(self) -> None:
        """No drill runs any more."""
        if self._live is not None:
            self._live.viewed.disconnect(self._follow)
        self._live = None
        self.band.hide()
        self.console.end_drill()

    def show_console(self) -> None:
        """Go to the drill that is on."""
        self.show_tab(CONSOLE)

    def show_plan(self) -> None:
        """Go to the calendar and the wheel."""
        self.show_tab(PLAN)

    def run_in_console(self, action_id: str) -> None:
        """Let the console carry out an action of the window."""
        self.show_tab(CONSOLE)
        self.console.carry_out(action_id)

    def show_run(self, run_id: int) -> None:
        """Go to what came of a run."""
        self.show_tab(AFTER)
        as_after(self.part(AFTER)).show_run(run_id)

    # -- places
    def show_tab(self, at: int) -> None:
        """Go to a tab."""
        if self.tabs.currentIndex() != at:
            self.tabs.setCurrentIndex(at)
        else:
            self._show_tab(at)

    def part(self, at: int) -> QWidget:
        """What stands in a tab; made now if it was not yet."""
        if at in (LIBRARY, CONSOLE):
            return self._place if at == LIBRARY else self.console
        if at not in self._made:
            parts = self._parts
            make = {
                AFTER: parts.after,
                GAPS: parts.gaps,
                TRENDS: parts.trends,
                PLAN: parts.plan,
            }[at]
            self._take(made := make())
            self._made[at] = made
        return self._made[at]

    def edit(self, slug: str) -> None:
        """Write on the draft of a scenario."""
        if self._editor is None:
            self._editor = self._parts.editor()
            self._take(self._editor)
        self._put(self._editor)
        self.show_tab(LIBRARY)
        as_editor(self._editor).open(slug)

    def show_wizard(self, wizard: QWidget) -> None:
        """Let a wizard stand in place of the library."""
        if self._wizard is not None:
            self._wizard.hide()
            self._stack.removeWidget(self._wizard)
            self._wizard.deleteLater()
        self._wizard = wizard
        self._take(wizard)
        self._put(wizard)
        self.show_tab(LIBRARY)
        self.focus_first()

    def import_script(self) -> None:
        """Make a scenario of a script."""
        self.show_wizard(self._parts.msel())

    def make_from_escalation(self, escalation_id: int = 0) -> None:
        """Make a scenario of a real escalation; 0 lets the person choose one."""
        self.show_wizard(self._parts.from_escalation(escalation_id))

    def leave(self) -> None:
        """Back to the library."""
        self.show_library()
        self.focus_first()

    def leave_for(self, slug: str) -> None:
        """Back to the library, to that scenario."""
        self.show_library()
        self.library.show_scenario(slug)
        self.focus_first()

    # -- parts
    def _show_sheet(self, sheet: StartSheet) -> None:
        self.start.show_sheet(sheet, self._mode)
        self._put(self.start)
        self.show_tab(LIBRARY)
        self.start.focus_first()

    def _refuse_sheet(self, error: DeskError) -> None:
        self.show_library()
        self.library.say(str(error))

    def _follow(self, view: DrillView) -> None:
        self.band.show_view(view, self._run.team if self._run is not None else "")
        self.band.setVisible(view.state != "ENDED")

    def _show_tab(self, at: int) -> None:
        self._save()
        self._stack.setCurrentWidget(self.part(at))
        if at == CONSOLE:
            self.focus_first()
        self.refresh()

    def _put(self, widget: QWidget) -> None:
        """Let this stand where the library is."""
        self._save()
        self._place = widget

    def _take(self, widget: QWidget) -> None:
        self._stack.addWidget(widget)

    def _save(self) -> None:
        if self._editor is not None and self.shown is self._editor:
            as_editor(self._editor).save_now()

    def _start(self, wish: StartWish) -> None:
        self.start.refuse(None)
        self.start_wanted.emit(wish)

    def _connect(self) -> None:
        library = self.library
        self.tabs.currentChanged.connect(self._show_tab)
        library.start_requested.connect(self.set_up)
        library.edit_requested.connect(self.edit)
        library.run_requested.connect(self.show_run)
        library.msel_requested.connect(self.import_script)
        library.escalation_requested.connect(self.make_from_escalation)
        library.message_requested.connect(self.message_requested)
        self.start.wanted.connect(self._start)
        self.start.left.connect(self.leave)
        self.console.clock_wanted.connect(self.clock_wanted)
        self.console.players_wanted.connect(self.players_wanted)
        self.console.end_wanted.connect(self.end_wanted)
        self.console.library_wanted.connect(self.leave)
