"""The page of messages: what was promised, who waits to hear, what is written, and what was sent."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.kit.page_head import PageHead, stand_below
from desktop.ui.kit.tabs import Tabs
from desktop.ui.message.ledger_drafts import DraftsTab
from desktop.ui.message.ledger_ports import ReadsMessages
from desktop.ui.message.ledger_promises import PromisesTab
from desktop.ui.message.ledger_sent import SentTab
from desktop.ui.message.ledger_silence import SilenceTab
from desktop.ui.message.ledger_tab import LedgerTab
from desktop.ui.surroundings import Surroundings

PROMISES, SILENCE, DRAFTS, SENT = range(4)
_TITLES = ("Promises", "Silence", "Drafts", "Sent")


class MessagesPage(QWidget):
    """Four tabs; the one in sight is kept up to date.

    Signals:
        open_escalation_requested: (int)
        write_requested: (int escalation, str audience) write a message.
        message_requested: (str) for the toast.
        states_changed: what can be done now may be another thing.
    """

    title = "Messages"
    open_escalation_requested = Signal(int)
    write_requested = Signal(int, str)
    message_requested = Signal(str)
    states_changed = Signal()

    def __init__(self, reads: ReadsMessages, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.promises = PromisesTab(reads, around)
        self.silence = SilenceTab(reads, around)
        self.drafts = DraftsTab(reads, around)
        self.sent = SentTab(reads, around)
        self._tabs: list[LedgerTab[Any]] = [self.promises, self.silence, self.drafts, self.sent]
        self.tabs = Tabs("Kinds of messages")
        self._stack = QStackedWidget()
        for at, tab in enumerate(self._tabs):
            self.tabs.addTab(_TITLES[at])
            self._stack.addWidget(tab)
            tab.open_requested.connect(self.open_escalation_requested)
            tab.write_requested.connect(self.write_requested)
            tab.message_requested.connect(self.message_requested)
            tab.table.picked.connect(self.states_changed)
        stand_below(self, PageHead(self.title, self.tabs), self._stack)
        self.tabs.currentChanged.connect(self._show_tab)
        self.promises.counted.connect(self._count_promises)
        self.silence.counted.connect(self._count_silence)
        self.drafts.counted.connect(self._count_drafts)
        self.sent.counted.connect(self._count_sent)
        around.heartbeat.slowly_ticked.connect(self._tick)

    # -- the page protocol
    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions it carries out."""
        return {"escalation.open": self._open, "escalation.update": self._write}

    def why_not(self, action_id: str) -> str:
        """Why one cannot be done now."""
        if action_id in ("escalation.open", "escalation.update") and not self.selected_ids():
            return "Choose a line first."
        return ""

    def selected_ids(self) -> tuple[int, ...]:
        """The escalation of the chosen line."""
        found = self._ids()
        return (found,) if found else ()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        tab = self._tabs[self._stack.currentIndex()]
        if tab.pane.is_empty:
            self.tabs.setFocus()
        else:
            tab.focus_first()

    # -- what is shown
    def show_tab(self, at: int) -> None:
        """Show one of PROMISES, SILENCE, DRAFTS, SENT."""
        self.tabs.setCurrentIndex(at)

    def refresh(self, *_what: object) -> None:
        """Something was written, sent, promised, or has come due."""
        if self.isVisible():
            self._tabs[self._stack.currentIndex()].refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for tab in self._tabs:
            tab.refresh()

    def _show_tab(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self.refresh()
        self.states_changed.emit()

    def _tick(self, _now_us: int) -> None:
        if self.isVisible():
            self._tabs[self._stack.currentIndex()].tick()

    def _ids(self) -> int:
        at = self._stack.currentIndex()
        if at == PROMISES:
            promise = self.promises.row()
            return getattr(promise, "escalation_id", 0)
        if at == SILENCE:
            silence = self.silence.row()
            return silence.escalation_id if silence is not None else 0
        if at == DRAFTS:
            draft = self.drafts.row()
            return draft.draft.escalation_id if draft is not None else 0
        sent = self.sent.row()
        return sent.sent.escalation_id if sent is not None else 0

    def _open(self) -> None:
        for id_ in self.selected_ids():
            self.open_escalation_requested.emit(id_)

    def _write(self) -> None:
        if self._stack.currentIndex() == SILENCE:
            self.silence.write()
        elif self._stack.currentIndex() == DRAFTS:
            self.drafts.write()
        else:
            for id_ in self.selected_ids():
                self.write_requested.emit(id_, "")

    def _count_promises(self, count: int) -> None:
        self._count(PROMISES, count)

    def _count_silence(self, count: int) -> None:
        self._count(SILENCE, count)

    def _count_drafts(self, count: int) -> None:
        self._count(DRAFTS, count)

    def _count_sent(self, count: int) -> None:
        self._count(SENT, count)

    def _count(self, at: int, count: int) -> None:
        self.tabs.setTabText(at, f"{_TITLES[at]}  {count}" if count else _TITLES[at])
