"""The pictures of the register: where gaps gather over time, and which codes make most of them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.drill.chart_copy import CopyBar
from desktop.ui.drill.chart_heat import GapHeat
from desktop.ui.drill.chart_pareto import OTHER, Bar, ParetoChart, bars_of
from desktop.ui.drill.gaps_ports import GapsFound
from desktop.ui.kit.card import Section
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted

_NOTHING, _CHARTS = range(2)


class HeatPane(QWidget):
    """The heat map with what it says.

    Signals:
        opened: (str category, str team)
    """

    opened = Signal(str, str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = Label("", wrap=True)
        self.heat = GapHeat(around.theme)
        self.copy = CopyBar(self.heat, self.heat)
        self.stack = _with_empty(
            self, around, self.summary, self.copy, self.heat, "Enter shows the gaps of a line."
        )
        around.actions.give_page_letters_to(self.heat)
        self.heat.opened.connect(self.opened)

    def show_found(self, found: GapsFound) -> None:
        """Show the counts there are."""
        self.stack.setCurrentIndex(_CHARTS if found.heat else _NOTHING)
        self.heat.show_counts(found.heat)
        self.summary.setText(self.heat.accessibleDescription())

    def focus_first(self) -> None:
        """Take the focus where reading begins."""
        self.heat.setFocus()


class ParetoPane(QWidget):
    """The Pareto chart, what its bars say, and the same as a table.

    Signals:
        opened: (str code)
    """

    opened = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = Label("", wrap=True)
        self.chart = ParetoChart(around.theme)
        self.table = _made_table(around)
        self.copy = CopyBar(self.chart, self.table)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.chart)
        split.addWidget(self.table)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([600, 420])
        self.read_out = Label("", "secondary", wrap=True)
        self.stack = _with_empty(
            self, around, self.summary, self.copy, split, "Enter shows the gaps of a bar.", self.read_out
        )
        self.chart.read.connect(self.read_out.setText)
        self.chart.opened.connect(self.opened)
        self.table.opened.connect(self._open)

    def show_found(self, found: GapsFound) -> None:
        """Show the counts there are."""
        bars = bars_of(found.pareto)
        self.stack.setCurrentIndex(_CHARTS if bars else _NOTHING)
        self.summary.setText(summary_of(bars))
        self.chart.show_bars(bars, self.summary.text())
        self.read_out.setText(self.chart.sentence())
        self.table.show_rows(bars)

    def focus_first(self) -> None:
        """Take the focus where reading begins."""
        self.chart.setFocus()

    def _open(self) -> None:
        bar = self.table.current()
        if bar is not None and bar.code != OTHER:
            self.opened.emit(bar.code)


def summary_of(bars: tuple[Bar, ...]) -> str:
    """The chart in a sentence."""
    if not bars:
        return ""
    needed = next(at for at, bar in enumerate(bars, start=1) if bar.percent >= 80)
    total = sum(bar.count for bar in bars)
    make = "makes" if needed == 1 else "make"
    return (
        f"{counted(needed, 'code')} {make} {bars[needed - 1].percent} % of {counted(total, 'confirmed gap')}."
    )


def _made_table(around: Surroundings) -> RowTable[Bar]:
    columns: tuple[Column[Bar], ...] = (
        Column("Code", lambda bar: bar.words),
        Column("Gaps", lambda bar: str(bar.count), width=70, align_right=True),
        Column("Sum", lambda bar: f"{bar.percent} %", width=70, align_right=True),
    )
    table: RowTable[Bar] = RowTable(
        TwoLineModel(columns, step=_no_step, sentence=_sentence, strong=(1,)),
        around.theme,
        "Gaps by code in figures",
        key=lambda bar: bar.code,
        stretch=0,
    )
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    around.actions.give_page_letters_to(table)
    return table


def _with_empty(
    pane: QWidget,
    around: Surroundings,
    summary: Label,
    copy: CopyBar,
    chart: QWidget,
    hint: str,
    *more: QWidget,
) -> QStackedWidget:
    """A chart below what it says; the empty state while no gap was confirmed."""
    empty = EmptyState(around.icons)
    empty.show_state(
        "shield", "No gap was confirmed yet", "Gaps that drills propose count here once confirmed."
    )
    filled = QWidget()
    column = QVBoxLayout(filled)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    head = Section()
    head.set_tight()
    line = QHBoxLayout()
    line.setSpacing(12)
    line.addWidget(summary, 1)
    line.addWidget(copy)
    head.body.addLayout(line)
    head.body.addWidget(Label(f"Practice runs do not count. {hint}", "secondary", wrap=True))
    for widget in more:
        head.body.addWidget(widget)
    column.addWidget(head)
    column.addWidget(chart, 1)
    stack = QStackedWidget()
    stack.addWidget(empty)
    stack.addWidget(filled)
    whole = QVBoxLayout(pane)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(stack)
    return stack


def _sentence(bar: Bar) -> str:
    return f"{bar.words}: {counted(bar.count, 'gap')}, {bar.percent} % so far"


def _no_step(_bar: Bar) -> tuple[str, int]:
    return "", -1
