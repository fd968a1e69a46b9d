"""The calendar of recurring drills, with the wheel beside it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.ui.drill.plan_form import PlanForm
from desktop.ui.drill.ports import PlanFound, Planned, PlansDrills, PlanWish
from desktop.ui.drill.wheel import WheelCard
from desktop.ui.kit.button import Button
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.table_model import Column
from desktop.ui.kit.tip import as_tip
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import moment


class PlanTab(QWidget):
    """Recurring drills at the left, the wheel at the right.

    Signals:
        start_requested: (str slug) set that up.
        message_requested: (str) what was done.
    """

    start_requested = Signal(str)
    message_requested = Signal(str)

    def __init__(self, plans: PlansDrills, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plans = plans
        self._around = around
        self._found = PlanFound()
        self.fault = Label("", "danger", wrap=True)
        self.fault.hide()
        self.add = Button("Add a recurring drill…")
        self.remove = Button("Remove")
        self.start = Button("Start it now", "primary")
        self.table = self._made_table()
        self.form = PlanForm()
        self.wheel = WheelCard()
        self.empty = EmptyState(around.icons)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        shown = self._stack.currentWidget()
        focus: QWidget = self.table if shown is self.table else self.empty
        if shown is not self.form:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, *_what: object) -> None:
        """Read it anew."""
        if self.isVisible():
            self._run(self._plans.found, self._show)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _show(self, found: PlanFound) -> None:
        self._found = found
        self.table.show_rows(found.planned)
        self.wheel.offer(found.teams, len(found.planned) + 1)
        self.wheel.draw.setEnabled(bool(found.scenarios))
        for button in (self.add, self.remove):
            button.setToolTip(as_tip(found.why_not_write))
        self.add.setEnabled(not found.why_not_write)
        if self._stack.currentWidget() is not self.form:
            self._show_list()

    def _show_list(self) -> None:
        has_rows = bool(self._found.planned)
        button = "" if self._found.why_not_write else "Add a recurring drill…"
        words = "A drill that comes by itself is played. The desk tells when one is due."
        self.empty.show_state("calendar", "No drill recurs", words, button)
        self._stack.setCurrentWidget(self.table if has_rows else self.empty)
        self.add.setVisible(has_rows)
        self.remove.setVisible(has_rows)
        self.start.setVisible(has_rows)
        self.remove.setEnabled(has_rows and not self._found.why_not_write)

    def _begin(self) -> None:
        self._stack.setCurrentWidget(self.form)
        for button in (self.add, self.remove, self.start):
            button.hide()
        self.form.begin(self._found)

    def _leave_form(self) -> None:
        self._show_list()
        self.focus_first()

    def _keep(self, wish: PlanWish) -> None:
        work = partial(_kept, self._plans, wish)
        self._around.runner.run(work, self._kept, self.form.refuse, owner=self)

    def _kept(self, found: PlanFound) -> None:
        self._found = found
        self._leave_form()
        self._show(found)
        self.message_requested.emit("The drill stands in the calendar.")

    def _remove(self) -> None:
        row = self.table.current()
        if row is not None:
            self._run(partial(_removed, self._plans, row.id), self._show)

    def _start(self) -> None:
        row = self.table.current()
        if row is None:
            return
        if row.slug:
            self.start_requested.emit(row.slug)
        else:
            self.wheel.team.set_value(row.team)
            self.wheel.draw.click()

    def _draw(self, team: str, seed: int) -> None:
        self._run(partial(self._plans.draw, team, seed), self.wheel.show_drawn)

    # -- parts
    def _run(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self.fault.hide()
        self._around.runner.run(work, then, self._refuse, owner=self)

    def _refuse(self, error: DeskError) -> None:
        self.fault.setText(str(error))
        self.fault.show()

    def _made_table(self) -> RowTable[Planned]:
        columns: Sequence[Column[Planned]] = (
            Column("Drill", _title, width=220),
            Column("Next", self._next, width=230),
        )
        model = TwoLineModel(columns, step=_mark, sentence=self._sentence, second=self._second, strong=(0,))
        table = RowTable(model, self._around.theme, "Recurring drills", key=_id, stretch=0)
        self._around.actions.give_page_letters_to(table)
        return table

    def _next(self, row: Planned) -> str:
        if row.is_due:
            return "due now"
        return moment(row.next_at[0], self._around.clock.now()) if row.next_at else "never"

    def _second(self, row: Planned, column: int) -> str:
        now = self._around.clock.now()
        if not column:
            return " · ".join(word for word in (row.scenario, row.team, row.rule) if word)
        later = row.next_at if row.is_due else row.next_at[1:]
        return f"then {', '.join(moment(at, now) for at in later[:2])}" if later else ""

    def _sentence(self, row: Planned) -> str:
        return f"{row.title}, {self._second(row, 0)}, next {self._next(row)}"

    def _connect(self) -> None:
        self.add.clicked.connect(self._begin)
        self.empty.button_pressed.connect(self._begin)
        self.remove.clicked.connect(self._remove)
        self.start.clicked.connect(self._start)
        self.table.opened.connect(self._start)
        self.form.wanted.connect(self._keep)
        self.form.left.connect(self._leave_form)
        self.wheel.draw_requested.connect(self._draw)
        self.wheel.accepted.connect(self.start_requested)

    def _lay_out(self) -> None:
        for pane in (self.table, self.form, self.empty):
            self._stack.addWidget(pane)
        buttons = FlowLayout(spacing=8)
        for button in (self.start, self.add, self.remove):
            buttons.addWidget(button)
        bar = QVBoxLayout()
        bar.setContentsMargins(16, 8, 16, 8)
        bar.setSpacing(6)
        bar.addLayout(buttons)
        bar.addWidget(self.fault)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._stack, 1)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(16, 12, 16, 12)
        beside.addWidget(self.wheel)
        beside.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(ScrollColumn(right))
        split.setStretchFactor(0, 1)
        split.setSizes([700, 420])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)


def _kept(plans: PlansDrills, wish: PlanWish) -> PlanFound:
    plans.add(wish)
    return plans.found()


def _removed(plans: PlansDrills, plan_id: int) -> PlanFound:
    plans.remove(plan_id)
    return plans.found()


def _title(row: Planned) -> str:
    return row.title


def _id(row: Planned) -> object:
    return row.id


def _mark(row: Planned) -> tuple[str, int]:
    return ("drill.fill", -1) if row.is_due else ("", -1)
