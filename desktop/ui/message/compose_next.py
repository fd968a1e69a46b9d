"""When the next update comes: an absolute time in the zone of those who read it."""

from datetime import datetime, timedelta

from PySide6.QtCore import QDateTime, QTimeZone, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDateTimeEdit, QVBoxLayout, QWidget

from desktop.domain.message import FINAL_STAGES
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.message import compose_words as words
from desktop.ui.message.ports import Writing
from desktop.ui.text import duration

_ROUND = timedelta(minutes=5)
_TIMES = (1, 2, 4)
_USUAL = timedelta(hours=1)
_DAY = timedelta(days=1)


def quick_choices(cadence: timedelta | None) -> tuple[timedelta, ...]:
    """How long until the next update, from how often they are to hear something: once, twice, four times."""
    base = cadence or _USUAL
    spans = [base * times for times in _TIMES]
    if base < _DAY:
        spans = [span for span in spans if span < _DAY] + [_DAY]
    return tuple(dict.fromkeys(spans))


def rounded_up(at: datetime) -> datetime:
    """The next full five minutes: nobody promises 14:37."""
    over = timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)
    return at if not over else at - over + _ROUND


class _TimeField(QDateTimeEdit):
    """A time on the reader's clock; Tab leaves it, Left and Right go from part to part."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        return QWidget.focusNextPrevChild(self, forward)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class NextUpdate(QWidget):
    """Shows and sets it; after a final stage nothing more is promised.

    Signals:
        chosen: (datetime) by the person.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = ""
        self._now: datetime | None = None
        self._is_own = False
        self.said = Label("", wrap=True)
        self.field = _TimeField()
        # The clock of the reader's zone, which Qt need not know: as if it were UTC, without gaps.
        self.field.setTimeZone(QTimeZone.utc())
        self.field.setCalendarPopup(True)
        self.field.setDisplayFormat("ddd d MMM HH:mm")
        self.field.setAccessibleName("Next update")
        self._quick = QWidget()
        self._line = FlowLayout(self._quick)
        self._spans: tuple[timedelta, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.said, self.field, self._quick):
            column.addWidget(widget)
        self.field.dateTimeChanged.connect(self._tell)

    def show_writing(self, writing: Writing, now: datetime, *, keep: bool) -> None:
        """Show what is promised; `keep` what is being typed."""
        self._zone, self._now = writing.zone, now
        is_final = writing.stage in FINAL_STAGES
        for widget in (self.field, self._quick):
            widget.setVisible(not is_final)
        if is_final:
            self.said.set_role("body")
            self.said.setText("No further update is promised at this stage.")
            return
        self._offer(quick_choices(writing.cadence))
        at = writing.next_update_at
        if at is not None and not keep:
            self._set(at)
        self._say(self.value() if keep else at)

    def value(self) -> datetime:
        """What the field says, aware."""
        day, time = self.field.date(), self.field.time()
        local = datetime(day.year(), day.month(), day.day(), time.hour(), time.minute())  # noqa: DTZ001 below
        zone = words.zone_of(self._zone)
        return local.replace(tzinfo=zone) if zone is not None else local.astimezone()

    def _set(self, at: datetime) -> None:
        local = at.astimezone(words.zone_of(self._zone)).replace(tzinfo=None, second=0, microsecond=0)
        self._is_own = True
        parts = (local.year, local.month, local.day, local.hour, local.minute, 0)
        self.field.setDateTime(QDateTime(*parts, 0, QTimeZone.utc()))
        self._is_own = False

    def _say(self, at: datetime | None) -> None:
        now = self._now
        if at is None or now is None:
            self.said.set_role("danger_small")
            self.said.setText("Say when the next update comes.")
            return
        is_past = at <= now
        self.said.set_role("danger_small" if is_past else "body")
        told = words.absolute(at, now, self._zone)
        self.said.setText(f"{told} is over already." if is_past else f"By {told}")

    def _offer(self, spans: tuple[timedelta, ...]) -> None:
        if spans == self._spans:
            return
        self._spans = spans
        while (item := self._line.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for at, span in enumerate(spans):
            said = "in a day" if span == _DAY else f"in {duration(round(span.total_seconds()) * 1_000_000)}"
            button = Button(said, "small")
            button.setAccessibleName(f"Next update {said}")
            button.setObjectName(str(at))
            button.clicked.connect(self._take)
            self._line.addWidget(button)

    def _take(self) -> None:
        if self._now is not None:
            at = rounded_up(self._now + self._spans[int(self.sender().objectName())])
            self._set(at)
            self._tell()

    def _tell(self) -> None:
        if not self._is_own:
            at = self.value()
            self._say(at)
            self.chosen.emit(at)
