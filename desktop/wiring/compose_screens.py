"""The page that writes messages, made when somebody first writes one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import DeskError
from desktop.domain.message import Audience, Stage
from desktop.services.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop.services.paging import SecretKeeper
    from desktop.ui.message.compose import ComposePage

_PAGE, _BOARD = "page.compose", "page.board"


class NoSecrets:
    """A desk of the past writes to nobody, and keeps no addresses."""

    def get(self, name: str) -> str | None:
        """None: there is none."""
        return None

    def put(self, name: str, secret: str) -> NoReturn:
        """Keep nothing.

        Raises: DeskError.
        """
        raise DeskError("This desk keeps no addresses.", hint="Use the desk of today.")

    def delete(self, name: str) -> None:
        """There is none."""


class ComposeScreens(QObject):
    """Leads to the page from an escalation, and back to where one came from."""

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        around: Surroundings,
        bridge: Bridge,
        secrets: "Callable[[], SecretKeeper]",
        *,
        is_real: bool,
    ) -> None:
        super().__init__(window)
        self._secrets = secrets
        self._is_real = is_real
        self._desk = desk
        self._window = window
        self._around = around
        self._bridge = bridge
        self._came_from = _BOARD
        window.pages.add_later(_PAGE, self._made, aside=True)

    def write(
        self, escalation_id: int, audience: Audience | None = None, stage: Stage | None = None
    ) -> None:
        """Write to somebody about it."""
        if self._window.pages.current_id != _PAGE:
            self._came_from = self._window.pages.current_id or _BOARD
        page = self._page()
        self._window.pages.go_to(_PAGE)
        page.write(escalation_id, audience, stage)

    def _page(self) -> "ComposePage":
        from desktop.ui.message.compose import ComposePage  # loaded by then

        page = self._window.pages.page(_PAGE)
        assert isinstance(page, ComposePage)
        return page

    def _made(self) -> QWidget:
        from desktop.ui.message.compose import (
            ComposePage,  # seldom visited, and it brings the templates along
        )
        from desktop.wiring.compose import DeskMessages

        page = ComposePage(DeskMessages(self._desk, self._secrets, is_real=self._is_real), self._around)
        bridge = self._bridge
        for changed in (bridge.messages_changed, bridge.templates_changed, bridge.contacts_changed):
            changed.connect(page.refresh)
        bridge.escalations_changed.connect(page.refresh)
        page.leave_requested.connect(self._leave)
        page.told_requested.connect(self._record)
        return page

    def _leave(self) -> None:
        self._window.pages.go_to(self._came_from)

    def _record(self, _escalation_id: int) -> None:
        """The page names the escalation it is about as the one that is meant."""
        self._window.dispatcher.run("escalation.record_update")
