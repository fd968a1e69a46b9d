"""The briefing sheet of a drill, and the check that everybody who has a seat is there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.drill_record import Seat
from desktop.domain.drill_view import DrillView
from desktop.ui.drill.library_parts import bullets
from desktop.ui.drill.live import LiveDrill
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.text import clock_time

_RULES = (
    "Work as on a real day, in the windows you always use: what you do there is what counts.",
    "Nothing leaves this computer. Mails, pages and messages are caught and kept, and carry the mark.",
    "Say aloud what you decide and who may decide it, and write it down where you always do.",
    "Ask whoever runs the drill when the room is unclear, not when the case is.",
    "The clock in the window is the drill's. A pause stops it for everybody.",
)


class BriefingSheet(Card):
    """What is said to everybody before the clock runs: the rules, and the words that end it at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Say this to everybody", parent=parent)
        self.stop = Label("", "heading", wrap=True)
        self.stop.let_select()
        self.stop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self.stop)
        self.body.addWidget(bullets(_RULES))

    def show_phrase(self, phrase: str) -> None:
        """The words that end it."""
        self.stop.setText(f"Something real happens? Say “{phrase}”: the drill ends at once.")


class SeatTicks(QWidget):
    """Each seat with who sits there and a box for "here".

    Signals:
        ticked: (str role) somebody answered.
    """

    ticked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, CheckBox] = {}
        self._said: dict[str, Label] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def show_seats(self, seats: Sequence[Seat]) -> None:
        """These seats, as they stand."""
        if set(self.boxes) != {seat.role for seat in seats}:
            self._build(seats)
        for seat in seats:
            is_here = seat.checked_at is not None
            box = self.boxes[seat.role]
            box.setChecked(is_here or box.isChecked())
            box.setEnabled(not is_here)
            at = f"here since {clock_time(seat.checked_at)}" if seat.checked_at is not None else ""
            self._said[seat.role].setText(at)

    def _build(self, seats: Sequence[Seat]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes.clear()
        self._said.clear()
        for at, seat in enumerate(seats):
            box = CheckBox("Here")
            box.setObjectName(seat.role)
            box.setAccessibleName(f"{seat.name or seat.title} is here, as {seat.title}")
            box.clicked.connect(self._tick)
            said = Label("", "secondary")
            self.boxes[seat.role], self._said[seat.role] = box, said
            self._grid.addWidget(Label(seat.title, "strong"), at, 0)
            self._grid.addWidget(ElidedLabel(seat.name if seat.name != seat.title else "–"), at, 1)
            self._grid.addWidget(said, at, 2)
            self._grid.addWidget(box, at, 3)

    def _tick(self, is_on: bool) -> None:
        if is_on:
            self.ticked.emit(self.sender().objectName())


class BriefingPane(QWidget):
    """Stands where the console will be while the clock has not begun.

    Signals:
        start_requested: let the clock run.
        players_requested: show the players' window.
        cancel_requested: do not play it after all.
    """

    start_requested = Signal()
    players_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live: LiveDrill | None = None
        self.title = Label("", "title", wrap=True)
        self.missing = Label("", "secondary", wrap=True)
        self.sheet = BriefingSheet()
        self.seats = SeatTicks()
        self.start = Button("Start the clock", "primary", keys="Ctrl+Enter")
        self.players = Button("Show the players' window")
        self.cancel = Button("Cancel the drill")
        self._lay_out()
        self.start.clicked.connect(self.start_requested)
        self.players.clicked.connect(self.players_requested)
        self.cancel.clicked.connect(self.cancel_requested)
        self.seats.ticked.connect(self._tick)

    def show_drill(self, live: LiveDrill) -> None:
        """Brief for this one."""
        if self._live is not None and isValid(self._live):  # the drill before may be gone by now
            self._live.viewed.disconnect(self._show)
        self._live = live
        live.viewed.connect(self._show)
        if live.view is not None:
            self._show(live.view)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        boxes = [box for box in self.seats.boxes.values() if box.isEnabled()]
        first: QWidget = boxes[0] if boxes else self.start
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.start_requested.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, view: DrillView) -> None:
        self.title.setText(f"Briefing: {view.title}")
        self.sheet.show_phrase(view.stop_phrase)
        self.seats.show_seats(view.seats)
        missing = [seat.title for seat in view.seats if seat.checked_at is None]
        said = f"Not answered yet: {', '.join(missing)}." if missing else "Everybody is here."
        self.missing.setText(said)

    def _tick(self, role: str) -> None:
        if self._live is not None:
            self._live.do("check_seat", role)

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("part", "filters")
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 10, 16, 10)
        line.setSpacing(8)
        line.addWidget(self.title, 1)
        for button in (self.cancel, self.players, self.start):
            line.addWidget(button)
        check = Card("Seat check")
        check.body.addWidget(self.seats)
        check.body.addWidget(self.missing)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 20)
        column.setSpacing(12)
        for part in (check, self.sheet):
            column.addWidget(part)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(ScrollColumn(inner), 1)
