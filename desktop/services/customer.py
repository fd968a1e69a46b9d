"""Customers: found while their name is typed, added, changed."""

from dataclasses import replace

from db.queries import customer as queries
from db.queries.customer import NewCustomer
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.customer import LONGEST_NAME, Customer, checked_name, checked_revenue, name_key
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.events import CustomersChanged
from desktop.domain.person import Actor, Role
from desktop.domain.wording import one_line
from desktop.services.bus import Bus
from desktop.services.policy import PolicyService

_MAY_EDIT = frozenset({Role.COORDINATOR, Role.LEAD})


class CustomerService:
    """Keeps the customers; no two have the same folded name."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, policy: PolicyService) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._policy = policy

    def all(self) -> tuple[Customer, ...]:
        """Every customer, by name."""
        with self._store.read() as session:
            return queries.all_customers(session)

    def get(self, customer_id: int) -> Customer:
        """One customer.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return _required(queries.by_id(session, customer_id))

    def find(self, name: str) -> Customer | None:
        """The customer of that name, however it is written; None where there is none."""
        with self._store.read() as session:
            return queries.by_key(session, name_key(name))

    def complete(self, text: str, limit: int = 8) -> tuple[Customer, ...]:
        """Customers whose name begins as typed, then those with words beginning so."""
        key = name_key(text[:LONGEST_NAME])
        with self._store.read() as session:
            found = list(queries.starting_with(session, key, limit))
            if key and len(found) < limit:
                known = {customer.id for customer in found}
                others = queries.with_words(session, key.split(), limit + len(found))
                found.extend(customer for customer in others if customer.id not in known)
        return tuple(found[:limit])

    def create(
        self,
        name: str,
        by: Actor,
        *,
        tier: str | None = None,
        revenue: int | None = None,
        currency: str = "",
        region: str = "",
        account_owner_id: int | None = None,
    ) -> Customer:
        """Add a customer; without a currency in that of the policy.

        Raises: NotAllowed unless by a coordinator or lead; Conflict when there is one of that name; DeskError
        naming the field that is wrong.
        """
        wanted = Customer(
            0, name, tier, revenue, currency or self._policy.active().currency, region, "", account_owner_id
        )
        row = self._checked(wanted, by)
        with self._store.begin() as session:
            _check_name_is_free(session, row, 0)
            customer_id = queries.insert(session, row)
            kept = _required(queries.by_id(session, customer_id))
            revision = session.revision()
        self._bus.publish(CustomersChanged((customer_id,), revision))
        return kept

    def edit(self, customer: Customer, by: Actor) -> Customer:
        """Keep other values of a customer: `edit(replace(customer, tier="strategic"), by)`.

        What that does to the scores of its escalations is asked for apart (`weighs_otherwise` tells whether).

        Raises: as `create`; NotFound.
        """
        row = self._checked(customer, by)
        with self._store.begin() as session:
            _required(queries.by_id(session, customer.id))
            _check_name_is_free(session, row, customer.id)
            queries.update(session, customer.id, row)
            kept = _required(queries.by_id(session, customer.id))
            revision = session.revision()
        self._bus.publish(CustomersChanged((customer.id,), revision))
        return kept

    def _checked(self, customer: Customer, by: Actor) -> NewCustomer:
        if not by.automatic and not by.roles & _MAY_EDIT:
            raise NotAllowed(
                f"{by.name} cannot change customers.", hint="Ask a coordinator or a lead to do it."
            )
        tiers = {tier.key: tier.name for tier in self._policy.active().tiers}
        if customer.tier is not None and customer.tier not in tiers:
            raise DeskError(
                f"The policy has no tier {customer.tier!r}.",
                field="tier",
                hint=f"Choose one of: {', '.join(tiers.values())}.",
            )
        clean = replace(customer, name=checked_name(customer.name), region=one_line(customer.region))
        return NewCustomer(
            clean.name,
            name_key(clean.name),
            clean.tier,
            checked_revenue(clean.revenue),
            _checked_currency(clean.currency),
            clean.region,
            clean.account_owner_id,
        )


def _checked_currency(currency: str) -> str:
    code = currency.strip().upper()
    if len(code) == 3 and code.isascii() and code.isalpha():
        return code
    raise DeskError(f"{currency!r} is no currency.", field="currency", hint="Use a code such as EUR.")


def _required(customer: Customer | None) -> Customer:
    if customer is None:
        raise NotFound("There is no such customer any more.", hint="Choose another one.")
    return customer


def _check_name_is_free(session: Session, row: NewCustomer, customer_id: int) -> None:
    other = queries.by_key(session, row.name_key)
    if other is not None and other.id != customer_id:
        raise Conflict(f"There is a customer {other.name} already.", field="name", hint="Choose that one.")
