"""All fields there are for some readers, to be searched and put into a text."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.merge_field import MergeField, of_audience
from desktop.domain.message import Stage
from desktop.domain.template import Place
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.template.words import empty_words
from desktop.ui.theme import Theme

_WIDTH, _HEIGHT = 620, 420


class FieldPicker(QFrame):
    """Type to narrow the list; Enter puts the chosen field in.

    Signals:
        picked: (str) the name of a field.
        left: the person wants none.
    """

    picked = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self.query = QLineEdit()
        self.query.setPlaceholderText("Search the fields")
        self.query.setAccessibleName("Search the fields")
        self.query.setClearButtonEnabled(True)
        self.table: RowTable[MergeField] = RowTable(
            TwoLineModel(
                (
                    Column("Field", _label, width=240),
                    Column("When it is empty", _when_empty(place.stage), width=300),
                ),
                step=_no_step,
                sentence=_sentence,
                second=_second,
                strong=(0,),
            ),
            theme,
            "Fields",
            key=_name,
            stretch=1,
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.insert = Button("Insert field", "primary", keys="Enter")
        cancel = Button("Cancel", keys="Esc")
        foot = QHBoxLayout()
        foot.addWidget(Label("A field takes the words of the escalation.", "secondary"), 1)
        foot.addWidget(cancel)
        foot.addWidget(self.insert)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(Label("Insert a field", "heading"))
        column.addWidget(self.query)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.setMinimumSize(_WIDTH, _HEIGHT)
        self.setFocusProxy(self.query)
        self.query.textChanged.connect(self._narrow)
        self.query.returnPressed.connect(self._pick)
        self.table.opened.connect(self._pick)
        self.insert.clicked.connect(self._pick)
        cancel.clicked.connect(self.left)
        self._narrow("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_down = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.query.hasFocus()
        if is_down:
            rows = self.table.model().rowCount()
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            at = min(max(self.table.currentIndex().row() + step, 0), rows - 1)
            if rows:
                self.table.selectRow(at)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _narrow(self, text: str) -> None:
        self.table.show_rows(_fitting(of_audience(self._place.audience), text))
        if self.table.model().rowCount():
            self.table.selectRow(0)
        self.insert.setEnabled(bool(self.table.model().rowCount()))

    def _pick(self) -> None:
        chosen = self.table.current() or next(iter(self.table.selected()), None)
        if chosen is not None:
            self.picked.emit(chosen.name)


def _fitting(fields: Sequence[MergeField], text: str) -> tuple[MergeField, ...]:
    words = text.casefold().split()
    return tuple(
        field
        for field in fields
        if all(word in f"{field.name} {field.label} {field.source}".casefold() for word in words)
    )


def _when_empty(stage: Stage) -> Callable[[MergeField], str]:
    def said(field: MergeField) -> str:
        return empty_words(field, stage)

    return said


def _second(field: MergeField, column: int) -> str:
    return field.name if column == 0 else f"{field.kind.word}, {field.source}"


def _label(field: MergeField) -> str:
    return field.label


def _name(field: MergeField) -> object:
    return field.name


def _sentence(field: MergeField) -> str:
    return f"{field.label}, {field.name}, {field.kind.word}, {field.source}"


def _no_step(_field: MergeField) -> tuple[str, int]:
    return "", -1
