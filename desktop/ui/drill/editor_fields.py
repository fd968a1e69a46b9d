"""Fields to type in: each shows a value of a scenario's document and tells another that is typed."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from desktop.domain.drill_node import read_duration, write_duration
from desktop.ui.drill.editor_words import (
    NO_MOMENT,
    NO_SPAN,
    moment_words,
    read_moment,
    read_span,
    span_words,
)
from desktop.ui.kit.long_text import LongText
from desktop.ui.text import one_line


def is_for_editor(event: QKeyEvent) -> bool:
    """Whether a key is the editor's own: undo, redo, publish."""
    is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return True
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class LineField(QLineEdit):
    """One line of words.

    Signals:
        edited: (str | None) other words; None where it is empty and may be left out.
        unread: (str) what is wrong with what is typed, empty once nothing is.
    """

    edited = Signal(object)
    unread = Signal(str)

    def __init__(self, *, may_miss: bool = False) -> None:
        super().__init__()
        self._may_miss = may_miss
        self.textEdited.connect(self._typed)

    def show_value(self, value: object) -> None:
        """Write what stands in the document."""
        words = self._words(value)
        if self._read(self.text()) != value or not self.text():
            self.setText(words)
            self.setCursorPosition(0)
            self.unread.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_for_editor(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _words(self, value: object) -> str:
        return "" if value is None else one_line(str(value))

    def _read(self, text: str) -> object:
        return text.strip() or (None if self._may_miss else "")

    def _typed(self, text: str) -> None:
        self.edited.emit(self._read(text))


class SpanField(LineField):
    """A length of time as people say it; the document holds its own form."""

    def __init__(self, *, may_miss: bool = False, may_be_negative: bool = False) -> None:
        super().__init__(may_miss=may_miss)
        self._may_be_negative = may_be_negative
        self.setPlaceholderText("10 min, 1h 30m, 90s")
        self.setMaximumWidth(220)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        found = self._read(self.text())
        if isinstance(found, str):
            self.setText(self._words(found))

    def _words(self, value: object) -> str:
        seconds = read_duration(value)
        return "" if value is None else str(value) if seconds is None else span_words(seconds)

    def _read(self, text: str) -> object:
        seconds = read_span(text)
        if seconds is None or (seconds < 0 and not self._may_be_negative):
            return None
        return write_duration(seconds)

    def _typed(self, text: str) -> None:
        found = self._read(text)
        if found is not None or (self._may_miss and not text.strip()):
            self.unread.emit("")
            self.edited.emit(found)
        else:
            self.unread.emit(NO_SPAN)


class MomentField(LineField):
    """A point of time with its zone."""

    def __init__(self, *, may_miss: bool = False) -> None:
        super().__init__(may_miss=may_miss)
        self.setPlaceholderText("2026-03-02 16:10 +01:00")
        self.setMaximumWidth(260)

    def _words(self, value: object) -> str:
        try:
            return moment_words(datetime.fromisoformat(str(value))) if value else ""
        except ValueError:
            return str(value)

    def _read(self, text: str) -> object:
        at = read_moment(text)
        return None if at is None else at.isoformat()

    def _typed(self, text: str) -> None:
        found = self._read(text)
        if found is not None or (self._may_miss and not text.strip()):
            self.unread.emit("")
            self.edited.emit(found)
        else:
            self.unread.emit(NO_MOMENT)


class NameField(LineField):
    """An id or name that others refer to; it is renamed when the typing is done.

    Signals:
        renamed: (str old, str new)
    """

    renamed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.setMaximumWidth(200)
        self.editingFinished.connect(self._finish)

    def show_value(self, value: object) -> None:
        name = "" if value is None else str(value)
        if name != self._name or not self.hasFocus():
            self._name = name
            self.setText(one_line(name))
            self.unread.emit("")

    def _typed(self, _text: str) -> None:
        self.unread.emit("")

    def _finish(self) -> None:
        typed = self.text().strip()
        if typed != self._name:
            old, self._name = self._name, typed  # a second Enter asks nothing again
            self.renamed.emit(old, typed)

    def refuse(self, why: str, name: str) -> None:
        """It cannot be called so; the old name stays."""
        self._name = name
        self.unread.emit(why)


class TextField(LongText):
    """Several lines of words, or with `entries` a list with an entry in each. Signals as `LineField`."""

    edited = Signal(object)
    unread = Signal(str)

    def __init__(self, lines: int = 4, *, entries: bool = False, may_miss: bool = True) -> None:
        super().__init__("", lines=lines)
        self._entries = entries
        self._may_miss = may_miss
        self.setUndoRedoEnabled(False)  # the editor's own takes back what is typed here as well
        if entries:
            self.setPlaceholderText("One in each line")
        self.textChanged.connect(self._typed)

    def show_value(self, value: object) -> None:
        """Write what stands in the document."""
        if self._read() == value or (not self._read() and not value):
            return
        shown = "\n".join(map(str, value)) if isinstance(value, list) else str(value or "")
        self.blockSignals(True)
        self.setPlainText(shown)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_for_editor(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _read(self) -> object:
        typed = self.toPlainText()
        if self._entries:
            return [line for line in map(str.strip, typed.split("\n")) if line] or None
        return typed.strip() or (None if self._may_miss else "")

    def _typed(self) -> None:
        self.edited.emit(self._read())
