"""Customers: found while their name is typed, added, changed, put away; their escalations follow."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from db.queries import customer as queries
from db.queries import escalation as escalations
from db.queries.customer import NewCustomer
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.customer import (
    LONGEST_NAME,
    Customer,
    ListedCustomer,
    checked_line,
    checked_name,
    checked_revenue,
    checked_zone,
    name_key,
    weighs_otherwise,
)
from desktop.domain.customer_change import CustomerDone, Rescoring, what_weighs
from desktop.domain.errors import Conflict, DeskError
from desktop.domain.events import CustomersChanged
from desktop.domain.person import Actor
from desktop.domain.rights import may_edit_customers
from desktop.domain.timeline import EventKind
from desktop.services.bus import Bus
from desktop.services.case import Cases, Work
from desktop.services.customer_work import CustomerCase, required
from desktop.services.policy import PolicyService
from desktop.services.rescoring import foreseen, rescore_all


class CustomerService:
    """Keeps the customers; no two have the same folded name, and none is ever deleted."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, policy: PolicyService) -> None:
        self._store = store
        self._bus = bus
        self._policy = policy
        self._cases = Cases(store=store, clock=clock, bus=bus, policy=policy)

    def all(self) -> tuple[Customer, ...]:
        """Every customer that is not archived, by name."""
        with self._store.read() as session:
            found = queries.all_customers(session)
        return tuple(customer for customer in found if customer.archived_at is None)

    def listed(self) -> tuple[ListedCustomer, ...]:
        """Every customer, archived ones included, with what is open of it, by name."""
        with self._store.read() as session:
            return queries.listed(session)

    def get(self, customer_id: int) -> Customer:
        """One customer, also an archived one.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return required(queries.by_id(session, customer_id))

    def find(self, name: str) -> Customer | None:
        """The customer of that name, however it is written, archived or not; None where there is none."""
        with self._store.read() as session:
            return queries.by_key(session, name_key(name))

    def complete(self, text: str, limit: int = 8) -> tuple[Customer, ...]:
        """Customers whose name begins as typed, then those with words beginning so; none that is archived."""
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
        return self.add(Customer(0, name, tier, revenue, currency, region, "", account_owner_id), by).customer

    def add(self, customer: Customer, by: Actor) -> CustomerDone:
        """Add a customer, given without an id (0); undoing that archives it.

        Raises: as `create`.
        """
        currency = customer.currency or self._policy.active().currency
        row = self._checked(replace(customer, currency=currency), by)
        with self._changing(by) as (work, ids):
            _check_name_is_free(work.session, row, 0)
            case = CustomerCase(work, queries.insert(work.session, row))
            case.changes.added("customer", case.before.id, {"archived_at": work.at_us}, {"archived_at": None})
            done = case.tell(EventKind.CUSTOMER_ADDED, "Adding")
            ids.append(case.before.id)
        return CustomerDone(case.before, done)

    def edit(self, customer: Customer, by: Actor) -> CustomerDone:
        """Keep other values of a customer: `edit(replace(customer, tier="strategic"), by)`.

        Another tier or revenue scores its open escalations anew in the same transaction.

        Raises: as `create`; NotFound; DeskError when nothing changes.
        """
        row = self._checked(customer, by)
        with self._changing(by) as (work, ids):
            case = CustomerCase(work, customer.id)
            _check_name_is_free(work.session, row, customer.id)
            case.changes.set("customer", customer.id, **row._asdict())
            if not case.changes.entries():
                raise DeskError("Nothing was changed.")
            after = required(queries.by_id(work.session, customer.id))
            reason = what_weighs(case.before, after)
            rescored = []
            if weighs_otherwise(case.before, after):
                rescored = rescore_all(work, customer.id, f"customer changed: {reason}")
            done = case.tell(EventKind.CUSTOMER_CHANGED, "Change", rescored=rescored, weighs=reason)
            ids.append(customer.id)
        return CustomerDone(after, done)

    def archive(self, customer_id: int, by: Actor) -> CustomerDone:
        """Offer a customer for new escalations no more; what it had stays.

        Raises: NotAllowed; NotFound; DeskError while something of it is open.
        """
        may_edit_customers(by)
        with self._changing(by) as (work, ids):
            case = CustomerCase(work, customer_id)
            count = len(queries.open_escalations(work.session, customer_id))
            if case.before.archived_at is not None:
                raise DeskError(f"{case.before.name} is archived already.")
            if count:
                what = "1 open escalation" if count == 1 else f"{count} open escalations"
                raise DeskError(
                    f"{case.before.name} has {what}.",
                    hint="Resolve or re-assign them to another customer first.",
                )
            case.changes.set("customer", customer_id, archived_at=work.at_us)
            done = case.tell(EventKind.CUSTOMER_ARCHIVED, "Archiving")
            ids.append(customer_id)
            after = required(queries.by_id(work.session, customer_id))
        return CustomerDone(after, done)

    def restore(self, customer_id: int, by: Actor) -> CustomerDone:
        """Offer an archived customer again.

        Raises: NotAllowed; NotFound; DeskError for one that was merged, or is not archived.
        """
        may_edit_customers(by)
        with self._changing(by) as (work, ids):
            case = CustomerCase(work, customer_id)
            if case.before.archived_at is None:
                raise DeskError(f"{case.before.name} is not archived.")
            if case.before.merged_into_id is not None:
                into = required(queries.by_id(work.session, case.before.merged_into_id))
                raise DeskError(
                    f"{case.before.name} was merged into {into.name}.",
                    hint="Undo the merge, or use that one.",
                )
            case.changes.set("customer", customer_id, archived_at=None)
            done = case.tell(EventKind.CUSTOMER_RESTORED, "Restoring")
            ids.append(customer_id)
            after = required(queries.by_id(work.session, customer_id))
        return CustomerDone(after, done)

    def merge(self, customer_id: int, into_id: int, by: Actor) -> CustomerDone:
        """Give everything of a duplicate to the customer it duplicates, and archive it; gives the survivor.

        Raises: NotAllowed; NotFound; DeskError for one that is archived, or for itself.
        """
        may_edit_customers(by)
        with self._changing(by) as (work, ids):
            from desktop.services import customer_merge  # seldom wanted

            done = customer_merge.merge(work, customer_id, into_id)
            ids += [customer_id, into_id]
            after = required(queries.by_id(work.session, into_id))
        return CustomerDone(after, done)

    def preview(self, customer: Customer) -> Rescoring:
        """What keeping these values would do to the customer's open escalations; changes nothing."""
        with self._store.read() as session:
            before = queries.by_id(session, customer.id)
            if before is None or not weighs_otherwise(before, customer):
                return Rescoring(0, 0, ())
            return self._foreseen(session, customer.id, customer)

    def preview_merge(self, customer_id: int, into_id: int) -> Rescoring:
        """What a merge would do to the open escalations of the duplicate; changes nothing."""
        with self._store.read() as session:
            into = required(queries.by_id(session, into_id))
            return self._foreseen(session, customer_id, into)

    def _foreseen(self, session: Session, customer_id: int, weight: Customer) -> Rescoring:
        ids = queries.open_escalations(session, customer_id)
        return foreseen(session, self._policy, weight, [escalations.get(session, id_) for id_ in ids])

    @contextmanager
    def _changing(self, by: Actor) -> Iterator[tuple[Work, list[int]]]:
        """A transaction; whoever listens is told of the customers put into the list once it is kept."""
        ids: list[int] = []
        with self._cases.work(by) as work:
            yield work, ids
            revision = work.session.revision()
        self._bus.publish(CustomersChanged(tuple(ids), revision))

    def _checked(self, customer: Customer, by: Actor) -> NewCustomer:
        may_edit_customers(by)
        tiers = {tier.key: tier.name for tier in self._policy.active().tiers}
        if customer.tier is not None and customer.tier not in tiers:
            raise DeskError(
                f"The policy has no tier {customer.tier!r}.",
                field="tier",
                hint=f"Choose one of: {', '.join(tiers.values())}.",
            )
        name = checked_name(customer.name)
        return NewCustomer(
            name,
            name_key(name),
            customer.tier,
            checked_revenue(customer.revenue),
            _checked_currency(customer.currency),
            checked_line(customer.region, "region", "The region"),
            customer.account_owner_id,
            checked_line(customer.contacts, "contacts", "The line of contacts"),
            checked_zone(customer.zone),
        )


def _checked_currency(currency: str) -> str:
    code = currency.strip().upper()
    if len(code) == 3 and code.isascii() and code.isalpha():
        return code
    raise DeskError(f"{currency!r} is no currency.", field="currency", hint="Use a code such as EUR.")


def _check_name_is_free(session: Session, row: NewCustomer, customer_id: int) -> None:
    other = queries.by_key(session, row.name_key)
    if other is None or other.id == customer_id:
        return
    hint = "Choose that one."
    if other.merged_into_id is not None:
        hint = f"It was merged into {required(queries.by_id(session, other.merged_into_id)).name}."
    elif other.archived_at is not None:
        hint = "It is archived: restore it under Settings, Customers."
    raise Conflict(f"There is a customer {other.name} already.", field="name", hint=hint)
