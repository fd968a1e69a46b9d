"""The hot-wash: how it came out, what is to be talked about, what went well, which gaps there are."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_record import NoteKind, RunState
from desktop.ui.drill import after_words as words
from desktop.ui.drill.after_figures import BenchmarkBox, CompetenceBars, FiguresBox, column_of
from desktop.ui.drill.after_gaps import GapList
from desktop.ui.drill.after_ports import AfterFound
from desktop.ui.drill.after_prompts import Prompts, is_answer
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.surroundings import Surroundings

_SIDE_BY_SIDE = 1000
_MOST_RESULTS = 6


class HotWash(QWidget):
    """Everything a room needs in the ten minutes after a drill.

    Signals:
        answer_written: (str link, str text) to one of the questions.
        note_wanted: (str kind) the person wants to write a strength or an improvement.
        closing_wanted: the hot-wash is over.
        throwing_wanted: this run for practice is to be listed no more.
    """

    answer_written = Signal(str, str)
    note_wanted = Signal(str)
    closing_wanted = Signal()
    throwing_wanted = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self.figures = FiguresBox(around)
        self.bars = CompetenceBars(around)
        self.benchmark = BenchmarkBox()
        self.changes = Section("Scored again")
        self.changed = Label("", wrap=True)
        self.changes.body.addWidget(self.changed)
        self.prompts = Prompts()
        self.strengths = _NoteBox("Strengths", "Add a strength…")
        self.improvements = _NoteBox("To improve", "Add an improvement…")
        self.gaps = GapList(around)
        self.close_button = Button("End the hot-wash")
        self.throw_button = Button("Throw this run away…")
        self.why_not = Label("", "secondary", wrap=True)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)  # beside each other where there is room
        self._lay_out()
        self.prompts.written.connect(self.answer_written)
        self.strengths.add.clicked.connect(self._add_strength)
        self.improvements.add.clicked.connect(self._add_improvement)
        self.close_button.clicked.connect(self.closing_wanted)
        self.throw_button.clicked.connect(self.throwing_wanted)

    def show_found(self, found: AfterFound) -> None:
        """Show one run."""
        can_judge = not found.why_not
        self.figures.show_score(found.score, words.run_about(found.run, self._around.clock.now()))
        self.bars.show_score(found.score)
        self.benchmark.show_lines(found.benchmark)
        said = changes_of(found)
        self.changed.setText(said)
        self.changes.setVisible(bool(said))
        self.prompts.show_questions(found.scenario, found.notes, can_write=can_judge)
        notes = [note for note in found.notes if not is_answer(note)]
        for box, kind in ((self.strengths, NoteKind.STRENGTH), (self.improvements, NoteKind.IMPROVEMENT)):
            box.show_texts([words.note_words(note) for note in notes if note.kind is kind], can_judge)
        self.gaps.show_gaps(found.gaps, can_judge=can_judge)
        self.why_not.setText(found.why_not)
        self.why_not.setVisible(bool(found.why_not))
        self.close_button.setVisible(can_judge and found.run.state in (RunState.ENDED, RunState.SCORED))
        self.throw_button.setVisible(can_judge and found.run.practice)

    def focus_first(self) -> None:
        """Take the focus where talking begins."""
        if self.prompts.isVisibleTo(self) and self.prompts.boxes[0].field.isVisibleTo(self):
            self.prompts.boxes[0].field.setFocus()
        else:
            self.gaps.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= _SIDE_BY_SIDE * self._around.theme.text_scale
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)

    def _add_strength(self) -> None:
        self.note_wanted.emit(NoteKind.STRENGTH.value)

    def _add_improvement(self) -> None:
        self.note_wanted.emit(NoteKind.IMPROVEMENT.value)

    def _lay_out(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        last = Section()
        line = QHBoxLayout()
        line.addWidget(self.why_not, 1)
        line.addStretch(1)
        line.addWidget(self.throw_button)
        line.addWidget(self.close_button)
        last.body.addLayout(line)
        left = column_of(self.figures, self.changes, self.bars, self.benchmark, self.gaps)
        right = column_of(self.prompts, self.strengths, self.improvements, last)
        self._row.addWidget(left, 1)
        self._row.addWidget(right, 1)
        held = QWidget()
        held.setLayout(self._row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ScrollColumn(held))


class _NoteBox(Section):
    """Notes of one kind, and the way to write another."""

    def __init__(self, title: str, verb: str) -> None:
        super().__init__(title)
        self.texts = Label("", wrap=True)
        self.add = Button(verb)
        self.body.addWidget(self.texts)
        self.add_to_head(self.add)

    def show_texts(self, texts: list[str], can_write: bool) -> None:
        """Show them, or that there are none."""
        self.texts.setText("\n".join(f"•  {text}" for text in texts) or "None was noted.")
        self.texts.set_role("body" if texts else "secondary")
        self.add.setVisible(can_write)


def changes_of(found: AfterFound) -> str:
    """How the results went on, the newest last, and what was adjusted."""
    lines = [
        f"{each.id}: {words.number(each.original)} → {words.number(each.score)},"
        f" adjusted by {each.adjusted.by or 'staff'} because {each.adjusted.reason}."
        for each in found.score.expectations
        if each.adjusted is not None
    ]
    if len(found.results) > 1:
        told = [f"{words.number(each.overall)} {each.band}".strip() for each in reversed(found.results)]
        lines.insert(0, f"Overall {' → '.join(told[-_MOST_RESULTS:])}.")
    return "\n".join(lines)
