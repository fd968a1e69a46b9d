"""The timeline: who did what and when, newest first, under the date of each day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QButtonGroup, QFrame, QTextEdit, QVBoxLayout, QWidget

from desktop.domain.timeline import TimelineEvent
from desktop.ui.escalation.history import Show, details, is_alarm, is_shown, sentence
from desktop.ui.kit.button import Button
from desktop.ui.kit.chip import Chip
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.text import counted, day, one_line, short_number
from desktop.ui.theme import Theme

_PAGE = 60
#: More entries of alarms than these are put away until they are wanted.
_FEW_ALARMS = 3
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

    def set_events(self, events: Sequence[TimelineEvent], now: datetime, numbers: Mapping[int, str]) -> None:
        """Write these, newest first; those of the escalations in `numbers` with their number in front."""
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
            number = short_number(numbers.get(event.escalation_id or 0, ""), now.astimezone().year)
            writer.write_event(event, f"{local:%H:%M}", number)
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

    def write_event(self, event: TimelineEvent, time: str, number: str) -> None:
        """One event: its time at the left, everything else beside it, led by the number it came with."""
        self._block(top=5, hang=True)
        self._cursor.insertText(f"{time}\t", self._time)
        if number:
            self._cursor.insertText(f"{number}  ", self._time)
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
    """The timeline with its filter; older events, and alarms where they are many, on demand."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._events: tuple[TimelineEvent, ...] = ()
        self._numbers: Mapping[int, str] = {}
        self._now: datetime | None = None
        self._shown = _PAGE
        self._with_alarms = False
        self._filter = ShowChips(theme)
        self._filter.chosen.connect(self._filtered)
        self._text = TimelineText(theme)
        self._text.setAccessibleName("Events, newest first")
        self._empty = Label("", "secondary", wrap=True)
        self._alarms = Button("", "link")
        self._alarms.clicked.connect(self._show_alarms)
        self._older = Button("", "link")
        self._older.clicked.connect(self._show_older)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._filter)
        column.addWidget(self._alarms, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._empty)
        column.addWidget(self._text)
        column.addWidget(self._older, 0, Qt.AlignmentFlag.AlignLeft)
        theme.theme_changed.connect(self._write)

    def set_events(
        self,
        events: Sequence[TimelineEvent],
        now: datetime,
        *,
        is_same: bool,
        numbers: Mapping[int, str] | None = None,
    ) -> None:
        """Show an escalation's events, given oldest first; `is_same`: it is the one shown already.

        `numbers` are of the escalations that were merged into it: their events have it in front.
        """
        if is_same and tuple(events) == self._events:
            return
        if not is_same:
            self._shown = _PAGE
            self._with_alarms = False
        self._events, self._numbers, self._now = tuple(events), numbers or {}, now
        self._write()

    def text(self) -> str:
        """What is written now."""
        return self._text.toPlainText()

    @property
    def filter(self) -> "ShowChips":
        """What is chosen to be seen."""
        return self._filter

    def _filtered(self) -> None:
        self._shown = _PAGE
        self._write()

    def _show_alarms(self) -> None:
        self._with_alarms = True
        self._text.setFocus()
        self._write()

    def _show_older(self) -> None:
        self._shown += 4 * _PAGE
        self._write()

    def _write(self) -> None:
        if self._now is None:
            return
        show = self._filter.value()
        wanted = [event for event in reversed(self._events) if is_shown(event, show)]
        alarms = sum(map(is_alarm, wanted)) if show is Show.ALL and not self._with_alarms else 0
        is_hiding = alarms > _FEW_ALARMS
        if is_hiding:
            wanted = [event for event in wanted if not is_alarm(event)]
        self._alarms.set_text(f"{counted(alarms, 'alarm entry', 'alarm entries')} hidden · Show")
        self._alarms.setVisible(is_hiding)
        self._text.set_events(wanted[: self._shown], self._now, self._numbers)
        self._text.setVisible(bool(wanted))
        self._empty.setText(_NOTHING[show])
        self._empty.setVisible(not wanted and not is_hiding)
        hidden = max(len(wanted) - self._shown, 0)
        self._older.set_text(f"Show {counted(hidden, 'older event')}")
        self._older.setVisible(hidden > 0)


_NOTHING = {
    Show.ALL: "Nothing has happened yet.",
    Show.STATUS: "Nothing of it has changed yet.",
    Show.NOTES: "No notes or messages yet. On the board, C adds a note and U records a customer update.",
    Show.ALARMS: "No alarms so far.",
}


class ShowChips(QWidget):
    """Which events are wanted, one kind at a time.

    Signals:
        chosen: by the person.
    """

    chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Timeline shows")
        self._group = QButtonGroup(self)
        self._chips: dict[Show, Chip] = {}
        row = FlowLayout(spacing=6)
        for show, words in _CHIPS:
            chip = self._chips[show] = Chip(words, theme)
            chip.setAccessibleName(f"Timeline: {words}")
            self._group.addButton(chip)
            row.addWidget(chip)
        self._chips[Show.ALL].setChecked(True)
        self._group.buttonClicked.connect(self._tell)
        self.setLayout(row)

    def value(self) -> Show:
        """What is wanted."""
        return next(show for show, chip in self._chips.items() if chip.isChecked())

    def chip(self, show: Show) -> Chip:
        """One of them."""
        return self._chips[show]

    def _tell(self) -> None:
        self.chosen.emit()


_CHIPS = (
    (Show.ALL, "All"),
    (Show.STATUS, "Status"),
    (Show.NOTES, "Notes and messages"),
    (Show.ALARMS, "Alarms"),
)
