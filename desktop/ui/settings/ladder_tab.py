"""Who is told when nobody acknowledges: the ladder of each priority, tried out before it is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import DeskError
from desktop.domain.policy import Policy
from desktop.domain.policy_score import Priority
from desktop.services.ladder_editing import LadderRow
from desktop.services.ladder_told import Case, ToldRow
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.label import Label
from desktop.ui.kit.segments import Segments
from desktop.ui.settings.ladder_forecast import ForecastCard
from desktop.ui.settings.ladder_steps import StepList
from desktop.ui.settings.parts import TabColumn
from desktop.ui.settings.staff_ports import KeepsLadder, LadderFound
from desktop.ui.surroundings import Surroundings

_HINT = (
    "A promise that is broken climbs the steps of its own condition until somebody acknowledges."
    " Who moves up or down changes places; the times stay."
)
Rows = tuple[LadderRow, ...]


class LadderTab(TabColumn):
    """Steps of a priority, what is changed and not saved, and who would be told.

    Signals:
        message_requested: (str) what was done.
    """

    message_requested = Signal(str)

    def __init__(self, ladder: KeepsLadder, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ladder = ladder
        self._runner = around.runner
        self._found: LadderFound | None = None
        self._changed: dict[Priority, Rows] = {}
        self._priority = Priority.P1
        self._asked = 0
        self._is_first = True
        choices = [(each.value, f"{each} {each.word}") for each in Priority]
        self.priority = Segments(choices, "Priority", even=False)
        self.priority.set_value(Priority.P1.value)
        self.steps = StepList(around)
        self.list = Card("Ladder")
        self.list.body.addWidget(self.priority)
        self.list.body.addWidget(Label(_HINT, "hint", wrap=True))
        self.list.body.addWidget(self.steps)
        self.difference = Label("", wrap=True)
        self.save_button = Button("Save as new policy version", "primary", keys="Ctrl+S")
        self.discard_button = Button("Discard changes")
        self.error = Label("", "danger", wrap=True)
        self.unsaved = Card("Changed and not saved")
        self.unsaved.add_to_head(self.discard_button)
        self.unsaved.add_to_head(self.save_button)
        self.unsaved.body.addWidget(self.difference)
        self.unsaved.body.addWidget(self.error)
        self.forecast = ForecastCard(around)
        for card in (self.list, self.unsaved, self.forecast):
            self.add(card)
        self.finish()
        self._show_unsaved()
        self._connect()

    def _connect(self) -> None:
        self.priority.chosen.connect(self._choose)
        self.steps.changed.connect(self._try)
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)
        self.forecast.asked.connect(self._ask)

    def refresh(self) -> None:
        """Fetch the ladders anew; what is changed and not saved stays."""
        self._runner.run(self._ladder.found, self._show, owner=self)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.priority.setFocus()

    def save(self) -> None:
        """Keep what is changed; it is in force at once."""
        if self._found is not None and self._changed:
            work = partial(self._ladder.save, dict(self._changed), self._found.version)
            self._runner.run(work, self._saved, self._refuse, owner=self)

    def discard(self) -> None:
        """Back to the ladders in force."""
        self._changed.clear()
        self._keep_unsaved()
        self.steps.close_form()
        self._refuse(None)
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_S and with_control and self.save_button.isEnabled():
            self.save()
        else:
            super().keyPressEvent(event)

    @property
    def rows(self) -> Rows:
        """The steps of the chosen priority as they are wanted."""
        kept = self._found.rows[self._priority] if self._found is not None else ()
        return self._changed.get(self._priority, kept)

    def _show(self, found: LadderFound) -> None:
        read_from = self._found.version if self._found is not None else found.version
        if self._is_first:
            self._is_first = False
            self._changed = dict(found.unsaved)
            read_from = found.unsaved_version
        is_older = bool(self._changed) and read_from != found.version
        self._found = replace(found, version=read_from if is_older else found.version)
        self.list.set_aside(f"Policy version {found.version}")
        self.forecast.offer_people(found.people)
        self.forecast.show_now()
        self._show_steps()
        self._show_unsaved()
        if is_older:
            fault = f"Policy version {found.version} has come into force meanwhile."
            self._refuse(DeskError(fault, hint="Discard the changes to see it."))
        self._ask()

    def _choose(self, key: str) -> None:
        self._priority = Priority(key)
        self.steps.close_form()
        self._show_steps()
        self._ask()

    def _show_steps(self, at: int | None = None) -> None:
        if self._found is not None:
            self.steps.show_steps(self.rows, self._found.choices, at)

    # -- what is changed

    def _try(self, rows: Rows, at: int) -> None:
        tried = _Tried(self._priority, rows, at)
        self._runner.run(partial(_difference, self._ladder, tried), self._take, self._refuse_step, owner=self)

    def _take(self, tried: "_Tried") -> None:
        if self._found is None:  # it was saved meanwhile, and is being read again
            return
        if tried.rows == tuple(self._found.rows[tried.priority]):
            self._changed.pop(tried.priority, None)
        else:
            self._changed[tried.priority] = tried.rows
        self.steps.close_form()
        self._show_steps(tried.at if tried.priority is self._priority else None)
        self._refuse(None)
        self._keep_unsaved()
        self._show_unsaved()
        self._ask()

    def _keep_unsaved(self) -> None:
        """Over an end of the program, however it comes."""
        if self._found is not None:
            work = partial(self._ladder.keep_unsaved, dict(self._changed), self._found.version)
            self._runner.run(work, None, self._refuse, owner=self)

    def _refuse_step(self, error: DeskError) -> None:
        if self.steps.form.isHidden():
            self._refuse(error)
        else:
            self.steps.refuse(error)

    def _show_unsaved(self) -> None:
        self.unsaved.setVisible(bool(self._changed))
        why_not = self._found.why_not if self._found is not None else ""
        self.save_button.setEnabled(not why_not)
        self.unsaved.set_aside(why_not)
        if self._changed:
            work = partial(_differences, self._ladder, dict(self._changed))
            self._runner.run(work, self._show_difference, self._refuse, owner=self)

    def _show_difference(self, sentences: Sequence[str]) -> None:
        self.difference.setText("\n".join(sentences))

    def _saved(self, policy: Policy) -> None:
        self._changed.clear()
        self._found = None
        self._refuse(None)
        self.message_requested.emit(f"Policy version {policy.version} is in force")
        self.refresh()
        self.steps.focus_first()

    def _refuse(self, error: DeskError | None) -> None:
        self.error.setText(str(error) if error is not None else "")
        self.error.setVisible(error is not None)

    # -- who would be told

    def _ask(self) -> None:
        if self._found is None:
            return
        self._asked += 1
        question = _Question(
            self._asked,
            self.forecast.case(self._priority),
            self.forecast.instant(),
            self._changed.get(self._priority),
        )
        self._runner.run(
            partial(_told, self._ladder, question), self._show_told, self.forecast.refuse, owner=self
        )

    def _show_told(self, answer: "_Answer") -> None:
        question = answer.question
        if question.number == self._asked:
            what = "By the changed ladder." if question.rows is not None else "By the ladder in force."
            self.forecast.show_told(question.at, answer.told, answer.run, what)


@dataclass(frozen=True, slots=True)
class _Tried:
    priority: Priority
    rows: Rows
    at: int


@dataclass(frozen=True, slots=True)
class _Question:
    number: int
    case: Case
    at: datetime
    rows: Rows | None


@dataclass(frozen=True, slots=True)
class _Answer:
    question: _Question
    told: Sequence[ToldRow]
    run: Sequence[str]


def _difference(ladder: KeepsLadder, tried: _Tried) -> _Tried:
    """The same, once it is known that these steps can be."""
    ladder.difference(tried.priority, tried.rows)
    return tried


def _differences(ladder: KeepsLadder, changed: Mapping[Priority, Rows]) -> list[str]:
    return [
        f"{priority}. {sentence}"
        for priority, rows in sorted(changed.items())
        for sentence in ladder.difference(priority, rows)
    ]


def _told(ladder: KeepsLadder, question: _Question) -> _Answer:
    return _Answer(question, *ladder.told(question.case, question.at, question.rows))
