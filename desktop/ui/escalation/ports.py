"""What these screens need of the desk; every attribute is asked for on the worker only."""

from typing import TYPE_CHECKING, Protocol

from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.person import Actor

if TYPE_CHECKING:  # the services bring the store with them, which has no place before the first paint
    from desktop.services.alarm import AlarmService
    from desktop.services.customer import CustomerService
    from desktop.services.escalations import Escalations
    from desktop.services.evidence import EvidenceService
    from desktop.services.person import PersonService
    from desktop.services.policy import PolicyService
    from desktop.services.search import SearchService


class Desk(Protocol):
    """The services behind one escalation."""

    @property
    def clock(self) -> Clock: ...
    @property
    def escalations(self) -> "Escalations": ...
    @property
    def alarm(self) -> "AlarmService": ...
    @property
    def customer(self) -> "CustomerService": ...
    @property
    def person(self) -> "PersonService": ...
    @property
    def policy(self) -> "PolicyService": ...
    @property
    def search(self) -> "SearchService": ...
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
