"""Third step of taking in a list of injects: what is wrong with its rows, put right on the spot."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.drill_msel_check import Looked, RowFault
from desktop.ui.drill.msel_ports import WORDS
from desktop.ui.kit.button import Button
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, one_line


class MselRowsStep(QWidget):
    """Errors and oddities by row; the cell at fault can be written anew.

    Signals:
        fixed: (int row, str target, str text) a cell is to say something else.
    """

    fixed = Signal(int, str, str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Rows")
        self.sentence = Label("", "heading", wrap=True)
        self.left_out = Label("", "secondary", wrap=True)
        columns = [
            Column[RowFault]("Row", _row, width=90),
            Column[RowFault]("What", _text, width=300, tip=_text),
            Column[RowFault]("Column", _target, width=150),
            Column[RowFault]("It says", _value, width=220, tip=_value),
        ]
        model = TwoLineModel(columns, step=_step, sentence=_sentence, strong=(1,))
        self.table = RowTable(model, around.theme, "What is wrong with rows", key=_key, spare=(3,))
        self.empty = EmptyState(around.icons)
        self.empty.show_state("check", "Every row is as it should be", "Go on: nothing is left out.")
        self.words = Label("", "strong")
        self.text = QLineEdit()
        self.put_right = Button("Put it right")
        self._fix = QWidget()
        self._lay_out()
        self.table.picked.connect(self._show_fix)
        self.table.opened.connect(self._write)
        self.put_right.clicked.connect(self._put_right)
        self.text.returnPressed.connect(self._put_right)

    def show_looked(self, looked: Looked) -> None:
        """The rows as they are found."""
        errors = sum(fault.is_error for fault in looked.faults)
        bad = {fault.row for fault in looked.faults if fault.is_error}
        odd = len(looked.faults) - errors
        good = counted(len(looked.good), "row")
        said = [f"{good} can be taken in"]
        said += [f"{counted(len(bad), 'row')} cannot"] if bad else []
        said += [f"{counted(odd, 'thing')} to look at"] if odd else []
        self.sentence.setText(", ".join(said) + ".")
        sections = [one_line(" ".join(cells))[:60] for _, cells in looked.sections]
        self.left_out.setText(f"Left out as headings of sections: {' / '.join(sections)}" if sections else "")
        self.left_out.setVisible(bool(sections))
        self.table.show_rows(looked.faults)
        has_faults = bool(looked.faults)
        self.table.setVisible(has_faults)
        self.empty.setVisible(not has_faults)
        self._show_fix()

    def focus_first(self) -> None:
        """Put the focus on the rows."""
        if self.table.isVisibleTo(self):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_fix(self) -> None:
        fault = self.table.current() if self.table.model().rowCount() else None
        self._fix.setVisible(fault is not None)
        if fault is None:
            return
        self.words.setText(f"{WORDS.get(fault.target, fault.target)} of row {fault.row}")
        self.text.setAccessibleName(f"{self.words.text()}, written anew")
        self.text.setText(one_line(fault.value))

    def _write(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.selectAll()

    def _put_right(self) -> None:
        fault = self.table.current()
        if fault is not None:
            self.fixed.emit(fault.row, fault.target, self.text.text().strip())
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self._fix)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self.words)
        line.addWidget(self.text, 1)
        line.addWidget(self.put_right)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(12)
        column.addWidget(self.sentence)
        column.addWidget(self.left_out)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self._fix)


_STEPS: Mapping[bool, tuple[str, int]] = {True: ("text.danger", -1), False: ("text.warning", -1)}


def _step(fault: RowFault) -> tuple[str, int]:
    return _STEPS[fault.is_error]


def _key(fault: RowFault) -> object:
    return fault.row, fault.target, fault.is_error


def _row(fault: RowFault) -> str:
    return f"Row {fault.row}"


def _text(fault: RowFault) -> str:
    left_out = " The row is left out." if fault.is_error else ""
    return one_line(f"{fault.text}{left_out}")


def _target(fault: RowFault) -> str:
    return WORDS.get(fault.target, fault.target)


def _value(fault: RowFault) -> str:
    return one_line(fault.value)[:200]


def _sentence(fault: RowFault) -> str:
    kind = "Error" if fault.is_error else "To look at"
    return f"{kind} in row {fault.row}, {_target(fault)}: {fault.text}"
