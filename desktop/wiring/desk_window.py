"""Fills a window that shows its board: the bars around it, the desk behind it, the other screens."""

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import DeskError
from desktop.services.worker import Worker
from desktop.ui.furniture import Furniture, WindowServices
from desktop.wiring import link as links
from desktop.wiring.board_first import BoardFirst
from desktop.wiring.first_frame import FirstFrame
from desktop.wiring.ports import Session

if TYPE_CHECKING:  # imported on the worker once the board is there
    from desktop.services.desk import Desk
    from desktop.services.scheduler import AlarmScheduler
    from desktop.ui.bridge import Bridge
    from desktop.wiring.automation import Automation
    from desktop.wiring.hearing import Hearing
    from desktop.wiring.outgoing import Outgoing
    from desktop.wiring.paging import Pages
    from desktop.wiring.screens import Screens


class DeskWindow(QObject):
    """Everything of one window that comes after its board.

    Signals:
        furnished: the bars are where their picture was.
    """

    furnished = Signal()

    def __init__(self, session: Session, worker: Worker, first: BoardFirst) -> None:
        super().__init__(session.window)
        self._session = session
        self._worker = worker
        self._runner = session.runner
        self._window = session.window
        self._backdrop = session.backdrop
        self._first = first
        self._link = first.link
        self._around = first.around
        self._board = first.board
        self._is_over = False
        self._is_settled = False
        self._automation: Automation | None = None
        self._screens: Screens | None = None
        self._hearing: Hearing | None = None
        self._pages: Pages | None = None
        self._outgoing: Outgoing | None = None
        self._bridge: Bridge | None = None
        self._steering: QObject | None = None

    def begin(self) -> None:
        """Put the bars around the board, then open the desk."""
        services = WindowServices(
            state=self._first.settings,
            settings=self._first.settings,
            undoing=links.LinkedUndo(self._link),
            finding=links.LinkedFinding(self._link),
        )
        self._furniture = Furniture(self._window, services, self._around)
        if mark := str(self._first.settings.get("drill_mark")):
            from desktop.ui.drill.frame import put_mark  # no window of a real desk needs it

            put_mark(self._window, mark, self._around.theme)
        QTimer.singleShot(1, self._furnish)

    def close(self) -> None:
        """The window is closed: make nothing more."""
        self._is_over = True
        if self._backdrop is not None:
            self._backdrop.cancel()
        if self._screens is not None:
            self._screens.close()
        if self._automation is not None:
            self._automation.close()
        if self._pages is not None:
            self._pages.stop()
        if self._outgoing is not None:
            self._outgoing.stop()
        if self._hearing is not None:
            self._hearing.close()
        if self._bridge is not None:
            self._bridge.close()
        self._worker.submit(self._link.close)

    def begin_new(self) -> None:
        """Go to the form of a new escalation where that is wanted and everything is there."""
        if self._is_settled and self._session.new_wanted:
            self._session.new_wanted = False
            self._window.dispatcher.run("new_escalation")

    def _furnish(self) -> None:
        if self._is_over:
            return
        self._window.furnish(self._furniture, self._board)
        look = self._session.look
        if look is not None and look.operator:
            self._window.status.say("operator", f"Operator: {look.operator}")
        self._window.unveil()
        del self._session.picture  # with what it painted: four bytes for each dot of the window
        self.furnished.emit()
        FirstFrame(self._window, wait=False).painted.connect(self._open_desk)

    # ---- the desk

    def _open_desk(self) -> None:
        if self._is_over:
            return
        if self._backdrop is not None:
            self._backdrop.show_loading(self._window, self._around)
        self._runner.run(self._link.open, self._opened, self._not_opened, owner=self)

    def _opened(self, desk: "Desk") -> None:
        from desktop.ui.bridge import Bridge

        if self._is_over:
            return
        if self._backdrop is not None:
            self._backdrop.end_loading(self._window)
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

        if self._is_over:
            return
        gc.enable()
        show_trouble(self._session, error)
        self._session.trace.note("failed")

    def _rows_are_there(self) -> None:
        self._board.feed.loaded.disconnect(self._rows_are_there)
        self._session.note_board()
        self._import_screens()

    def _refresh_board(self, _ids: frozenset[int]) -> None:
        self._board.refresh()

    # ---- the other screens

    def _import_screens(self) -> None:
        self._runner.run(_import_screens, self._make_screens, owner=self)

    def _make_screens(self, screens: "type[Screens]") -> None:
        bridge = self._bridge
        if self._is_over or bridge is None:
            return
        desk = self._link.desk
        if self._backdrop is None:
            from desktop.wiring.hearing import Hearing

            self._hearing = Hearing(desk, self._worker.submit, desk.store.path.parent)
        self._screens = screens(
            self._window, desk, self._around, bridge, self._session.options, self._hearing
        )
        self._screens.made.connect(self._go_live if self._backdrop is None else self._go_apart)
        self._screens.make()

    def _go_apart(self) -> None:
        """A replay or drill moves its own clock and raises its own alarms; nothing leaves the window."""
        assert self._backdrop is not None
        assert self._screens is not None
        self._steering = self._backdrop.steer(self._window, self._around, self._screens)
        QTimer.singleShot(0, self._settle)

    def _go_live(self) -> None:
        from desktop.wiring.automation import Automation

        self._automation = Automation(self._link.desk, self._worker, self._runner, self)
        self._runner.run(self._automation.make, self._run_automation, owner=self)

    def _run_automation(self, scheduler: "AlarmScheduler") -> None:
        if self._is_over or self._automation is None or self._screens is None:
            return
        self._automation.backed_up.connect(self._screens.status.refresh)
        self._start_pages(self._screens.office.is_sample)
        self._automation.start(scheduler)
        self._screens.office.leave_requested.connect(self._session.leave_for)
        self._screens.beside_requested.connect(self._session.open_beside)
        self._screens.start()
        if self._hearing is not None:
            self._hearing.begin()
        QTimer.singleShot(0, self._settle)

    def _start_pages(self, is_sample: bool) -> None:
        """Before the scheduler: the first sweep then knows whom it can page."""
        if self._hearing is not None:
            from desktop.wiring.outgoing import Outgoing
            from desktop.wiring.paging import Pages

            secrets, rooms = self._hearing.secrets, self._hearing.rooms
            desk, is_real = self._link.desk, not is_sample
            self._pages = Pages(desk, secrets, self._worker, is_real=is_real, rooms=rooms)
            self._pages.start()
            self._outgoing = Outgoing(desk, secrets, self._worker, is_real=is_real)
            self._outgoing.start()

    def _settle(self) -> None:
        if self._is_over:
            return
        # What is loaded now stays: the collector need not walk through it again and hold up the window.
        gc.freeze()
        gc.enable()
        self._is_settled = True
        self.begin_new()
        self._session.trace.all_ready()


def _import_screens() -> "type[Screens]":
    """The other screens; imported on the worker, where it holds nobody up."""
    import desktop.wiring.automation
    import desktop.wiring.hearing
    import desktop.wiring.outgoing
    import desktop.wiring.paging  # noqa: F401 for `_make_screens` and what follows
    from desktop.wiring.screens import Screens

    return Screens
