"""Takes in a list of injects (MSEL) in four steps; nothing is kept before the last."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.drill_msel_check import ListMapping
from desktop.domain.drill_record import ScenarioRow
from desktop.services.drill_msel import MselPreview, MselTable, MselWish
from desktop.ui.drill.msel_columns import MselColumnsStep
from desktop.ui.drill.msel_file import MselFileStep
from desktop.ui.drill.msel_ports import ImportsMsel
from desktop.ui.drill.msel_preview import MselPreviewStep
from desktop.ui.drill.msel_rows import MselRowsStep
from desktop.ui.drill.msel_work import MselWork
from desktop.ui.kit.button import Button
from desktop.ui.kit.step_frame import StepFrame
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted

FILE, COLUMNS, ROWS, IMPORT = range(4)


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
        self._path: Path | None = None
        self._fixes: dict[tuple[int, str], str] = {}
        self._preview: MselPreview | None = None
        self.work = MselWork(imports, around.runner, self)
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
        self.frame = StepFrame("Import a script (MSEL)", steps)
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
        self.work.read(path)

    # ---- what comes back

    def _show_table(
        self, table: MselTable, kept: Mapping[str, ListMapping], scenarios: Sequence[ScenarioRow]
    ) -> None:
        self.file.show_table(table, kept)
        self.preview.offer(scenarios)
        self._refresh()
        self.focus_first()

    def _show_unread(self, sentence: str) -> None:
        self.file.show_error(sentence)
        self._refresh()

    def _show_looked(self, preview: MselPreview) -> None:
        self._preview = preview
        if self.frame.step == IMPORT:
            self.preview.show_preview(preview)
            self._refresh()
            return
        is_there = self.frame.step == ROWS
        self.rows.show_looked(preview.looked)
        self._go(ROWS)
        if not is_there:
            self.focus_first()

    def _show_failed(self, sentence: str) -> None:
        self._refresh()
        if self.frame.step == IMPORT:
            self.preview.show_error(sentence)
        else:
            self.frame.why.setText(sentence)

    def _tell_kept(self) -> None:
        self.columns.keep_name.clear()
        self.message_requested.emit("The mapping is kept: it is offered for lists like this one.")

    def _tell_taken(self, slug: str) -> None:
        self.message_requested.emit("The list is taken in as a draft.")
        self.created.emit(slug)

    # ---- going on

    def _go_on(self) -> None:
        step, table = self.frame.step, self.file.table
        if table is None or self.work.is_busy:
            return
        if step == FILE:
            self._fixes = {}
            self.columns.show_list(table, self.file.header_at, self.file.chosen_mapping())
            self._go(COLUMNS)
            self.focus_first()
        elif step == COLUMNS:
            self._look()
        elif step == ROWS and self._preview is not None:
            self._go(IMPORT)
            self.preview.show_preview(self._preview)
            self.focus_first()
        elif step == IMPORT:
            self.work.take_in(table, self._wish())

    def _go_back(self, step: int) -> None:
        if not self.work.is_busy:
            self._go(step)
            self.focus_first()

    def _wish(self) -> MselWish:
        mapping = replace(self.columns.mapping(), title=self.preview.title.text().strip())
        return MselWish(self.file.header_at, mapping, dict(self._fixes), self.preview.slug)

    def _look(self) -> None:
        if self.file.table is not None:
            self.work.look(self.file.table, self._wish())

    def _read_sheet(self, sheet: str) -> None:
        if self._path is not None:
            self.work.read(self._path, sheet)

    def _fix(self, row: int, target: str, text: str) -> None:
        self._fixes[row, target] = text
        self._look()

    def _aim_elsewhere(self) -> None:
        if self.frame.step == IMPORT:
            self._look()

    def _keep(self, name: str) -> None:
        if name:
            self.work.keep(name, self.columns.mapping())
        else:
            self.columns.keep_name.setFocus()
            self.message_requested.emit("Type a name for the mapping first.")

    # ---- what can be seen

    def _show_busy(self, words: str) -> None:
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
        self.work.begun.connect(self._show_busy)
        self.work.table_read.connect(self._show_table)
        self.work.unread.connect(self._show_unread)
        self.work.looked.connect(self._show_looked)
        self.work.taken_in.connect(self._tell_taken)
        self.work.mapping_kept.connect(self._tell_kept)
        self.work.failed.connect(self._show_failed)
        self.file.file_chosen.connect(self.open_file)
        self.file.sheet_chosen.connect(self._read_sheet)
        self.columns.changed.connect(self._refresh)
        self.columns.keep_wanted.connect(self._keep)
        self.rows.fixed.connect(self._fix)
        self.preview.changed.connect(self._aim_elsewhere)
        self.frame.next_pressed.connect(self._go_on)
        self.frame.step_picked.connect(self._go_back)
        self.cancel.clicked.connect(self.left)
