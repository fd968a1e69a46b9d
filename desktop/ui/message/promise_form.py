"""A promise that was made otherwise than in a message: what, by when, and in which words."""

from datetime import datetime, timedelta

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.domain.errors import DeskError
from desktop.domain.instant import from_us, to_us
from desktop.domain.promise import PromiseKind
from desktop.ui.kit.button import Button
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.keys import is_enter
from desktop.ui.kit.label import Label

_KINDS = (PromiseKind.CALL_BACK, PromiseKind.FIX_BY, PromiseKind.REVIEW_BY)
_AHEAD = timedelta(hours=1)
_LONGEST = 500


class PromiseForm(QFrame):
    """Asks for one promise; the next update is promised by messages alone.

    Signals:
        keep_requested: (PromiseKind, datetime due, str words)
        cancelled: nothing was promised.
    """

    keep_requested = Signal(object, object, str)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind = QComboBox()
        for kind in _KINDS:
            self.kind.addItem(kind.word, kind.value)
        self.due = QDateTimeEdit()
        self.due.setDisplayFormat("ddd d MMM yyyy HH:mm")
        self.due.setCalendarPopup(True)
        self.words = QLineEdit()
        self.words.setMaxLength(_LONGEST)
        self.words.setPlaceholderText("What they were told")
        self.keep_button = Button("Save promise", "primary", keys="Enter")
        self.cancel_button = Button("Cancel", keys="Esc")
        self.cancel_button.setAccessibleName("Cancel the promise")
        self.error = Label("", "danger", wrap=True)
        rows = FormRows()
        self._rows: dict[str, FormRow] = {
            "kind": rows.add_row("Promised", self.kind),
            "due_at": rows.add_row("By", self.due),
            "text": rows.add_row("Words", self.words),
        }
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.keep_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(rows)
        column.addWidget(self.error)
        column.addLayout(buttons)
        self.error.hide()
        self.keep_button.clicked.connect(self.keep)
        self.cancel_button.clicked.connect(self.cancelled)

    def show_new(self, now: datetime) -> None:
        """Ask for one, an hour from now unless somebody says otherwise."""
        self.due.setDateTime(QDateTime.fromMSecsSinceEpoch(to_us(now + _AHEAD) // 1000))
        self.words.clear()
        self._clear()
        self.kind.setFocus()

    def keep(self) -> None:
        """Ask for it to be kept."""
        self._clear()
        due_at = from_us(self.due.dateTime().toMSecsSinceEpoch() * 1000)
        self.keep_requested.emit(PromiseKind(self.kind.currentData()), due_at, self.words.text())

    def show_error(self, error: DeskError) -> None:
        """Say what is wrong; what was typed stays."""
        self._clear()
        if error.field in self._rows:
            self._rows[error.field].set_error(str(error))
            self._rows[error.field].field.setFocus()
        else:
            self.error.setText(str(error))
            self.error.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif is_enter(event) or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
        else:
            super().keyPressEvent(event)

    def _clear(self) -> None:
        self.error.hide()
        for row in self._rows.values():
            row.set_error("")
