"""Last step of an import: what it would do, then doing it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.escalation import OPEN_STATES, State
from desktop.services.importing import ImportReport, RefusedRow
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.label import Label
from desktop.ui.kit.meter import Meter
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted
from desktop.ui.tickets.table import RefusedTable

_FIGURES = (("new", "New"), ("updated", "Updated"), ("unchanged", "Unchanged"), ("refused", "Refused"))
_MOST_SHOWN = 5_000


class CheckStep(QWidget):
    """Counts, refused rows with reasons, progress.

    Signals:
        save_refused_wanted: the refused rows are to be written to a file.
        save_mapping_wanted: (str name)
        cancel_wanted: stop; what was taken stays.
    """

    save_refused_wanted = Signal()
    save_mapping_wanted = Signal(str)
    cancel_wanted = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Check and import")
        self.report: ImportReport | None = None
        self.sentence = Label("", "heading", wrap=True)
        self.meter = Meter(around.theme)
        self.progress = Label("", "secondary")
        self.cancel = Button("Stop")
        self.figures = {key: Label("–", "display") for key, _ in _FIGURES}
        self.notes = Label("", "secondary", wrap=True)
        self.refused = RefusedTable("Refused rows")
        self.save_refused = Button("Save refused rows…")
        self.add_people = CheckBox("Make people of owners who are not at this desk yet")
        self.mapping_name = QLineEdit()
        self.mapping_name.setPlaceholderText("Name of this mapping")
        self.mapping_name.setAccessibleName("Name to keep the mapping under")
        self.save_mapping = Button("Keep mapping")
        self.mapping_name.setMinimumWidth(160)
        self._room = QWidget()  # what the table leaves free when nothing was refused
        self._lay_out()
        self.cancel.clicked.connect(self.cancel_wanted)
        self.save_refused.clicked.connect(self.save_refused_wanted)
        self.save_mapping.clicked.connect(self._save_mapping)
        self.mapping_name.returnPressed.connect(self._save_mapping)

    def _lay_out(self) -> None:
        progress = QHBoxLayout()
        progress.setSpacing(12)
        progress.addWidget(self.meter, 1)
        progress.addWidget(self.progress)
        progress.addWidget(self.cancel)
        self._progress = QWidget()
        progress.setContentsMargins(0, 0, 0, 0)
        self._progress.setLayout(progress)
        counts = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        for at, (key, words) in enumerate(_FIGURES):
            self.figures[key].setAccessibleName(words)
            grid.addWidget(self.figures[key], 0, at)
            grid.addWidget(Label(words, "secondary"), 1, at)
            grid.setColumnStretch(at, 1)
        counts.body.addLayout(grid)
        self._refused_head = QHBoxLayout()
        self._refused_title = Label("Refused rows", "strong")
        self._refused_head.addWidget(self._refused_title)
        self._refused_head.addStretch(1)
        self._refused_head.addWidget(self.save_refused)
        keep = QHBoxLayout()
        keep.addWidget(self.add_people)
        keep.addStretch(1)
        keep.addWidget(self.mapping_name)
        keep.addWidget(self.save_mapping)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(12)
        column.addWidget(self.sentence)
        column.addWidget(self._progress)
        column.addWidget(counts)
        column.addWidget(self.notes)
        column.addLayout(self._refused_head)
        column.addWidget(self.refused, 1)
        column.addWidget(self._room, 1)
        column.addLayout(keep)
        self._show_refused_part(False)

    @property
    def refused_rows(self) -> list[RefusedRow]:
        """All rows that were refused, shown or not."""
        return [] if self.report is None else self.report.refused

    def show_running(self, sentence: str) -> None:
        """Something has begun."""
        self.report = None
        self.notes.setText("")
        self._show_refused_part(False)
        self.sentence.setText(sentence)
        self._progress.show()
        self.cancel.setEnabled(True)
        self.meter.set_share(0.0, "0 %")
        self.progress.setText("")

    def show_progress(self, report: ImportReport, share: float) -> None:
        """How far it has come."""
        self.meter.set_share(share, f"{share:.0%}")
        self.progress.setText(f"{share:.0%} · {counted(report.read, 'row')}")
        for key in ("new", "updated", "unchanged"):
            self.figures[key].setText(f"{getattr(report, key):,}")
        self.figures["refused"].setText(f"{len(report.refused):,}")

    def show_report(self, report: ImportReport, sentence: str) -> None:
        """What came of it."""
        self.report = report
        self.show_progress(report, 1.0)
        self._progress.hide()
        self.sentence.setText(sentence)
        self.notes.setText(_notes(report))
        has_refused = bool(report.refused)
        self._refused_title.setText(f"{counted(len(report.refused), 'refused row')}, and why")
        self._show_refused_part(has_refused)
        self.refused.show_refused(report.refused[:_MOST_SHOWN])

    def show_failed(self, sentence: str) -> None:
        """It cannot go on."""
        self._progress.hide()
        self.sentence.setText(sentence)

    def _show_refused_part(self, is_shown: bool) -> None:
        for widget in (self._refused_title, self.save_refused, self.refused):
            widget.setVisible(is_shown)
        self._room.setVisible(not is_shown)

    def _save_mapping(self) -> None:
        self.save_mapping_wanted.emit(self.mapping_name.text().strip())


def _notes(report: ImportReport) -> str:
    notes = list(report.problems)
    if report.states:
        states = ", ".join(f"{count:,} {state}" for state, count in report.states.most_common())
        notes.append(f"States: {states}.")
    if report.customers:
        would = "would become customers" if report.dry else "became customers"
        notes.append(f"{counted(report.customers, 'new name')} {would}.")
    if report.people:
        notes.append(f"{counted(report.people, 'person', 'people')} added, without any role.")
    if report.dry and report.states:
        notes.append("Nothing has been written yet.")
        if any(State(state) in OPEN_STATES for state in report.states):
            notes.append("What is late among the open ones is told together, not one by one.")
    return " ".join(notes)
