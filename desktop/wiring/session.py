"""One window over one desk, from its first picture to its end."""

import gc
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from db.first_look import FirstLook, first_rows
from desktop import paths
from desktop.domain.board import midnight_us
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.instant import to_us
from desktop.options import WindowOptions
from desktop.services.worker import Worker
from desktop.ui.action_set import ActionSet
from desktop.ui.board.page import BoardPage, BoardServices
from desktop.ui.bridge import Bridge
from desktop.ui.heartbeat import Heartbeat
from desktop.ui.icons import Icons
from desktop.ui.surroundings import Surroundings
from desktop.ui.tasks import TaskRunner
from desktop.ui.theme import Theme, ThemeChoice
from desktop.ui.window import MainWindow, WindowServices
from desktop.wiring import link as links
from desktop.wiring.automation import Automation
from desktop.wiring.first_frame import FirstFrame
from desktop.wiring.opening import open_desk
from desktop.wiring.place import DeskPlace
from desktop.wiring.replaying import Replaying
from desktop.wiring.trace import Trace

if TYPE_CHECKING:  # both bring every service along, after the first picture
    from desktop.services.desk import Desk
    from desktop.services.scheduler import AlarmScheduler
    from desktop.wiring.screens import Screens


class WindowSession(QObject):
    """Builds every object of one window once and passes it on.

    The window paints from a first look at the file; the worker then opens the desk, and only after that the
    other screens are made, one between two turns of the event loop.

    Signals:
        ended: (WindowOptions or None) the window is closed; what to open next, if anything.
        beside_requested: (WindowOptions) open that in another window.
        bug_found: (BaseException) a fault of the program.
    """

    ended = Signal(object)
    beside_requested = Signal(object)
    bug_found = Signal(object)

    def __init__(self, options: WindowOptions, clock: Clock, trace: Trace) -> None:
        """Raises: DeskError for a place that no database can be in."""
        super().__init__()
        self.options = options
        self.replaying = Replaying(options, options.replay) if options.replay is not None else None
        self.place = self.replaying.place if self.replaying is not None else DeskPlace.of(options)
        self.trouble: QObject | None = None
        self.clock: Clock = self.replaying.clock if self.replaying is not None else clock
        self._trace = trace
        self._next: WindowOptions | None = None
        self.between: Callable[[], None] | None = None
        self._automation: Automation | None = None
        self._screens: Screens | None = None
        self._bridge: Bridge | None = None
        self._steering: QObject | None = None
        self._worker = Worker()
        self.runner = TaskRunner(self._worker, self)
        look = self._first_look()
        opener = self.replaying or partial(open_desk, self.place, self.clock)
        self.link = links.DeskLink(opener, look, self.clock)
        self._settings = links.LinkedSettings(self.link)
        self._around = self._surroundings()
        self.window = self._window(look)
        self.runner.bug_found.connect(self.bug_found)
        self._frame = FirstFrame(self.window)
        self._frame.painted.connect(self._begin)
        self.window.closing.connect(self._end)

    def start(self) -> None:
        """Show the window."""
        self.window.show()

    def leave_for(self, options: WindowOptions, between: Callable[[], None] | None = None) -> None:
        """Close this window and open another desk; `between` is done while none is open."""
        self._next = options
        self.between = between
        self.window.close_without_question()

    # ---- before the first picture

    def _first_look(self) -> FirstLook | None:
        now = self.clock.now()
        return first_rows(self.place.database, to_us(now), day_us=midnight_us(now))

    def _surroundings(self) -> Surroundings:
        choice = ThemeChoice(str(self._settings.get("theme")))
        theme = Theme(paths.resource("themes"), paths.resource("desk.qss"), choice, self)
        theme.apply()
        return Surroundings(
            runner=self.runner,
            actions=ActionSet(parent=self),
            heartbeat=Heartbeat(self.clock, self),
            clock=self.clock,
            theme=theme,
            icons=Icons(paths.resource("icons"), theme),
        )

    def _window(self, look: FirstLook | None) -> MainWindow:
        services = BoardServices(
            board=links.LinkedBoard(self.link),
            moves=links.LinkedMoves(self.link),
            views=links.LinkedViews(self.link),
            state=self._settings,
        )
        board = BoardPage(services, self._around)
        board.set_density(str(self._settings.get("density")))
        if look is not None:
            board.show_first(look.rows)
        window = MainWindow(
            WindowServices(
                state=self._settings,
                settings=self._settings,
                undoing=links.LinkedUndo(self.link),
                finding=links.LinkedFinding(self.link),
            ),
            self._around,
            board,
        )
        if look is not None and look.operator:
            window.status.say("operator", f"Operator: {look.operator}")
        return window

    # ---- after it

    def _begin(self) -> None:
        self._trace.note("first_frame")
        self._trace.watch_gaps()
        self.runner.run(self.link.open, self._opened, self._not_opened, owner=self)

    def _opened(self, desk: "Desk") -> None:
        self._bridge = Bridge(desk.bus, self)
        self._bridge.escalations_changed.connect(self._refresh_board)
        self._bridge.data_imported.connect(self.window.board.load)
        self.window.board.feed.loaded.connect(self._rows_are_there)
        self.window.board.load()

    def _not_opened(self, error: DeskError) -> None:
        from desktop.wiring.trouble import show_trouble  # seldom wanted

        show_trouble(self, error)
        self._trace.note("failed")

    def _rows_are_there(self) -> None:
        self.window.board.feed.loaded.disconnect(self._rows_are_there)
        self._trace.note("board_ready", rows=len(self.window.board.rows))
        self.runner.run(_import_screens, self._make_screens, owner=self)

    def _make_screens(self, screens: "type[Screens]") -> None:
        bridge = self._bridge
        assert bridge is not None
        self._screens = screens(self.window, self.link.desk, self._around, bridge, self.options)
        self._screens.made.connect(self._go_live if self.replaying is None else self._go_past)
        self._screens.make()

    def _go_past(self) -> None:
        """A replay moves its own clock and raises its own alarms; nothing of it leaves the window."""
        assert self.replaying is not None
        self._steering = self.replaying.steer(self.window, self._around)
        QTimer.singleShot(0, self._settle)

    def _go_live(self) -> None:
        self._automation = Automation(self.link.desk, self._worker, self.runner, self)
        self.runner.run(self._automation.make, self._run_automation, owner=self)

    def _run_automation(self, scheduler: "AlarmScheduler") -> None:
        if self._automation is None or self._screens is None:
            return
        self._automation.backed_up.connect(self._screens.status.refresh)
        self._automation.start(scheduler)
        self._screens.office.leave_requested.connect(self.leave_for)
        self._screens.beside_requested.connect(self.beside_requested)
        self._screens.start()
        # What is loaded now stays: the collector need not walk through it again and hold up the window.
        QTimer.singleShot(0, self._settle)

    def _settle(self) -> None:
        gc.collect()
        gc.freeze()
        gc.enable()
        self._trace.all_ready()

    def _refresh_board(self, _ids: frozenset[int]) -> None:
        self.window.board.refresh()

    # ---- the end

    def _end(self) -> None:
        """Once the window is closed: end what runs, in the order in which it depends on each other."""
        if self._screens is not None:
            self._screens.close()
        if self._automation is not None:
            self._automation.close()
        if self._bridge is not None:
            self._bridge.close()
        self._worker.submit(self.link.close)
        self._worker.close()
        if self.replaying is not None:
            self.replaying.close()
        self.ended.emit(self._next)


def _import_screens() -> "type[Screens]":
    """The other screens; imported on the worker, where it holds nobody up."""
    from desktop.wiring.screens import Screens

    return Screens
