"""The lower part of the panel: timeline, evidence and actions behind tabs."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.rights import Action
from desktop.ui.escalation.evidence import EvidenceTab, title_of
from desktop.ui.escalation.rights_tab import RightsTab
from desktop.ui.escalation.timeline import Timeline
from desktop.ui.kit.tabs import Tabs
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.services.details import EscalationDetails

_TITLES = ("Timeline", "Evidence", "Actions")


class LowerPart(QFrame):
    """One of three pages at a time, as high as it needs to be."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = Tabs("Timeline, evidence, actions", self)
        for title in _TITLES:
            self.tabs.addTab(title)
        self.timeline = Timeline(theme, self)
        self.evidence = EvidenceTab(self)
        self.rights = RightsTab(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(6)
        column.addWidget(self.tabs)
        for page in self._pages:
            column.addWidget(page)
        self.tabs.currentChanged.connect(self._choose)
        self._choose(0)

    def show_details(self, details: "EscalationDetails", now: datetime, *, is_same: bool) -> None:
        """Show one escalation; `is_same`: it is shown already."""
        allowed = {state.action for state in details.actions if state.allowed}
        self.timeline.set_events(details.timeline, now, is_same=is_same, numbers=dict(details.merged))
        self.evidence.set_evidence(
            details.evidence,
            now,
            can_attach=Action.ATTACH in allowed,
            can_remove=Action.REMOVE_EVIDENCE in allowed,
        )
        self.rights.set_states(details.actions)
        self.tabs.setTabText(1, title_of(details.evidence))

    @property
    def _pages(self) -> tuple[QWidget, ...]:
        return self.timeline, self.evidence, self.rights

    def _choose(self, at: int) -> None:
        for index, page in enumerate(self._pages):
            page.setVisible(index == at)
