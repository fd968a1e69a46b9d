"""Signals: all of them, those held, who sends them, and a sandbox to decide about them once more."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.kit.page_head import PageHead, stand_below
from desktop.ui.kit.tabs import Tabs
from desktop.ui.signals.held_tab import HeldTab
from desktop.ui.signals.ports import SignalsServices
from desktop.ui.signals.sandbox_tab import SandboxTab
from desktop.ui.signals.signals_tab import SignalsTab
from desktop.ui.signals.sources_tab import SourcesTab
from desktop.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from desktop.services.sandbox import Sandbox

_ALL, _HELD, _SOURCES, _SANDBOX = range(4)
_TITLES = ("Signals", "Held", "Sources", "Sandbox")
_HELD_ACTIONS = ("triage.accept", "triage.duplicate", "triage.decline", "signals.decide")


class SignalsPage(QWidget):
    """A few tabs; the one in sight is kept up to date. Without a sandbox nothing is replayed.

    Signals:
        open_escalation_requested: (int)
        message_requested: (str) for the toast.
        work_done: (Released, str sentence) to be undone as one step.
        states_changed: what can be done now may be another thing.
    """

    title = "Signals"
    open_escalation_requested = Signal(int)
    message_requested = Signal(str)
    work_done = Signal(object, str)
    states_changed = Signal()

    def __init__(
        self, services: SignalsServices, around: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.tabs = Tabs("Signals and sources")
        for title in _TITLES[:_SANDBOX]:
            self.tabs.addTab(title)
        self.signals = SignalsTab(services, around)
        self.held = HeldTab(services, around)
        self.sources = SourcesTab(services, around)
        self._tabs: list[SignalsTab | HeldTab | SourcesTab | SandboxTab]
        self._tabs = [self.signals, self.held, self.sources]
        if services.sandbox is not None:
            self._add_sandbox(services.sandbox, around)
        self._stack = QStackedWidget()
        for tab in self._tabs:
            self._stack.addWidget(tab)
        stand_below(self, PageHead("Signals", self.tabs), self._stack)
        self.tabs.currentChanged.connect(self._show_tab)
        self.signals.picked.connect(self.states_changed)
        self.held.picked.connect(self.states_changed)
        self.signals.open_requested.connect(self.open_escalation_requested)
        self.held.counted.connect(self._show_count)
        self.sources.sources_read.connect(self.signals.filters.set_sources)
        self.held.message_requested.connect(self.message_requested)
        self.held.work_done.connect(self.work_done)
        self.sources.message_requested.connect(self.message_requested)
        around.heartbeat.slowly_ticked.connect(self._tick)

    # -- the page protocol
    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions it carries out."""
        held = (self.held.open_held, self.held.join, self.held.dismiss, self.held.decide)
        return {
            **dict(zip(_HELD_ACTIONS, held, strict=True)),
            **({"signals.replay": self._replay} if len(self._tabs) > _SANDBOX else {}),
            "escalation.open": self.signals.open_current,
            "find": self._find,
        }

    def why_not(self, action_id: str) -> str:
        """Why one cannot be done now."""
        at = self._stack.currentIndex()
        if action_id in _HELD_ACTIONS:
            if at != _HELD:
                return "This is done to what is held."
            return "" if self.held.ids() else "Nothing is held."
        if action_id == "signals.replay":
            return "" if at in (_ALL, _SANDBOX) else "Choose signals in the list first."
        if action_id == "escalation.open":
            return (
                "" if at == _ALL and self.signals.ids() else "Choose a signal that counts on an escalation."
            )
        return ""

    def selected_ids(self) -> tuple[int, ...]:
        """The escalations of the chosen signals."""
        return self.signals.ids() if self._stack.currentIndex() == _ALL else ()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self._tabs[self._stack.currentIndex()].focus_first()

    # -- what is shown
    def refresh(self) -> None:
        """Something came, or was decided."""
        if self.isVisible():
            self.sources.refresh()
            self.held.refresh()
            if self._stack.currentIndex() == _ALL:
                self.signals.refresh()

    def show_held(self) -> None:
        """What waits for a person."""
        self.tabs.setCurrentIndex(_HELD)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _show_tab(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self.refresh()
        self.states_changed.emit()

    def _tick(self, _now_us: int) -> None:
        if self.isVisible():
            self.sources.refresh()

    def _show_count(self, count: int) -> None:
        self.tabs.setTabText(_HELD, f"{_TITLES[_HELD]}  {count}" if count else _TITLES[_HELD])

    def _add_sandbox(self, sandbox: "Sandbox", around: Surroundings) -> None:
        self.tabs.addTab(_TITLES[_SANDBOX])
        self.sandbox = SandboxTab(sandbox, around)
        self.sandbox.message_requested.connect(self.message_requested)
        self.sources.sources_read.connect(self.sandbox.set_sources)
        self.signals.offer_replay()
        self.signals.replay_requested.connect(self._replay)
        self._tabs.append(self.sandbox)

    def _replay(self) -> None:
        """What is chosen in the list, or a period where nothing is."""
        chosen = [row.id for row in self.signals.table.selected()]
        is_in_list = self._stack.currentIndex() == _ALL
        self.tabs.setCurrentIndex(_SANDBOX)
        if is_in_list:
            self.sandbox.take(chosen)
        else:
            self.sandbox.begin()
        self.focus_first()

    def _find(self) -> None:
        self.tabs.setCurrentIndex(_ALL)
        self.signals.filters.words.setFocus()
