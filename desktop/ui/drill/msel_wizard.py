"""Takes in a list of injects (MSEL) in four steps; nothing is kept before the last."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.drill_msel_check import ListMapping
from desktop.domain.drill_record import ScenarioRow
from desktop.domain.errors import DeskError
from desktop.services.drill_msel import MselPreview, MselTable, MselWish
from desktop.ui.drill.msel_columns import MselColumnsStep
from desktop.ui.drill.msel_file import MselFileStep
from desktop.ui.drill.msel_ports import ImportsMsel
from desktop.ui.drill.msel_preview import MselPreviewStep
from desktop.ui.drill.msel_rows import MselRowsStep
from desktop.ui.kit.button import Button
from desktop.ui.kit.step_frame import StepFrame
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted

FILE, COLUMNS, ROWS, IMPORT = range(4)
_Read = tuple[MselTable, Mapping[str, ListMapping], tuple[ScenarioRow, ...]]


class MselWizard(QWidget):
    """Leads from a file to a draft scenario.

    Signals:
        created: (str slug) the draft is there.
        left: the person wants back.
        message_requested: (str) what was done.
    """

    created = Signal(str)
    left = Signal()
    message_requested = Signal(str)

    def __init__(self, imports: ImportsMsel, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Import a list of injects")
        self.setAcceptDrops(True)
        self._imports = imports
        self._runner = around.runner
        self._path: Path | None = None
        self._fixes: dict[tuple[int, str], str] = {}
        self._preview: MselPreview | None = None
        self._is_busy = False
        self.file = MselFileStep()
        self.columns = MselColumnsStep()
        self.rows = MselRowsStep(around)
        self.preview = MselPreviewStep()
        steps = (
            ("File", self.file),
            ("Columns", self.columns),
            ("Rows", self.rows),
            ("Import", self.preview),
        )
        self.frame = StepFrame("Import a list of injects", steps)
        self.cancel = Button("Back to the library", "quiet")
        self.frame.add_to_foot(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self._connect()
        self._go(FILE)

    def focus_first(self) -> None:
        """Put the focus where work goes on."""
        step = self.frame.step
        focus: Mapping[int, Callable[[], None]] = {
            COLUMNS: self.columns.focus_first,
            ROWS: self.rows.focus_first,
            IMPORT: self.preview.focus_first,
        }
        if step in focus:
            focus[step]()
        elif self.file.table is None:
            self.file.drop.setFocus()
        else:
            self.frame.next.setFocus()

    def open_file(self, path: Path) -> None:
        """Begin with this file."""
        self._path = path
        self._fixes, self._preview = {}, None
        self._go(FILE)
        self._read(path, "")

    # ---- the file

    def _read(self, path: Path, sheet: str) -> None:
        self._work("Reading the file…")
        self._runner.run(
            partial(_read, self._imports, path, sheet), self._show_table, self._unread, owner=self
        )

    def _other_sheet(self, sheet: str) -> None:
        if self._path is not None:
            self._read(self._path, sheet)

    def _show_table(self, found: _Read) -> None:
        table, kept, scenarios = found
        self._is_busy = False
        self.file.show_table(table, kept)
        self.preview.offer(scenarios)
        self._refresh()
        self.focus_first()

    def _unread(self, error: DeskError) -> None:
        self._is_busy = False
        self.file.show_error(str(error))
        self._refresh()

    # ---- going on

    def _go_on(self) -> None:
        step = self.frame.step
        table = self.file.table
        if table is None or self._is_busy:
            return
        if step == FILE:
            self._fixes = {}
            self.columns.show_list(table, self.file.header_at, self.file.chosen_mapping())
            self._go(COLUMNS)
            self.focus_first()
        elif step == COLUMNS:
            self._look(ROWS)
        elif step == ROWS:
            self._go(IMPORT)
            self._show_preview()
            self.focus_first()
        else:
            self._take_in(table)

    def _go_back(self, step: int) -> None:
        if not self._is_busy:
            self._go(step)
            self.focus_first()

    def _wish(self) -> MselWish:
        mapping = replace(self.columns.mapping(), title=self.preview.title.text().strip())
        return MselWish(self.file.header_at, mapping, dict(self._fixes), self.preview.slug)

    def _look(self, then: int) -> None:
        table = self.file.table
        if table is None:
            return
        self._work("Looking through the rows…")
        show = self._show_rows if then == ROWS else self._show_again
        self._runner.run(partial(self._imports.preview, table, self._wish()), show, self._failed, owner=self)

    def _show_rows(self, preview: MselPreview) -> None:
        self._is_busy = False
        self._preview = preview
        self.rows.show_looked(preview.looked)
        is_there = self.frame.step == ROWS
        self._go(ROWS)
        if not is_there:
            self.focus_first()

    def _show_again(self, preview: MselPreview) -> None:
        self._is_busy = False
        self._preview = preview
        self._show_preview()
        self._refresh()

    def _show_preview(self) -> None:
        if self._preview is not None:
            self.preview.show_preview(self._preview)

    def _fix(self, row: int, target: str, text: str) -> None:
        self._fixes[row, target] = text
        self._look(ROWS)

    def _other_aim(self) -> None:
        if self.frame.step == IMPORT:
            self._look(IMPORT)

    def _failed(self, error: DeskError) -> None:
        self._is_busy = False
        self._refresh()
        if self.frame.step == IMPORT:
            self.preview.show_error(str(error))
        else:
            self.frame.why.setText(str(error))

    # ---- the end

    def _take_in(self, table: MselTable) -> None:
        self._work("Writing the draft…")
        work = partial(self._imports.take_in, table, self._wish())
        self._runner.run(work, self._taken, self._failed, owner=self)

    def _taken(self, slug: str) -> None:
        self._is_busy = False
        self.message_requested.emit("The list is taken in as a draft.")
        self.created.emit(slug)

    def _keep(self, name: str) -> None:
        if not name:
            self.columns.keep_name.setFocus()
            self.message_requested.emit("Type a name for the mapping first.")
            return
        work = partial(self._imports.save_mapping, name, self.columns.mapping())
        self._runner.run(work, self._kept, owner=self)

    def _kept(self, _nothing: None) -> None:
        self.columns.keep_name.clear()
        self.message_requested.emit("The mapping is kept: it is offered for lists like this one.")

    # ---- what can be seen

    def _work(self, words: str) -> None:
        self._is_busy = True
        self.frame.next.setEnabled(False)
        self.frame.why.setText(words)

    def _go(self, step: int) -> None:
        self.frame.show_step(step)
        self._refresh()

    def _refresh(self) -> None:
        words, why = self._next_step()
        self.frame.show_next(words, why)
        self.frame.back.setVisible(self.frame.step > FILE)

    def _next_step(self) -> tuple[str, str]:
        """What the main button says, and why it cannot be pressed now."""
        step = self.frame.step
        if step == FILE:
            return "Choose columns", "" if self.file.table is not None else "Choose a file first."
        if step == COLUMNS:
            return "Look through the rows", self.columns.why_not()
        preview = self._preview
        if step == ROWS:
            good = len(preview.looked.good) if preview is not None else 0
            return "See what comes of it", "" if good else "Put at least one row right."
        count = len(preview.create) + len(preview.update) if preview is not None else 0
        return f"Import {counted(count, 'inject')}", "" if count else "There is nothing to import."

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.open_file(files[0])

    def _connect(self) -> None:
        self.file.file_chosen.connect(self.open_file)
        self.file.sheet_chosen.connect(self._other_sheet)
        self.columns.changed.connect(self._refresh)
        self.columns.keep_wanted.connect(self._keep)
        self.rows.fixed.connect(self._fix)
        self.preview.changed.connect(self._other_aim)
        self.frame.next_pressed.connect(self._go_on)
        self.frame.step_picked.connect(self._go_back)
        self.cancel.clicked.connect(self.left)


def _read(imports: ImportsMsel, path: Path, sheet: str) -> _Read:
    return imports.read(path, sheet), imports.mappings(), imports.scenarios()
