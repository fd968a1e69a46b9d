"""What a person keeps of an import: the refused rows as a file, the mapping under a name."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.ticket_mapping import TicketMapping
from desktop.services.importing import RefusedRow
from desktop.ui.kit.dialogs import save_file_dialog
from desktop.ui.tasks import TaskRunner
from desktop.ui.tickets.ports import FoundTable, ImportsTickets


class ImportKeeping(QObject):
    """Saves refused rows and mappings.

    Signals:
        kept: (str) a sentence for the toast.
    """

    kept = Signal(str)

    def __init__(self, services: ImportsTickets, runner: TaskRunner, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._runner = runner
        self._window = window
        self._wanted: tuple[FoundTable, Sequence[RefusedRow]] | None = None

    def save_refused(self, table: FoundTable, refused: Sequence[RefusedRow]) -> None:
        """Ask where to, then write the rows there."""
        self._wanted = (table, refused)
        name = f"{table.path.stem} refused.csv"
        dialog = save_file_dialog(self._window, "Save the refused rows", name, "CSV (*.csv)")
        dialog.fileSelected.connect(self.write_refused)
        dialog.open()

    def write_refused(self, chosen: str) -> None:
        """Write the rows last asked for."""
        if chosen and self._wanted is not None:
            table, refused = self._wanted
            work = partial(self._services.save_refused, Path(chosen), table.columns, refused)
            self._runner.run(work, self._refused_saved, owner=self)

    def save_mapping(self, mapping: TicketMapping, name: str) -> None:
        """Keep a mapping under a name."""
        work = partial(self._services.save_mapping, replace(mapping, name=name))
        self._runner.run(work, self._mapping_saved, owner=self)

    def _refused_saved(self, _nothing: None) -> None:
        self.kept.emit("The refused rows are saved.")

    def _mapping_saved(self, _nothing: None) -> None:
        self.kept.emit("The mapping is kept: it is offered for files like this one.")
