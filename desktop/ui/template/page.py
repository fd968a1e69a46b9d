"""The page of templates: the texts of messages, and what holds for all of them."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.kit.page_head import PageHead, stand_below
from desktop.ui.kit.tabs import Tabs
from desktop.ui.surroundings import Surroundings
from desktop.ui.template.ports import KeepsTemplates
from desktop.ui.template.standing_tab import StandingTab
from desktop.ui.template.templates_tab import TemplatesTab


class TemplatePage(QWidget):
    """Everything that messages are made of.

    Signals:
        message_requested: (str) what was done.
    """

    title = "Templates"
    message_requested = Signal(str)

    def __init__(self, keeps: KeepsTemplates, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.templates = TemplatesTab(keeps, around)
        self.standing = StandingTab(keeps, around)
        self.tabs = Tabs("What about templates")
        self._stack = QStackedWidget()
        self._all = (self.templates, self.standing)
        for name, tab in zip(("Texts", "For all messages"), self._all, strict=True):
            self.tabs.addTab(name)
            self._stack.addWidget(tab)
        self.templates.message_requested.connect(self.message_requested)
        self.standing.message_requested.connect(self.message_requested)
        stand_below(self, PageHead(self.title, self.tabs), self._stack)
        self.tabs.currentChanged.connect(self._show_tab)

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """Nothing: its keys work in its list and editor."""
        return {}

    def why_not(self, _action_id: str) -> str:
        """Everything can be done."""
        return ""

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self._all[self._stack.currentIndex()].focus_first()

    def refresh(self, *_what: object) -> None:
        """Templates, or what holds for all messages, are others by now."""
        if self.isVisible():
            self._all[self._stack.currentIndex()].refresh()

    def notice_changed(self, ids: frozenset[int]) -> None:
        """Another program wrote where none are named: it may have been a colleague's words."""
        if not ids:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self.templates.editor.save_now()
        super().hideEvent(event)

    def _show_tab(self, at: int) -> None:
        self.templates.editor.save_now()
        self._stack.setCurrentIndex(at)
        self._all[at].refresh()
