"""The page of drills with all its parts, each made when somebody goes there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.services.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.drill.library import LibraryTab
from desktop.ui.drill.page import DrillPage
from desktop.ui.drill.page_parts import DrillParts
from desktop.ui.surroundings import Surroundings
from desktop.wiring.drills import DeskDrills

if TYPE_CHECKING:
    from desktop.ui.drill.console import Console


def drill_page(
    desk: Desk, around: Surroundings, bridge: Bridge, fork: Callable[[int, int], None]
) -> DrillPage:
    """The page; `fork` goes on from a moment of a run."""
    drills = DeskDrills(desk)
    library = LibraryTab(drills, around, wizards=frozenset({"msel", "escalation"}))
    made = _Made(desk, around, fork)
    page = DrillPage(library, drills, made.parts(), around)
    made.page = page
    for changed in (bridge.drills_changed, bridge.people_changed, bridge.policy_changed):
        changed.connect(page.refresh)
    return page


class _Made:
    """Makes the parts of one page."""

    page: DrillPage

    def __init__(self, desk: Desk, around: Surroundings, fork: Callable[[int, int], None]) -> None:
        self._desk = desk
        self._around = around
        self._fork = fork

    def parts(self) -> DrillParts:
        """How each is made."""
        return DrillParts(
            console=self.console,
            after=self.after,
            gaps=self.gaps,
            trends=self.trends,
            plan=self.plan,
            editor=self.editor,
            msel=self.msel,
            from_escalation=self.from_escalation,
        )

    def console(self) -> "Console":
        """The trainer's console."""
        from desktop.ui.drill.console import Console

        page = self.page
        console = Console(self._around)
        console.players_requested.connect(page.players_wanted)
        console.library_requested.connect(page.leave)
        console.ended.connect(page.show_run)
        console.message_requested.connect(page.message_requested)
        return console

    def after(self) -> QWidget:
        """What came of runs."""
        from desktop.wiring.drill_after import after_page
        from desktop.wiring.drill_papers import DrillExports

        after = after_page(self._desk, DrillExports(self._desk).export, self._around)
        after.fork_requested.connect(self._fork)
        after.library_requested.connect(self.page.leave)
        after.message_requested.connect(self.page.message_requested)
        return after

    def gaps(self) -> QWidget:
        """The register."""
        from desktop.wiring.drill_gaps import gaps_tab

        gaps = gaps_tab(self._desk, self._around)
        gaps.drill_requested.connect(self.page.set_up)
        gaps.run_requested.connect(self.page.show_run)
        gaps.message_requested.connect(self.page.message_requested)
        return gaps

    def trends(self) -> QWidget:
        """Teams over drills."""
        from desktop.ui.drill.trends import TrendsTab
        from desktop.wiring.drill_calendar import DeskTrends

        trends = TrendsTab(DeskTrends(self._desk), self._around)
        trends.run_requested.connect(self.page.show_run)
        return trends

    def plan(self) -> QWidget:
        """The calendar and the wheel."""
        from desktop.ui.drill.plan import PlanTab
        from desktop.wiring.drill_calendar import DeskPlans

        plan = PlanTab(DeskPlans(self._desk), self._around)
        plan.start_requested.connect(self.page.set_up)
        plan.message_requested.connect(self.page.message_requested)
        return plan

    def editor(self) -> QWidget:
        """The editor of scenarios."""
        from desktop.wiring.drill_editor import scenario_editor

        editor = scenario_editor(self._desk, self._around)
        editor.left.connect(self.page.leave)
        editor.published.connect(self.page.leave_for)
        editor.message_requested.connect(self.page.message_requested)
        return editor

    def msel(self) -> QWidget:
        """The wizard for scripts."""
        from desktop.wiring.drill_wizards import msel_wizard

        wizard = msel_wizard(self._desk, self._around)
        wizard.created.connect(self.page.edit)
        wizard.left.connect(self.page.leave)
        wizard.message_requested.connect(self.page.message_requested)
        return wizard

    def from_escalation(self, escalation_id: int) -> QWidget:
        """The wizard for escalations that happened."""
        from desktop.wiring.drill_wizards import from_escalation

        wizard = from_escalation(self._desk, self._around, escalation_id)
        wizard.created.connect(self.page.edit)
        wizard.left.connect(self.page.leave)
        wizard.message_requested.connect(self.page.message_requested)
        return wizard
