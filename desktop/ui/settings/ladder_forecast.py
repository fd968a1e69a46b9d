"""Who would be told now and when: for an instant, an occasion and an owner; asking sends nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QDateTimeEdit, QHBoxLayout, QWidget

from desktop.domain.alarm_text import word
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.person import Person
from desktop.domain.policy_alarm import Occasion
from desktop.domain.policy_score import Priority
from desktop.services.ladder_told import Case, ToldRow
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.settings.ladder_rows import CONDITIONS, since_words
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import exact, moment

_TABLE_ROWS = 14
_FORMAT = "ddd d MMM yyyy HH:mm"
_OCCASIONS = (Occasion.BREACHED, Occasion.BREACHING_SOON, Occasion.NEW, Occasion.UPDATE_LATE)
_PROMISES = tuple((key, f"Not {words} in time") for key, words in CONDITIONS)


class Line(NamedTuple):
    """One person of one telling, or nobody; `began_at` is when the alarm was raised."""

    told: ToldRow
    at: int
    began_at: datetime
    now: datetime

    @property
    def person(self) -> str:
        """Who is told."""
        return self.told.people[self.at] if self.told.people else "Nobody"

    @property
    def channel(self) -> str:
        """How."""
        return self.told.channels[self.at] if self.told.people else "–"


class ForecastCard(Card):
    """Fields that say which alarm is thought of, and the table of its tellings.

    Signals:
        asked: somebody wants to know; ask `case` and `instant`, answer by `show_told` or `refuse`.
    """

    asked = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("Who would be told now and when", parent=parent)
        self._clock: Clock = around.clock
        self._is_now = True
        self.at = _InstantField("Raised at")
        self.now_button = Button("Now")
        self.occasion = Choice("Occasion", least=12)
        self.occasion.offer([(each.value, word(each)) for each in _OCCASIONS])
        self.kind = Choice("Promise", least=12)
        self.kind.offer(_PROMISES)
        self.owner = Choice("Owner", least=12)
        self.run_button = Button("Dry run")
        self.state = Label("", "secondary", wrap=True)
        self.error = Label("", "danger", wrap=True)
        self.run = Label("", wrap=True)
        self.run.let_select()
        self.model = TwoLineModel(_COLUMNS, step=_step, sentence=_sentence, second=_second, strong=(2,))
        self.table: RowTable[Line] = RowTable(
            self.model, around.theme, "Who would be told", key=_key, stretch=4
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._lay_out()
        self.at.dateTimeChanged.connect(self._choose_instant)
        self.now_button.clicked.connect(self.ask_now)
        self.run_button.clicked.connect(self._show_run)
        for choice in (self.occasion, self.kind, self.owner):
            choice.currentIndexChanged.connect(self._ask)

    def _lay_out(self) -> None:
        rows = FormRows()
        instant = QWidget()
        line = QHBoxLayout(instant)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.at, 1)
        line.addWidget(self.now_button)
        rows.add_row("Raised at", instant)
        rows.add_row("Occasion", self.occasion)
        self._kind_row = rows.add_row("Promise", self.kind)
        rows.add_row("Owner", self.owner)
        self.add_to_head(self.run_button)
        for widget in (rows, self.state, self.error, self.table, self.run):
            self.body.addWidget(widget)
        self.error.hide()
        self.run.hide()

    def offer_people(self, people: Sequence[Person]) -> None:
        """Any of these may own the escalation that is thought of."""
        self.owner.offer([(0, "Nobody"), *((person.id, person.name) for person in people)])

    def case(self, priority: Priority) -> Case:
        """The alarm that is thought of."""
        occasion = Occasion(str(self.occasion.value()))
        kind = str(self.kind.value()) if occasion is Occasion.BREACHED else ""
        return Case(priority, occasion, kind, int(str(self.owner.value() or 0)))

    def instant(self) -> datetime:
        """When it is raised."""
        if self._is_now:
            return self._clock.now()
        return datetime.fromtimestamp(int(self.at.dateTime().toSecsSinceEpoch()), UTC)

    def ask_now(self) -> None:
        """Think of this minute, and go on with the time."""
        self._is_now = True
        self.show_now()
        self.asked.emit()

    def show_now(self) -> None:
        """The field follows the time until somebody sets it."""
        if self._is_now:
            self.at.blockSignals(True)
            self.at.setDateTime(QDateTime.fromSecsSinceEpoch(int(self._clock.now().timestamp())))
            self.at.blockSignals(False)

    def show_told(self, began_at: datetime, told: Sequence[ToldRow], run: Sequence[str], what: str) -> None:
        """Show the answer; `what` says by which ladder."""
        now = self._clock.now()
        lines = [Line(row, at, began_at, now) for row in told for at in range(max(len(row.people), 1))]
        self.table.show_rows(sorted(lines, key=_told_at))
        self.table.fit_height(_TABLE_ROWS)
        self.table.show()
        nobody = sum(not row.people for row in told)
        warning = f" {nobody} of {len(told)} tellings reach nobody." if nobody else ""
        self.state.setText(f"{what} If nobody acknowledges.{warning}")
        head = f"Dry run for {exact(began_at)}. Nothing was sent."
        self.run.setText("\n".join([head, *run]))
        self.error.hide()

    def refuse(self, error: DeskError) -> None:
        """It cannot be said, and why."""
        self.table.hide()
        self.run.hide()
        self.error.setText(str(error))
        self.error.show()

    def _show_run(self) -> None:
        self.run.setVisible(self.run.isHidden())
        self.run_button.set_text("Dry run" if self.run.isHidden() else "Hide dry run")
        self.asked.emit()

    def _choose_instant(self) -> None:
        self._is_now = False
        self.asked.emit()

    def _ask(self) -> None:
        self._kind_row.set_visible(self.occasion.value() == Occasion.BREACHED.value)
        self.asked.emit()


class _InstantField(QDateTimeEdit):
    """A local date and time; Tab leaves it, arrows go through its parts."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setDisplayFormat(_FORMAT)
        self.setCalendarPopup(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def focusNextPrevChild(self, next: bool) -> bool:
        return QWidget.focusNextPrevChild(self, next)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _told_at(line: Line) -> datetime:
    return line.told.at


def _step_words(line: Line) -> str:
    if line.told.step:
        return f"Step {line.told.step}"
    return "The alarm"


def _second(line: Line, column: int) -> str:
    if column == 0:
        return since_words(line.told.at - line.began_at)
    return "again" if column == 1 and line.told.repeat else ""


_COLUMNS: tuple[Column[Line], ...] = (
    Column("When", lambda row: moment(row.told.at, row.now), width=120),
    Column("Step", _step_words, width=85),
    Column("Person", lambda row: row.person, width=150),
    Column("By", lambda row: row.channel, width=120),
    Column("What is out of the ordinary", lambda row: row.told.why, tip=lambda row: row.told.why),
)


def _sentence(line: Line) -> str:
    after = since_words(line.told.at - line.began_at)
    again = " again" if line.told.repeat else ""
    why = f", {line.told.why}" if line.told.why else ""
    return f"{_step_words(line)}{again}, {after}: {line.person} by {line.channel}{why}"


def _step(line: Line) -> tuple[str, int]:
    return ("", -1) if line.told.people else ("text.warning", -1)


def _key(line: Line) -> object:
    return line.told.step, line.told.repeat, line.at
