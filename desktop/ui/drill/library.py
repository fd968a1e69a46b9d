"""The library of drills: every scenario in a list, the chosen one beside it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.drill_record import RunMode, ScenarioRow
from desktop.domain.errors import DeskError
from desktop.ui.drill.library_deeds import LibraryDeeds
from desktop.ui.drill.library_faults import FaultsPane
from desktop.ui.drill.library_list import LibraryFilters, LibraryTable
from desktop.ui.drill.library_reader import ScenarioReader
from desktop.ui.drill.ports import FileRead, KeepsScenarios, Library, Opened
from desktop.ui.kit.button import Button
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.saved_line import SavedLine
from desktop.ui.kit.tip import as_tip
from desktop.ui.surroundings import Surroundings

_BLANK, _FILE, _MSEL, _ESCALATION = "blank", "file", "msel", "escalation"
_NEW = {
    _BLANK: "Write a new one…",
    _FILE: "Import a scenario file…",
    _MSEL: "Import a script (MSEL)…",
    _ESCALATION: "From an escalation…",
}


class LibraryTab(QWidget):
    """Scenarios, to be chosen and played, and to be kept.

    Signals:
        start_requested: (str slug, RunMode) set up a drill.
        edit_requested: (str slug) there is a draft of it.
        run_requested: (int) show a run of it.
        msel_requested, escalation_requested: make one of a script, or of an escalation.
        message_requested: (str) what was done.
    """

    start_requested = Signal(str, object)
    edit_requested = Signal(str)
    run_requested = Signal(int)
    msel_requested = Signal()
    escalation_requested = Signal()
    message_requested = Signal(str)

    def __init__(
        self,
        keeps: KeepsScenarios,
        around: Surroundings,
        *,
        wizards: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        """`wizards` are those there are, msel and escalation."""
        super().__init__(parent)
        self._keeps = keeps
        self._around = around
        self._library = Library()
        self._opened: Opened | None = None
        self._wanted = ""
        self.new_button = Button("New scenario", "menu")
        self._new_menu = QMenu(self)
        for key, words in _NEW.items():
            if key in wizards or key not in (_MSEL, _ESCALATION):
                self._new_menu.addAction(words).setData(key)
        self.new_button.setMenu(self._new_menu)
        self.filters = LibraryFilters(around, (self.new_button,))
        self.hint = Label("", "danger", wrap=True)
        self.hint.hide()
        self.saved = SavedLine(around.icons)
        self.table = LibraryTable(around, self.filters)
        self.reader = ScenarioReader(around, self.filters)
        self.faults = FaultsPane()
        self.empty = EmptyState(around.icons)
        self.deeds = LibraryDeeds(keeps, around, self)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        focus = self.empty if self._stack.currentWidget() is self.empty else self.table
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, *_what: object) -> None:
        """Read them anew."""
        if self.isVisible():
            self._run(self._keeps.library, self._show)

    def show_scenario(self, slug: str) -> None:
        """Go to a scenario."""
        self._wanted = slug
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    @property
    def shown(self) -> QWidget | None:
        """What stands beside the list."""
        return self._stack.currentWidget()

    @property
    def opened(self) -> Opened | None:
        """The scenario that is read."""
        return self._opened

    def say(self, sentence: str) -> None:
        """Say above the list what is wrong; empty when nothing is."""
        self.hint.setText(sentence)
        self.hint.setVisible(bool(sentence))

    # -- the list
    def _show(self, library: Library) -> None:
        self._library = library
        self.filters.offer(library.rows, library.choices)
        self.new_button.setEnabled(not library.why_not_write)
        self.new_button.setToolTip(as_tip(library.why_not_write))
        wanted = next((row for row in library.rows if row.slug == self._wanted), None)
        if wanted is not None and not self.filters.fits(wanted):
            self.filters.blockSignals(True)
            self.filters.show_state_of(wanted)
            self.filters.blockSignals(False)
        self._narrow()

    def _narrow(self) -> None:
        rows = [row for row in self._library.rows if self.filters.fits(row)]
        self.table.blockSignals(True)
        self.table.show_rows(rows)
        at = next((at for at, row in enumerate(rows) if row.slug == self._wanted), -1)
        if at >= 0:
            self.table.selectRow(at)
            self._wanted = ""
        self.table.blockSignals(False)
        if rows:
            self._open()
            return
        self._opened = None
        words = "Choose other filters." if self._library.rows else "Write one, or import a file."
        self.empty.show_state("drill", "No such scenario", words, "Show all")
        self._stack.setCurrentWidget(self.empty)

    def _open(self) -> None:
        row = self._chosen()
        if row is not None:
            self._run(partial(self._keeps.opened, row.slug), self._show_opened)

    def _show_opened(self, opened: Opened) -> None:
        row = self._chosen()
        if row is None or row.slug != opened.row.slug:
            return  # the person has gone on
        is_other = self._opened is None or self._opened.row.slug != opened.row.slug
        self._opened = opened
        self.reader.show_scenario(opened, self._library.why_not_write)
        if is_other or self._stack.currentWidget() is not self.faults:
            self._stack.setCurrentWidget(self.reader)

    def _chosen(self) -> ScenarioRow | None:
        return next(iter(self.table.selected()), None)

    # -- what is done
    def _start(self) -> None:
        row = self._chosen()
        if row is not None and row.published:
            self.start_requested.emit(row.slug, RunMode.TABLE)

    def _start_alone(self) -> None:
        row = self._chosen()
        if row is not None and row.published:
            self.start_requested.emit(row.slug, RunMode.SOLO)

    def _with_opened(self, deed: Callable[[Opened], None]) -> None:
        if self._opened is not None:
            deed(self._opened)

    def _edit(self) -> None:
        self._with_opened(self.deeds.begin)

    def _edit_version(self, number: int) -> None:
        if self._opened is not None:
            self.deeds.begin(self._opened, number)

    def _discard(self) -> None:
        self._with_opened(self.deeds.ask_discard)

    def _retire(self) -> None:
        self._with_opened(self.deeds.ask_retire)

    def _bring_back(self) -> None:
        if self._opened is not None:
            self._wanted = self._opened.row.slug
            self.deeds.bring_back(self._opened)

    def _export(self, form: str) -> None:
        if self._opened is not None:
            self.deeds.ask_target(self._opened, form)

    def _begin_new(self, action: QAction) -> None:
        key = action.data()
        if key == _BLANK:
            self.deeds.ask_new()
        elif key == _FILE:
            self.deeds.ask_file()
        elif key == _MSEL:
            self.msel_requested.emit()
        else:
            self.escalation_requested.emit()

    def _begun(self, slug: str) -> None:
        self.say("")
        self._leave_faults()
        self.edit_requested.emit(slug)

    def _show_faults(self, read: FileRead) -> None:
        self.faults.show_file(read)
        self._stack.setCurrentWidget(self.faults)

    def _take_faulty(self) -> None:
        if self.faults.read is not None:
            self.deeds.take_in(self.faults.read.text)

    def _leave_faults(self) -> None:
        if self._stack.currentWidget() is self.faults:
            self._stack.setCurrentWidget(self.reader)
            self.focus_first()

    def _done(self, sentence: str) -> None:
        self.say("")
        self.message_requested.emit(sentence)
        self.refresh()

    def _show_saved(self, paths: tuple[Path, ...]) -> None:
        if paths:
            self.saved.show_file(paths[0], *(f"So is {path.name}." for path in paths[1:]))

    # -- parts
    def _run(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self._around.runner.run(work, then, self._refuse, owner=self)

    def _refuse(self, error: DeskError) -> None:
        self.say(str(error))

    def _connect(self) -> None:
        reader, deeds = self.reader, self.deeds
        self.filters.changed.connect(self._narrow)
        self.table.picked.connect(self._open)
        self.table.opened.connect(self._start)
        self.empty.button_pressed.connect(self.filters.clear)
        self._new_menu.triggered.connect(self._begin_new)
        reader.start_requested.connect(self._start)
        reader.alone_requested.connect(self._start_alone)
        reader.edit_requested.connect(self._edit)
        reader.version_requested.connect(self._edit_version)
        reader.discard_requested.connect(self._discard)
        reader.retire_requested.connect(self._retire)
        reader.bring_back_requested.connect(self._bring_back)
        reader.export_requested.connect(self._export)
        reader.run_requested.connect(self.run_requested)
        self.faults.taken.connect(self._take_faulty)
        self.faults.read_again.connect(deeds.read_again)
        self.faults.closed.connect(self._leave_faults)
        deeds.begun.connect(self._begun)
        deeds.done.connect(self._done)
        deeds.saved.connect(self._show_saved)
        deeds.faulty.connect(self._show_faults)
        deeds.refused.connect(self._refuse)
        self.saved.failed.connect(self.say)

    def _lay_out(self) -> None:
        for pane in (self.reader, self.faults, self.empty):
            self._stack.addWidget(pane)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._stack)
        split.setStretchFactor(1, 1)
        split.setSizes([400, 840])
        self.hint.setContentsMargins(16, 4, 16, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.hint)
        column.addWidget(self.saved)
        column.addWidget(split, 1)
