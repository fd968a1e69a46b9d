"""Asks for what is missing, right where it is missing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.long_text import LongText
from desktop.ui.kit.segments import Segments


@dataclass(frozen=True, slots=True)
class PromptField:
    """One thing asked for. `kind` is line, text, choice (a list) or segments (all in sight).

    `make` gives a field of another kind: a widget with `value() -> str`.
    """

    key: str
    label: str
    kind: str = "line"
    choices: Sequence[tuple[str, str]] = ()
    value: str = ""
    hint: str = ""
    required: bool = True
    make: Callable[[], QWidget] | None = None


class Prompt(QFrame):
    """A small form with a verb: Enter does it (Ctrl+Enter in long text), Esc leaves it.

    `about` is one line on what it is done to; what does not fit of it is left out.

    Signals:
        accepted: (dict[str, str]) the answers by key.
        cancelled: the person does not want it after all.
    """

    accepted = Signal(dict)
    cancelled = Signal()

    def __init__(
        self,
        title: str,
        fields: Sequence[PromptField],
        verb: str,
        *,
        text: str = "",
        about: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "prompt")
        self.setAccessibleName(title)
        self._fields = tuple(fields)
        self._rows: dict[str, FormRow] = {}
        self._widgets: dict[str, QWidget] = {}
        self._error = Label("", "danger", wrap=True)
        self._error.hide()
        rows = FormRows()
        for field in self._fields:
            widget = self._widgets[field.key] = _made(field)
            self._rows[field.key] = rows.add_row(field.label, widget, field.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(Label(title, "heading", wrap=True))
        if about:
            column.addWidget(ElidedLabel(about, "strong"))
        if text:
            column.addWidget(Label(text, "secondary", wrap=True))
        column.addWidget(rows)
        column.addWidget(self._error)
        column.addLayout(self._buttons(verb))
        self.setMinimumWidth(380)
        if self._fields:
            self.setFocusProxy(self._widgets[self._fields[0].key])
        else:
            self.setFocusProxy(self._accept)

    def widget(self, key: str) -> QWidget:
        """The field of a key."""
        return self._widgets[key]

    def row(self, key: str) -> FormRow:
        """The row of a key, for what there is to say about it meanwhile."""
        return self._rows[key]

    def answers(self) -> Mapping[str, str]:
        """What is filled in now."""
        return {key: _value(widget) for key, widget in self._widgets.items()}

    def set_error(self, error: str, field: str = "") -> None:
        """Say what is wrong, beside the field where one is named; nothing is lost."""
        if field in self._rows:
            self._rows[field].set_error(error)
            self._widgets[field].setFocus()
        else:
            self._error.setText(error)
            self._error.setVisible(bool(error))

    def accept(self) -> None:
        """Do it, if nothing is missing."""
        answers = dict(self.answers())
        missing = [f for f in self._fields if f.required and not answers[f.key].strip()]
        for field in self._fields:
            self._rows[field.key].set_error(f"{field.label} is needed." if field in missing else "")
        if missing:
            self._widgets[missing[0].key].setFocus()
        else:
            self.accepted.emit(answers)

    def cancel(self) -> None:
        """Leave it."""
        self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (with_control or self._enter_accepts()):
            self.accept()
        else:
            super().keyPressEvent(event)

    def _enter_accepts(self) -> bool:
        return not any(
            isinstance(widget, QPlainTextEdit) and widget.hasFocus() for widget in self._widgets.values()
        )

    def _buttons(self, verb: str) -> QHBoxLayout:
        long = any(field.kind == "text" for field in self._fields)
        accept = self._accept = Button(verb, "primary", keys="Ctrl+Enter" if long else "Enter")
        accept.clicked.connect(self.accept)
        cancel = Button("Cancel", keys="Esc")
        cancel.clicked.connect(self.cancel)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(accept)
        return row


def _made(field: PromptField) -> QWidget:
    if field.make is not None:
        return field.make()
    if field.kind == "text":
        return LongText(field.value)
    if field.kind == "segments":
        segments = Segments(field.choices, field.label)
        segments.set_value(field.value)
        return segments
    if field.kind == "choice":
        box = QComboBox()
        for key, words in field.choices:
            box.addItem(words, key)
        box.setCurrentIndex(max(box.findData(field.value), 0))
        return box
    return QLineEdit(field.value)


def _value(widget: QWidget) -> str:
    value = getattr(widget, "value", None)
    if callable(value):
        return str(value())
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return str(widget.currentData() or "")
    return ""
