"""Where a note on the escalation that is talked about is typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.standup.list import large
from desktop.ui.theme import Theme
from desktop.ui.word_keeper import WordKeeper

_ROOM = 36


class NoteField(QLineEdit):
    """A line whose arrows up and down, and Esc, are for the list above it.

    Signals:
        stepped: (int) to the line before (-1) or after (1).
        left: the list is wanted.
    """

    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class NoteLine(QFrame):
    """A note for one escalation at a time; half a note is kept for when one comes back to it.

    Signals:
        noted: (str) this is to be put on the timeline.
        open_requested: the escalation is to be seen in full.
    """

    noted = Signal(str)
    open_requested = Signal()

    def __init__(self, theme: Theme, words: WordKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "selection")
        self._theme = theme
        self._words = words
        self._key = ""
        self.field = NoteField()
        self.field.setAccessibleName("Note")
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.note_button = Button("Note it", keys="Enter")
        self.open_button = Button("Open the escalation")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(self.note_button)
        line.addWidget(self.open_button)
        self.field.textEdited.connect(self._keep)
        self.field.returnPressed.connect(self._send)
        self.field.editingFinished.connect(words.save)
        self.note_button.clicked.connect(self._send)
        self.open_button.clicked.connect(self.open_requested)
        theme.theme_changed.connect(self._dress)
        self._dress()

    def show_about(self, key: str, number: str) -> None:
        """The note is about this one from now on; without a number about none."""
        if key != self._key:
            self._words.save()
            self._key = key
            self.field.setText(self._words.text(key))
        hint = f"Type a note on {number}: Enter puts it on the timeline" if number else "Nothing to note"
        self.field.setPlaceholderText(hint)
        for widget in (self.field, self.note_button, self.open_button):
            widget.setEnabled(bool(number))

    def begin(self, letters: str = "") -> None:
        """Typing begins, perhaps with letters typed elsewhere."""
        if self.field.isEnabled():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.field.end(False)
            self.field.insert(letters)
            self._keep(self.field.text())

    def clear_note(self) -> None:
        """It stands on the timeline now."""
        self._words.forget(self._key)
        self.field.clear()

    def _keep(self, text: str) -> None:
        self._words.note(self._key, text)

    def _send(self) -> None:
        if self.field.text().strip():
            self.noted.emit(self.field.text())

    def _dress(self) -> None:
        font = large(self._theme, "body")
        self.field.setFont(font)
        # The style sheet sets the least height of the field itself: the line gives it its room.
        self.setMinimumHeight(QFontMetrics(font).height() + _ROOM)
