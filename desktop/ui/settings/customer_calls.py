"""What the page of customers asks of the desk, in the name of who works here, on the worker."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.customer import Customer, ListedCustomer
from desktop.domain.customer_change import CustomerDone, Rescoring
from desktop.domain.errors import DeskError
from desktop.domain.person import Actor, Person
from desktop.domain.policy import Tier
from desktop.domain.rights import why_not_customers
from desktop.ui.settings.ports import SettingsServices


@dataclass(frozen=True, slots=True)
class Book:
    """The customers with what is needed to fill in one; `why_not` says why none can be changed."""

    customers: Sequence[ListedCustomer]
    tiers: Sequence[Tier]
    people: Sequence[Person]
    currency: str
    why_not: str


def read(services: SettingsServices) -> Book:
    """Everything that the tab shows."""
    policy = services.policies.active()
    operator = services.people.operator()
    why_not = why_not_customers(operator.actor()) if operator is not None else _NOBODY
    return Book(services.customers.listed(), policy.tiers, services.people.all(), policy.currency, why_not)


def keep(services: SettingsServices, customer: Customer) -> CustomerDone:
    """Keep a customer as filled in; one without an id is new."""
    by = _operator(services)
    return services.customers.edit(customer, by) if customer.id else services.customers.add(customer, by)


def put_away(services: SettingsServices, customer: Customer) -> CustomerDone:
    """Archive a customer, or bring an archived one back."""
    change = services.customers.archive if customer.archived_at is None else services.customers.restore
    return change(customer.id, _operator(services))


def merge(services: SettingsServices, customer_id: int, into_id: int) -> CustomerDone:
    """Give everything of a duplicate to another customer."""
    return services.customers.merge(customer_id, into_id, _operator(services))


def foresee(services: SettingsServices, customer: Customer) -> tuple[Customer, Rescoring]:
    """What keeping these values would do to open escalations."""
    return customer, services.customers.preview(customer)


def foresee_merge(services: SettingsServices, customer_id: int, into_id: int) -> tuple[int, Rescoring]:
    """What a merge would do to open escalations."""
    return into_id, services.customers.preview_merge(customer_id, into_id)


_NOBODY = "Nobody has said who works at this desk. Choose yourself first."


def _operator(services: SettingsServices) -> Actor:
    operator = services.people.operator()
    if operator is None:
        raise DeskError("Nobody has said who works at this desk.", hint="Choose yourself first.")
    return operator.actor()
