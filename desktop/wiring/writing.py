"""What is written on a desk: messages, the ledger of what was told, playbooks and templates."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.services.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.escalation.panel import DetailPanel
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow
from desktop.wiring.compose_screens import ComposeScreens, NoSecrets
from desktop.wiring.message_screens import MessageCalls, MessageScreens
from desktop.wiring.playbook_screens import announce_playbooks
from desktop.wiring.playbook_use import PlaybookUse
from desktop.wiring.template_screens import announce_templates

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.adapters.secrets import Secrets


class Writing(QObject):
    """Announces these pages; each is made when somebody goes there.

    Without `secrets`, on a desk of the past, no address is kept; unless the desk `is_real` nothing leaves it.
    """

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        around: Surroundings,
        bridge: Bridge,
        details: DetailPanel,
        *,
        secrets: "Callable[[], Secrets] | None",
        is_real: bool,
    ) -> None:
        super().__init__(window)
        keeper: Callable[[], Secrets | NoSecrets] = secrets if secrets is not None else NoSecrets
        self.compose = ComposeScreens(desk, window, around, bridge, keeper, is_real=is_real)
        self.messages = MessageScreens(
            desk, window, around, bridge, details, MessageCalls(self.compose.write, keeper, is_real)
        )
        self.playbook_use = PlaybookUse(desk, window, around, bridge, details, self.compose.write)
        announce_playbooks(desk, window, around, bridge, self.playbook_use, keeper, is_real=is_real)
        announce_templates(desk, window, around, bridge)
