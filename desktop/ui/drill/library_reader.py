"""One scenario to be read, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from desktop.domain.drill_record import Run, ScenarioState, ScenarioVersion
from desktop.ui.drill.library_list import LibraryFilters
from desktop.ui.drill.library_parts import heading, open_parts, plain, staff_box
from desktop.ui.drill.ports import Opened
from desktop.ui.drill.words import about_words, run_words, version_words
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.tip import as_tip
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, moment

FORMS = (
    ("msel-xlsx", "Script as a spreadsheet (XLSX)…"),
    ("msel-csv", "Script as a table (CSV)…"),
    ("yaml", "Scenario file…"),
    ("pack", "Papers for players and staff…"),
)
_MOST_RUNS = 6


class ScenarioReader(QFrame):
    """Shows what is published, or the draft where nothing is.

    Signals:
        start_requested, alone_requested, edit_requested, discard_requested, retire_requested,
            bring_back_requested: of what is shown.
        export_requested: (str form)
        run_requested: (int run) one of its runs.
        version_requested: (int number) begin a draft with the words of that version.
    """

    start_requested = Signal()
    alone_requested = Signal()
    edit_requested = Signal()
    discard_requested = Signal()
    retire_requested = Signal()
    bring_back_requested = Signal()
    export_requested = Signal(str)
    run_requested = Signal(int)
    version_requested = Signal(int)

    def __init__(self, around: Surroundings, filters: LibraryFilters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "details")
        self._clock = around.clock
        self._filters = filters
        self._opened: Opened | None = None
        self._why_not_write = ""
        self.title = Label("", "title", wrap=True)
        self.state = Label("", "secondary", wrap=True)
        self.faults = Label("", "warning", wrap=True)
        self.start = Button("Start a drill", "primary", keys="Enter")
        self.alone = Button("Practise alone")
        self.edit = Button("Edit")
        self.discard = Button("Discard draft…")
        self.export = Button("Export", "menu")
        self.retire = Button("Retire…")
        self.staff = Button("Show what staff know")
        self.staff.setCheckable(True)
        self._forms = QMenu(self)
        for form, words in FORMS:
            self._forms.addAction(words).setData(form)
        self.export.setMenu(self._forms)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(16, 4, 16, 20)
        self._column.setSpacing(6)
        self._scroll = ScrollColumn(self._body)
        self._lay_out()
        self._connect()

    def show_scenario(self, opened: Opened, why_not_write: str) -> None:
        """Show one."""
        is_other = self._opened is None or self._opened.row.slug != opened.row.slug
        self._opened, self._why_not_write = opened, why_not_write
        row = opened.row
        self.title.setText(row.title)
        runs = counted(row.runs, "run") if row.runs else "never played"
        self.state.setText(" · ".join(each for each in (version_words(row), about_words(row), runs) if each))
        errors = [fault for fault in opened.faults if not fault.is_warning]
        self.faults.setText(f"△ The draft has {counted(len(errors), 'fault')}: {errors[0]}" if errors else "")
        self.faults.setVisible(bool(errors))
        self._show_buttons(opened)
        if is_other:
            self.staff.setChecked(False)
        self._show_body()
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.start if self.start.isEnabled() else self.edit).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_buttons(self, opened: Opened) -> None:
        row, why_not = opened.row, self._why_not_write
        is_retired = row.state is ScenarioState.RETIRED
        why_not_play = "" if row.published else "Publish the draft first: only what is published is played."
        for button in (self.start, self.alone):
            button.setVisible(not is_retired)
            button.setEnabled(not why_not_play)
            button.setToolTip(as_tip(why_not_play))
        self.edit.set_text("Go on with the draft" if row.has_draft else "Edit")
        self.edit.setVisible(not is_retired)
        self.discard.setVisible(row.has_draft)
        self.export.setEnabled(opened.scenario is not None)
        self.retire.setVisible(bool(row.published))
        self.retire.set_text("Use it again" if is_retired else "Retire…")
        self.staff.setVisible(opened.scenario is not None)
        for button in (self.edit, self.discard, self.retire):
            button.setEnabled(not why_not)
            button.setToolTip(as_tip(why_not))

    def _show_staff(self, is_on: bool) -> None:
        self.staff.set_text("Hide what staff know" if is_on else "Show what staff know")
        self._show_body()
        self._scroll.verticalScrollBar().setValue(0)

    def _show_body(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        opened = self._opened
        if opened is None:
            return
        if opened.scenario is None:
            self._column.addWidget(plain(opened.row.summary))
            self._column.addWidget(plain("The draft cannot be read as a drill yet. Edit it to see why."))
        else:
            if self.staff.isChecked():
                self._column.addWidget(staff_box(opened.scenario))
            for part in open_parts(opened.scenario, self._filters.word):
                self._column.addWidget(part)
        self._show_runs(opened)
        self._show_versions(opened)
        self._column.addStretch(1)

    def _show_runs(self, opened: Opened) -> None:
        if not opened.runs:
            return
        self._column.addWidget(heading("Runs"))
        for run in opened.runs[:_MOST_RUNS]:
            self._column.addWidget(self._run_button(run), 0, Qt.AlignmentFlag.AlignLeft)

    def _run_button(self, run: Run) -> Button:
        button = Button(run_words(run, self._clock.now()), "link")
        button.setObjectName(str(run.id))
        button.clicked.connect(self._press_run)
        return button

    def _show_versions(self, opened: Opened) -> None:
        kept = [each for each in opened.versions if each.state is not ScenarioState.DRAFT]
        if not kept:
            return
        self._column.addWidget(heading("Versions"))
        for at, version in enumerate(kept):
            self._column.addWidget(plain(self._version_words(version)))
            if at and not opened.row.has_draft and not self._why_not_write:
                button = Button(f"Begin a draft with version {version.version}", "link")
                button.setObjectName(str(version.version))
                button.clicked.connect(self._press_version)
                self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _version_words(self, version: ScenarioVersion) -> str:
        at = version.published_at or version.created_at
        by = version.published_by or version.created_by
        note = f": {version.change_note}" if version.change_note else ""
        return f"Version {version.version}, {moment(at, self._clock.now())} by {by}{note}"

    def _press_run(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.run_requested.emit(int(sender.objectName()))

    def _press_version(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.version_requested.emit(int(sender.objectName()))

    def _retire(self) -> None:
        is_retired = self._opened is not None and self._opened.row.state is ScenarioState.RETIRED
        (self.bring_back_requested if is_retired else self.retire_requested).emit()

    def _export(self, action: QAction) -> None:
        self.export_requested.emit(action.data())

    def _connect(self) -> None:
        self.start.clicked.connect(self.start_requested)
        self.alone.clicked.connect(self.alone_requested)
        self.edit.clicked.connect(self.edit_requested)
        self.discard.clicked.connect(self.discard_requested)
        self.retire.clicked.connect(self._retire)
        self.staff.toggled.connect(self._show_staff)
        self._forms.triggered.connect(self._export)

    def _lay_out(self) -> None:
        buttons = FlowLayout(spacing=8)
        for button in (self.start, self.alone, self.edit, self.export, self.staff, self.discard, self.retire):
            buttons.addWidget(button)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 6)
        head.setSpacing(6)
        for label in (self.title, self.state, self.faults):
            head.addWidget(label)
        head.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
