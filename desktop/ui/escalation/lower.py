"""The lower part of the panel: timeline, evidence and actions behind tabs."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.evidence import Evidence
from desktop.domain.rights import Action
from desktop.ui.escalation.rights_tab import RightsTab
from desktop.ui.escalation.timeline import Timeline
from desktop.ui.kit.wrap_tabs import WrapTabs
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.services.details import EscalationDetails
    from desktop.ui.escalation.evidence import EvidenceTab

_TITLES = ("Timeline", "Evidence", "Actions")
_TIMELINE, _EVIDENCE, _ACTIONS = range(3)


class PanelTab(Protocol):
    """A page that others bring; it reads what it shows by itself."""

    def show_escalation(self, escalation_id: int) -> None:
        """Show this one, or read again what is shown of it."""
        ...


class LowerPart(QFrame):
    """One page at a time, as high as it needs to be: three of its own, and those others bring.

    Signals:
        evidence_made: the evidence page is there, which it is once it is wanted.
    """

    evidence_made = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = WrapTabs("Timeline, evidence, actions", self)
        for title in _TITLES:
            self.tabs.addTab(title)
        self.timeline = Timeline(theme, self)
        self.rights = RightsTab(self)
        self._evidence: EvidenceTab | None = None
        self._later: dict[int, Callable[[], QWidget]] = {}
        self._brought: dict[int, QWidget] = {}
        self._shown: tuple[EscalationDetails, datetime] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 4, 16, 16)
        self._column.setSpacing(6)
        for widget in (self.tabs, self.timeline, self.rights):
            self._column.addWidget(widget)
        self.tabs.currentChanged.connect(self._choose)
        self._choose(_TIMELINE)

    @property
    def evidence(self) -> "EvidenceTab":
        """The evidence page."""
        if self._evidence is None:
            from desktop.ui.escalation.evidence import EvidenceTab  # many look at an escalation without it

            self._evidence = EvidenceTab(self)
            self._evidence.setVisible(self.tabs.currentIndex() == _EVIDENCE)
            self._column.addWidget(self._evidence)
            self.evidence_made.emit()
            self._show_evidence()
        return self._evidence

    def add_tab_later(self, title: str, make: Callable[[], QWidget]) -> int:
        """Add a page that is made when somebody goes there; it must be a PanelTab. Gives its place."""
        at = self.tabs.addTab(title)
        self._later[at] = make
        return at

    @property
    def details(self) -> "EscalationDetails | None":
        """What is shown."""
        return self._shown[0] if self._shown is not None else None

    def show_details(self, details: "EscalationDetails", now: datetime, *, is_same: bool) -> None:
        """Show one escalation; `is_same`: it is shown already."""
        self._shown = details, now
        self.timeline.set_events(details.timeline, now, is_same=is_same, numbers=dict(details.merged))
        self._show_evidence()
        self.rights.set_states(details.actions)
        self.tabs.setTabText(_EVIDENCE, title_of(details.evidence))
        for tab in self._brought.values():
            self._show_in(tab)

    def _show_evidence(self) -> None:
        if self._evidence is None or self._shown is None:
            return
        details, now = self._shown
        allowed = {state.action for state in details.actions if state.allowed}
        self._evidence.set_evidence(
            details.escalation.id,
            details.evidence,
            now,
            can_attach=Action.ATTACH in allowed,
            can_remove=Action.REMOVE_EVIDENCE in allowed,
        )

    def _choose(self, at: int) -> None:
        self.timeline.setVisible(at == _TIMELINE)
        self.rights.setVisible(at == _ACTIONS)
        if at == _EVIDENCE or self._evidence is not None:
            self.evidence.setVisible(at == _EVIDENCE)
        if at in self._later and at not in self._brought:
            tab = self._brought[at] = self._later[at]()
            self._column.addWidget(tab)
            self._show_in(tab)
        for place, tab in self._brought.items():
            tab.setVisible(place == at)

    def _show_in(self, tab: QWidget) -> None:
        if self._shown is not None:
            shows: PanelTab = tab  # type: ignore[assignment] # a widget by another name
            shows.show_escalation(self._shown[0].escalation.id)


def title_of(pieces: Sequence[Evidence]) -> str:
    """What the tab is called: "Evidence 4"."""
    return f"Evidence {len(pieces)}" if pieces else "Evidence"
