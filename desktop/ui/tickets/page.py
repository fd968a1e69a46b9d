"""The import page: from a file to escalations in four steps, nothing written before the last."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.ticket_mapping import TicketMapping
from desktop.domain.ticket_words import Word
from desktop.services.importing import ImportReport
from desktop.ui.kit.step_frame import StepFrame
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted
from desktop.ui.tickets.check_step import CheckStep
from desktop.ui.tickets.columns_step import ColumnsStep
from desktop.ui.tickets.file_step import FileStep
from desktop.ui.tickets.keeping import ImportKeeping
from desktop.ui.tickets.ports import ImportsTickets, Reading
from desktop.ui.tickets.run import ImportRun
from desktop.ui.tickets.words_step import WordsStep

FILE, COLUMNS, WORDS, CHECK = range(4)


class ImportPage(QWidget):
    """Leads from a file to its escalations.

    Signals:
        board_wanted: the import is done; show the board.
        message_requested: (str) for the toast.
        states_changed: what can be done now may be another thing.
    """

    title = "Import"
    board_wanted = Signal()
    message_requested = Signal(str)
    states_changed = Signal()

    def __init__(self, services: ImportsTickets, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = around.runner
        self._path: Path | None = None
        self._reading: Reading | None = None
        self._mapping: TicketMapping | None = None
        self._is_done = False
        self.run = ImportRun(services, around.runner, self)
        self.keeping = ImportKeeping(services, around.runner, self)
        self.file = FileStep(around)
        self.columns = ColumnsStep()
        self.words = WordsStep()
        self.check = CheckStep(around)
        self.frame = StepFrame(
            "Import tickets",
            (
                ("File", self.file),
                ("Columns", self.columns),
                ("Words", self.words),
                ("Check and import", self.check),
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self._connect()
        self._go(FILE)

    # ---- the page's contract

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions carried out here."""
        return {}

    def why_not(self, _action_id: str) -> str:
        """Nothing stands in the way."""
        return ""

    def focus_first(self) -> None:
        """Put the focus where work goes on."""
        step = self.frame.step
        if step == COLUMNS:
            self.columns.focus_first()
        elif step == WORDS:
            self.words.focus_first()
        elif step == FILE and self._reading is None:
            self.file.drop.setFocus()
        else:
            self.frame.next.setFocus()

    def open_file(self, path: Path) -> None:
        """Begin with this file."""
        if self.is_running:
            self.message_requested.emit("An import is under way. Stop it first, or wait for its end.")
            return
        self._path, self._reading, self._mapping, self._is_done = path, None, None, False
        self._go(FILE)
        self._read(partial(self._services.read, path))

    @property
    def is_running(self) -> bool:
        """Whether rows are being written now."""
        return self.run.is_writing

    # ---- first step

    def _read(self, work: Callable[[], Reading]) -> None:
        self.frame.next.setEnabled(False)
        self.frame.why.setText("Reading the file…")
        self._runner.run(work, self._show_reading, self._reading_failed, owner=self)

    def _read_again(self) -> None:
        if self._path is not None:
            encoding, separator, sheet = self.file.chosen_reading()
            self._read(partial(self._services.read, self._path, encoding, separator, sheet))

    def _show_reading(self, reading: Reading) -> None:
        self._reading = reading
        self._mapping = None
        self.file.show_reading(reading)
        self._refresh()
        self.focus_first()

    def _reading_failed(self, error: DeskError) -> None:
        self.file.show_error(str(error))
        self._refresh()

    def _other_mapping(self) -> None:
        self._mapping = None
        self._refresh()

    # ---- going on

    def _go_on(self) -> None:
        step = self.frame.step
        if step == FILE:
            self._to_columns()
        elif step == COLUMNS:
            self._to_words()
        elif step == WORDS:
            self._begin(dry=True)
        elif self._is_done:
            self._finish()
        else:
            self._begin(dry=False)

    def _go_back(self, step: int) -> None:
        if not self.is_running and not self._is_done:
            self.run.drop()
            self._go(step)
            self.focus_first()

    def _to_columns(self) -> None:
        mapping = self.file.chosen_mapping()
        if mapping is None or self._reading is None:
            return
        if self._mapping is not None:
            mapping = replace(self._mapping, zone=mapping.zone, dates=mapping.dates)
        self._mapping = mapping
        self.columns.show_mapping(self._reading.table, mapping)
        self._go(COLUMNS)
        self.focus_first()

    def _to_words(self) -> None:
        mapping = self.columns.mapping()
        if mapping is None or self._reading is None or self.columns.faults():
            return
        self._mapping = mapping
        self.frame.next.setEnabled(False)
        self.frame.why.setText("Looking through the file…")
        self._runner.run(
            partial(self._services.words, self._reading.table, mapping),
            self._show_words,
            self._failed,
            owner=self,
        )

    def _show_words(self, words: tuple[Word, ...]) -> None:
        if self._mapping is not None:
            self.words.show_words(self._mapping, words)
            self._go(WORDS)
            self.focus_first()

    # ---- last step

    def _begin(self, *, dry: bool) -> None:
        mapping = self.words.mapping()
        if mapping is None or self._reading is None:
            return
        self._mapping, self._is_done = mapping, False
        table = self._reading.table
        self._go(CHECK)
        self.check.show_running(
            f"Trying {table.name}: nothing is written yet." if dry else f"Importing {table.name}."
        )
        self.run.begin(table, mapping, dry=dry, add_people=self.check.add_people.isChecked())
        self._refresh()

    def _ended(self, report: ImportReport) -> None:
        self._is_done = not report.dry
        self.check.show_report(report, _sentence(report))
        self._refresh()
        self.frame.next.setFocus()
        if self._is_done:
            self.message_requested.emit(_sentence(report))

    def _run_failed(self, sentence: str) -> None:
        self.check.show_failed(sentence)
        self._refresh()

    def _failed(self, error: DeskError) -> None:
        self._refresh()
        self.frame.why.setText(str(error))

    def _stop(self) -> None:
        self.run.stop()
        self.check.cancel.setEnabled(False)

    def _finish(self) -> None:
        self._reading = self._path = self._mapping = None
        self._is_done = False
        self._go(FILE)
        self.board_wanted.emit()

    def _save_refused(self) -> None:
        if self._reading is not None:
            self.keeping.save_refused(self._reading.table, self.check.refused_rows)

    def _save_mapping(self, name: str) -> None:
        if not name:
            self.check.mapping_name.setFocus()
            self.message_requested.emit("Type a name for the mapping first.")
        elif self._mapping is not None:
            self.keeping.save_mapping(self._mapping, name)

    # ---- what can be seen

    def _go(self, step: int) -> None:
        self.frame.show_step(step)
        self._refresh()

    def _refresh(self) -> None:
        step = self.frame.step
        words, why = self._next_step(step)
        self.frame.show_next(words, why, self._remark(step))
        self.frame.back.setVisible(step > FILE and not self.is_running and not self._is_done)
        self.check.add_people.setEnabled(not self.run.is_under_way and not self._is_done)

    def _next_step(self, step: int) -> tuple[str, str]:
        """What the main button says, and why it cannot be pressed now."""
        if step == FILE:
            return "Choose columns", "" if self._reading is not None else "Choose a file first."
        if step == COLUMNS:
            faults = len(self.columns.faults())
            return "Translate words", f"{counted(faults, 'field')} to put right first." if faults else ""
        if step == WORDS:
            return "Check", ""
        if self._is_done:
            return "Go to the board", ""
        report = self.check.report
        if self.run.is_under_way or report is None:
            return "Import", "Under way…" if self.run.is_under_way else " "
        count = report.new + report.updated
        return f"Import {counted(count, 'ticket')}", "" if count else "There is nothing to import."

    def _remark(self, step: int) -> str:
        unknown = self.words.unknown() if step == WORDS else 0
        verb = "stands" if unknown == 1 else "stand"
        return f"{counted(unknown, 'word')} {verb} for nothing yet." if unknown else ""

    def _connect(self) -> None:
        self.file.file_chosen.connect(self.open_file)
        self.file.reading_wanted.connect(self._read_again)
        self.file.changed.connect(self._other_mapping)
        self.columns.changed.connect(self._refresh)
        self.words.changed.connect(self._refresh)
        self.run.progressed.connect(self.check.show_progress)
        self.run.ended.connect(self._ended)
        self.run.failed.connect(self._run_failed)
        self.keeping.kept.connect(self.message_requested)
        self.check.cancel_wanted.connect(self._stop)
        self.check.save_refused_wanted.connect(self._save_refused)
        self.check.save_mapping_wanted.connect(self._save_mapping)
        self.frame.next_pressed.connect(self._go_on)
        self.frame.step_picked.connect(self._go_back)


def _sentence(report: ImportReport) -> str:
    count = counted(report.new + report.updated, "ticket")
    if report.dry:
        return "The trial was stopped." if report.cancelled else f"{count} would be imported."
    return f"{count} imported." + (
        " It was stopped: the rest can be imported later." if report.cancelled else ""
    )
