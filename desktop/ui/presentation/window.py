"""The window of the presentation: how it stands at the top, cards, and a thin bar that says how to leave."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.board import BREACHED, FRESH
from desktop.domain.board_rows import BoardRows
from desktop.ui.board.lane import draw_swatch
from desktop.ui.board.look import BoardLook
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.presentation.cards import RoomCards
from desktop.ui.text import STEP_WORDS, counted
from desktop.ui.theme import Theme

_PAD = 14


class StepLine(QWidget):
    """How many cards are in each step, worst first; the mildest are left out where there is no room."""

    def __init__(self, rows: BoardRows, look: BoardLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._look = look
        self._counts: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def refresh(self) -> None:
        """Other figures."""
        if self._rows.counts.steps != self._counts:
            self._counts = self._rows.counts.steps
            self.setAccessibleName(", ".join(f"{n:,} {word.lower()}" for n, word, _ in self._parts()))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, round(QFontMetrics(self._look.theme.font("strong")).height() * 1.5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(self._look.theme.font("strong"))
        size = metrics.capHeight()
        base = (self.height() + size) / 2
        left = float(_PAD)
        painter.setFont(self._look.theme.font("strong"))
        for count, word, step in self._parts():
            text = f"{count:,} {word.lower()}"
            width = metrics.horizontalAdvance(text)
            if left + size + 8 + width > self.width():
                break
            draw_swatch(painter, self._look, QRectF(left, base - size, size, size), step)
            painter.setPen(self._look.theme.colour("text.primary"))
            painter.drawText(int(left + size + 8), int(base), text)
            left += size + 8 + width + metrics.height()

    def _parts(self) -> list[tuple[int, str, int]]:
        steps = range(BREACHED, FRESH - 1, -1)
        return [(self._counts[step], STEP_WORDS[step], step) for step in steps if self._counts[step]]


class RoomBar(QFrame):
    """One thin line: which cards these are, what waits until the end, and the way out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "filters")
        self.place = Label("", "strong")
        self.hidden = Label("", "danger")
        self.held = ElidedLabel("", "secondary")
        self.held.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.back = Button("Back", "quiet")
        self.back.setAccessibleName("Previous cards")
        self.next = Button("Next", "quiet")
        self.next.setAccessibleName("Next cards")
        self.leave = Button("Leave", keys="Esc or F11")
        self.leave.setAccessibleName("Leave the presentation")
        row = QHBoxLayout(self)
        row.setContentsMargins(_PAD, 3, _PAD, 3)
        row.setSpacing(10)
        for widget in (self.place, self.back, self.next, self.hidden):
            row.addWidget(widget)
        row.addWidget(self.held, 1)
        row.addWidget(self.leave)
        for button in (self.back, self.next, self.leave):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_place(self, first: int, last: int, total: int) -> None:
        """Which cards are in sight, and whether there are others."""
        self.place.setText(f"{first:,}–{last:,} of {total:,}" if total else "No cards")
        self.back.setEnabled(first > 1)
        self.next.setEnabled(last < total)
        for button in (self.back, self.next):
            button.setVisible(first > 1 or last < total)

    def show_hidden(self, rows: BoardRows) -> None:
        """What the filter of the board hides: a breach never in silence."""
        breached, hidden = rows.counts.hidden_breached, rows.counts.hidden
        self.hidden.setText(f"{breached:,} breached filtered out" if breached else f"{hidden:,} filtered out")
        self.hidden.setVisible(bool(hidden))

    def show_held(self, count: int) -> None:
        """How many notifications wait for the end."""
        self.held.setText(f"{counted(count, 'alarm')} held back" if count else "Alarms held back")


class RoomWindow(QWidget):
    """Light and large whatever the main window wears.

    Signals:
        leave_requested: back to the main window.
        open_requested: (int id) back there, with that escalation.
    """

    leave_requested = Signal()
    open_requested = Signal(int)

    def __init__(self, rows: BoardRows, theme: Theme, look: BoardLook, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("Escalation Desk: presentation")
        self.setProperty("part", "board")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows = rows
        self.steps = StepLine(rows, look)
        self.cards = RoomCards(rows, look)
        self.bar = RoomBar()
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.steps)
        column.addWidget(self.cards, 1)
        column.addWidget(self.bar)
        self.setPalette(theme.palette())
        # A sheet keeps the fonts of widgets from their window: it has to name the size itself.
        self.setStyleSheet(f"* {{ font-size: {theme.font().pointSizeF()}pt; }}\n{theme.style_sheet()}")
        self.cards.leave_requested.connect(self.leave_requested)
        self.cards.open_requested.connect(self.open_requested)
        self.cards.page_turned.connect(self._show_place)
        self.bar.leave.clicked.connect(self.leave_requested)
        self.bar.back.clicked.connect(self._turn_back)
        self.bar.next.clicked.connect(self._turn_on)
        self.cards.setFocus()

    def put_at_top(self, head: QWidget) -> None:
        """Show something above everything else."""
        self._column.insertWidget(0, head)

    def refresh(self) -> None:
        """Rows have changed, or time has passed."""
        self.steps.refresh()
        self.cards.refresh()
        self._show_place()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.leave_requested.emit()

    def _show_place(self) -> None:
        self.bar.show_place(*self.cards.place)
        self.bar.show_hidden(self._rows)

    def _turn_back(self) -> None:
        self.cards.turn(-1)

    def _turn_on(self) -> None:
        self.cards.turn(1)
