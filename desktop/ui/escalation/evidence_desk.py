"""What is done with evidence: attached, opened for reading, taken off."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done
from desktop.domain.evidence import Evidence
from desktop.ui.escalation.opening import why_not_open
from desktop.ui.escalation.ports import Desk, operator_of
from desktop.ui.kit.dialogs import open_file_dialog
from desktop.ui.kit.drop import read_pieces
from desktop.ui.tasks import TaskRunner


class EvidenceDesk(QObject):
    """Carries out wishes about evidence on the worker.

    Signals:
        work_done: (tuple of Done) attached or taken off.
        message_requested: (str) how it went, or why not.
        file_opened: (Path) a copy was handed to the desktop's own program.
    """

    work_done = Signal(object)
    message_requested = Signal(str)
    file_opened = Signal(object)

    def __init__(self, desk: Desk, runner: TaskRunner, viewing_folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._folder = viewing_folder

    def attach(self, escalation_id: int, found: Any) -> None:  # noqa: ANN401 a signal's object
        """Keep files and pieces with an escalation."""
        if escalation_id and found:
            work = partial(attach_all, self._desk, escalation_id, tuple(found))
            self._runner.run(work, self._attached, self._refused, owner=self)

    def open_piece(self, piece: Evidence) -> None:
        """Write a copy that can only be read, and show it with the desktop's own program."""
        self._runner.run(
            partial(_written, self._desk, piece, self._folder), self._show_file, self._refused, owner=self
        )

    def remove_piece(self, piece: Evidence) -> None:
        """Take it off; undo brings it back."""
        self._runner.run(partial(_removed, self._desk, piece.id), self._done, self._refused, owner=self)

    def _attached(self, done: tuple[Done, ...]) -> None:
        self.work_done.emit(done)

    def _done(self, done: Done) -> None:
        self.work_done.emit((done,))

    def _show_file(self, path: Path) -> None:
        self.file_opened.emit(path)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.message_requested.emit(f"No program opens {path.name}. Save it and open it yourself.")

    def _refused(self, error: DeskError) -> None:
        self.message_requested.emit(str(error))


class AttachDialog(QObject):
    """Asks for a file and attaches it.

    Signals:
        work_done: (tuple of Done)
        message_requested: (str) why not.
    """

    work_done = Signal(object)
    message_requested = Signal(str)

    def __init__(self, desk: Desk, runner: TaskRunner, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._runner = runner
        self._window = window
        self._escalation_id = 0

    def browse(self, escalation_id: int) -> None:
        """Ask for a file for this escalation."""
        self._escalation_id = escalation_id
        dialog = open_file_dialog(self._window, "Attach a file", "All files (*)")
        dialog.fileSelected.connect(self.attach)
        dialog.open()

    def attach(self, path: str) -> None:
        """Attach the file that was chosen."""
        if path:
            work = partial(attach_all, self._desk, self._escalation_id, (Path(path),))
            self._runner.run(work, self.work_done.emit, self._refused, owner=self)

    def _refused(self, error: DeskError) -> None:
        self.message_requested.emit(str(error))


def attach_all(desk: Desk, escalation_id: int, found: tuple[Any, ...]) -> tuple[Done, ...]:
    """Read and attach; on the worker."""
    by = operator_of(desk)
    return tuple(desk.escalations.attaching.attach(escalation_id, piece, by) for piece in read_pieces(found))


def _removed(desk: Desk, evidence_id: int) -> Done:
    return desk.escalations.attaching.remove(evidence_id, operator_of(desk))


def _written(desk: Desk, piece: Evidence, folder: Path) -> Path:
    if why_not := why_not_open(piece.name, desk.evidence.read(piece.id)[:32]):
        raise DeskError(why_not, hint="Use Save as….")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DeskError(f"The folder {folder} cannot be made: {error.strerror or error}.") from error
    return desk.evidence.write_to(piece.id, folder)
