"""Second step of an import: which columns fill which fields, with what that gives in the first rows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.ticket import index_of
from desktop.domain.ticket_field import FIELDS, Field
from desktop.domain.ticket_mapping import TicketMapping
from desktop.domain.ticket_template import bind_first, missing, parse
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.text import one_line
from desktop.ui.tickets.ports import FoundTable

_SHOWN = 3
_LONGEST = 60
_LEFT = (
    "reference", "title", "customer", "opened_at", "state", "severity", "description", "business_impact",
    "reputational_risk", "made_sla", "tier", "region",
)  # fmt: skip


class ColumnsStep(QWidget):
    """One line for each field: a column, several in a template, or a text of one's own.

    Signals:
        changed: the mapping is another.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Columns")
        self._table: FoundTable | None = None
        self._mapping: TicketMapping | None = None
        self._index: dict[str, int] = {}
        self.boxes: dict[str, QComboBox] = {}
        self.rows: dict[str, FormRow] = {}
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 12, 20, 16)
        column.setSpacing(12)
        column.addWidget(
            Label(
                "Choose the column that fills each field, or write a template of several, such as"
                " {category}: {symptom}. Below each stands what that gives in the first rows.",
                "secondary",
                wrap=True,
            )
        )
        self._sides = left, right = FormRows(), FormRows()
        sides = QHBoxLayout()
        sides.setSpacing(28)
        sides.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
        sides.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(sides)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollColumn(inner))

    def show_mapping(self, table: FoundTable, mapping: TicketMapping) -> None:
        """The fields as a mapping fills them from a table; made for the first one, not with the page."""
        if not self.boxes:
            for field in FIELDS:
                self._add(self._sides[field.key not in _LEFT], field)
        self._table, self._mapping = table, mapping
        self._index = index_of(table.columns)
        choices = [f"{{{name}}}" for name in table.columns]
        for key, box in self.boxes.items():
            sources = mapping.sources_of(key, self._index)
            box.blockSignals(True)
            box.clear()
            box.addItems(["", *choices])
            box.setCurrentText(sources[0].text if sources else "")
            edit = box.lineEdit()
            if edit is not None:
                edit.setCursorPosition(0)  # a long template is shown from its beginning
            box.blockSignals(False)
            self._show_field(key)

    def mapping(self) -> TicketMapping | None:
        """The mapping as it stands here; None before there is one."""
        return self._mapping

    def faults(self) -> list[str]:
        """The fields that are not as they must be."""
        return [key for key, row in self.rows.items() if row.error]

    def focus_first(self) -> None:
        """Put the focus where something is wrong, else at the top."""
        faults = self.faults()
        self.boxes[faults[0] if faults else "reference"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, rows: FormRows, field: Field) -> None:
        box = QComboBox()
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setMinimumContentsLength(10)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setObjectName(field.key)
        box.setToolTip(field.help)
        edit = box.lineEdit()
        if edit is not None:
            edit.setPlaceholderText("Required" if field.required else "Not in the file")
        box.editTextChanged.connect(self._edited)
        self.boxes[field.key] = box
        self.rows[field.key] = rows.add_row(field.words, box)

    def _edited(self, text: str) -> None:
        sender = self.sender()
        if not isinstance(sender, QComboBox) or self._mapping is None:
            return
        key = sender.objectName()
        try:
            parse(text)
        except DeskError as error:
            self.rows[key].set_error(error.message)
            self.changed.emit()
            return
        self._mapping = self._mapping.with_rule(key, text.strip())
        self._show_field(key)
        self.changed.emit()

    def _show_field(self, key: str) -> None:
        row = self.rows[key]
        field = next(each for each in FIELDS if each.key == key)
        if self._mapping is None or self._table is None:
            return
        text = self.boxes[key].currentText().strip()
        lacking = missing(parse(text), self._index) if text else []
        if lacking:
            row.set_error(f"There is no column “{lacking[0]}”.")
            return
        sources = self._mapping.sources_of(key, self._index)
        if not sources:
            row.set_error(f"Needed. {field.help}" if field.required else "")
            row.set_hint("" if field.required else field.help)
            return
        made = bind_first(sources, self._index)
        said = [made(self._even(cells)) for _, cells in self._table.sample[:40]]
        row.set_error("")
        row.set_hint(_examples(said))

    def _even(self, cells: Sequence[str]) -> list[str]:
        """A row's cells, as many as there are columns, those that stand for nothing left empty."""
        if self._table is None or self._mapping is None:
            return []
        width, empty = len(self._table.columns), self._mapping.empty
        full = [*cells, *[""] * width][:width]
        return ["" if cell.strip().casefold() in empty else cell for cell in full]


def _examples(said: Sequence[str]) -> str:
    """A few different ones of the first rows."""
    found = [one_line(text)[:_LONGEST] for text in dict.fromkeys(said) if text.strip()][:_SHOWN]
    return " · ".join(found) if found else "Empty in the first rows."
