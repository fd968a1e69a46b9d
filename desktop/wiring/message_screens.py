"""The page of messages and the tab of an escalation's messages, made when somebody goes there."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.message import Audience
from desktop.domain.person import Role
from desktop.services.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.escalation.panel import DetailPanel
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop.services.paging import SecretKeeper
    from desktop.wiring.ledger import DeskLedger

_PAGE = "page.message"
_MAY_RELEASE = frozenset({Role.COORDINATOR, Role.LEAD})


class MessageCalls(NamedTuple):
    """How a message is written, where addresses are kept, and whether anything leaves this desk."""

    write: Callable[[int, Audience | None], None]
    secrets: "Callable[[], SecretKeeper]"
    is_real: bool


class MessageScreens(QObject):
    """Leads to the ledger of messages, and from there to where one is written."""

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        around: Surroundings,
        bridge: Bridge,
        details: DetailPanel,
        calls: MessageCalls,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._around = around
        self._bridge = bridge
        self._calls = calls
        self._ledger: DeskLedger | None = None
        bridge.messages_changed.connect(self.count)
        bridge.people_changed.connect(self.count)
        window.pages.add_later(_PAGE, self._made_page)
        details.add_tab_later("Messages", self._made_tab)

    def count(self) -> None:
        """Say beside the name of the page how many messages wait for a release by whoever works here."""
        self._around.runner.run(partial(_to_release, self._desk), self._show_count, owner=self)

    def _show_count(self, count: int) -> None:
        self._window.side.set_count(_PAGE, count, is_urgent=count > 0, word="to release")

    def _reads(self) -> "DeskLedger":
        from desktop.wiring.compose_parts import parts_of
        from desktop.wiring.ledger import SILENT, DeskLedger

        if self._ledger is None:
            parts = partial(parts_of, self._desk, self._calls.secrets)
            self._ledger = DeskLedger(self._desk, parts, "" if self._calls.is_real else SILENT)
        return self._ledger

    def _made_page(self) -> QWidget:
        from desktop.ui.message.ledger import MessagesPage  # seldom visited

        page = MessagesPage(self._reads(), self._around)
        page.write_requested.connect(self._go_writing)
        bridge = self._bridge
        for changed in (bridge.messages_changed, bridge.contacts_changed, bridge.escalations_changed):
            changed.connect(page.refresh)
        return page

    def _made_tab(self) -> QWidget:
        from desktop.ui.message.panel_tab import MessagesTab  # as above

        tab = MessagesTab(self._reads(), self._around)
        tab.write_requested.connect(self._go_writing)
        tab.message_requested.connect(self._window.telling.say)
        self._bridge.messages_changed.connect(tab.refresh)
        return tab

    def _go_writing(self, escalation_id: int, audience: str) -> None:
        self._calls.write(escalation_id, Audience(audience) if audience else None)


def _to_release(desk: Desk) -> int:
    from desktop.services.message_ledger import MessageLedger  # not before somebody writes a message

    operator = desk.person.operator()
    if operator is None or not operator.roles & _MAY_RELEASE:
        return 0
    return MessageLedger(store=desk.store, clock=desk.clock).to_release(operator.id)
