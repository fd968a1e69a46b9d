"""What the form needs of the desk; every attribute is asked for on the worker only."""

from typing import TYPE_CHECKING, Protocol

from desktop.ui.desk_port import DeskServices

if TYPE_CHECKING:
    from desktop.services.draft import DraftService


class Desk(DeskServices, Protocol):
    """The services behind the form."""

    @property
    def draft(self) -> "DraftService": ...
