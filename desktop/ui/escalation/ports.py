"""What these screens need of the desk; every attribute is asked for on the worker only."""

from typing import TYPE_CHECKING, Protocol

from desktop.domain.errors import DeskError
from desktop.domain.person import Actor
from desktop.ui.desk_port import DeskServices

if TYPE_CHECKING:
    from desktop.services.alarm import AlarmService
    from desktop.services.evidence import EvidenceService


class Desk(DeskServices, Protocol):
    """The services behind one escalation."""

    @property
    def alarm(self) -> "AlarmService": ...
    @property
    def evidence(self) -> "EvidenceService": ...


def operator_of(desk: Desk) -> Actor:
    """Who acts at this desk; on the worker.

    Raises: DeskError when nobody has said so.
    """
    person = desk.person.operator()
    if person is None:
        raise DeskError(
            "The desk does not know who you are.", field="operator", hint="Choose your name in Settings."
        )
    return person.actor()


def onlooker_of(desk: Desk) -> Actor:
    """Who looks at this desk: somebody without any right where nobody has said who; on the worker."""
    person = desk.person.operator()
    return person.actor() if person is not None else Actor("Nobody")
