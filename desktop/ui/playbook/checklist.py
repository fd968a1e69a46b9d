"""The playbooks of one escalation in its panel: what fits, and the checklist of what is open."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.playbook_run import Run, RunStep
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.meter import Meter
from desktop.ui.kit.prompt import Prompt
from desktop.ui.playbook import asking
from desktop.ui.playbook import use_words as words
from desktop.ui.playbook.newer import NewerBanner
from desktop.ui.playbook.step_bar import StepBar
from desktop.ui.playbook.step_list import StepList
from desktop.ui.playbook.suggested import Suggested
from desktop.ui.playbook.use_ports import InUse, RunsPlaybooks
from desktop.ui.surroundings import Surroundings


class PlaybookTab(QWidget):
    """Reads what it shows by itself.

    Signals:
        work_done: (Done, str) something that can be undone, and the sentence about it.
        send_requested: (int escalation, str stage) a step wants a message.
        action_requested: (int escalation, str action) a step leads to a command.
        find_requested: another playbook is wanted.
        read_requested: (int playbook) to read all of one.
        reveal_requested: (QWidget) a part that should come into sight.
    """

    work_done = Signal(object, str)
    send_requested = Signal(int, str)
    action_requested = Signal(int, str)
    find_requested = Signal()
    read_requested = Signal(int)
    reveal_requested = Signal(QWidget)

    def __init__(self, keeps: RunsPlaybooks, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._around = around
        self._id = 0
        self._run_id = 0
        self._wants_focus = False
        self._found = InUse(0)
        self._prompt: Prompt | None = None
        self.fault = Label("", "danger", wrap=True)
        self.suggested = Suggested()
        self.newer = NewerBanner(keeps, around)
        self.choice = QWidget()
        self._choice_flow = FlowLayout(self.choice, spacing=6)
        self.title = Label("", "heading", wrap=True)
        self.about = Label("", "secondary", wrap=True)
        self.meter = Meter(around.theme)
        self.done_words = Label("", "small_strong")
        self.do_not = Label("", "warning", wrap=True)
        self.steps = StepList(around.theme, around.clock)
        around.actions.give_page_letters_to(self.steps)
        self.bar = StepBar()
        self.asked = QVBoxLayout()
        self.read_button = Button("Read it all")
        self.end_button = Button("Close playbook")
        self.run_box = self._laid_out_run()
        self._lay_out()
        self._connect()

    # -- what is shown
    def show_escalation(self, escalation_id: int) -> None:
        """Show this one, or read again what is shown of it."""
        if escalation_id != self._id:
            self._id, self._run_id = escalation_id, 0
            self._put_away()
            self.fault.hide()
        self.refresh()

    def refresh(self, *_what: object) -> None:
        """Read it anew."""
        if self._id:
            self._around.runner.run(partial(self._keeps.of, self._id), self._show, self._refuse, owner=self)

    def go_on(self, run: Run) -> None:
        """Show this run, and go to its steps once they are read."""
        self._id, self._run_id, self._wants_focus = run.escalation_id, run.id, True
        self.refresh()

    @property
    def run(self) -> Run | None:
        """The run that is shown."""
        return next((run for run in self._found.runs if run.id == self._run_id), None)

    @property
    def step(self) -> RunStep | None:
        """The chosen step."""
        return next(iter(self.steps.selected()), None)

    def open_playbook(self, playbook_id: int) -> None:
        """Open one on the escalation that is shown."""
        self._do(partial(self._keeps.open, self._id, playbook_id), "Playbook opened.")

    # -- what is done
    def toggle(self) -> None:
        """The chosen step is done, or open again."""
        run, one = self.run, self.step
        if run is None or one is None or not run.is_open:
            return
        if not one.is_open:
            self.reopen()
        elif asking.needs_words(one):
            self._ask(asking.ask_done(run, one), self._done_with)
        else:
            self._do(partial(self._keeps.tick, run.id, one.step.id, "", ""), "Step done.", moves=True)

    def prove(self) -> None:
        """The chosen step is done, and what shows it is kept with it."""
        run, one = self.run, self.step
        if run is not None and one is not None and run.is_open and one.is_open:
            self._ask(asking.ask_done(run, one), self._done_with)

    def skip(self) -> None:
        """Leave the chosen step out, for a reason."""
        if self.step is not None and self.step.is_open:
            self._ask(asking.ask_skip(self.step), self._skip_for)

    def reopen(self) -> None:
        """The chosen step is to be done again."""
        if self.run is not None and self.step is not None:
            self._do(partial(self._keeps.reopen, self.run.id, self.step.step.id), "Step opened again.")

    def tell_unclear(self) -> None:
        """Say what the chosen step does not say."""
        if self.step is not None:
            self._ask(asking.ask_unclear(self.step), self._unclear_for)

    def lead(self) -> None:
        """Go where the chosen step leads: to a message, to whom to call, to the handoff."""
        one = self.step
        if one is None:
            return
        action = self.bar.leads_to(one)
        if action == "send":
            self.send_requested.emit(self._id, one.step.stage)
        elif action:
            self.action_requested.emit(self._id, action)

    def _done_with(self, answers: dict[str, str]) -> None:
        if self.run is not None and self.step is not None:
            given = answers.get("evidence", ""), answers.get("answer", "")
            work = partial(self._keeps.tick, self.run.id, self.step.step.id, *given)
            self._do(work, "Step done.", moves=True)

    def _skip_for(self, answers: dict[str, str]) -> None:
        if self.run is not None and self.step is not None:
            work = partial(self._keeps.skip, self.run.id, self.step.step.id, answers["reason"])
            self._do(work, "Step skipped.", moves=True)

    def _unclear_for(self, answers: dict[str, str]) -> None:
        if self.run is not None and self.step is not None:
            work = partial(self._keeps.unclear, self.run.id, self.step.step.id, answers["what"])
            self._do(work, "Noted for the owner of the playbook.")

    def _end(self) -> None:
        if self.run is not None:
            self._do(partial(self._keeps.end, self.run.id), "Playbook closed.")

    def _do(self, work: Callable[[], Run], sentence: str, *, moves: bool = False) -> None:
        took = partial(_with, work, sentence, moves)
        self._around.runner.run(took, self._took, self._refuse, owner=self)

    def _took(self, answer: tuple[Run, str, bool]) -> None:
        run, sentence, moves = answer
        self.fault.hide()
        self._put_away()
        self._run_id = run.id
        rest = tuple(each for each in self._found.runs if each.id != run.id)
        self._show(InUse(self._id, (run, *rest), self._found.suggestions))
        if moves and run.next_step is not None:
            self.steps.stand_at(run.next_step.step.id)
        self.work_done.emit(run.done, sentence)
        self.refresh()

    def _refuse(self, error: DeskError) -> None:
        if self._prompt is not None:
            self._prompt.set_error(str(error), error.field)
        else:
            self.fault.setText(str(error))
            self.fault.show()

    # -- within
    def _show(self, found: InUse) -> None:
        if found.escalation_id != self._id:
            return
        self._found = found
        open_ones = [run for run in found.runs if run.is_open]
        if self.run is None:
            self._run_id = next((run.id for run in (*open_ones, *found.runs)), 0)
        self.suggested.show_suggestions(found.suggestions, has_run=bool(open_ones))
        self._show_choice()
        self.run_box.setVisible(self.run is not None)
        if self.run is not None:
            self._show_run(self.run)
            if self._wants_focus:
                self._wants_focus = False
                self.steps.setFocus(Qt.FocusReason.OtherFocusReason)
                self.reveal_requested.emit(self.run_box)

    def _show_run(self, run: Run) -> None:
        now = self._around.clock.now()
        self.title.setText(run.title)
        self.about.setText(words.run_head(run, now))
        self.meter.set_share(run.settled / len(run.steps) if run.steps else 0.0, words.progress(run))
        self.done_words.setText(words.progress(run))
        self.do_not.setText("\n".join(f"Do not: {line}" for line in run.content.do_not))
        self.do_not.setVisible(bool(run.content.do_not))
        self.newer.show_run(run)
        self.end_button.setVisible(run.is_open)
        self.steps.show_steps(run.steps, run.next_step.step.id if run.next_step is not None else "")
        self._follow()

    def _show_choice(self) -> None:
        """A button for each run, where there are several."""
        while self._choice_flow.count():
            item = self._choice_flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for run in self._found.runs if len(self._found.runs) > 1 else ():
            kind = "primary" if run.id == self._run_id else "quiet"
            button = Button(run.title if run.is_open else f"{run.title} (closed)", kind)
            button.setObjectName(str(run.id))
            button.clicked.connect(self._choose)
            self._choice_flow.addWidget(button)
        self.choice.setVisible(len(self._found.runs) > 1)

    def _choose(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._run_id = int(sender.objectName())
            self._put_away()
            self.steps.clearSelection()
            self._show(self._found)

    def _follow(self) -> None:
        run, one = self.run, self.step
        self.bar.setVisible(one is not None)
        if run is not None and one is not None:
            self.bar.show_step(run, one)

    def _ask(self, prompt: Prompt, answered: Callable[[dict[str, str]], None]) -> None:
        self._put_away()
        self._prompt = prompt
        prompt.accepted.connect(answered)
        prompt.cancelled.connect(self._cancel)
        self.asked.addWidget(prompt)
        prompt.show()
        prompt.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reveal_requested.emit(prompt)

    def _cancel(self) -> None:
        self._put_away()
        self.steps.setFocus()

    def _put_away(self) -> None:
        if self._prompt is not None:
            focused = QApplication.focusWidget()
            had_focus = focused is not None and self._prompt.isAncestorOf(focused)
            self._prompt.hide()
            self._prompt.deleteLater()
            self._prompt = None
            if had_focus:
                self.steps.setFocus()

    def _tick(self, _now_us: int) -> None:
        if self.isVisible():
            self.steps.refresh_texts()

    def _read(self) -> None:
        if self.run is not None:
            self.read_requested.emit(self.run.playbook_id)

    def _letter(self, letter: str) -> None:
        {"S": self.skip, "Q": self.tell_unclear, "E": self.prove}[letter]()

    def _answered_newer(self, run: Run, sentence: str) -> None:
        self._took((run, sentence, False))

    def _connect(self) -> None:
        self.suggested.opened.connect(self.open_playbook)
        self.suggested.read.connect(self.read_requested)
        self.suggested.find_wanted.connect(self.find_requested)
        self.steps.picked.connect(self._follow)
        self.steps.toggled.connect(self.toggle)
        self.steps.opened.connect(self.lead)
        self.steps.key_pressed.connect(self._letter)
        self.bar.done.connect(self.toggle)
        self.bar.skip.connect(self.skip)
        self.bar.prove.connect(self.prove)
        self.bar.lead.connect(self.lead)
        self.bar.unclear.connect(self.tell_unclear)
        self.newer.answered.connect(self._answered_newer)
        self.newer.refused.connect(self._refuse)
        self.read_button.clicked.connect(self._read)
        self.end_button.clicked.connect(self._end)
        self._around.heartbeat.slowly_ticked.connect(self._tick)

    def _laid_out_run(self) -> Section:
        box = Section()
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.meter, 1)
        line.addWidget(self.done_words)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.read_button)
        buttons.addWidget(self.end_button)
        buttons.addStretch(1)
        for part in (self.title, self.about, line, self.newer, self.do_not, self.steps, self.bar):
            box.body.addLayout(part) if isinstance(part, QHBoxLayout) else box.body.addWidget(part)
        box.body.addLayout(self.asked)
        box.body.addLayout(buttons)
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(10)
        for part in (self.fault, self.choice, self.run_box, self.suggested):
            column.addWidget(part)
        self.fault.hide()
        self.choice.hide()
        self.run_box.hide()


def _with(work: Callable[[], Any], sentence: str, moves: bool) -> tuple[Any, str, bool]:
    return work(), sentence, moves
