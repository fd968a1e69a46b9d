"""Playbooks in use: the tab beside the timeline and the search from anywhere, made when first wanted."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.message import STAGES, Audience, Stage
from desktop.services.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.escalation.panel import DetailPanel
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.domain.playbook_run import Run
    from desktop.ui.playbook.checklist import PlaybookTab
    from desktop.ui.playbook.pulse import PulsePane
    from desktop.ui.playbook.quick import QuickSearch
    from desktop.wiring.playbooks_in_use import DeskPlaybooks

_PAGE = "page.playbook"
_TAB = "Playbook"


class PlaybookUse(QObject):
    """Joins checklist and search to the window, to messages and to the library."""

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        around: Surroundings,
        bridge: Bridge,
        details: DetailPanel,
        write: "Callable[[int, Audience | None, Stage | None], None]",
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._around = around
        self._bridge = bridge
        self._details = details
        self._write = write
        self._keeps: DeskPlaybooks | None = None
        self._tab: PlaybookTab | None = None
        self._quick: QuickSearch | None = None
        details.add_tab_later(_TAB, self._made_tab)
        window.dispatcher.add_handlers({"playbook.find": self.find})

    def find(self) -> None:
        """Search playbooks, for the escalation that is chosen."""
        ids = self._window.escalations.ids_now()
        self._quick_search().open_for(ids[0] if len(ids) == 1 else None)

    def pulse_pane(self) -> "PulsePane":
        """How a playbook fares, for the page of the library."""
        from desktop.ui.playbook.pulse import PulsePane  # as below

        pane = PulsePane(self._in_use(), self._around)
        pane.open_escalation_requested.connect(self._window.escalations.open)
        pane.edit_requested.connect(self._edit_with)
        for changed in (self._bridge.playbook_runs_changed, self._bridge.playbooks_changed):
            changed.connect(pane.refresh)
        return pane

    def _in_use(self) -> "DeskPlaybooks":
        from desktop.wiring.playbooks_in_use import DeskPlaybooks

        if self._keeps is None:
            self._keeps = DeskPlaybooks(self._desk)
        return self._keeps

    def _made_tab(self) -> QWidget:
        from desktop.ui.playbook.checklist import PlaybookTab  # a desk may never open a playbook

        tab = self._tab = PlaybookTab(self._in_use(), self._around)
        tab.work_done.connect(self._window.escalations.take_work)
        tab.send_requested.connect(self._send)
        tab.action_requested.connect(self._act)
        tab.find_requested.connect(self.find)
        tab.read_requested.connect(self._read)
        tab.reveal_requested.connect(self._details.parts.reveal_requested)
        for changed in (self._bridge.playbook_runs_changed, self._bridge.playbooks_changed):
            changed.connect(tab.refresh)
        return tab

    def _quick_search(self) -> "QuickSearch":
        from desktop.ui.playbook.quick import QuickSearch  # as above

        if self._quick is None:
            self._quick = QuickSearch(self._in_use(), self._around, self._window)
            self._quick.open_requested.connect(self._open)
            self._quick.read_requested.connect(self._read)
            self._quick.edit_requested.connect(self._edit)
            self._quick.refused.connect(self._window.telling.show_error)
        return self._quick

    def _open(self, escalation_id: int, playbook_id: int) -> None:
        work = partial(self._in_use().open_or_go_on, escalation_id, playbook_id)
        self._around.runner.run(work, self._opened, self._window.telling.show_error, owner=self)

    def _opened(self, run: "Run") -> None:
        self._window.escalations.open(run.escalation_id)
        if run.done is not None:
            self._window.escalations.take_work(run.done, "Playbook opened.")
        self._details.parts.complete()
        tabs = self._details.parts.tabbed.tabs
        place = next((at for at in range(tabs.count()) if tabs.tabText(at).startswith(_TAB)), -1)
        if place >= 0:
            tabs.setCurrentIndex(place)
        if self._tab is not None:
            self._tab.go_on(run)

    def _send(self, escalation_id: int, stage: str) -> None:
        """Write the message of that stage, to whom such messages go; for no stage, what is proposed."""
        who = next((who for who, stages in STAGES.items() if stage in stages), None)
        self._write(escalation_id, who, Stage(stage) if who is not None else None)

    def _act(self, escalation_id: int, action: str) -> None:
        if action.startswith("escalation."):
            self._window.dispatcher.run_on(action, (escalation_id,))
        else:
            self._window.dispatcher.run(action)

    def _read(self, playbook_id: int) -> None:
        self._show_in_library("show_playbook", playbook_id)

    def _edit(self, playbook_id: int) -> None:
        self._show_in_library("edit_playbook", playbook_id)

    def _edit_with(self, playbook_id: int, note: str) -> None:
        """The draft has begun: its change note starts with what use has shown."""
        self._window.telling.say(note.partition("\n")[0])
        self._show_in_library("edit_playbook", playbook_id, note)

    def _show_in_library(self, what: str, playbook_id: int, *more: str) -> None:
        if _PAGE not in self._window.pages.ids:
            self._window.telling.say("The library of playbooks is not there on this desk.")
            return
        self._window.pages.go_to(_PAGE)
        show = getattr(self._window.pages.current, what, None)
        if show is not None:
            show(playbook_id, *more)
