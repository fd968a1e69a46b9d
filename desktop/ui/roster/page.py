"""The page of the roster: plan, findings, swaps, time off and quality; the editor of rotas in their place."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.roster_quality import Quality
from desktop.domain.time_off import TimeOff
from desktop.ui.kit.page_head import PageHead
from desktop.ui.kit.popover import Popover
from desktop.ui.kit.tabs import Tabs
from desktop.ui.roster.calendar_box import CalendarBox
from desktop.ui.roster.changes import Changes
from desktop.ui.roster.deeds import Deeds
from desktop.ui.roster.findings_tab import FindingsTab
from desktop.ui.roster.leave_import import LeaveImport
from desktop.ui.roster.leave_tab import LeaveTab
from desktop.ui.roster.plan_tab import PlanTab
from desktop.ui.roster.ports import RosterFound, RosterServices, Sheet
from desktop.ui.roster.quality_tab import QualityTab
from desktop.ui.roster.rota_desk import RotaDesk
from desktop.ui.roster.say_line import SayLine
from desktop.ui.roster.start_panel import BLANK, StartPanel
from desktop.ui.roster.swaps_tab import SwapsTab
from desktop.ui.roster.wishes import Outcome
from desktop.ui.surroundings import Surroundings

_START, _TABS, _EDITOR = range(3)
_PLAN, _FINDINGS, _SWAPS, _LEAVE, _QUALITY = range(5)
_NAMES = ("Plan", "Findings", "Swaps", "Time off", "Quality")


class RosterPage(QWidget):
    """Everything about who is on call.

    Signals:
        message_requested: (str) what was done, for the toast.
        states_changed: other things can be done now.
    """

    title = "Roster"
    message_requested = Signal(str)
    states_changed = Signal()

    def __init__(self, services: RosterServices, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._around = around
        self._found = RosterFound()
        self.plan = PlanTab(services.roster, around)
        self.findings = FindingsTab(around.theme, around.icons)
        self.swaps = SwapsTab(around.theme, around.icons)
        self.leave = LeaveTab(around.theme, around.icons)
        self.quality = QualityTab(around.theme)
        self.start = StartPanel(around.icons)
        self.rotas = RotaDesk(services.rotas, around)
        self.changes = Changes(self, around.runner)
        self.deeds = Deeds(services.roster, self.plan, self.changes, around.clock, around.runner)
        self._deeds: dict[str, Callable[[QRect], None]] = {
            "roster.override": self.deeds.override,
            "roster.take": self.deeds.take,
            "roster.swap": self.deeds.swap,
            "roster.leave": self.deeds.leave,
            "roster.cancel": self.deeds.cancel,
        }
        self.leave_import = LeaveImport(services.roster, self, around.runner)
        self._box = Popover(self)
        self.tabs = Tabs("What about the roster")
        self.says = SayLine()
        self._lay_out()
        self._connect()

    # -- the page protocol

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here, by menu, palette, key and button."""
        names = ("override", "take", "swap", "leave", "cancel", "edit", "new", "calendar", "now")
        return {f"roster.{name}": partial(self.do, f"roster.{name}") for name in names}

    def why_not(self, action_id: str) -> str:
        """Why one of them cannot be done now."""
        if action_id in ("roster.new", "roster.edit"):
            return "" if self._found.may_plan else "Leads and the on-call leader plan rotas."
        if not self._found.schedules:
            return "There is no rota yet."
        if action_id in self._deeds:
            return self.deeds.why_not(action_id)
        return ""

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        if self._stack.currentIndex() == _START:
            self.start.setFocus()
        elif self._stack.currentIndex() == _EDITOR:
            self.rotas.focus_first()
        else:
            self._parts[self.tabs.currentIndex()].focus_first()

    def show_tab(self, at: int) -> None:
        """Show one of the tabs."""
        self.tabs.setCurrentIndex(at)

    def refresh(self) -> None:
        """The roster is another one, or its people are."""
        if self.isVisible():
            self._around.runner.run(self._services.roster.found, self._show, owner=self)

    def do(self, action: str) -> None:
        """A person wants it."""
        why = self.why_not(action)
        if why:
            self._refuse(DeskError(why))
            return
        self.says.say("")
        if action in self._deeds:
            self.tabs.setCurrentIndex(_PLAN)
            self._deeds[action](self._anchor())
        elif action == "roster.now":
            self.plan.go_to_now()
        elif action == "roster.edit":
            self._edit()
        elif action == "roster.new":
            self.build(BLANK)
        else:
            self._open_calendars()

    def build(self, way: str) -> None:
        """Begin a rota one of the ways."""
        if not self._found.may_plan:
            self._refuse(DeskError("Leads and the on-call leader plan rotas.", hint="Ask one of them."))
            return
        self._stack.setCurrentIndex(_EDITOR)
        self.rotas.build(way, self._found)

    # -- Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # -- within

    def _lay_out(self) -> None:
        self._parts = (self.plan, self.findings, self.swaps, self.leave, self.quality)
        pages = QStackedWidget()
        parts: Sequence[QWidget] = self._parts
        for name, part in zip(_NAMES, parts, strict=True):
            self.tabs.addTab(name)
            pages.addWidget(part)
        self._pages = pages
        whole = QWidget()
        inner = QVBoxLayout(whole)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(PageHead(self.title, self.tabs))
        inner.addWidget(self.says)
        inner.addWidget(pages, 1)
        self._stack = QStackedWidget()
        for each in (self.start, whole, self.rotas):
            self._stack.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.start.wanted.connect(self.build)
        self.plan.asked.connect(self.do)
        self.plan.sheet_shown.connect(self._show_sheet)
        self.plan.marked_changed.connect(self.states_changed)
        self.plan.marked_changed.connect(self._follow_marked)
        self.findings.place_wanted.connect(self._go_to)
        self.swaps.answered.connect(self._answer)
        self.swaps.withdrawn.connect(self._withdraw)
        self.leave.add_wanted.connect(self._add_leave)
        self.leave.import_wanted.connect(self._import_leave)
        self.leave.change_wanted.connect(self._change_leave)
        self.leave.remove_wanted.connect(self._remove_leave)
        self.leave_import.done.connect(self._done)
        self.changes.done.connect(self._done)
        self.changes.refused.connect(self._refuse)
        self.says.undo_wanted.connect(self._take_back)
        self.rotas.left.connect(self._leave_editor)
        self.rotas.saved.connect(self._done)

    def _show(self, found: RosterFound) -> None:
        self._found = found
        is_first = self._stack.currentIndex() == _START and self.isVisible()
        if self._stack.currentIndex() != _EDITOR:
            self._stack.setCurrentIndex(_TABS if found.schedules else _START)
        had_focus = is_first and bool(found.schedules)
        self.plan.show_found(found)
        self.swaps.show_found(found, self.plan.period.zone)
        waiting = self.swaps.waiting_for_operator
        self.tabs.setTabText(_SWAPS, f"Swaps ({waiting} for you)" if waiting else "Swaps")
        self._fetch_leave()
        if had_focus and self._stack.currentIndex() == _TABS:
            self.focus_first()
        self.states_changed.emit()

    def _show_sheet(self, sheet: Sheet) -> None:
        self.findings.show_found(sheet.found, self.plan.period)
        count = len(sheet.found)
        self.tabs.setTabText(_FINDINGS, f"Findings ({count})" if count else "Findings")
        self._fetch_quality()

    def _show_tab(self, at: int) -> None:
        self._pages.setCurrentIndex(at)
        if self.isVisible() and not self.tabs.hasFocus():
            self._parts[at].focus_first()
        if at == _QUALITY:
            self._fetch_quality()

    def _fetch_leave(self) -> None:
        self._around.runner.run(self._services.roster.time_off, self._show_leave, owner=self)

    def _show_leave(self, entries: Sequence[TimeOff]) -> None:
        self.leave.show_found(entries, self._found, self.plan.period.zone)

    def _fetch_quality(self) -> None:
        if self.tabs.currentIndex() != _QUALITY:
            return
        schedule_id, period = self.plan.head.schedule_id, self.plan.period
        if not schedule_id:
            self._show_quality(None)
            return
        work = partial(self._services.roster.quality, schedule_id, period.start, period.end)
        self._around.runner.run(work, self._show_quality, owner=self)

    def _show_quality(self, quality: Quality | None) -> None:
        state = self._found.schedule(self.plan.head.schedule_id)
        name = state.name if state is not None else ""
        self.quality.show_quality(self._found, quality, name, self.plan.period)

    def _follow_marked(self) -> None:
        for action, button in self.plan.head.buttons.items():
            why = self.why_not(action)
            button.setToolTip(why)
            button.setEnabled(not why or button.hasFocus())

    def _go_to(self, schedule_id: int, key: str, start_us: int, end_us: int) -> None:
        self.tabs.setCurrentIndex(_PLAN)
        self.plan.go_to(schedule_id, key, start_us, end_us)
        self.plan.focus_first()

    def _answer(self, swap_id: int, accepts: bool) -> None:
        if accepts:
            self.deeds.agree(swap_id)
        else:
            work = partial(self._services.roster.answer_swap, swap_id, accepts=False, why="")
            self.changes.run(work, "The swap is declined.")

    def _withdraw(self, swap_id: int) -> None:
        self.changes.run(partial(self._services.roster.withdraw_swap, swap_id), "The swap is withdrawn.")

    def _add_leave(self) -> None:
        self.deeds.leave(QRect())

    def _change_leave(self, entry: TimeOff) -> None:
        self.deeds.leave(QRect(), entry)

    def _remove_leave(self, entry: TimeOff) -> None:
        name = self._found.name_of(entry.person_id)
        undo = partial(self._services.roster.add_leave, _anew(entry))
        work = partial(self._services.roster.remove_leave, entry)
        self.changes.run(work, f"{name} is not away then.", undo)

    def _import_leave(self) -> None:
        entry = self.leave.table.current()
        self.leave_import.open(self._found, entry.person_id if entry is not None else 0)

    def _open_calendars(self) -> None:
        box = CalendarBox(self._services.calendars, self._found, self._around.runner)
        box.closed.connect(self._box.close_popover)
        box.said.connect(self.message_requested)
        self._box.show_at(box)

    def _edit(self) -> None:
        marked = self.plan.marked()
        schedule_id = self.plan.head.schedule_id or (marked.schedule_id if marked is not None else 0)
        state = self._found.schedule(schedule_id) or next(iter(self._found.schedules), None)
        if state is None:
            self.build(BLANK)
            return
        self._stack.setCurrentIndex(_EDITOR)
        self.rotas.edit(state, self._found)

    def _leave_editor(self) -> None:
        self._stack.setCurrentIndex(_TABS if self._found.schedules else _START)
        self.refresh()
        self.focus_first()

    def _done(self, outcome: Outcome) -> None:
        self.says.say(outcome.sentence, outcome.undo)
        self._around.announcer.say(self, outcome.sentence)
        self.refresh()

    def _take_back(self, undo: Callable[[], object]) -> None:
        self.changes.run(undo, "Taken back.")
        self.focus_first()

    def _refuse(self, error: DeskError) -> None:
        self.says.refuse(str(error))
        self._around.announcer.say(self, str(error))

    def _anchor(self) -> QRect:
        box = self.plan.anchor()
        return QRect(self.plan.mapTo(self, QPoint(0, 0)) + box.topLeft(), box.size())


def _anew(entry: TimeOff) -> TimeOff:
    return TimeOff(0, entry.person_id, entry.start, entry.end, entry.reason)
