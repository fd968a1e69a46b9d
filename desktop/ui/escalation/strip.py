"""The strip that explains a deadline, painted; below it the same in words and, if wanted, as a table."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.commitment import Commitment
from desktop.domain.commitment_strip import Segment, What
from desktop.domain.instant import span_us
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.marks import slanted
from desktop.ui.text import duration, moment
from desktop.ui.theme import Theme

#: What a stretch is called, its colour, and whether it is hatched: read in greyscale by shape and order.
_LOOKS: dict[What, tuple[str, str, bool]] = {
    What.RUNNING: ("Running", "primary.bar", False),
    What.PAUSED: ("Paused", "line.control", True),
    What.CLOSED: ("Closed", "chip.track", False),
    What.HOLIDAY: ("Holiday", "line.normal", True),
    What.BREAK: ("Break", "chip.track", True),
    What.OVER: ("Past the deadline", "breached.accent", False),
}
_MOST_LINES = 60
_LEAST_PX = 2


class Line(NamedTuple):
    """One line of the legend: what kind of stretch, why, and how long together."""

    what: What
    why: str
    length: timedelta
    times: int

    @property
    def words(self) -> str:
        """The line as it is read."""
        name = _LOOKS[self.what][0]
        said = f": {self.why}" if self.why and self.what is What.PAUSED else ""
        times = f", {self.times} times" if self.times > 1 and self.what is not What.RUNNING else ""
        return f"{name} {duration(span_us(self.length))}{times}{said}"


def legend(segments: Sequence[Segment]) -> list[Line]:
    """The stretches added up by what they were, in the order in which they first come."""
    lines: dict[tuple[What, str], Line] = {}
    for segment in segments:
        key = (segment.what, segment.why if segment.what is What.PAUSED else "")
        line = lines.get(key, Line(segment.what, segment.why, timedelta(), 0))
        lines[key] = Line(line.what, line.why, line.length + (segment.end - segment.start), line.times + 1)
    return list(lines.values())


def summary(commitment: Commitment, now: datetime) -> str:
    """Start, target and deadline in one sentence."""
    due = commitment.due_if_resumed(now)
    hours = "" if commitment.calendar.is_always else " of opening hours"
    said = f"{duration(span_us(commitment.target))}{hours} from {moment(commitment.started_at, now)}"
    if commitment.is_paused(now):
        return f"{said}; {moment(due, now)} if it were resumed now"
    return f"{said} is {moment(due, now)}"


class StripBar(QWidget):
    """The stretches from start to deadline side by side, as long as they last."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._segments: tuple[Segment, ...] = ()
        self._now: datetime | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self.update)

    def set_segments(self, segments: Sequence[Segment], now: datetime) -> None:
        """Show these; a mark stands at `now`."""
        self._segments = tuple(segments)
        self._now = now
        self.setAccessibleName("; ".join(line.words for line in legend(segments)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, round(22 * self._theme.text_scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._segments:
            return
        painter = QPainter(self)
        first, last = self._segments[0].start, self._segments[-1].end
        whole = max((last - first).total_seconds(), 1.0)
        box = QRectF(self.rect()).adjusted(0.5, 4.5, -0.5, -4.5)
        for segment in self._segments:
            left = box.left() + box.width() * ((segment.start - first).total_seconds() / whole)
            width = box.width() * ((segment.end - segment.start).total_seconds() / whole)
            part = QRectF(left, box.top(), max(width, _LEAST_PX), box.height()) & box
            paint_stretch(painter, part, segment.what, self._theme)
        painter.setPen(QPen(self._theme.colour("line.control"), self._theme.number("line.width")))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        if self._now is not None and first <= self._now <= last:
            x = box.left() + box.width() * ((self._now - first).total_seconds() / whole)
            painter.setPen(QPen(self._theme.colour("text.primary"), 2))
            painter.drawLine(round(x), 1, round(x), self.height() - 1)


def paint_stretch(painter: QPainter, box: QRectF, what: What, theme: Theme) -> None:
    """Fill a box as a stretch of that kind."""
    _, token, is_hatched = _LOOKS[what]
    colour = theme.colour(token)
    painter.fillRect(box, theme.colour("surface.panel") if is_hatched else colour)
    if is_hatched:
        painter.fillRect(box, slanted(QColor(theme.colour("text.secondary"))))


class _Swatch(QWidget):
    """The colour of a kind of stretch, before its words."""

    def __init__(self, theme: Theme, what: What, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._what = what
        self.setFixedSize(14, 14)
        theme.theme_changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5)
        paint_stretch(painter, box, self._what, self._theme)
        painter.setPen(self._theme.colour("line.control"))
        painter.drawRect(box)


class DeadlineStrip(QWidget):
    """Why a deadline is when it is: a sentence, the strip, its legend with sums, every stretch on demand."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._segments: tuple[Segment, ...] = ()
        self._now: datetime | None = None
        self._title = Label("", "strong", wrap=True)
        self._sentence = Label("", "hint", wrap=True)
        self._bar = StripBar(theme)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(8)
        self._lines.setVerticalSpacing(2)
        self._lines.setColumnStretch(1, 1)
        self._more = Button("Show every stretch", "link")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._show_table)
        self._table = Label("", "small", wrap=True)
        self._table.let_select()
        self._table.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        for part in (self._title, self._sentence, self._bar):
            column.addWidget(part)
        column.addLayout(self._lines)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._table)

    def show_commitment(self, title: str, commitment: Commitment, now: datetime) -> None:
        """Explain the deadline of a commitment as it stands at `now`."""
        self._segments, self._now = commitment.segments(now), now
        self._title.setText(title)
        self._sentence.setText(summary(commitment, now))
        self._bar.set_segments(self._segments, now)
        self._fill_legend()
        self._show_table(self._more.isChecked())

    def words(self) -> list[str]:
        """The legend as it is read."""
        return [line.words for line in legend(self._segments)]

    def _fill_legend(self) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for row, line in enumerate(legend(self._segments)):
            self._lines.addWidget(_Swatch(self._theme, line.what), row, 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(Label(line.words, "small", wrap=True), row, 1)

    def _show_table(self, is_wanted: bool) -> None:
        self._more.set_text("Hide the stretches" if is_wanted else "Show every stretch")
        self._table.setVisible(is_wanted)
        if is_wanted and self._now is not None:
            self._table.setText(table_text(self._segments, self._now))


def table_text(segments: Sequence[Segment], now: datetime) -> str:
    """Each stretch on a line of its own: from, to, what, and what of it counted."""
    lines = [
        f"{moment(s.start, now)} – {moment(s.end, now)}  {_LOOKS[s.what][0].lower()}"
        + (f", counted {duration(span_us(s.counted))}" if s.counted else "")
        for s in segments[:_MOST_LINES]
    ]
    left_out = len(segments) - len(lines)
    return "\n".join(lines + ([f"and {left_out} more"] if left_out else []))
