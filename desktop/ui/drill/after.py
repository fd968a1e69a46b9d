"""After the drill: one run in its hot-wash, its score, its survey, its replay, beside another, its notes."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.drill_record import NoteKind, Run
from desktop.domain.drill_replay import Replay
from desktop.domain.errors import DeskError
from desktop.ui.drill import after_words as words
from desktop.ui.drill.after_asking import AfterAsking
from desktop.ui.drill.after_compare import CompareTab
from desktop.ui.drill.after_deeds import AfterDeeds
from desktop.ui.drill.after_export import SaveButton
from desktop.ui.drill.after_hotwash import HotWash
from desktop.ui.drill.after_notes import NotesTab
from desktop.ui.drill.after_ports import AfterFound, KeepsAfter, Pair
from desktop.ui.drill.after_replay import ReplayTab
from desktop.ui.drill.after_survey import SurveyTab
from desktop.ui.drill.after_tree import ScoreTree
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.tabs import Tabs
from desktop.ui.surroundings import Surroundings

HOT_WASH, SCORE, SURVEY, REPLAY, COMPARISON, NOTES = range(6)
_TITLES = ("Hot-wash", "Score", "Survey", "Replay", "Comparison", "Notes")
_NOTHING, _RUN = range(2)


class AfterPage(QWidget):
    """Shows one run that is over; a list leads to the others.

    Signals:
        fork_requested: (int run, int seq) a new run is to go on from there.
        library_requested: there is no run yet, and the person wants to start one.
        message_requested: (str)
    """

    fork_requested = Signal(int, int)
    library_requested = Signal()
    message_requested = Signal(str)

    def __init__(self, keeps: KeepsAfter, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._around = around
        self._wanted = 0
        self.found: AfterFound | None = None
        self.runs = Choice("Run", least=36)
        self.save = SaveButton(keeps.export, around)
        self.tabs = Tabs("After the drill")
        self.stack = QStackedWidget()
        self.hot_wash = HotWash(around)
        self.score = ScoreTree(around)
        self.survey = SurveyTab(around)
        self.replay = ReplayTab(around)
        self.comparison = CompareTab(around)
        self.notes = NotesTab(around)
        self.asking = AfterAsking(self)
        self.fault = Label("", "danger", wrap=True)
        self.empty = EmptyState(around.icons)
        self.empty.show_state(
            "drill",
            "No drill was played yet",
            "Once one has ended, its hot-wash, score, replay and gaps are here.",
            "Go to the library",
        )
        self.deeds = AfterDeeds(keeps, around, self, self)
        self._whole = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_run(self, run_id: int) -> None:
        """Show this run's hot-wash."""
        self._wanted = run_id
        self.tabs.setCurrentIndex(HOT_WASH)
        self.survey.reset()
        self.refresh()

    def refresh(self, *_what: object) -> None:
        """Read everything anew."""
        self._around.runner.run(self._keeps.runs, self._show_runs, self._refuse, owner=self)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        if self._whole.currentIndex() == _NOTHING:
            self.empty.setFocus()
            return
        page = self.stack.currentWidget()
        if hasattr(page, "focus_first"):
            page.focus_first()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _show_runs(self, runs: Sequence[Run]) -> None:
        self._whole.setCurrentIndex(_RUN if runs else _NOTHING)
        now = self._around.clock.now()
        self.runs.offer([(run.id, words.run_words(run, now)) for run in runs])
        known = [run.id for run in runs]
        if self._wanted not in known:
            self._wanted = known[0] if known else 0
        self.runs.set_value(self._wanted)
        if self._wanted:
            work = partial(_read, self._keeps, self._wanted)
            self._around.runner.run(work, self._show, self._refuse, owner=self)

    def _show(self, read: tuple[AfterFound, Replay]) -> None:
        found, replay = read
        if found.run.id != self._wanted:
            return
        self.say_fault("")
        is_other = self.found is None or self.found.run.id != found.run.id
        self.found = found
        can_judge = not found.why_not
        self.deeds.show_run(found.run.id)
        self.save.show_run(found.run.id, found.run.slug)
        self.hot_wash.show_found(found)
        self.score.show_found(found, replay.told, can_judge=can_judge)
        self.replay.show_found(found, replay)
        self.notes.show_notes(found.notes, can_write=can_judge)
        if is_other:
            self.survey.reset()
        self.deeds.read_survey()
        other = self.comparison.show_others(found.others, self._around.clock.now())
        if other:
            self._compare(other)
        if is_other and self.isVisible():
            self.focus_first()

    def say_fault(self, sentence: str) -> None:
        """What could not be done; nothing takes it away."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    def _refuse(self, error: DeskError) -> None:
        self.say_fault(str(error))

    def _compare(self, other_id: int) -> None:
        work = partial(self._keeps.pair, self._wanted, other_id)
        self._around.runner.run(work, self._show_pair, self._refuse, owner=self)

    def _show_pair(self, pair: Pair) -> None:
        if self._wanted in (pair.before.id, pair.after.id):
            self.comparison.show_pair(pair)

    def _choose(self, _at: int) -> None:
        self.show_run(int(str(self.runs.value() or 0)))

    def show_moment(self, seq: int) -> None:
        """Show an entry of the log in the replay."""
        self.tabs.setCurrentIndex(REPLAY)
        self.replay.go_to(seq)
        self.replay.focus_first()

    def _show_time(self, sim_ms: int) -> None:
        self.tabs.setCurrentIndex(REPLAY)
        self.replay.go_to_time(sim_ms)
        self.replay.focus_first()

    def _ask_note_of(self, kind: str) -> None:
        if self.found is not None:
            self.asking.ask_note(None, NoteKind(kind), self.found.run.sim_ms)

    def _ask_note(self, note: object) -> None:
        if self.found is not None:
            sim_ms = self.found.run.sim_ms
            self.asking.ask_note(note, NoteKind.FACT, sim_ms)  # type: ignore[arg-type] # a signal's object

    def _ask_override(self, expectation: str) -> None:
        graded = self.found.score.expectations if self.found is not None else ()
        one = next((each for each in graded if each.id == expectation), None)
        if one is not None:
            self.asking.ask_override(one)

    def _ask_throwing(self) -> None:
        if self.found is not None:
            self.asking.ask_throwing(words.run_words(self.found.run, self._around.clock.now()))

    def _fork(self, seq: int) -> None:
        self.fork_requested.emit(self._wanted, seq)

    def _connect(self) -> None:
        self.runs.activated.connect(self._choose)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.empty.button_pressed.connect(self.library_requested)
        self.save.failed.connect(self.message_requested)
        wash, gaps = self.hot_wash, self.hot_wash.gaps
        wash.answer_written.connect(self.deeds.keep_answer)
        wash.note_wanted.connect(self._ask_note_of)
        wash.closing_wanted.connect(self.deeds.close_run)
        wash.throwing_wanted.connect(self._ask_throwing)
        gaps.confirmed.connect(self.deeds.confirm_gap)
        gaps.dismissal_wanted.connect(self.asking.ask_dismissal)
        gaps.adding_wanted.connect(self.asking.ask_gap)
        gaps.evidence_wanted.connect(self.show_moment)
        self.score.event_wanted.connect(self.show_moment)
        self.score.override_wanted.connect(self._ask_override)
        self.survey.answered.connect(self.deeds.answer_survey)
        self.replay.fork_wanted.connect(self._fork)
        self.comparison.other_wanted.connect(self._compare)
        self.notes.writing_wanted.connect(self._ask_note)
        self.notes.removal_wanted.connect(self.asking.ask_removal)
        self.notes.moment_wanted.connect(self._show_time)

    def _lay_out(self) -> None:
        for title, page in zip(
            _TITLES,
            (self.hot_wash, self.score, self.survey, self.replay, self.comparison, self.notes),
            strict=True,
        ):
            self.tabs.addTab(title)
            self.stack.addWidget(page)
        head = QFrame()
        head.setProperty("part", "filters")
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(12)
        line.addWidget(self.runs, 1)
        line.addWidget(self.save)
        below = QFrame()
        below.setProperty("part", "filters")
        bar = QHBoxLayout(below)
        bar.setContentsMargins(8, 0, 16, 0)
        bar.addWidget(self.tabs, 1)
        run = QWidget()
        column = QVBoxLayout(run)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(below)
        self.fault.setContentsMargins(16, 6, 16, 6)
        self.fault.hide()
        column.addWidget(self.fault)
        column.addWidget(self.stack, 1)
        column.addWidget(self.save.line)
        self._whole.addWidget(self.empty)
        self._whole.addWidget(run)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._whole)


def _read(keeps: KeepsAfter, run_id: int) -> tuple[AfterFound, Replay]:
    found = keeps.found(run_id)
    return found, Replay(found.scenario, found.log)
