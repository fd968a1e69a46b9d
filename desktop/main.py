"""The composition root of the window: one process, one desk after another."""

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.domain.clock import Clock, SystemClock
from desktop.domain.errors import DeskError
from desktop.options import WindowOptions
from desktop.ui.single_instance import SingleInstance, runtime_folder
from desktop.wiring.place import DeskPlace
from desktop.wiring.session import WindowSession
from desktop.wiring.trace import Trace

if TYPE_CHECKING:
    from desktop.ui.errors import ErrorReporter

_LOG_BYTES = 1_000_000


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
    """The windows of this process: one desk after another, and replays beside them."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._trace = Trace(self)
        self._places: dict[WindowSession, SingleInstance | None] = {}
        self._reporter: ErrorReporter | None = None

    def open(self, options: WindowOptions) -> bool:
        """Open a window; False where another program has that desk open and was brought forward.

        Raises: DeskError when the place of the database cannot be used.
        """
        instance = None
        if options.replay is None:  # every replay has a desk of its own
            instance = SingleInstance(DeskPlace.of(options).database, runtime_folder(paths.state_dir), self)
            if not instance.take():
                instance.pass_on(sys.argv[1:])
                return False
        session = WindowSession(options, self._clock, self._trace)
        self._places[session] = instance
        # Queued: the session that ends is still at work when it says so, and must not be gone by then.
        session.ended.connect(self._go_on, Qt.ConnectionType.QueuedConnection)
        session.beside_requested.connect(self._open_beside)
        session.bug_found.connect(self._report)
        session.loaded.connect(self._prepare)
        session.start()
        if instance is not None:
            instance.raised.connect(self._come_forward)
            instance.listen()
        return True

    def _prepare(self) -> None:
        """The first picture is there: see to what need not come before it."""
        if self._reporter is not None:
            return
        from PySide6.QtGui import QIcon  # its pictures bring a library along

        from desktop.ui.errors import ErrorReporter

        _log_to_file()
        self._reporter = ErrorReporter()
        self._reporter.desk_error_raised.connect(self._tell)
        self._reporter.install()
        QApplication.setWindowIcon(QIcon(str(paths.resource("pictures", "app.svg"))))

    def _report(self, error: BaseException) -> None:
        if self._reporter is not None:
            self._reporter.report(error)

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


def _log_to_file() -> None:
    from logging.handlers import RotatingFileHandler  # brings pickle and sockets along

    root = logging.getLogger()
    if root.handlers:
        return
    try:
        handler: logging.Handler = RotatingFileHandler(
            paths.log_dir() / "desk.log", maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8"
        )
    except (DeskError, OSError):  # no log is no reason not to work
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
