"""The parts of the panel, one below the other, made one at a time so that none holds up the window."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.escalation.clocks import ClocksSection
from desktop.ui.escalation.facts import FactsSection
from desktop.ui.escalation.head_menu import KeysOf
from desktop.ui.escalation.header import Header
from desktop.ui.escalation.lower import LowerPart
from desktop.ui.escalation.now import NowSection
from desktop.ui.escalation.why import WhySection
from desktop.ui.icons import Icons
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.services.details import EscalationDetails
    from desktop.ui.escalation.family import FamilySection


class PanelParts(QWidget):
    """Everything there is to see of one escalation.

    Signals:
        action_requested: (str action id) by a button or menu entry.
        close_requested: the person wants the panel away.
        open_escalation_requested: (int id) another escalation is wanted.
        completed: all parts are there.
        reveal_requested: (QWidget) a part that should come into sight.
    """

    action_requested = Signal(str)
    close_requested = Signal()
    open_escalation_requested = Signal(int)
    completed = Signal()
    reveal_requested = Signal(QWidget)

    def __init__(self, theme: Theme, icons: Icons, keys_of: KeysOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys_of = keys_of
        self._theme = theme
        self._icons = icons
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._family: FamilySection | None = None
        self._tabs: list[tuple[str, Callable[[], QWidget]]] = []
        self._steps: list[Callable[[], QWidget]] = [
            self._make_header,
            self._make_now,
            self._make_clocks,
            self._make_why,
            self._make_facts,
            self._make_lower,
        ]
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._make_one)
        self._timer.start()

    def complete(self) -> None:
        """Make what is still missing: it is needed now."""
        while self._steps:
            self._make_one()

    def add_tab_later(self, title: str, make: Callable[[], QWidget]) -> None:
        """Add a tab at the end of the lower part; it is made when somebody goes there."""
        if self._steps:
            self._tabs.append((title, make))
        else:
            self.tabbed.add_tab_later(title, make)

    def show_details(self, details: "EscalationDetails", now: datetime, *, is_same: bool) -> None:
        """Show one escalation; `is_same`: it is shown already."""
        self.complete()
        self.header.show_details(details, now)
        self.now.show_details(details, now)
        self._show_family(details, now, is_same=is_same)
        self.clocks.set_commitments(details.commitments, now, is_same=is_same)
        self.why.show_details(details)
        self.facts.show_details(details, now, is_same=is_same)
        self.tabbed.show_details(details, now, is_same=is_same)

    @property
    def family(self) -> "FamilySection | None":
        """Parent and children, once one with a family was shown."""
        return self._family

    def _show_family(self, details: "EscalationDetails", now: datetime, *, is_same: bool) -> None:
        if self._family is None:
            if details.parent is None and not details.children:
                return
            from desktop.ui.escalation.family import FamilySection  # most escalations have no family

            self._family = FamilySection(self)
            self._family.action_requested.connect(self.action_requested)
            self._family.open_escalation_requested.connect(self.open_escalation_requested)
            self._column.insertWidget(self._column.indexOf(self.now) + 1, self._family)
        self._family.show_details(details, now, is_same=is_same)

    def _make_one(self) -> None:
        self._timer.stop()
        part = self._steps.pop(0)()
        self._column.addWidget(part)
        part.show()
        if self._steps:
            self._timer.start()
        else:
            self._column.addStretch(1)
            self.completed.emit()

    def _make_header(self) -> QWidget:
        self.header = Header(self._theme, self._icons, self._keys_of, self)
        self.header.action_requested.connect(self.action_requested)
        self.header.close_requested.connect(self.close_requested)
        return self.header

    def _make_now(self) -> QWidget:
        self.now = NowSection(self._icons, self)
        self.now.action_requested.connect(self.action_requested)
        self.now.open_escalation_requested.connect(self.open_escalation_requested)
        return self.now

    def _make_clocks(self) -> QWidget:
        self.clocks = ClocksSection(self._theme, self)
        self.clocks.reveal_requested.connect(self.reveal_requested)
        return self.clocks

    def _make_why(self) -> QWidget:
        self.why = WhySection(self._theme, self)
        return self.why

    def _make_facts(self) -> QWidget:
        self.facts = FactsSection(self)
        return self.facts

    def _make_lower(self) -> QWidget:
        self.tabbed = LowerPart(self._theme, self)
        self.tabbed.rights.action_requested.connect(self.action_requested)
        for title, make in self._tabs:
            self.tabbed.add_tab_later(title, make)
        return self.tabbed
