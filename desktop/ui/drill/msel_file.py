"""First step of taking in a list of injects: which file, which sheet, and where its heading is."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_msel import recognise
from desktop.domain.drill_msel_check import ListMapping, heading_at
from desktop.services.drill_msel import MselTable, best_mapping
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.drop import DropArea
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.plain_table import PlainTable
from desktop.ui.text import counted, one_line

_HEADINGS = 40
_SHOWN = 60
_NONE = ""


class MselFileStep(QWidget):
    """Drop or browse for a file; see how it was understood; correct that.

    Signals:
        file_chosen: (Path)
        sheet_chosen: (str) another sheet of the same file.
        changed: heading or mapping were chosen otherwise.
    """

    file_chosen = Signal(object)
    sheet_chosen = Signal(str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("File")
        self._table: MselTable | None = None
        self._kept: Mapping[str, ListMapping] = {}
        self.drop = DropArea(
            "Drop a CSV or XLSX file with a list of injects (MSEL) here",
            title="Choose a list of injects",
            filters="Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)",
        )
        self.error = Label("", "danger", wrap=True)
        self.error.let_select()
        self.name = ElidedLabel("", "heading")
        self.facts = Label("", "secondary", wrap=True)
        self.sheet = Choice("Sheet")
        self.heading = Choice("Row with the headings")
        self.mapping = Choice("Columns as in")
        self.above = Label("", "secondary", wrap=True)
        self.preview = PlainTable("First rows below the headings")
        self._lay_out()
        self.drop.dropped.connect(self._take)
        self.sheet.activated.connect(self._other_sheet)
        self.heading.activated.connect(self._other_heading)
        self.mapping.activated.connect(self._tell)
        self.error.hide()
        self._details.hide()

    @property
    def table(self) -> MselTable | None:
        """What was read."""
        return self._table

    @property
    def header_at(self) -> int:
        """The place of the heading among the rows; -1 before there is one."""
        value = self.heading.value()
        return value if isinstance(value, int) else -1

    def chosen_mapping(self) -> ListMapping:
        """The kept mapping that was chosen, or one that goes by the names of the columns."""
        return self._kept.get(str(self.mapping.value() or ""), ListMapping())

    def show_error(self, sentence: str) -> None:
        """The file cannot be read, and why."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def show_table(self, table: MselTable, kept: Mapping[str, ListMapping]) -> None:
        """A file as it was read."""
        self._table, self._kept = table, kept
        self.show_error("")
        self.name.setText(table.name)
        self.sheet.offer([(name, name) for name in table.sheets])
        self.sheet.set_value(table.sheet)
        self._sheet_row.set_visible(len(table.sheets) > 1)
        self.heading.offer(
            [
                (at, f"Row {number}: {' · '.join(one_line(cell) for cell in cells if cell.strip())[:70]}")
                for at, (number, cells) in enumerate(table.rows[:_HEADINGS])
            ]
        )
        names = {name for mapping in kept.values() for name in mapping.columns.values()}
        self.heading.set_value(heading_at(table.rows, names) or 0)
        self.mapping.offer([(_NONE, "Names of the columns"), *((name, name) for name in kept)])
        self._show_heading()
        self._details.show()
        self.drop.set_words("Drop another file to take that one in instead")

    def _show_heading(self) -> None:
        table = self._table
        if table is None or self.header_at < 0:
            return
        header = table.rows[self.header_at][1]
        columns = recognise(header)
        self.mapping.set_value(best_mapping(header, self._kept) or _NONE)
        dialect = "our own form" if columns.dialect == "own" else columns.dialect
        known = f"Looks like {dialect}." if columns.dialect != "other" else "A form of its own."
        rows = counted(len(table.rows) - self.header_at - 1, "row")
        self.facts.setText(f"{known} {rows} below the headings, {counted(len(header), 'column')}.")
        above = table.rows[: self.header_at]
        texts = [one_line(" ".join(cell for cell in cells if cell)) for _, cells in above]
        self.above.setText(f"Left out above the headings: {' / '.join(texts)[:300]}" if above else "")
        self.above.setVisible(bool(above))
        self.preview.show_sample(header, table.rows[self.header_at + 1 :][:_SHOWN])

    def _take(self, found: object) -> None:
        for piece in found if isinstance(found, tuple) else ():
            if isinstance(piece, Path):
                self.file_chosen.emit(piece)
                return
        self.show_error("That is no file. Drop a CSV or XLSX file, or browse for one.")

    def _other_sheet(self) -> None:
        self.sheet_chosen.emit(str(self.sheet.value() or ""))

    def _other_heading(self) -> None:
        self._show_heading()
        self.changed.emit()

    def _tell(self) -> None:
        self.changed.emit()

    def _lay_out(self) -> None:
        left, right = FormRows(), FormRows()
        self._sheet_row = left.add_row("Sheet", self.sheet)
        left.add_row("Headings", self.heading)
        right.add_row("Columns as in", self.mapping, "A mapping that was kept, or the names of the columns.")
        forms = QHBoxLayout()
        forms.setSpacing(24)
        forms.addWidget(left, 3, Qt.AlignmentFlag.AlignTop)
        forms.addWidget(right, 2, Qt.AlignmentFlag.AlignTop)
        self._details = QWidget()
        inner = QVBoxLayout(self._details)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        for widget in (self.name, self.facts):
            inner.addWidget(widget)
        inner.addLayout(forms)
        inner.addWidget(self.above)
        inner.addWidget(Label("First rows", "strong"))
        inner.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(12)
        column.addWidget(self.drop)
        column.addWidget(self.error)
        column.addWidget(self._details, 1)
        column.addStretch(0)
