"""The gaps of drills and real escalations in one register, with the actions that close them."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.drill_gap_deeds import GapDeed
from desktop.domain.drill_record import ActionItem, Gap
from desktop.domain.errors import DeskError
from desktop.ui.drill import after_words as words
from desktop.ui.drill import gaps_actions, gaps_asking
from desktop.ui.drill.after_export import Export, SaveButton
from desktop.ui.drill.gaps_actions import ActionsPane
from desktop.ui.drill.gaps_asking import GapsAsking, kind_of
from desktop.ui.drill.gaps_charts import HeatPane, ParetoPane
from desktop.ui.drill.gaps_ports import GapsFound, KeepsGaps
from desktop.ui.drill.gaps_register import RegisterPane
from desktop.ui.kit.label import Label
from desktop.ui.kit.tabs import Tabs
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

REGISTER, ACTIONS, HEAT, PARETO = range(4)
_TITLES = ("Register", "Actions", "Heat map", "Pareto")


class GapsTab(QWidget):
    """Register, actions, heat map, Pareto chart.

    Signals:
        drill_requested: (str slug) start the drill that exercises a gap.
        run_requested: (int run) show the run that proposed it.
        message_requested: (str)
    """

    drill_requested = Signal(str)
    run_requested = Signal(int)
    message_requested = Signal(str)

    def __init__(
        self, keeps: KeepsGaps, export: Export, around: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._around = around
        self.found = GapsFound()
        self.register = RegisterPane(around)
        self.actions_pane = ActionsPane(around)
        self.heat = HeatPane(around)
        self.pareto = ParetoPane(around)
        self.asking = GapsAsking(self, around.clock)
        self.tabs = Tabs("Gaps")
        self.save = SaveButton(export, around, ("gaps",))
        self.stack = QStackedWidget()
        self.fault = Label("", "danger", wrap=True)
        self.why_not = Label("", "secondary", wrap=True)
        self._lay_out()
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.register.deed_wanted.connect(self._do_to_gap)
        self.register.sheet.drill_wanted.connect(self.drill_requested)
        self.register.sheet.run_wanted.connect(self.run_requested)
        self.actions_pane.deed_wanted.connect(self._do_to_action)
        self.actions_pane.new_wanted.connect(self._ask_action)
        self.heat.opened.connect(self._show_cell)
        self.pareto.opened.connect(self._show_code)
        self.asking.answered.connect(self._answer)
        self.asking.new_action_wanted.connect(self._ask_action_for)
        self.save.failed.connect(self.message_requested)

    def refresh(self, *_what: object) -> None:
        """Read it anew."""
        self._around.runner.run(self._keeps.found, self._show, self._refuse, owner=self)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        pane = self.stack.currentWidget()
        if hasattr(pane, "focus_first"):
            pane.focus_first()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _show(self, found: GapsFound) -> None:
        self.found = found
        self.fault.hide()
        self.why_not.setText(found.why_not)
        self.why_not.setVisible(bool(found.why_not))
        for pane in (self.register, self.actions_pane, self.heat, self.pareto):
            pane.show_found(found)

    def _refuse(self, error: DeskError) -> None:
        self.fault.setText(str(error))
        self.fault.show()

    def _do_to_gap(self, deed: str, gap: Gap) -> None:
        match GapDeed(deed):
            case GapDeed.CONFIRM:
                self._do(partial(self._keeps.confirm, gap.id))
            case GapDeed.CLOSE:
                self._do(partial(self._keeps.close, gap.id))
            case GapDeed.ACCEPT:
                self.asking.ask_acceptance(gap, self.found)
            case GapDeed.LINK:
                self.asking.ask_link(gap, self.found)
            case GapDeed.SHOW:
                self.asking.ask_escalation(gap)
            case GapDeed.DECLINE | GapDeed.WAIVE | GapDeed.REOPEN:
                self.asking.ask_reason(deed, gap.id, words.gap_words(gap))

    def _do_to_action(self, deed: str, action: ActionItem) -> None:
        if deed == gaps_actions.FINISH:
            self.asking.ask_evidence(action)
        elif deed == gaps_actions.HAND_ON:
            self.asking.ask_hand_on(action, self.found)
        elif deed == gaps_actions.DECLINE:
            self.asking.ask_reason(gaps_asking.REFUSE, action.id, one_line(action.text))
        else:
            work = {
                gaps_actions.ACCEPT: self._keeps.accept_action,
                gaps_actions.START: self._keeps.start_action,
                gaps_actions.VERIFY: self._keeps.verify_action,
            }[deed]
            self._do(partial(work, action.id))

    def _ask_action(self) -> None:
        self.asking.ask_action(None, self.found)

    def _ask_action_for(self, gap_id: int) -> None:
        gap = next((each for each in self.found.gaps if each.id == gap_id), None)
        self.asking.ask_action(gap, self.found)

    def _answer(self, key: str, item_id: int, answers: dict[str, str]) -> None:
        text = answers.get("text", "").strip()
        due = date.fromisoformat(answers["due"]) if "due" in answers else None
        owner = int(answers.get("owner") or 0)
        work: Callable[[], None]
        if key == gaps_asking.ACCEPT and due is not None:
            work = partial(self._keeps.accept, item_id, owner, due)
        elif key == gaps_asking.ACTION and due is not None:
            work = partial(
                self._keeps.create_action, text, kind_of(answers), owner, due, gap_id=item_id or None
            )
        elif key == gaps_asking.HAND_ON and due is not None:
            work = partial(self._keeps.hand_on_action, item_id, owner, due)
        elif key == gaps_asking.SHOW:
            work = partial(self._keeps.show_by, item_id, answers.get("number", ""), text)
        elif key == gaps_asking.LINK:
            work = partial(self._keeps.link, item_id, int(answers["action"]))
        else:
            do = {
                gaps_asking.DECLINE: self._keeps.decline,
                gaps_asking.WAIVE: self._keeps.waive,
                gaps_asking.REOPEN: self._keeps.reopen,
                gaps_asking.DONE: self._keeps.finish_action,
                gaps_asking.REFUSE: self._keeps.decline_action,
            }[key]
            work = partial(do, item_id, text)
        self._around.runner.run(work, self._close_box, self.asking.box.fail, owner=self)

    def _do(self, work: Callable[[], None]) -> None:
        self._around.runner.run(work, self.refresh, self._refuse, owner=self)

    def _close_box(self, _done: object) -> None:
        self.asking.box.close()
        self.refresh()

    def _show_cell(self, category: str, team: str) -> None:
        self.tabs.setCurrentIndex(REGISTER)
        self.register.filter.show_only(category=category, team=team)
        self.register.focus_first()

    def _show_code(self, code: str) -> None:
        self.tabs.setCurrentIndex(REGISTER)
        self.register.filter.show_only(code=code)
        self.register.focus_first()

    def _lay_out(self) -> None:
        for title, pane in zip(
            _TITLES, (self.register, self.actions_pane, self.heat, self.pareto), strict=True
        ):
            self.tabs.addTab(title)
            self.stack.addWidget(pane)
        head = QFrame()
        head.setProperty("part", "filters")
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 4, 16, 4)
        line.setSpacing(12)
        line.addWidget(self.tabs, 1)
        line.addWidget(self.save)
        for said in (self.fault, self.why_not):
            said.setContentsMargins(16, 6, 16, 6)
            said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.fault)
        column.addWidget(self.why_not)
        column.addWidget(self.stack, 1)
        column.addWidget(self.save.line)
