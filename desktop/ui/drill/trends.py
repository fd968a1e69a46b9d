"""How a team fares over its drills: never a person, never practice."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.drill_record import TrendPoint
from desktop.domain.drill_words import COMPETENCES
from desktop.ui.drill.ports import ReadsTrends, TrendFound
from desktop.ui.drill.trend_chart import ChartPoint, DotPlot, TrendChart
from desktop.ui.drill.words import competence_words, points_words, share
from desktop.ui.kit.card import Section
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, day, listed, moment

_OVERALL = ""


class TrendsTab(QWidget):
    """A chart over drills, the last two compared, and the same as a table.

    Signals:
        run_requested: (int) show what came of a drill.
    """

    run_requested = Signal(int)

    def __init__(self, reads: ReadsTrends, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reads = reads
        self._around = around
        self._found = TrendFound()
        self.team = Choice("Team", least=16)
        self.what = Choice("What is shown", least=16)
        self.what.offer([(_OVERALL, "Overall")])
        self.said = Label("", "secondary", wrap=True)
        self.chart = TrendChart(around.theme)
        self.plot = DotPlot(around.theme)
        self.compared = Section("Last drill and the one before", "● last   ○ before")
        self.alone = Label("With a second drill, both are compared here.", "secondary", wrap=True)
        self.table = self._made_table()
        self.empty = EmptyState(around.icons)
        self._stack = QStackedWidget()
        self._lay_out()
        self.team.activated.connect(self.refresh)
        self.what.activated.connect(self._draw)
        self.table.opened.connect(self._open)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        shown: QWidget = self.table if self._found.points else self.empty
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, *_what: object) -> None:
        """Read it anew."""
        if self.isVisible():
            work = partial(self._reads.found, str(self.team.value() or ""))
            self._around.runner.run(work, self._show, owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _show(self, found: TrendFound) -> None:
        self._found = found
        self.team.offer([(team, team) for team in found.teams])
        self.team.set_value(found.team)
        names = {name for point in found.points for name in point.competences}
        known = [name for name in COMPETENCES if name in names]
        self.what.offer([(_OVERALL, "Overall"), *((name, competence_words(name)) for name in known)])
        self.said.setText(_left_out(found))
        self.table.show_rows(found.points[::-1])
        if not found.points:
            title = f"No drill of {found.team} counts yet" if found.team else "No drill counts yet"
            words = "Drills with a team that are no practice runs are shown here once they are scored."
            self.empty.show_state("drill", title, words)
            self._stack.setCurrentWidget(self.empty)
            return
        self._stack.setCurrentIndex(0)
        self._draw()
        self._compare(found.points)

    def _draw(self, *_what: object) -> None:
        what = str(self.what.value() or "")
        now = self._around.clock.now()
        name = competence_words(what) if what else "Overall"
        points = []
        for point in self._found.points:
            value = point.competences.get(what) if what else point.overall
            said = f"{moment(point.at, now)}: {points_words(value)}, {share(point.coverage)} covered"
            points.append(ChartPoint(day(point.at.astimezone()), value, point.coverage, said))
        self.chart.show_points(name, points)

    def _compare(self, points: Sequence[TrendPoint]) -> None:
        self.alone.setVisible(len(points) < 2)
        self.plot.setVisible(len(points) > 1)
        if len(points) > 1:
            self.plot.show_rows(_said(points[-1]), _said(points[-2]))

    def _open(self) -> None:
        row = self.table.current()
        if row is not None:
            self.run_requested.emit(row.run_id)

    def _made_table(self) -> RowTable[TrendPoint]:
        columns: Sequence[Column[TrendPoint]] = (
            Column("Drill", _title, width=180),
            Column("Overall", _overall, align_right=True, width=84),
            Column("Covered", _coverage, align_right=True, width=76),
        )
        model = TwoLineModel(columns, step=_mark, sentence=self._sentence, second=self._second, strong=(1,))
        table = RowTable(model, self._around.theme, "Drills of the team", key=_run, stretch=0)
        self._around.actions.give_page_letters_to(table)
        return table

    def _second(self, point: TrendPoint, column: int) -> str:
        return moment(point.at, self._around.clock.now()) if not column else ""

    def _sentence(self, point: TrendPoint) -> str:
        parts = [f"{competence_words(name)} {value}" for name, value in point.competences.items()]
        at = moment(point.at, self._around.clock.now())
        return f"{point.title}, {at}, {_overall(point)}, {share(point.coverage)} covered; {', '.join(parts)}"

    def _lay_out(self) -> None:
        self.compared.body.addWidget(self.plot)
        self.compared.body.addWidget(self.alone)
        legend = Label(
            "Line: score of 1000. Bars: how much of the drill was covered. Dashed: bands P, S, M.",
            "hint",
            wrap=True,
        )
        over = Section("Over drills")
        over.body.addWidget(self.chart)
        over.body.addWidget(legend)
        charts = QWidget()
        column = QVBoxLayout(charts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(over, 1)
        column.addWidget(self.compared)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(ScrollColumn(charts))
        split.addWidget(self.table)
        split.setStretchFactor(0, 1)
        split.setSizes([640, 420])
        self._stack.addWidget(split)
        self._stack.addWidget(self.empty)
        filters = QFrame()
        filters.setProperty("part", "filters")
        line = QHBoxLayout(filters)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self.team)
        line.addWidget(self.what)
        line.addWidget(self.said, 3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(filters)
        outer.addWidget(self._stack, 1)


def _left_out(found: TrendFound) -> str:
    out = [counted(found.practice, "practice run")] if found.practice else []
    out += [counted(found.forks, "fork")] if found.forks else []
    verb = "is" if found.practice + found.forks == 1 else "are"
    left = f" {listed(out).capitalize()} {verb} left out." if out else ""
    return f"{counted(len(found.points), 'drill')} counted.{left} Nobody is shown alone."


def _said(point: TrendPoint) -> dict[str, int]:
    known = [name for name in COMPETENCES if name in point.competences]
    return {competence_words(name): point.competences[name] for name in known}


def _title(point: TrendPoint) -> str:
    return point.title


def _overall(point: TrendPoint) -> str:
    return f"{point.overall} {point.band}"


def _coverage(point: TrendPoint) -> str:
    return share(point.coverage)


def _mark(_point: TrendPoint) -> tuple[str, int]:
    return "", -1


def _run(point: TrendPoint) -> object:
    return point.run_id
