"""Examples of a playbook in use while they are written."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.playbook import Example
from desktop.domain.playbook_check import MOST_ENTRIES
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.card import Section
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.keys import is_enter
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings


class ExamplesSection(Section):
    """Adds, writes and removes examples.

    Signals:
        edited: something else is written.
    """

    edited = Signal()

    def __init__(self, around: Surroundings) -> None:
        super().__init__("Examples")
        self._icons = around.icons
        self.rows: list[ExampleRow] = []
        self.empty = Label("Real escalations and drills that show it in use.", "secondary", wrap=True)
        self.add_button = Button("Add example", "small")
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self.body.addWidget(self.empty)
        self.body.addLayout(self._column)
        self.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button.clicked.connect(self.add_example)

    def show_examples(self, examples: Sequence[Example]) -> None:
        """Write these."""
        while len(self.rows) > len(examples):
            self._drop(self.rows[-1])
        while len(self.rows) < len(examples):
            self._made()
        for row, example in zip(self.rows, examples, strict=True):
            row.show_example(example)
        self._number()

    def examples(self) -> tuple[Example, ...]:
        """The examples as they are written."""
        return tuple(row.example() for row in self.rows)

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        rows = [part for row in self.rows for part in (row.text, row.link, row.drill, row.remove_button)]
        return [*rows, self.add_button]

    def add_example(self) -> None:
        """One more."""
        if len(self.rows) < MOST_ENTRIES:
            self._made().text.setFocus(Qt.FocusReason.OtherFocusReason)
            self._number()
            self.edited.emit()

    def _remove(self) -> None:
        sender = self.sender()
        row = sender.parent() if isinstance(sender, IconButton) else None
        if isinstance(row, ExampleRow) and row in self.rows:
            self._drop(row)
            self._number()
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()

    def _made(self) -> "ExampleRow":
        row = ExampleRow(self._icons)
        row.edited.connect(self.edited)
        row.next_wanted.connect(self.add_example)
        row.remove_button.clicked.connect(self._remove)
        self.rows.append(row)
        self._column.addWidget(row)
        row.show()  # at once, so that the focus can go there
        return row

    def _drop(self, row: "ExampleRow") -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _number(self) -> None:
        self.empty.setVisible(not self.rows)
        for at, row in enumerate(self.rows, 1):
            row.show_place(at)


class ExampleRow(QWidget):
    """One example; Enter begins the next.

    Signals:
        edited: it says something else.
        next_wanted: the person goes on below.
    """

    edited = Signal()
    next_wanted = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.text, self.link = QLineEdit(), QLineEdit()
        self.drill = CheckBox("Drill")
        self.remove_button = IconButton(icons, "trash", "Remove the example")
        self.text.setPlaceholderText("What happened")
        self.link.setPlaceholderText("ESC-2026-0042 or an address")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.text, 3)
        line.addWidget(self.link, 2)
        line.addWidget(self.drill)
        line.addWidget(self.remove_button)
        self.text.textChanged.connect(self.edited)
        self.link.textChanged.connect(self.edited)
        self.drill.toggled.connect(self.edited)

    def show_example(self, example: Example) -> None:
        """Write it."""
        for field, text in ((self.text, example.text), (self.link, example.link)):
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)
        self.drill.setChecked(example.is_drill)

    def example(self) -> Example:
        """It as it is written."""
        return Example(self.text.text(), self.link.text(), self.drill.isChecked())

    def show_place(self, place: int) -> None:
        """Which of the examples it is."""
        self.text.setAccessibleName(f"Example {place}: what happened")
        self.link.setAccessibleName(f"Example {place}: number or address")
        self.drill.setAccessibleName(f"Example {place} is a drill")
        self.remove_button.setAccessibleName(f"Remove example {place}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event) and self.text.text().strip():
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)
