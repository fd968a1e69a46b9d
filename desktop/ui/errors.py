"""Where bugs end: the log, the crash dialog, and no lost draft."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.ui.kit.copy_text import CopyText
from desktop.ui.kit.label import Label

_log = logging.getLogger(__name__)


class CrashDialog(QDialog):
    """Says that something went wrong, that nothing typed is lost, and what to send to whom."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Escalation Desk")
        self._trace = "".join(traceback.format_exception(error))
        details = CopyText("What happened, for the developers", "Copy the details", "Go on working")
        details.text.setPlainText(self._trace)
        details.left.connect(self.accept)
        details.leave.setDefault(True)
        details.leave.setFocus()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(Label("Something in the program went wrong", "heading"))
        explained = (
            "The last step may not have been done; everything stored before is safe, and drafts are kept. "
            "You can go on working. Please send the details to whoever looks after this program."
        )
        column.addWidget(Label(explained, wrap=True))
        column.addWidget(details, 1)
        self.resize(640, 420)

    @property
    def trace(self) -> str:
        """What is shown for the developers."""
        return self._trace


class ErrorReporter(QObject):
    """Takes every error that nobody handled, from any thread; shows one dialog at a time.

    Signals:
        desk_error_raised: (DeskError, object) one a person can put right; the window has a banner for it.
    """

    desk_error_raised = Signal(object, object)
    _caught = Signal(object)

    def __init__(self, front: Callable[[], QWidget | None], parent: QObject | None = None) -> None:
        """`front` gives the window that a person looks at: the dialog stands before it and looks like it."""
        super().__init__(parent)
        self._front = front
        self._dialog: CrashDialog | None = None
        self._caught.connect(self.report, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Be the last to hear of every exception."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def uninstall(self) -> None:
        """Let Python speak for itself again."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    @property
    def dialog(self) -> CrashDialog | None:
        """The dialog in sight."""
        return self._dialog

    def report(self, error: BaseException) -> None:
        """Show it: as a banner if a person can put it right, else as the crash dialog."""
        if isinstance(error, DeskError):
            self.desk_error_raised.emit(error, None)
        elif self._dialog is None:
            self._dialog = CrashDialog(error, self._front())
            self._dialog.destroyed.connect(self._forget)
            self._dialog.open()

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("an error nobody handled", exc_info=(kind, error, trace))
        self._caught.emit(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._hook(args.exc_type, args.exc_value, args.exc_traceback)

    def _forget(self) -> None:
        self._dialog = None
