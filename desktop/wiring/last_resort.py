"""Where an error that nobody handled ends before the board is there: standard error, log and dialog."""

import logging
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from desktop import paths
from desktop.domain.errors import DeskError

LOG_BYTES = 1_000_000
_SAID = "Something in the program went wrong; the details stand above"


class LastResort(QObject):
    """Hears of every exception until the reporter of the window takes its place.

    The reporter and its dialog take long to load; this costs nothing until it is wanted.

    Signals:
        found: (BaseException) it is told and logged; show it, on the GUI thread.
    """

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_telling = False

    def install(self) -> None:
        """Be the last to hear, in every thread."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if issubclass(kind, KeyboardInterrupt):
            return
        file = log_to_file()
        logging.getLogger(__name__).critical("an error nobody handled", exc_info=(kind, error, trace))
        sys.stderr.write(f"{_SAID} and in {file}.\n" if file else f"{_SAID}.\n")
        if not self._is_telling:  # what fails in the telling is not told the same way
            self._is_telling = True
            self.found.emit(error)
            self._is_telling = False

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._hook(args.exc_type, args.exc_value, args.exc_traceback)


class DeskLog(logging.FileHandler):
    """The log in a file; one that has grown long is put aside, with the one before it.

    As `logging.handlers` does it, which would load pickling, queues and sockets: 1 MB in every desk.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write one entry."""
        if self.stream is not None and self.stream.tell() >= LOG_BYTES:
            self.stream.close()  # some systems move no file that is open
            log = Path(self.baseFilename)
            with suppress(OSError):  # no room or no right: it goes on in the same file
                log.with_suffix(".log.1").replace(log.with_suffix(".log.2"))
            with suppress(OSError):
                log.replace(log.with_suffix(".log.1"))
            self.stream = self._open()
        super().emit(record)


def log_to_file() -> str:
    """Write the program's log into a file from now on; gives its name, empty where none can be written."""
    root = logging.getLogger()
    for handler in root.handlers:
        if isinstance(handler, logging.FileHandler):
            return handler.baseFilename
    if root.handlers:
        return ""
    name = ""
    try:
        made: logging.Handler = DeskLog(paths.log_dir() / "desk.log", encoding="utf-8")
        name = str(paths.log_dir() / "desk.log")
    except (DeskError, OSError):  # no log is no reason not to work
        made = logging.StreamHandler()
    made.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(made)
    root.setLevel(logging.INFO)
    return name
