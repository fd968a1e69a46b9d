"""The timeline: who did what and when, newest first, under the date of each day."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from desktop.domain.timeline import TimelineEvent
from desktop.ui.escalation.history import Show, details, is_shown, sentence
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.segments import Segments
from desktop.ui.text import counted, day, one_line
from desktop.ui.theme import Theme

_PAGE = 60
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class TimelineText(QTextEdit):
    """Events as text that can be read with the keyboard, selected and copied; as high as it needs to be."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.setProperty("part", "timeline")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def set_events(self, events: Sequence[TimelineEvent], now: datetime) -> None:
        """Write these, newest first."""
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        writer = _Writer(cursor, self._theme)
        last: date | None = None
        for event in events:
            local = event.at.astimezone()
            if local.date() != last:
                last = local.date()
                writer.write_day(day_words(local, now))
            writer.write_event(event, f"{local:%H:%M}")
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _fit(self, size: QSizeF) -> None:
        self.setFixedHeight(max(round(size.height()) + 12, 24))


class _Writer:
    """Writes plain text in a few looks; nothing of it is ever taken for markup."""

    def __init__(self, cursor: QTextCursor, theme: Theme) -> None:
        self._cursor = cursor
        self._is_first = True
        self._indent = theme.font("small").pointSizeF() * 4.2
        self._heading = _look(theme, "small_strong", "text.secondary")
        self._time = _look(theme, "small", "text.secondary")
        self._actor = _look(theme, "strong", "text.primary")
        self._body = _look(theme, "body", "text.primary")
        self._detail = _look(theme, "small", "text.secondary")

    def write_day(self, words: str) -> None:
        """The heading of a day."""
        self._block(top=2 if self._is_first else 10)
        self._cursor.insertText(words, self._heading)

    def write_event(self, event: TimelineEvent, time: str) -> None:
        """One event: its time at the left, everything else beside it."""
        self._block(top=5, hang=True)
        self._cursor.insertText(f"{time}\t", self._time)
        self._cursor.insertText(one_line(event.actor[:200]) or "Somebody", self._actor)
        self._cursor.insertText(f" {sentence(event)}", self._body)
        for line in details(event):
            self._block(top=1, inset=True)
            self._cursor.insertText(line, self._detail)

    def _block(self, *, top: int, hang: bool = False, inset: bool = False) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(top)
        if hang or inset:
            form.setLeftMargin(self._indent)
        if hang:
            form.setTextIndent(-self._indent)
            form.setTabPositions([QTextOption.Tab(self._indent, QTextOption.TabType.LeftTab)])
        if self._is_first:
            self._cursor.setBlockFormat(form)
            self._is_first = False
        else:
            self._cursor.insertBlock(form)


def _look(theme: Theme, role: str, token: str) -> QTextCharFormat:
    form = QTextCharFormat()
    font = QFont(theme.font(role))
    form.setFont(font)
    form.setForeground(theme.colour(token))
    return form


def day_words(local: datetime, now: datetime) -> str:
    """The heading of a day: "Today, Mon 23 Nov 2026", with the zone of the times below it."""
    today = now.astimezone().date()
    near = {0: "Today, ", -1: "Yesterday, "}.get((local.date() - today).days, "")
    weekday = _WEEKDAYS[local.weekday()]
    return f"{near}{weekday} {day(local)} {local.year} ({local:%Z})"


class Timeline(QWidget):
    """The timeline with its filter; older events on demand."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._events: tuple[TimelineEvent, ...] = ()
        self._now: datetime | None = None
        self._shown = _PAGE
        self._filter = Segments(
            ((Show.ALL, "All"), (Show.STATUS, "Status changes"), (Show.NOTES, "Notes")), "Timeline shows"
        )
        self._filter.set_value(Show.ALL)
        self._filter.chosen.connect(self._filtered)
        self._text = TimelineText(theme)
        self._text.setAccessibleName("Events, newest first")
        self._empty = Label("", "secondary", wrap=True)
        self._older = Button("", "link")
        self._older.clicked.connect(self._show_older)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._filter)
        column.addWidget(self._empty)
        column.addWidget(self._text)
        row = QHBoxLayout()
        row.addWidget(self._older)
        row.addStretch(1)
        column.addLayout(row)
        theme.theme_changed.connect(self._write)

    def set_events(self, events: Sequence[TimelineEvent], now: datetime, *, is_same: bool) -> None:
        """Show an escalation's events, given oldest first; `is_same`: it is the one shown already."""
        if is_same and tuple(events) == self._events:
            return
        if not is_same:
            self._shown = _PAGE
        self._events, self._now = tuple(events), now
        self._write()

    def text(self) -> str:
        """What is written now."""
        return self._text.toPlainText()

    def _filtered(self) -> None:
        self._shown = _PAGE
        self._write()

    def _show_older(self) -> None:
        self._shown += 4 * _PAGE
        self._write()

    def _write(self) -> None:
        if self._now is None:
            return
        show = Show(self._filter.value() or Show.ALL)
        wanted = [event for event in reversed(self._events) if is_shown(event, show)]
        self._text.set_events(wanted[: self._shown], self._now)
        self._text.setVisible(bool(wanted))
        self._empty.setText(
            "No notes yet. Press C to add one." if show is Show.NOTES else "Nothing has happened yet."
        )
        self._empty.setVisible(not wanted)
        hidden = max(len(wanted) - self._shown, 0)
        self._older.set_text(f"Show {counted(hidden, 'older event')}")
        self._older.setVisible(hidden > 0)
