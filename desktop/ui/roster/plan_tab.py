"""The plan in sight: its rota, period and zone, painted or as a table, and what is marked in it."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.instant import from_us, to_us
from desktop.services.roster_read import named_in
from desktop.services.roster_values import RosterShift
from desktop.ui.kit.label import Label
from desktop.ui.roster.head_bar import TABLE, HeadBar
from desktop.ui.roster.legend import Legend
from desktop.ui.roster.period import Period
from desktop.ui.roster.plan_view import PlanView
from desktop.ui.roster.ports import KeepsRoster, RosterFound, Sheet
from desktop.ui.roster.rows import Bar, Row, rows_of
from desktop.ui.roster.shift_table import Line, lines_of, shift_table
from desktop.ui.roster.words import marked_words, zone_words
from desktop.ui.surroundings import Surroundings

_MENU = ("roster.override", "roster.take", "roster.swap", "roster.leave", "roster.cancel", "roster.edit")


class Marked(NamedTuple):
    """The row and time that are marked, their rota (0 while that is not clear), and what is there."""

    row: Row
    span: tuple[int, int]
    schedule_id: int
    bar: Bar | None


class PlanTab(QWidget):
    """Shows one rota or all of them.

    Signals:
        asked: (str action) the person wants it done to what is marked.
        marked_changed: something else is marked, or there is another sheet.
        sheet_shown: (Sheet) this is in sight now.
    """

    asked = Signal(str)
    marked_changed = Signal()
    sheet_shown = Signal(object)

    def __init__(self, roster: KeepsRoster, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roster = roster
        self._around = around
        self.found = RosterFound()
        self.sheet: Sheet | None = None
        self._serial = 0
        self._to_mark: tuple[str, int, int] | None = None
        self.head = HeadBar(around.icons)
        now = around.clock.now()
        self._period = Period.around(now, self.head.unit.value(), self.head.zone_chosen_now)
        self.view = PlanView(around.theme, around.clock, self._period)
        self.view.letters_on = self._has_letters
        self.table = shift_table(around.theme)
        self.legend = Legend(around.theme)
        self.marked_line = Label("", wrap=True)
        self.marked_line.setAccessibleName("What is marked")
        self._lay_out()
        self._connect()

    # -- what is in sight

    @property
    def period(self) -> Period:
        return self._period

    def show_found(self, found: RosterFound) -> None:
        """These schedules and people are there; fetch the sheet anew."""
        is_first = not self.found.schedules
        self.found = found
        chosen = self.head.schedule_id
        self.head.offer([(state.id, state.name) for state in found.schedules], self._zones())
        if is_first and found.schedules:
            self.head.schedule.blockSignals(True)
            self.head.schedule.set_value(self._first_schedule())
            self.head.schedule.blockSignals(False)
        if is_first or self.head.schedule_id != chosen:
            self._take_zone()
        self.fetch()

    def fetch(self) -> None:
        """Fetch what is in sight."""
        self._serial += 1
        if not self.found.schedules:
            return
        ids = self._schedule_ids()
        work = partial(_numbered, self._roster, self._serial, ids, self._period)
        self._around.runner.run(work, self._show, owner=self)

    def go_to(self, schedule_id: int, key: str, start_us: int, end_us: int) -> None:
        """Bring a time into sight and mark it."""
        if schedule_id and self.head.schedule_id not in (0, schedule_id):
            self.head.schedule.set_value(schedule_id)
        self._to_mark = (key, start_us, end_us)
        at = from_us(start_us)
        self._change_period(Period.around(at, self.head.unit.value(), self.head.zone_chosen_now))

    def go_to_now(self) -> None:
        """The week or month with the present in it, its shift of now marked."""
        now = self._around.clock.now()
        self._to_mark = None
        self._change_period(Period.around(now, self.head.unit.value(), self.head.zone_chosen_now))
        self.view.mark_at(self.view.cursor_now.row, to_us(now))

    def marked(self) -> Marked | None:
        """What is marked in the plan, or is the current line of the table."""
        row, cursor = self.view.row, self.view.cursor_now
        if row is None:
            return None
        bar = row.bar_at(cursor.start_us)
        schedule_id = row.schedule_id or (bar.schedule_id if bar is not None else 0)
        if not schedule_id and self.sheet is not None:
            schedule_id = next((s.schedule_id for s in self.sheet.shifts if _touches(s, cursor.span)), 0)
        return Marked(row, cursor.span, schedule_id, bar)

    def anchor(self) -> QRect:
        """Where what is marked stands, in this widget."""
        if self._is_table:
            box = self.table.visualRect(self.table.currentIndex())
            return QRect(self.table.viewport().mapTo(self, box.topLeft()), box.size())
        box = self.view.cursor_box()
        return QRect(self.view.viewport().mapTo(self, box.topLeft()), box.size())

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.table if self._is_table else self.view).setFocus()

    # -- within

    @property
    def _is_table(self) -> bool:
        return self.head.view.value() == TABLE

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.table)
        foot = QFrame()
        foot.setProperty("part", "selection")
        line = QHBoxLayout(foot)
        line.setContentsMargins(12, 6, 12, 6)
        line.setSpacing(16)
        line.addWidget(self.marked_line, 1)
        line.addWidget(self.legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)

    def _connect(self) -> None:
        self.head.schedule_chosen.connect(self._follow_schedule)
        self.head.zone_chosen.connect(self._follow_choice)
        self.head.unit_chosen.connect(self._follow_choice)
        self.head.view_chosen.connect(self._follow_view)
        self.head.period_asked.connect(self._move)
        self.head.asked.connect(self.asked)
        self.view.asked.connect(self._hear)
        self.view.period_wanted.connect(self._move)
        self.view.cursor_moved.connect(self._say_marked)
        self.view.menu_wanted.connect(self._open_menu)
        self.table.picked.connect(self._follow_table)
        self.table.opened.connect(self._open_line)
        self._around.heartbeat.slowly_ticked.connect(self.view.tick)
        for view in (self.view, self.table):
            self._around.actions.give_page_letters_to(view)

    def _show(self, answer: tuple[int, Sheet]) -> None:
        serial, sheet = answer
        if serial != self._serial:
            return
        self.sheet = sheet
        rows = rows_of(sheet, self.found, self._period.midnights)
        self.view.show_rows(rows, self._period, self.found)
        if self._to_mark is not None:
            self.view.mark(*self._to_mark)
            self._to_mark = None
        self.table.show_rows(lines_of(rows, self.found, self._period))
        self.head.show_period(self._period, zone_words(self._period.start_us, self._period.zone))
        self.sheet_shown.emit(sheet)
        self._say_marked()

    def _schedule_ids(self) -> Sequence[int]:
        chosen = self.head.schedule_id
        return (chosen,) if chosen else tuple(state.id for state in self.found.schedules)

    def _first_schedule(self) -> int:
        """One the operator is in, else the first."""
        own = str(self.found.operator.id) if self.found.operator is not None else ""
        named = (state.id for state in self.found.schedules if own in named_in(state.document))
        return next(named, self.found.schedules[0].id)

    def _zones(self) -> list[str]:
        chosen = self.found.schedule(self.head.schedule_id)
        own = [self.found.operator.zone] if self.found.operator is not None else []
        rotas = [state.zone for state in self.found.schedules]
        people = sorted({person.zone for person in self.found.people})
        return [*([chosen.zone] if chosen is not None else []), *own, *rotas, "UTC", *people]

    def _take_zone(self) -> None:
        """Each rota is first shown in its own zone, all of them in that of whoever looks."""
        chosen = self.found.schedule(self.head.schedule_id)
        operator = self.found.operator
        zone = chosen.zone if chosen is not None else operator.zone if operator is not None else "UTC"
        self.head.zone.blockSignals(True)
        self.head.zone.set_value(zone)
        self.head.zone.blockSignals(False)
        middle = from_us((self._period.start_us + self._period.end_us) // 2)
        self._period = Period.around(middle, self._period.unit, self.head.zone_chosen_now)

    def _follow_schedule(self) -> None:
        self._take_zone()
        self.fetch()

    def _follow_choice(self) -> None:
        at = from_us(self.view.cursor_now.start_us)
        self._change_period(Period.around(at, self.head.unit.value(), self.head.zone_chosen_now))

    def _follow_view(self) -> None:
        if self._is_table:
            self._choose_marked()
        self._stack.setCurrentIndex(int(self._is_table))
        self.legend.setVisible(not self._is_table)

    def _choose_marked(self) -> None:
        """The line of what is marked is the current one."""
        row, cursor = self.view.row, self.view.cursor_now
        if row is None or self.sheet is None:
            return
        for at, line in enumerate(lines_of(self.view.rows, self.found, self._period)):
            if line.row.key == row.key and line.bar.start_us <= cursor.start_us < line.bar.end_us:
                self.table.selectRow(at)
                return

    def _move(self, by: int) -> None:
        if by:
            self._change_period(self._period.moved(by))
        else:
            self.go_to_now()

    def _change_period(self, period: Period) -> None:
        is_other = period != self._period
        self._period = period
        if is_other or self._to_mark is not None:
            self.fetch()

    def _hear(self, action: str) -> None:
        if action == "roster.now":
            self.go_to_now()
        else:
            self.asked.emit(action)

    def _follow_table(self) -> None:
        line = self.table.current()
        if line is not None and self._is_table:
            self._mark_line(line)

    def _mark_line(self, line: Line) -> None:
        self.view.mark(line.row.key, line.bar.start_us, line.bar.end_us)

    def _open_line(self) -> None:
        self.asked.emit("roster.override")

    def _say_marked(self) -> None:
        row = self.view.row
        if row is None:
            return
        words = marked_words(row, self.view.cursor_now.span, self.found, self._period.zone)
        bar = row.bar_at(self.view.cursor_now.start_us)
        note = f" {bar.note}." if bar is not None and bar.note and not bar.note.endswith(".") else ""
        self.marked_line.setText(f"{words}{note}")
        self.view.setAccessibleDescription(words)
        if self.view.hasFocus():
            self._around.announcer.say(self.view, words, about="roster cursor")
        self.marked_changed.emit()

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for action in _MENU:
            menu.addAction(self._around.actions[action])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _has_letters(self) -> bool:
        return bool(self._around.actions.keys_text("new_escalation").count("or"))


def _numbered(roster: KeepsRoster, serial: int, ids: Sequence[int], period: Period) -> tuple[int, Sheet]:
    return serial, roster.sheet(ids, period.start, period.end)


def _touches(shift: RosterShift, span: tuple[int, int]) -> bool:
    return to_us(shift.start) < span[1] and span[0] < to_us(shift.end)
