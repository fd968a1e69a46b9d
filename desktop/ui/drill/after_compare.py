"""A run and what went on from it, side by side: what was decided, the scores on one chart and as a table."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.drill_fork import Compared, compared
from desktop.domain.drill_record import Run
from desktop.domain.drill_sums import mean
from desktop.ui.drill import after_words as words
from desktop.ui.drill.after_ports import Pair
from desktop.ui.drill.chart_copy import CopyBar
from desktop.ui.drill.chart_dots import DotPlot, DotRow
from desktop.ui.kit.card import Section
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, one_line

_NOTHING, _PAIR = range(2)


class CompareTab(QWidget):
    """Holds two runs against each other.

    Signals:
        other_wanted: (int run) the run to hold this one against.
    """

    other_wanted = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self.other = Choice("Run to compare with", least=30)
        self.summary = Label("", "strong", wrap=True)
        self.decided = Label("", wrap=True)
        self.chart = DotPlot(around.theme)
        self.read_out = Label("", "secondary", wrap=True)
        self.table = self._made_table(around)
        self.copy = CopyBar(self.chart, self.table)
        self.empty = EmptyState(around.icons)
        self.empty.show_state(
            "undo",
            "Nothing to compare yet",
            "Stop the replay at a decision and go on from there: the new run is shown beside this one.",
        )
        self.stack = QStackedWidget()
        self._lay_out()
        self.other.activated.connect(self._choose)
        self.chart.read.connect(self.read_out.setText)

    def show_others(self, others: Sequence[Run], now: datetime) -> int:
        """Offer runs to compare with; gives the one that is chosen, 0 for none."""
        self.stack.setCurrentIndex(_PAIR if others else _NOTHING)
        self.other.offer([(run.id, words.run_words(run, now)) for run in others])
        return int(str(self.other.value() or 0)) if others else 0

    def show_pair(self, pair: Pair) -> None:
        """Show both."""
        lines = compared(pair.before_score, pair.after_score)
        texts = {each.id: each.text for each in pair.before_score.expectations}
        names = (f"Run {pair.before.id}", f"Run {pair.after.id}")
        self.summary.setText(summary_of(pair))
        self.decided.setText("\n".join(f"{asked}  {then} → {now}" for asked, then, now in pair.decided))
        self.decided.setVisible(bool(pair.decided))
        rows = [
            DotRow(
                _part_words(line),
                line.before,
                line.after,
                line.kind != "expectation",
                one_line(texts.get(line.name, "")),
            )
            for line in lines
        ]
        self.chart.show_rows(rows, *names, summary=self.summary.text())
        self.read_out.setText(self.chart.sentence())
        self.table.show_rows(lines)

    def focus_first(self) -> None:
        """Take the focus where reading begins."""
        if self.stack.currentIndex() == _PAIR:
            self.chart.setFocus()

    def _choose(self, _at: int) -> None:
        self.other_wanted.emit(int(str(self.other.value() or 0)))

    def _made_table(self, around: Surroundings) -> RowTable[Compared]:
        columns: tuple[Column[Compared], ...] = (
            Column("Part", _part_words),
            Column("Earlier", lambda line: words.number(line.before), width=72, align_right=True),
            Column("Later", lambda line: words.number(line.after), width=72, align_right=True),
            Column("Change", _change, width=76, align_right=True),
        )
        table: RowTable[Compared] = RowTable(
            TwoLineModel(columns, step=_no_step, sentence=_sentence, strong=(3,)),
            around.theme,
            "Both runs in figures",
            key=lambda line: (line.kind, line.name),
            stretch=0,
        )
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        around.actions.give_page_letters_to(table)
        return table

    def _lay_out(self) -> None:
        head = Section()
        head.set_tight()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label("Compare with", "secondary"))
        row.addWidget(self.other, 1)
        row.addWidget(self.copy)
        head.body.addLayout(row)
        head.body.addWidget(self.summary)
        head.body.addWidget(self.decided)
        head.body.addWidget(self.read_out)
        drawn = QWidget()
        column = QVBoxLayout(drawn)
        column.setContentsMargins(12, 8, 4, 8)
        column.addWidget(self.chart)
        column.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(ScrollColumn(drawn))
        split.addWidget(self.table)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([600, 420])
        pair = QWidget()
        whole = QVBoxLayout(pair)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(split, 1)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(pair)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)


def summary_of(pair: Pair) -> str:
    """Both outcomes in a sentence."""
    before, after = pair.before_score, pair.after_score
    told = [
        f"run {run.id}: {words.number(score.overall)} {score.band}, {score.scored} of {score.planned} scored"
        for run, score in ((pair.before, before), (pair.after, after))
    ]
    own = " The later run's score covers its own part only." if pair.after.forked_from else ""
    return f"{told[0][:1].upper()}{told[0][1:]}; {told[1]}.{own}{_shared(pair)}"


def _shared(pair: Pair) -> str:
    """What both runs came to in the acts that count in both, which alone can be held against each other."""
    later = {each.id: each.score for each in pair.after_score.expectations}
    both = [
        (each.score, later[each.id] or 0, each.weight)
        for each in pair.before_score.expectations
        if each.score is not None and later.get(each.id) is not None
    ]
    if not both:
        return ""
    before = mean([(score, weight) for score, _, weight in both])
    after = mean([(score, weight) for _, score, weight in both])
    return f" In the {counted(len(both), 'act')} that count in both: {before}, then {after}."


def _part_words(line: Compared) -> str:
    return line.name if line.kind == "expectation" else words.plain(line.name)


def _change(line: Compared) -> str:
    return "–" if line.change is None else f"{line.change:+d}" if line.change else "0"


def _sentence(line: Compared) -> str:
    return (
        f"{words.plain(line.name)}: {words.number(line.before)}, then {words.number(line.after)},"
        f" change {_change(line)}"
    )


def _no_step(_line: Compared) -> tuple[str, int]:
    return "", -1
