"""The page of playbooks: the library, and the way to repository and files."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.kit.page_head import PageHead, stand_below
from desktop.ui.kit.tabs import Tabs
from desktop.ui.playbook.library import LibraryTab
from desktop.ui.playbook.ports import KeepsPlaybooks
from desktop.ui.playbook.pulse import PulsePane
from desktop.ui.playbook.sync import SyncView
from desktop.ui.surroundings import Surroundings

_LIBRARY, _EXCHANGE = range(2)


class PlaybookPage(QWidget):
    """Everything that is written down about how the desk works.

    `make_exchange` gives the view of repository and files; it is made when somebody goes there.

    Signals:
        message_requested: (str) what was done.
        open_escalation_requested: (int) one that is an example, or on which a playbook runs.
    """

    title = "Playbooks"
    message_requested = Signal(str)
    open_escalation_requested = Signal(int)

    def __init__(
        self,
        keeps: KeepsPlaybooks,
        around: Surroundings,
        pulse: PulsePane,
        make_exchange: Callable[[], SyncView],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.library = LibraryTab(keeps, around, pulse)
        self._make_exchange = make_exchange
        self._exchange: SyncView | None = None
        self.tabs = Tabs("What about playbooks")
        self._stack = QStackedWidget()
        for name in ("Library", "Repository and files"):
            self.tabs.addTab(name)
        self._stack.addWidget(self.library)
        self.library.message_requested.connect(self.message_requested)
        self.library.open_escalation_requested.connect(self.open_escalation_requested)
        stand_below(self, PageHead(self.title, self.tabs), self._stack)
        self.tabs.currentChanged.connect(self._show_tab)

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """What commands of the window do here."""
        return {}

    def why_not(self, _action_id: str) -> str:
        """Everything can be done."""
        return ""

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        widget = self._stack.currentWidget()
        focus = getattr(widget, "focus_first", None)
        if focus is not None:
            focus()

    def refresh(self, *_what: object) -> None:
        """Playbooks are others by now."""
        if self.isVisible():
            self.library.refresh()

    def notice_changed(self, ids: frozenset[int]) -> None:
        """Another program wrote where none are named: it may have been a colleague's words."""
        if not ids:
            self.refresh()

    def show_playbook(self, playbook_id: int) -> None:
        """Go to a playbook, to read it."""
        self.tabs.setCurrentIndex(_LIBRARY)
        self.library.show_playbook(playbook_id)

    def edit_playbook(self, playbook_id: int, note: str = "") -> None:
        """Go to a playbook, to write on; `note` is what its change note begins with."""
        if note:
            self.library.deeds.keep_note(playbook_id, note)
        self.tabs.setCurrentIndex(_LIBRARY)
        self.library.show_playbook(playbook_id, to_write=True)

    @property
    def exchange(self) -> SyncView:
        """The view of repository and files."""
        if self._exchange is None:
            self._exchange = self._make_exchange()
            self._stack.addWidget(self._exchange)
        return self._exchange

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self.library.editor.save_now()
        super().hideEvent(event)

    def _show_tab(self, at: int) -> None:
        self.library.editor.save_now()
        shown = self.library if at == _LIBRARY else self.exchange
        self._stack.setCurrentWidget(shown)
        shown.refresh()
