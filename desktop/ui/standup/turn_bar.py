"""Whose turn it is, and how long it has lasted, for a room."""

from datetime import datetime, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.standup import StandupView
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.standup import words
from desktop.ui.text import counted
from desktop.ui.theme import Theme


class TurnMeter(QWidget):
    """How much of a turn is over; past its end it is full and marked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share = 0.0
        self.setAccessibleName("Time of this turn")
        theme.theme_changed.connect(self.update)

    def set_share(self, share: float, said: str) -> None:
        """1.0 is the end of the turn."""
        self._share = share
        self.setAccessibleDescription(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(0, (self.height() - 8) / 2, self.width(), 8)
        painter.setBrush(self._theme.colour("chip.track"))
        painter.drawRoundedRect(box, 4, 4)
        box.setWidth(box.width() * min(max(self._share, 0.0), 1.0))
        painter.setBrush(self._theme.colour("text.danger" if self._share >= 1 else "primary.bar"))
        painter.drawRoundedRect(box, 4, 4)


class TurnBar(QFrame):
    """The owner, the timer, and the ways to the owners before and after.

    Signals:
        turned: (int) to the one before (-1) or after (1).
        paused: the timer is to stop, or to go on.
    """

    turned = Signal(int)
    paused = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "filters")
        self._theme = theme
        self.name = ElidedLabel("", "display")
        self.place = Label("", "title")
        self.timer = Label("", "display")
        self.timer.setAccessibleName("Timer")
        self.of = Label("", "secondary")
        self.meter = TurnMeter(theme)
        self.span = Label("", "secondary", wrap=True)
        self.back = Button("Previous", keys="←")
        self.next = Button("Next", "primary", keys="→")
        self.pause = Button("Start the timer", keys="Space")
        first = QHBoxLayout()
        first.setSpacing(14)
        first.addWidget(self.name, 1)
        first.addWidget(self.place)
        first.addSpacing(20)
        first.addWidget(self.timer)
        first.addWidget(self.of, 0, Qt.AlignmentFlag.AlignBottom)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.span, 1)
        for button in (self.pause, self.back, self.next):
            second.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(6)
        column.addLayout(first)
        column.addWidget(self.meter)
        column.addLayout(second)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.pause.clicked.connect(self.paused)

    def show_turn(self, view: StandupView, at: int, now: datetime) -> None:
        """The owner in that place, and the time they have had."""
        owner = view.owners[at]
        running = view.running
        is_running = running is not None and running.owner_id == owner.owner_id
        span = words.spent(view, owner.owner_id, now)
        self.name.setText(owner.name if owner.owner_id is not None else "Nobody owns these")
        self.place.setText(f"{at + 1} of {len(view.owners)}")
        self.timer.setText(words.timer_words(span))
        self.timer.set_role("display")
        over = span - view.turn
        is_over = over > timedelta()
        self.of.setText(f"over by {words.timer_words(over)}" if is_over else f"of {_minutes(view.turn)}")
        self.of.set_role("danger" if is_over else "secondary")
        said = f"{words.timer_words(span)} of {words.timer_words(view.turn)}"
        self.meter.set_share(span / view.turn, said)
        self.span.setText(words.span_words(view, now))
        self.pause.set_text("Stop the timer" if is_running else "Start the timer")
        self.back.setEnabled(at > 0)
        self.next.set_text("Next" if at + 1 < len(view.owners) else "End the stand-up")

    def _go_back(self) -> None:
        self.turned.emit(-1)

    def _go_on(self) -> None:
        self.turned.emit(1)


def _minutes(span: timedelta) -> str:
    minutes = span / timedelta(minutes=1)
    return counted(int(minutes), "minute") if minutes == int(minutes) else words.timer_words(span)
