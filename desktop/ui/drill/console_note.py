"""Where an observer writes, without taking the eyes off the table."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.drill_record import NoteKind
from desktop.domain.drill_words import RATINGS
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.long_text import LongText
from desktop.ui.kit.segments import Segments
from desktop.ui.surroundings import Surroundings

_KINDS = (("f", "Fact", NoteKind.FACT), ("s", "Strength", NoteKind.STRENGTH),
          ("i", "Improve", NoteKind.IMPROVEMENT), ("q", "Quote", NoteKind.QUOTE))  # fmt: skip
#: What a note begins with says its kind.
_SIGNS = {"+": "s", "-": "i", '"': "q", "“": "q"}

_TRAVELS_BEATS = 3
_LINES = 2
_ROUND_TEXT = 24  # pixels: border, padding and margin of the text above and below


class _NoteText(LongText):
    """Ctrl+Enter saves, Ctrl+G saves as a gap, Esc leaves; what is typed stays."""

    saved = Signal()
    gap_wished = Signal()
    left = Signal()
    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if with_control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.saved.emit()
        elif with_control and event.key() == Qt.Key.Key_G:
            self.gap_wished.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class NoteBox(QFrame):
    """A note with its kind and rating; "+" begins a strength, "-" something to improve, a quote mark a quote.

    Signals:
        saved: (str text, str kind, str rating).
        gap_wished: the note is to become a gap.
        left: the keyboard is wanted elsewhere.
    """

    saved = Signal(str, str, str)
    gap_wished = Signal()
    left = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "selection")
        self._told = ""
        self._sent = ""
        self._is_low = False
        self._tools = QWidget()
        self._beats = 0
        self.head = Label("Observer note", "strong")
        self.about = ElidedLabel("", "hint")
        self.text = _NoteText(lines=_LINES)
        self.text.setAccessibleName("Observer note")
        self.text.setPlaceholderText("N begins a note. Ctrl+Enter saves it, Ctrl+G makes it a gap.")
        self.kind = Segments([(key, words) for key, words, _ in _KINDS], "Kind of note", even=False)
        self.rating = Segments([(each.lower(), each) for each in RATINGS], "Rating of the note", even=False)
        self.save_button = Button("Save", "small", keys="Ctrl+Enter")
        self.gap_button = Button("Gap…", "small", keys="Ctrl+G")
        self._lay_out()
        self.kind.set_value("f")
        self.text.textChanged.connect(self._read_kind)
        self.text.saved.connect(self.save)
        self.text.gap_wished.connect(self.wish_gap)
        self.text.left.connect(self.left)
        self.text.entered.connect(self._tools.show)
        self.save_button.clicked.connect(self.save)
        self.gap_button.clicked.connect(self.wish_gap)

    @property
    def words(self) -> str:
        """What is written, without the sign that says its kind."""
        text = self.text.toPlainText().strip()
        return text[1:].strip() if text[:1] in ("+", "-") else text

    @property
    def kind_value(self) -> NoteKind:
        """Which kind it is."""
        return next((kind for key, _, kind in _KINDS if key == self.kind.value()), NoteKind.FACT)

    @property
    def rating_value(self) -> str:
        """P, S, M, U or nothing."""
        return self.rating.value().upper()

    def show_about(self, clock: str, inject: str) -> None:
        """The stamp that a note would get now."""
        words = self._told or f"at {clock}" + (f", on {inject}" if inject else "")
        if self.about.text() != words:
            self.about.setText(words)

    def say(self, words: str) -> None:
        """What was done, until something is typed."""
        self._told = f"✓ {words}"
        self.about.setText(self._told)

    def set_low(self, is_low: bool) -> None:
        """With little room its kinds and buttons come with the keyboard."""
        self._is_low = is_low
        self._tools.setHidden(is_low and not self.text.toPlainText() and not self.text.hasFocus())

    def begin(self, words: str = "") -> None:
        """Typing begins."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if words and not self.text.toPlainText():
            self.text.insertPlainText(words)

    def save(self) -> None:
        """The note is as it shall be kept."""
        if self.words:
            self.saved.emit(self.words, str(self.kind_value), self.rating_value)
        else:
            self.begin()

    def wish_gap(self) -> None:
        """It shows a gap."""
        if self.words:
            self.gap_wished.emit()
        else:
            self.begin()

    def send(self) -> None:
        """It is on its way: the box is free, and gets its words back should it be refused."""
        self._sent, self._beats = self.text.toPlainText(), _TRAVELS_BEATS
        self.clear_note()

    def take_refusal(self) -> None:
        """What was on its way could not be saved: the words come back, before those typed since."""
        sent, self._sent = self._sent, ""
        since = self.text.toPlainText()
        if sent:
            self.text.setPlainText(f"{sent}\n{since}" if since else sent)

    def arrived(self) -> None:
        """Another beat without a refusal: the one that was under way may have been older than the note."""
        self._beats -= 1
        if self._beats <= 0:
            self._sent = ""

    def clear_note(self) -> None:
        """Nothing is written any more."""
        self.text.clear()
        self._tools.setHidden(self._is_low)
        self.kind.set_value("f")
        self.rating.set_value("")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * _LINES + _ROUND_TEXT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if with_control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif with_control and event.key() == Qt.Key.Key_G:
            self.wish_gap()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _read_kind(self) -> None:
        if self.text.toPlainText():
            self._told = ""
        found = _SIGNS.get(self.text.toPlainText().lstrip()[:1])
        if found and self.kind.value() == "f":
            self.kind.set_value(found)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.head)
        head.addWidget(self.about, 1)
        rows = FlowLayout(self._tools, spacing=6)
        for widget in (self.kind, self.rating, self.gap_button, self.save_button):
            rows.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self._tools)
        self.save_button.setAccessibleName("Save the note")
        self.gap_button.setAccessibleName("Save the note as a gap")
        for button in (self.save_button, self.gap_button, *self.findChildren(QPushButton)):
            button.setProperty("fit", "tight")
        for key, _, kind in _KINDS:
            self.kind.button(key).setToolTip(f"{kind.value.capitalize()}: letter {key.upper()} while here")
