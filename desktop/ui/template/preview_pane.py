"""What a template becomes: with a real escalation, with one of which nothing is known, with a hostile one."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from desktop.domain.merge_field import FIELDS
from desktop.domain.template import WITH_SUBJECT, Place
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.long_text import LongText, with_breaks
from desktop.ui.kit.segments import Segments
from desktop.ui.template.field_text import units
from desktop.ui.template.ports import EMPTY, HOSTILE, REAL, Preview
from desktop.ui.text import listed
from desktop.ui.theme import Theme

_NEWEST = 0
_MOST_NAMED = 6
_MISSING = re.compile(r"\[(?:still to write|no such field): [^\]\n]*\]")
_UNREADABLE = "The text cannot be read as it stands: below it stands why. This is how it was before."
_NOTES = {
    EMPTY: "Nothing is known: each field follows its rule for that.",
    HOSTILE: "Every field tries to be more than text. None of it may be carried out.",
}


class PreviewPane(QFrame):
    """The message as it would leave the desk, live.

    Signals:
        changed: it is to be filled with something else.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "details")
        self._theme = theme
        self._preview: Preview | None = None
        self.kind = Segments(
            ((REAL, "Real"), (EMPTY, "Empty"), (HOSTILE, "Hostile")), "Fill the preview with", even=False
        )
        self.kind.set_value(REAL)
        self.escalation = Choice("Escalation of the preview", least=12)
        self.note = Label("", "secondary", wrap=True)
        self.subject = ElidedLabel("", "strong")
        self.text = LongText()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Preview")
        self.text.setMinimumHeight(120)
        self.text.setMaximumHeight(16_777_215)
        self.length = Label("", "secondary")
        self.waits = Label("", "warning", wrap=True)
        self._lay_out()
        self.kind.chosen.connect(self._choose)
        self.escalation.activated.connect(self._choose)
        theme.theme_changed.connect(self._mark)

    @property
    def escalation_id(self) -> int:
        """Which escalation fills it; 0 for the newest."""
        value = self.escalation.value()
        return value if isinstance(value, int) else _NEWEST

    def offer(self, escalations: Sequence[tuple[int, str]]) -> None:
        """Escalations it can be filled with."""
        self.escalation.offer([(escalation_id, words[:80]) for escalation_id, words in escalations])
        self._show_choice()

    def show_preview(self, preview: Preview, place: Place) -> None:
        """What a text becomes."""
        if preview.rendered is None:  # what was to be seen before stays
            self.note.setText(_UNREADABLE)
            self.note.show()
            return
        self._preview, rendered = preview, preview.rendered
        self.subject.setText(rendered.subject)
        self.subject.setVisible(place.medium in WITH_SUBJECT)
        body = with_breaks(rendered.body)
        if body != self.text.toPlainText():
            at = self.text.verticalScrollBar().value()
            self.text.setPlainText(rendered.body)
            self.text.verticalScrollBar().setValue(at)
        self._mark()
        self.note.setText(preview.about or _NOTES.get(self.kind.value(), ""))
        self.note.setVisible(bool(self.note.text()))
        length = preview.length
        self.length.setText(f"{length.words}{', too long' if length.is_over else ''}")
        self.length.set_role("danger" if length.is_over else "secondary")
        missing = [FIELDS[name].label.lower() for name in rendered.missing if name in FIELDS]
        more = len(missing) - _MOST_NAMED
        named = [*missing[:_MOST_NAMED], f"{more} more"] if more > 0 else missing
        self.waits.setText(f"It would wait for: {listed(named)}." if missing else "")
        self.waits.setVisible(bool(missing))

    def _choose(self, _what: object) -> None:
        self._show_choice()
        self.changed.emit()

    def _show_choice(self) -> None:
        self.escalation.setVisible(self.kind.value() == REAL and self.escalation.count() > 0)

    def _mark(self) -> None:
        """Values stand out from the words of the template, and what is missing from them."""
        if self._preview is None or self._preview.rendered is None:
            return
        text = self.text.toPlainText()
        value, gap = QTextCharFormat(), QTextCharFormat()
        value.setBackground(self._theme.colour("primary.tint"))
        gap.setBackground(self._theme.colour("surface.warning"))
        rendered = self._preview.rendered
        is_whole = len(text) == len(rendered.body)  # lines that are too long were broken
        spans = [(begin, end, value) for _, begin, end in rendered.spans] if is_whole else []
        spans += [(*found.span(), gap) for found in _MISSING.finditer(text)]
        marks = []
        for begin, end, look in spans:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.text.document())
            mark.cursor.setPosition(units(text, begin))
            mark.cursor.setPosition(units(text, end), QTextCursor.MoveMode.KeepAnchor)
            mark.format = look
            marks.append(mark)
        self.text.setExtraSelections(marks)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label("Preview", "strong"))
        head.addWidget(self.kind)
        head.addStretch(1)
        head.addWidget(self.length)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.escalation)
        column.addWidget(self.note)
        column.addWidget(self.subject)
        column.addWidget(self.text, 1)
        column.addWidget(self.waits)
        for hidden in (self.note, self.subject, self.waits, self.escalation):
            hidden.hide()
