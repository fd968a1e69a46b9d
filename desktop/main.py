"""The composition root of the window: one process, one desk after another."""

import gc
import logging
import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.domain.clock import Clock, SystemClock
from desktop.domain.errors import DeskError
from desktop.options import WindowOptions
from desktop.ui.raising import come_forward
from desktop.ui.single_instance import SingleInstance, runtime_folder
from desktop.wiring.place import DeskPlace
from desktop.wiring.session import WindowSession
from desktop.wiring.trace import Trace

_LOG_BYTES = 1_000_000


def run_window(options: WindowOptions) -> int:
    """Open the desk's window and stay until it is closed; gives the exit status.

    Raises: DeskError when it cannot even begin.
    """
    gc.disable()  # until everything is loaded: a collection in between would show
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Escalation Desk")
    app.setOrganizationName("Escalation Desk")
    QGuiApplication.setDesktopFileName(paths.APP_ID)
    app.setWindowIcon(QIcon(str(paths.resource("pictures", "app.svg"))))
    app.setQuitOnLastWindowClosed(False)
    runs = Runs(SystemClock())
    if not runs.open(options):
        return 0
    return app.exec()


class Runs(QObject):
    """The windows of this process, one after the other."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._trace = Trace(self)
        self._session: WindowSession | None = None
        self._instance: SingleInstance | None = None

    def open(self, options: WindowOptions) -> bool:
        """Open a window; False where another program has that desk open and was brought forward.

        Raises: DeskError when the place of the database cannot be used.
        """
        place = DeskPlace.of(options)
        instance = SingleInstance(place.database, runtime_folder(paths.state_dir()), self)
        if not instance.take():
            instance.pass_on(sys.argv[1:])
            return False
        _log_to_file()
        self._instance = instance
        self._session = WindowSession(options, place, self._clock, self._trace)
        self._session.ended.connect(self._go_on)
        instance.raised.connect(self._come_forward)
        self._session.start()
        instance.listen()
        return True

    def _come_forward(self, _arguments: list[str], token: str) -> None:
        if self._session is not None:
            come_forward(self._session.window, token)

    def _go_on(self, following: WindowOptions | None) -> None:
        """A window is closed: do what was to be done in between, then open the next one, if any."""
        session, self._session = self._session, None
        fault = _done_between(session)
        if self._instance is not None:
            self._instance.close()
        if session is not None:
            session.window.deleteLater()
            session.deleteLater()
        if following is None:
            return
        if not self.open(following):
            QApplication.quit()
        elif fault is not None:
            self._tell(fault)

    def _tell(self, fault: DeskError) -> None:
        if self._session is not None:
            self._session.window.show_error(fault)


def _done_between(session: WindowSession | None) -> DeskError | None:
    if session is None or session.between is None:
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
