"""First step of an import: which file it is, and how it is to be read."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.ticket import date_texts, says_its_zone
from desktop.domain.ticket_dates import FORMS, fitting, has_zone
from desktop.domain.ticket_mapping import TicketMapping
from desktop.ui.kit.drop import DropArea
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.plain_table import PlainTable
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, file_size
from desktop.ui.tickets.ports import FoundTable, Reading

_ENCODINGS = (
    ("utf-8-sig", "UTF-8"),
    ("utf-16", "UTF-16"),
    ("cp1252", "Western (Windows-1252)"),
    ("latin-1", "Western (Latin-1)"),
    ("cp1250", "Central European (Windows-1250)"),
    ("cp1251", "Cyrillic (Windows-1251)"),
    ("shift_jis", "Japanese (Shift-JIS)"),
    ("gb18030", "Chinese (GB 18030)"),
)
_SEPARATORS = ((",", "Comma"), (";", "Semicolon"), ("\t", "Tab"), ("|", "Bar"))


class FileStep(QWidget):
    """Drop or browse for a file; see how it was understood; correct that.

    Signals:
        file_chosen: (Path)
        reading_wanted: the same file is to be read in another way.
        changed: mapping, zone or dates were chosen otherwise.
    """

    file_chosen = Signal(object)
    reading_wanted = Signal()
    changed = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("File")
        self._reading: Reading | None = None
        self.drop = DropArea(
            "Drop a CSV, TSV or XLSX file of tickets here",
            title="Choose a file of tickets",
            filters="Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)",
        )
        self.name = ElidedLabel("", "heading")
        self.facts = Label("", "secondary", wrap=True)
        self.error = Label("", "danger", wrap=True)
        self.error.let_select()
        self.mapping = QComboBox()
        self.zone = _zones()
        self.dates = QComboBox()
        self.encoding = QComboBox()
        self.separator = QComboBox()
        self.sheet = QComboBox()
        self.preview = PlainTable("First rows of the file")
        self._lay_out()
        self._connect()
        self.error.hide()
        self._details.hide()

    def _lay_out(self) -> None:
        left, right = FormRows(), FormRows()
        self._mapping_row = left.add_row("Read as", self.mapping)
        self._zone_row = left.add_row("Time zone", self.zone)
        self._dates_row = left.add_row("Dates look like", self.dates)
        self._encoding_row = right.add_row("Letters", self.encoding)
        self._separator_row = right.add_row("Separated by", self.separator)
        self._sheet_row = right.add_row("Sheet", self.sheet)
        forms = QHBoxLayout()
        forms.setSpacing(24)
        forms.addWidget(left, 3, Qt.AlignmentFlag.AlignTop)
        forms.addWidget(right, 2, Qt.AlignmentFlag.AlignTop)
        self._details = QWidget()
        inner = QVBoxLayout(self._details)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        inner.addWidget(self.name)
        inner.addWidget(self.facts)
        inner.addLayout(forms)
        inner.addWidget(Label("First rows", "strong"))
        inner.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(12)
        column.addWidget(self.drop)
        column.addWidget(self.error)
        column.addWidget(self._details, 1)
        column.addStretch(0)
        for box in (self.mapping, self.zone, self.dates, self.encoding, self.separator, self.sheet):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.setMinimumContentsLength(12)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def _connect(self) -> None:
        self.drop.dropped.connect(self._take)
        self.mapping.activated.connect(self._other_mapping)
        self.zone.activated.connect(self._tell)
        self.dates.activated.connect(self._tell)
        for box in (self.encoding, self.separator, self.sheet):
            box.activated.connect(self._read_again)

    def chosen_reading(self) -> tuple[str, str, str]:
        """Encoding, separator and sheet as the person chose them; empty ones are found out."""
        return (
            str(self.encoding.currentData() or ""),
            str(self.separator.currentData() or ""),
            str(self.sheet.currentData() or ""),
        )

    def chosen_mapping(self) -> TicketMapping | None:
        """The mapping with zone and form of dates; None before a file was read."""
        if self._reading is None:
            return None
        mapping: TicketMapping = self._reading.mappings[self.mapping.currentIndex()]
        form = str(self.dates.currentData() or "")
        return replace(
            mapping, zone=self.zone.currentText().strip(), dates=(form,) if form else mapping.dates
        )

    def show_error(self, sentence: str) -> None:
        """The file cannot be read, and why."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def show_reading(self, reading: Reading) -> None:
        """A file as it was understood."""
        self._reading = reading
        self.show_error("")
        table = reading.table
        self.name.setText(table.name)
        self.facts.setText(_facts(table))
        _fill(self.mapping, [(each.name, each.name) for each in reading.mappings], "")
        self.mapping.setCurrentIndex(reading.mappings.index(reading.mapping))
        found = (
            "Recognised by its columns."
            if reading.is_recognised
            else ("No mapping fits this file: choose the nearest and name its columns in the next step.")
        )
        self._mapping_row.set_hint(f"{reading.mapping.about} {found}".strip())
        is_text = table.kind != "xlsx"
        _fill(self.encoding, _with(table.encoding, _ENCODINGS), table.encoding)
        _fill(self.separator, _with(table.separator, _SEPARATORS), table.separator)
        _fill(self.sheet, [(name, name) for name in table.sheets], table.sheet)
        self._encoding_row.set_visible(is_text)
        self._separator_row.set_visible(is_text)
        self._sheet_row.set_visible(not is_text)
        self.preview.show_sample(table.columns, table.sample[:50])
        if not self.zone.count():
            self.zone.addItems(reading.zones)
        self._show_dates(reading.mapping)
        self._details.show()
        self.drop.set_words("Drop another file to import that one instead")

    def _show_dates(self, mapping: TicketMapping) -> None:
        """Choose the form that reads the file's dates, and ask for the zone only where it counts."""
        if self._reading is None:
            return
        table = self._reading.table
        texts = date_texts(table, mapping)
        fits = fitting(texts)
        examples = dict(FORMS)
        own = [form for form in mapping.dates if form in fits]
        choices = [(form.key, form.example) for form in FORMS]
        choices += [(form, form) for form in mapping.dates if form not in examples]
        chosen = own[0] if own else fits[0] if fits else mapping.dates[0]
        _fill(self.dates, choices, chosen)
        self._dates_row.set_hint(f"The first one is {texts[0]}." if texts else "")
        others = [form for form in fits if form != chosen and form.startswith("%")]
        if len(own) != 1 and others:
            self._dates_row.set_hint(f"{texts[0]} can be read in more than one way: look twice.")
        is_said = bool(texts) and (says_its_zone(table, mapping) or has_zone(texts, [chosen]))
        zone = "UTC" if is_said else mapping.zone or self._reading.zone
        self.zone.setCurrentText(zone)
        self._zone_row.set_visible(not is_said)
        self._zone_row.set_hint(
            "The file does not say it: choose that of whoever exported it." if not mapping.zone else ""
        )

    def _take(self, found: object) -> None:
        for piece in found if isinstance(found, tuple) else ():
            if isinstance(piece, Path):
                self.file_chosen.emit(piece)
                return
        self.show_error("That is no file. Drop a CSV, TSV or XLSX file, or browse for one.")

    def _other_mapping(self) -> None:
        if self._reading is not None:
            mapping = self._reading.mappings[self.mapping.currentIndex()]
            self._mapping_row.set_hint(mapping.about)
            self._show_dates(mapping)
        self.changed.emit()

    def _read_again(self) -> None:
        self.reading_wanted.emit()

    def _tell(self) -> None:
        self.changed.emit()


def _facts(table: FoundTable) -> str:
    rows = "many rows" if table.count is None else counted(table.count, "row")
    try:
        size = file_size(table.path.stat().st_size)
    except OSError:
        size = ""
    parts = [part for part in (size, rows, counted(len(table.columns), "column")) if part]
    return " · ".join((*parts, *table.notes))


def _with(value: str, known: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """The choices, with what was found at the head."""
    words = {**dict(known), "utf-8": "UTF-8"}
    found = (value, f"{words.get(value, value)} (found)")
    return [found, *((key, text) for key, text in known if text != words.get(value))]


def _fill(box: QComboBox, choices: list[tuple[str, str]], chosen: str) -> None:
    box.clear()
    for key, words in choices:
        box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))


def _zones() -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    completer = box.completer()
    if completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(completer.CompletionMode.PopupCompletion)
    return box
