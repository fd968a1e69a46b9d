"""Fills a window that shows its first picture: board and bars, the desk behind them, the other screens."""

import gc
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from db.first_look import WholeBoard
from desktop import paths
from desktop.domain.errors import DeskError
from desktop.services.worker import Worker
from desktop.ui.action_set import ActionSet
from desktop.ui.board.page import BoardPage, BoardServices
from desktop.ui.furniture import Furniture, WindowServices
from desktop.ui.heartbeat import Heartbeat
from desktop.ui.icons import Icons
from desktop.ui.surroundings import Surroundings
from desktop.wiring import link as links
from desktop.wiring.first_frame import FirstFrame
from desktop.wiring.opening import open_desk
from desktop.wiring.ports import Session

if TYPE_CHECKING:  # imported on the worker once the board is there
    from desktop.services.desk import Desk
    from desktop.services.scheduler import AlarmScheduler
    from desktop.ui.bridge import Bridge
    from desktop.wiring.automation import Automation
    from desktop.wiring.screens import Screens

_PAINTED_LATEST_MS = 1_000


class DeskWindow(QObject):
    """Everything of one window that comes after its first picture."""

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(session.window)
        self._session = session
        self._worker = worker
        self._runner = session.runner
        self._window = session.window
        self._replaying = session.replaying
        self._automation: Automation | None = None
        self._screens: Screens | None = None
        self._bridge: Bridge | None = None
        self._steering: QObject | None = None
        self._rows: WholeBoard | None = None
        self._is_opening = False
        self._steps: list[Callable[[], None]] = []
        opener = session.replaying or partial(open_desk, session.place, session.clock)
        self.link = links.DeskLink(opener, session.look, session.clock)
        self._settings = links.LinkedSettings(self.link)

    def begin(self) -> None:
        """Let the worker make the rows, then make board and bars: at once, each would wait for the other."""
        self._runner.run(self._read, self._take_rows, owner=self)

    def close(self) -> None:
        """The window is closed."""
        self._steps = []
        if self._screens is not None:
            self._screens.close()
        if self._automation is not None:
            self._automation.close()
        if self._bridge is not None:
            self._bridge.close()
        self._worker.submit(self.link.close)

    # ---- board and bars

    def _read(self) -> WholeBoard | None:
        """All rows, on the worker: they need not wait until the desk's services are there."""
        return self._session.ahead.rows() if self._session.ahead is not None else None

    def _take_rows(self, rows: WholeBoard | None) -> None:
        self._rows = rows
        self._steps = [
            self._make_surroundings,
            self._make_board,
            self._make_furniture,
            self._furnish,
            self._load_rows,
            self._unveil,
        ]
        self._take_step()

    def _take_step(self) -> None:
        if self._steps:
            self._steps.pop(0)()
            # A timer and no posted call: what else has happened comes first.
            QTimer.singleShot(1, self._take_step)

    def _make_surroundings(self) -> None:
        theme = self._session.theme
        theme.dress(self._window)
        self._around = Surroundings(
            runner=self._runner,
            actions=ActionSet(parent=self),
            heartbeat=Heartbeat(self._session.clock, self),
            clock=self._session.clock,
            theme=theme,
            icons=Icons(paths.resource("icons"), theme),
        )

    def _make_board(self) -> None:
        services = BoardServices(
            board=links.LinkedBoard(self.link),
            moves=links.LinkedMoves(self.link),
            views=links.LinkedViews(self.link),
            state=self._settings,
        )
        self._board = BoardPage(services, self._around)
        self._board.set_density(str(self._settings.get("density")))

    def _make_furniture(self) -> None:
        services = WindowServices(
            state=self._settings,
            settings=self._settings,
            undoing=links.LinkedUndo(self.link),
            finding=links.LinkedFinding(self.link),
        )
        self._furniture = Furniture(self._window, services, self._around)

    def _furnish(self) -> None:
        self._window.furnish(self._furniture, self._board)
        look = self._session.look
        if look is not None and look.operator:
            self._window.status.say("operator", f"Operator: {look.operator}")

    def _load_rows(self) -> None:
        if self._rows is not None:
            self._board.feed.take(self._rows)
            self._rows = None

    def _unveil(self) -> None:
        self._window.unveil()
        # To import more while the board is painted would hold it up; a window out of sight is never painted.
        FirstFrame(self._window).painted.connect(self._open_desk)
        QTimer.singleShot(_PAINTED_LATEST_MS, self._open_desk)

    def _note_board(self) -> None:
        if self._board.feed.is_loaded:
            self._session.trace.note("board_ready", rows=len(self._board.rows))

    # ---- the desk

    def _open_desk(self) -> None:
        if self._is_opening:
            return
        self._is_opening = True
        self._note_board()
        self._runner.run(self.link.open, self._opened, self._not_opened, owner=self)

    def _opened(self, desk: "Desk") -> None:
        from desktop.ui.bridge import Bridge

        self._bridge = Bridge(desk.bus, self)
        self._bridge.escalations_changed.connect(self._refresh_board)
        self._bridge.data_imported.connect(self._board.load)
        if self._board.feed.is_loaded:
            self._board.set_operator()
            self._board.views.load()
            self._board.refresh()
            self._import_screens()
        else:
            self._board.feed.loaded.connect(self._rows_are_there)
            self._board.load()

    def _not_opened(self, error: DeskError) -> None:
        from desktop.wiring.trouble import show_trouble  # seldom wanted

        show_trouble(self._session, error)
        self._session.trace.note("failed")

    def _rows_are_there(self) -> None:
        self._board.feed.loaded.disconnect(self._rows_are_there)
        FirstFrame(self._window).painted.connect(self._note_board)
        self._import_screens()

    def _refresh_board(self, _ids: frozenset[int]) -> None:
        self._board.refresh()

    # ---- the other screens

    def _import_screens(self) -> None:
        self._runner.run(_import_screens, self._make_screens, owner=self)

    def _make_screens(self, screens: "type[Screens]") -> None:
        bridge = self._bridge
        assert bridge is not None
        self._screens = screens(self._window, self.link.desk, self._around, bridge, self._session.options)
        self._screens.made.connect(self._go_live if self._replaying is None else self._go_past)
        self._screens.make()

    def _go_past(self) -> None:
        """A replay moves its own clock and raises its own alarms; nothing of it leaves the window."""
        assert self._replaying is not None
        self._steering = self._replaying.steer(self._window, self._around)
        QTimer.singleShot(0, self._settle)

    def _go_live(self) -> None:
        from desktop.wiring.automation import Automation

        self._automation = Automation(self.link.desk, self._worker, self._runner, self)
        self._runner.run(self._automation.make, self._run_automation, owner=self)

    def _run_automation(self, scheduler: "AlarmScheduler") -> None:
        if self._automation is None or self._screens is None:
            return
        self._automation.backed_up.connect(self._screens.status.refresh)
        self._automation.start(scheduler)
        self._screens.office.leave_requested.connect(self._session.leave_for)
        self._screens.beside_requested.connect(self._session.open_beside)
        self._screens.start()
        QTimer.singleShot(0, self._settle)

    def _settle(self) -> None:
        # What is loaded now stays: the collector need not walk through it again and hold up the window.
        gc.freeze()
        gc.enable()
        self._session.trace.all_ready()


def _import_screens() -> "type[Screens]":
    """The other screens; imported on the worker, where it holds nobody up."""
    import desktop.wiring.automation  # noqa: F401 for `_go_live`
    from desktop.wiring.screens import Screens

    return Screens
