"""The composition root of the window: one process, one desk after another."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop import paths
from desktop.domain.clock import Clock, SystemClock
from desktop.domain.errors import DeskError
from desktop.options import WindowOptions
from desktop.ui.single_instance import SingleInstance, runtime_folder
from desktop.wiring.last_resort import LastResort, log_to_file
from desktop.wiring.place import DeskPlace
from desktop.wiring.session import WindowSession
from desktop.wiring.trace import Trace

if TYPE_CHECKING:
    from desktop.ui.errors import ErrorReporter


def run_window(options: WindowOptions) -> int:
    """Open the desk's window and stay until it is closed; gives the exit status.

    Raises: DeskError when it cannot even begin.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Escalation Desk")
    app.setOrganizationName("Escalation Desk")
    QGuiApplication.setDesktopFileName(paths.APP_ID)
    app.setQuitOnLastWindowClosed(False)
    runs = Runs(SystemClock())
    if not runs.open(options):
        return 0
    return app.exec()


class Runs(QObject):
    """The windows of this process: one desk after another, and replays and drills beside them."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._trace = Trace(self)
        self._places: dict[WindowSession, SingleInstance | None] = {}
        self._reporter: ErrorReporter | None = None
        self._last_resort = LastResort(self)
        self._last_resort.found.connect(self._report)
        self._last_resort.install()

    def open(self, options: WindowOptions) -> bool:
        """Open a window; False where another program has that desk open and was brought forward.

        Raises: DeskError when the place of the database cannot be used.
        """
        instance = None
        if options.replay is None and options.drill is None:  # these have desks of their own
            instance = SingleInstance(DeskPlace.of(options).database, runtime_folder(paths.state_dir), self)
            if not instance.take():
                instance.pass_on(sys.argv[1:])
                return False
        session = WindowSession(options, self._clock, self._trace)
        self._places[session] = instance
        session.ended.connect(self._go_on)
        session.beside_requested.connect(self._open_beside)
        session.bug_found.connect(self._report)
        session.loaded.connect(self._prepare)
        session.start()
        return True

    def _prepare(self) -> None:
        """The board is there: see to what need not come before it."""
        self._made_reporter()
        session = self.sender()
        instance = self._places.get(session) if isinstance(session, WindowSession) else None
        if instance is not None:
            instance.raised.connect(self._come_forward)
            instance.listen()

    def _made_reporter(self) -> "ErrorReporter":
        if self._reporter is None:
            from PySide6.QtGui import QIcon  # its pictures bring a library along

            from desktop.ui.errors import ErrorReporter

            log_to_file()
            self._reporter = ErrorReporter(self._front)
            self._reporter.desk_error_raised.connect(self._tell)
            self._reporter.install()
            QApplication.setWindowIcon(QIcon(str(paths.resource("pictures", "app.svg"))))
        return self._reporter

    def _front(self) -> QWidget | None:
        """The window that a person looks at; any that is open where none of them has the keyboard."""
        windows: list[QWidget] = [session.window for session in self._places]
        return next((window for window in windows if window.isActiveWindow()), next(iter(windows), None))

    def _report(self, error: BaseException) -> None:
        self._made_reporter().report(error)

    def _open_beside(self, options: WindowOptions) -> None:
        try:
            self.open(options)
        except DeskError as error:
            self._tell(error)

    def _come_forward(self, arguments: list[str], token: str) -> None:
        from desktop.ui.raising import come_forward

        for session, instance in self._places.items():
            if instance is self.sender():
                come_forward(session.window, token)
                if "--new" in arguments:
                    session.begin_new()

    def _go_on(self, following: WindowOptions | None) -> None:
        """A window is closed: do what was to be done in between, then open the next one, if any."""
        session = self.sender()
        if not isinstance(session, WindowSession):
            return
        instance = self._places.pop(session)
        fault = _done_between(session)
        if instance is not None:
            instance.close()
        session.window.deleteLater()
        session.deleteLater()
        if following is not None:
            self._open_beside(following)
        if fault is not None:
            self._tell(fault)
        if not self._places:
            QApplication.quit()

    def _tell(self, fault: DeskError, _owner: object = None) -> None:
        for session in self._places:
            session.window.show_error(fault)
            return


def _done_between(session: WindowSession) -> DeskError | None:
    if session.between is None:
        return None
    try:
        session.between()
    except DeskError as error:
        return error
    return None
