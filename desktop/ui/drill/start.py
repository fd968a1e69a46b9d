"""A drill before it begins: how it is played, by whom, with which deck; started by one key."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.drill_deck import deck
from desktop.domain.drill_record import RunMode
from desktop.domain.errors import DeskError
from desktop.ui.drill.briefing import BriefingSheet
from desktop.ui.drill.ports import StartSheet, StartWish
from desktop.ui.drill.start_seats import SeatFields
from desktop.ui.drill.words import MODES, length
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.segments import Segments
from desktop.ui.surroundings import Surroundings

_COUNTED, _PRACTICE = "counted", "practice"
_KINDS = ((_COUNTED, "Counts in trends"), (_PRACTICE, "Practice run"))
_LARGEST_SEED = 999_999


class StartPane(QWidget):
    """Filled in with what is likely; Ctrl+Enter starts it as it stands.

    Signals:
        wanted: (StartWish) begin it.
        left: the person does not want to.
    """

    wanted = Signal(object)
    left = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = around.clock
        self._sheet: StartSheet | None = None
        self.title = Label("", "title", wrap=True)
        self.about = Label("", "secondary", wrap=True)
        self.fault = Label("", "danger", wrap=True)
        self.mode = Segments([(mode.value, words) for mode, words, _ in MODES], "How it is played")
        self.team = Choice("Team", free=True)
        self.kind = Segments(_KINDS, "What it counts for")
        self.seed = QLineEdit()
        self.seed.setValidator(QIntValidator(0, _LARGEST_SEED, self))
        self.seed.setMaximumWidth(110)
        self.shuffle = Button("Shuffle anew")
        self.deck = Label("", "secondary", wrap=True)
        self.seats = SeatFields()
        self.seat_box = Card("Seats")
        self.missing = Label("", "secondary", wrap=True)
        self.sheet = BriefingSheet()
        self.start = Button("Start the drill", "primary", keys="Ctrl+Enter")
        self.brief = Button("Brief first")
        self.cancel = Button("Cancel", keys="Esc")
        self._lay_out()
        self._connect()

    def show_sheet(self, sheet: StartSheet, mode: RunMode) -> None:
        """Set up this one."""
        self._sheet = sheet
        scenario = sheet.scenario
        self.title.setText(f"Start “{scenario.filled(scenario.title)}”")
        self.about.setText(f"Version {sheet.version} · {length(scenario.pace.duration_s)}{_notice(sheet)}")
        self.mode.set_value(mode.value)
        self.kind.set_value(_PRACTICE if mode is RunMode.SOLO else _COUNTED)
        self.team.offer([(team, team) for team in sheet.teams])
        self.team.set_value(sheet.team)
        self.seed.setText(str(sheet.seed))
        self.seats.show_seats(scenario.roles, sheet.people, sheet.trainer)
        self.sheet.show_phrase(scenario.safety.stop_phrase)
        self.set_busy("")
        self.refuse(None)
        self._follow()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.mode.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self, *, goes_on: bool = True) -> None:
        """Begin it as it is filled in."""
        sheet = self._sheet
        if sheet is None or not self.start.isEnabled():
            return
        now, mode = self._clock.now(), self._mode()
        is_alone = mode is RunMode.SOLO
        self.wanted.emit(
            StartWish(
                slug=sheet.slug,
                version=sheet.version,
                mode=mode,
                practice=self.kind.value() == _PRACTICE,
                team=self.team.currentText().strip(),
                seed=int(self.seed.text() or 0),
                seats=self.seats.alone(sheet.trainer, now) if is_alone else self.seats.seats(now),
                goes_on=goes_on,
            )
        )

    def set_busy(self, words: str) -> None:
        """It is being made ready, as the words say; empty when it is not."""
        self.start.set_text(words or "Start the drill")
        for button in (self.start, self.brief):
            button.setEnabled(not words)

    def refuse(self, error: DeskError | None) -> None:
        """What is wrong; nothing that was filled in is lost."""
        self.fault.setText(str(error) if error is not None else "")
        self.fault.setVisible(error is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        elif event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _mode(self) -> RunMode:
        return RunMode(self.mode.value() or RunMode.TABLE.value)

    def _follow(self, *_what: object) -> None:
        mode = self._mode()
        is_alone = mode is RunMode.SOLO
        said = next(words for each, _, words in MODES if each is mode)
        self._mode_row.set_hint(said)
        self.seat_box.setVisible(not is_alone)
        self.brief.setVisible(not is_alone)
        missing = self.seats.missing()
        self.missing.setText(
            f"Seat check: {len(missing)} of {len(self.seats.here)} have not answered. You can start without."
            if missing
            else "Seat check: everybody is here."
        )
        self._show_deck()

    def _show_deck(self) -> None:
        if self._sheet is None:
            return
        cards = deck(self._sheet.scenario, int(self.seed.text() or 0))
        self._seed_row.set_visible(bool(cards))
        self.deck.setText(f"Drawn in this order: {', '.join(cards)}. The report tells the seed.")

    def _shuffle(self) -> None:
        self.seed.setText(str((int(self.seed.text() or 0) + 1) % (_LARGEST_SEED + 1)))

    def _choose_mode(self, *_key: object) -> None:
        self.kind.set_value(_PRACTICE if self._mode() is RunMode.SOLO else _COUNTED)
        self._follow()

    def _brief(self) -> None:
        self.submit(goes_on=False)

    def _submit(self) -> None:
        self.submit()

    def _connect(self) -> None:
        self.mode.chosen.connect(self._choose_mode)
        self.seats.changed.connect(self._follow)
        self.seed.textChanged.connect(self._follow)
        self.shuffle.clicked.connect(self._shuffle)
        self.start.clicked.connect(self._submit)
        self.brief.clicked.connect(self._brief)
        self.cancel.clicked.connect(self.left)

    def _lay_out(self) -> None:
        rows = FormRows()
        self._mode_row = rows.add_row("Played", self.mode)
        rows.add_row("Team", self.team, "Its trend is drawn from such drills; leave it empty for none.")
        rows.add_row("Counts", self.kind, "Practice runs count in no trend.")
        self._seed_row = rows.add_row("Complications", self._seed_line())
        self.seat_box.body.addWidget(self.seats)
        self.seat_box.body.addWidget(self.missing)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(12)
        left.addWidget(rows)
        left.addWidget(self.seat_box)
        left.addStretch(1)
        right.addWidget(self.sheet)
        right.addStretch(1)
        inner = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._sides.setContentsMargins(16, 12, 16, 20)
        self._sides.setSpacing(20)
        self._sides.addLayout(left, 3)
        self._sides.addLayout(right, 2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head())
        outer.addWidget(ScrollColumn(inner), 1)

    def _seed_line(self) -> QWidget:
        box = QWidget()
        box.setFocusProxy(self.seed)
        self.seed.setAccessibleName("Seed of the deck of complications")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Label("Seed"))
        line.addWidget(self.seed)
        line.addWidget(self.shuffle)
        line.addStretch(1)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.deck)
        return box

    def _head(self) -> QWidget:
        head = QFrame()
        head.setProperty("part", "filters")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.title, 1)
        for button in (self.cancel, self.brief, self.start):
            line.addWidget(button)
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.about)
        column.addWidget(self.fault)
        return head


def _notice(sheet: StartSheet) -> str:
    return f" · {sheet.newer_playbook}" if sheet.newer_playbook else ""
