"""What the wizard for lists of injects wants of the desk, one wish at a time."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.drill_msel_check import ListMapping
from desktop.domain.drill_record import ScenarioRow
from desktop.domain.errors import DeskError
from desktop.services.drill_msel import MselPreview, MselTable, MselWish
from desktop.ui.drill.msel_ports import ImportsMsel
from desktop.ui.tasks import TaskRunner

_Read = tuple[MselTable, Mapping[str, ListMapping], tuple[ScenarioRow, ...]]


class MselWork(QObject):
    """Reads, looks through, keeps; tells what came of it.

    Signals:
        begun: (str) what is being done.
        table_read: (MselTable, mappings by name, tuple of ScenarioRow)
        unread: (str) the file cannot be read, and why.
        looked: (MselPreview)
        taken_in: (str slug)
        mapping_kept: it is there.
        failed: (str) something else could not be done, and why.
    """

    begun = Signal(str)
    table_read = Signal(object, object, object)
    unread = Signal(str)
    looked = Signal(object)
    taken_in = Signal(str)
    mapping_kept = Signal()
    failed = Signal(str)

    def __init__(self, imports: ImportsMsel, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._imports = imports
        self._runner = runner
        self.is_busy = False

    def read(self, path: Path, sheet: str = "") -> None:
        """Read a file, and what is known at the desk beside it."""
        self._begin("Reading the file…")
        self._runner.run(partial(_read, self._imports, path, sheet), self._show, self._unread, owner=self)

    def look(self, table: MselTable, wish: MselWish) -> None:
        """See what would come of it."""
        self._begin("Looking through the rows…")
        self._runner.run(
            partial(self._imports.preview, table, wish), self._show_preview, self._fail, owner=self
        )

    def take_in(self, table: MselTable, wish: MselWish) -> None:
        """Keep it as a draft."""
        self._begin("Writing the draft…")
        self._runner.run(partial(self._imports.take_in, table, wish), self._taken, self._fail, owner=self)

    def keep(self, name: str, mapping: ListMapping) -> None:
        """Keep a mapping under a name."""
        self._runner.run(
            partial(self._imports.save_mapping, name, mapping), self._kept, self._fail, owner=self
        )

    def _begin(self, words: str) -> None:
        self.is_busy = True
        self.begun.emit(words)

    def _show(self, found: _Read) -> None:
        self.is_busy = False
        self.table_read.emit(*found)

    def _unread(self, error: DeskError) -> None:
        self.is_busy = False
        self.unread.emit(str(error))

    def _show_preview(self, preview: MselPreview) -> None:
        self.is_busy = False
        self.looked.emit(preview)

    def _taken(self, slug: str) -> None:
        self.is_busy = False
        self.taken_in.emit(slug)

    def _kept(self, _nothing: None) -> None:
        self.mapping_kept.emit()

    def _fail(self, error: DeskError) -> None:
        self.is_busy = False
        self.failed.emit(str(error))


def _read(imports: ImportsMsel, path: Path, sheet: str) -> _Read:
    return imports.read(path, sheet), imports.mappings(), imports.scenarios()
