"""What more than one screen needs of the desk; every attribute is asked for on the worker only."""

from typing import TYPE_CHECKING, Protocol

from desktop.domain.clock import Clock

if TYPE_CHECKING:  # the services bring the store with them, which has no place before the first paint
    from desktop.services.customer import CustomerService
    from desktop.services.escalations import Escalations
    from desktop.services.person import PersonService
    from desktop.services.policy import PolicyService
    from desktop.services.search import SearchService


class DeskServices(Protocol):
    """What is asked of a desk about escalations; a screen adds what it alone needs."""

    @property
    def clock(self) -> Clock: ...
    @property
    def escalations(self) -> "Escalations": ...
    @property
    def customer(self) -> "CustomerService": ...
    @property
    def person(self) -> "PersonService": ...
    @property
    def policy(self) -> "PolicyService": ...
    @property
    def search(self) -> "SearchService": ...
