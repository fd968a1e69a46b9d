"""Rows of a form: a label, its field, and what there is to say about it below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.kit.label import Label


class FormRow:
    """One row: its hint and its fault stand right below the field."""

    def __init__(self, label: QLabel, field: QWidget, note: Label, hint: str) -> None:
        self._label = label
        self._field = field
        self._note = note
        self._hint = hint
        self._error = ""
        self._show()

    @property
    def field(self) -> QWidget:
        return self._field

    @property
    def error(self) -> str:
        """What is wrong with the field, or nothing."""
        return self._error

    @property
    def note(self) -> str:
        """What stands below the field."""
        return self._note.text()

    def set_hint(self, hint: str) -> None:
        """What helps to fill the field."""
        self._hint = hint
        self._show()

    def set_error(self, error: str) -> None:
        """What is wrong and what to do; nothing takes it away. The input stays."""
        self._error = error
        self._show()

    def set_visible(self, is_visible: bool) -> None:
        """Show or hide the whole row."""
        self._label.setVisible(is_visible)
        self._field.setVisible(is_visible)
        self._note.setVisible(is_visible and bool(self._note.text()))

    def _show(self) -> None:
        self._note.set_role("danger_small" if self._error else "hint")
        self._note.setText(self._error or self._hint)
        self._note.setVisible(bool(self._note.text()))
        self._field.setAccessibleDescription(self._note.text())
        if bool(self._field.property("faulty")) != bool(self._error):
            self._field.setProperty("faulty", bool(self._error))
            self._field.style().unpolish(self._field)
            self._field.style().polish(self._field)


class FormRows(QWidget):
    """Labels at the left, fields at the right, in the order in which they are filled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)

    def label_width(self) -> int:
        """The room that the labels ask for, in pixels."""
        items = (self._grid.itemAtPosition(line, 0) for line in range(self._grid.rowCount()))
        return max((item.sizeHint().width() for item in items if item is not None), default=0)

    def set_label_width(self, least: int) -> None:
        """Give the labels so much room, as another form below or above does."""
        self._grid.setColumnMinimumWidth(0, least)

    def add_row(self, text: str, field: QWidget, hint: str = "") -> FormRow:
        """A field with its label; the label is the field's name for screen readers too."""
        label = QLabel(text)
        label.setProperty("role", "form_label")
        label.setBuddy(field.focusProxy() or field)  # of several parts, the one that is typed into
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        if not field.accessibleName():
            field.setAccessibleName(text.replace("&", ""))
        note = Label("", "hint", wrap=True)
        below = QVBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(3)
        below.addWidget(field)
        below.addWidget(note)
        line = self._grid.rowCount()
        self._grid.addWidget(label, line, 0)
        self._grid.addLayout(below, line, 1)
        return FormRow(label, field, note, hint)
