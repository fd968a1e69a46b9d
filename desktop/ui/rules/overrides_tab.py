"""Which rules people disagree with, how often and why."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.services.observatory import PROPOSAL, Disagreement, Observed
from desktop.ui.kit.button import Button
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.segments import Segments
from desktop.ui.kit.table_model import Column
from desktop.ui.rules.ports import KeepsRules
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, listed, moment

_PERIODS = (("7", "7 days"), ("30", "30 days"), ("90", "90 days"), ("0", "Ever"))
_REASONS = 3


class OverridesTab(QWidget):
    """Rules, those people most surely disagree with first, and each time they did.

    Signals:
        open_requested: (int escalation_id) the person wants to see it.
    """

    open_requested = Signal(int)

    def __init__(self, rules: KeepsRules, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules = rules
        self._around = around
        self.period = Segments(_PERIODS, "How far back", even=False)
        self.period.set_value("30")
        self.summary = Label("", wrap=True)
        self.table: RowTable[Observed] = RowTable(
            TwoLineModel(_COLUMNS, step=_step, sentence=_sentence, second=_second, strong=(0,)),
            around.theme,
            "Rules by how often people disagree",
            key=_key,
            stretch=0,
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        columns: tuple[Column[Disagreement], ...] = (
            Column("Escalation", lambda row: row.number, width=140),
            Column("What was changed", _changed),
            Column("When", self._when, width=150),
        )
        self.times: RowTable[Disagreement] = RowTable(
            TwoLineModel(columns, step=_step, sentence=_said, second=_said_why),
            around.theme,
            "Each time people disagreed",
            key=_time_key,
            spare=(2,),
        )
        self.times.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.open_button = Button("Open the escalation", keys="Enter")
        self.empty = EmptyState(around.icons)
        self._lay_out()
        self.period.chosen.connect(self.refresh)
        self.table.picked.connect(self._fetch_times)
        self.table.opened.connect(self.times.setFocus)
        self.times.opened.connect(self._open)
        self.open_button.clicked.connect(self._open)

    def refresh(self) -> None:
        """Fetch the figures anew."""
        self._around.runner.run(partial(self._rules.ranked, self._within()), self._show, owner=self)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.table if self.table.isVisible() else self.period).setFocus()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(12, 8, 12, 8)
        line.addWidget(self.period)
        line.addStretch(1)
        line.addWidget(self.open_button)
        bar = QFrame()
        bar.setProperty("part", "filters")
        bar.setLayout(line)
        self.summary.setContentsMargins(16, 10, 16, 10)
        self._tables = QSplitter(Qt.Orientation.Vertical)
        self._tables.setChildrenCollapsible(False)
        self._tables.addWidget(self.table)
        self._tables.addWidget(self.times)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.summary)
        column.addWidget(self._tables, 1)
        column.addWidget(self.empty, 1)
        self.empty.hide()

    def _within(self) -> timedelta | None:
        days = int(self.period.value() or 0)
        return timedelta(days=days) if days else None

    def _show(self, rows: Sequence[Observed]) -> None:
        self.table.show_rows(rows)
        self._tables.setVisible(bool(rows))
        self.summary.setVisible(bool(rows))
        self.open_button.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.show_state(
            "rules",
            "No rule has done anything in this time",
            "Once rules act or propose, this tells how often people decide otherwise, and why.",
        )
        self.summary.setText(_summary(rows))

    def _fetch_times(self) -> None:
        row = self.table.current()
        if row is not None:
            work = partial(self._rules.disagreements, row.rule_id, self._within())
            self._around.runner.run(work, self._show_times, owner=self)

    def _show_times(self, times: Sequence[Disagreement]) -> None:
        self.times.show_rows(times)
        self.open_button.setEnabled(bool(times))

    def _open(self) -> None:
        row = self.times.current()
        if row is not None:
            self.open_requested.emit(row.escalation_id)

    def _when(self, row: Disagreement) -> str:
        return moment(row.at, self._around.clock.now())


def _summary(rows: Sequence[Observed]) -> str:
    """The figures in two sentences."""
    overruled = [row for row in rows if row.figures.overruled]
    if not overruled:
        return f"{counted(len(rows), 'rule')} did something, and nobody decided otherwise."
    worst = overruled[0]
    return (
        f"People decided otherwise with {len(overruled)} of {counted(len(rows), 'rule')}. Most surely with"
        f" “{worst.rule}”: {worst.figures.sentence[0].lower()}{worst.figures.sentence[1:]}."
    )


def _reasons(row: Observed) -> str:
    figures = row.figures
    said = [f"“{reason}” {times}×" for reason, times in figures.reasons[:_REASONS]]
    if figures.unreasoned:
        said.append(f"{figures.unreasoned} without a reason")
    return listed(said) or "no reasons"


_COLUMNS: tuple[Column[Observed], ...] = (
    Column("Rule", lambda row: row.rule + ("" if row.version else " (removed)")),
    Column("Overruled", lambda row: f"{row.figures.overruled:,} of {row.figures.fired:,}", width=110),
    Column("Share", lambda row: f"{100 * row.figures.share:.0f} %", align_right=True, width=80),
    Column("Surely at least", lambda row: f"{100 * row.figures.at_least:.0f} %", align_right=True, width=120),
)


def _second(row: Observed, column: int) -> str:
    return (_reasons(row) if row.figures.overruled else "never overruled") if column == 0 else ""


def _changed(row: Disagreement) -> str:
    if row.field == PROPOSAL:
        return f"Declined: {row.was}"
    return f"{row.field.replace('_', ' ').capitalize()}: {row.was} → {row.became}"


def _said_why(row: Disagreement, column: int) -> str:
    return f"{row.by}: {row.reason or 'no reason given'}" if column == 1 else ""


def _said(row: Disagreement) -> str:
    return f"{row.number}, {_changed(row)}. {_said_why(row, 1)}"


def _sentence(row: Observed) -> str:
    return f"{row.rule}. {row.figures.sentence}. {_second(row, 0)}"


def _step(_row: object) -> tuple[str, int]:
    return "", -1


def _key(row: Observed) -> object:
    return row.rule_id


def _time_key(row: Disagreement) -> object:
    return (row.escalation_id, row.field, row.at)
