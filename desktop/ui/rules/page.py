"""The page of rules: their list and editor, what people overruled, and maintenance."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.kit.page_head import PageHead, stand_below
from desktop.ui.kit.tabs import Tabs
from desktop.ui.rules.maintenance_tab import MaintenanceTab
from desktop.ui.rules.overrides_tab import OverridesTab
from desktop.ui.rules.ports import KeepsMaintenance, KeepsRules
from desktop.ui.rules.rules_tab import RulesTab
from desktop.ui.surroundings import Surroundings


class RulesPage(QWidget):
    """Everything about rules.

    Signals:
        message_requested: (str) what was done.
        open_escalation_requested: (int) the person wants to see that escalation.
    """

    title = "Rules"
    message_requested = Signal(str)
    open_escalation_requested = Signal(int)

    def __init__(
        self,
        rules: KeepsRules,
        maintenance: KeepsMaintenance,
        around: Surroundings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rules = RulesTab(rules, around)
        self.overrides = OverridesTab(rules, around)
        self.maintenance = MaintenanceTab(maintenance, around)
        self.tabs = Tabs("What about rules")
        self._stack = QStackedWidget()
        self._all = (self.rules, self.overrides, self.maintenance)
        for name, tab in zip(("Rules", "Overrides", "Maintenance"), self._all, strict=True):
            self.tabs.addTab(name)
            self._stack.addWidget(tab)
        stand_below(self, PageHead(self.title, self.tabs), self._stack)
        self.tabs.currentChanged.connect(self._show_tab)
        for told in (self.rules, self.maintenance):
            told.message_requested.connect(self.message_requested)
        self.overrides.open_requested.connect(self.open_escalation_requested)

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """Nothing: its keys work in its list and editor."""
        return {}

    def why_not(self, _action_id: str) -> str:
        """Everything can be done."""
        return ""

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self._all[self._stack.currentIndex()].focus_first()

    def show_tab(self, at: int) -> None:
        """Show one of rules, overrides and maintenance."""
        self.tabs.setCurrentIndex(at)

    def refresh(self) -> None:
        """Rules were changed, or something was overruled."""
        if self.isVisible():
            self._all[self._stack.currentIndex()].refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _show_tab(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self._all[at].refresh()
