"""One batch of tickets: told apart into new, changed and unchanged, and kept in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.queries import customer as customers
from db.queries import importing as queries
from db.queries.customer import NewCustomer
from db.queries.importing import KnownTicket
from db.unit_of_work import Session, Store
from desktop.domain.customer import Customer, name_key
from desktop.domain.errors import DeskError, StoreError
from desktop.domain.history import Past
from desktop.domain.instant import from_us
from desktop.domain.opening import Opening
from desktop.domain.person import Actor
from desktop.domain.policy import Policy
from desktop.domain.ticket import Ticket
from desktop.domain.ticket_history import opening_of, past_of
from desktop.domain.ticket_mapping import TicketMapping
from desktop.services.escalation import EscalationService
from desktop.services.import_update import ImportUpdate, news
from desktop.services.person import initials_of
from desktop.services.policy import PolicyService

#: A ticket with the number of its row and the row's cells.
Numbered = tuple[int, tuple[str, ...], Ticket]


@dataclass
class Batch:
    """What came of a batch."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    customers: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    reopened: list[tuple[int, str]] = field(default_factory=list)
    refused: list[tuple[int, tuple[str, ...], DeskError]] = field(default_factory=list)
    revision: int = 0


class ImportBatch:
    """Weighs and writes batches of one import."""

    def __init__(
        self,
        *,
        store: Store,
        policies: PolicyService,
        policy: Policy,
        escalation: EscalationService,
        mapping: TicketMapping,
        by: Actor,
        file: str,
        add_people: bool,
    ) -> None:
        self.by = by
        self._store = store
        self._policies = policies
        self._policy = policy
        self._escalation = escalation
        self._mapping = mapping
        self._file = file
        self._add_people = add_people
        self._met: set[str] = set()  # customers a dry run has counted

    def weigh(self, tickets: Sequence[Numbered]) -> Batch:
        """What writing them would do."""
        batch = Batch()
        with self._store.read() as session:
            known = self._known(session, tickets)
            fresh = self._fresh_customers(session, [ticket for _, _, ticket in tickets])
        batch.customers = tuple(range(len(fresh)))
        self._met.update(fresh)
        for number, cells, ticket in tickets:
            held = known.get(ticket.reference)
            if held is None:
                try:
                    self._opening(number, ticket, _STRANGER, None, 0)
                except DeskError as error:
                    batch.refused.append((number, cells, error))
                    continue
                batch.new += 1
            elif news(held, ticket):
                batch.updated += 1
            else:
                batch.unchanged += 1
        return batch

    def write(self, tickets: Sequence[Numbered], at_us: int) -> Batch:
        """Keep them, all or none; a ticket that breaks a rule is refused and does not hold up the others.

        Raises: StoreError.
        """
        batch = Batch()
        with self._store.begin() as session:
            known = self._known(session, tickets)
            fresh = [each for each in tickets if each[2].reference not in known]
            if fresh:
                self._write_new(session, fresh, at_us, batch)
            self._update_known(
                session, [each for each in tickets if each[2].reference in known], known, at_us, batch
            )
            if batch.new or batch.updated:
                batch.revision = session.revision()
        return batch

    def _write_new(self, session: Session, tickets: Sequence[Numbered], at_us: int, batch: Batch) -> None:
        by_key = self._customers(session, [ticket for _, _, ticket in tickets], batch)
        people = self._people(session, [ticket for _, _, ticket in tickets], batch)
        pasts: list[tuple[Opening, Past]] = []
        for number, cells, ticket in tickets:
            try:
                customer = by_key[name_key(ticket.customer)]
                owner_id = people.get(ticket.owner.casefold())
                opening = self._opening(number, ticket, customer, owner_id, at_us)
            except DeskError as error:
                batch.refused.append((number, cells, error))
                continue
            pasts.append((opening, past_of(ticket, self.by.name)))
        if pasts:
            self._escalation.store_past(session, pasts, self._policy, self.by)
        batch.new = len(pasts)

    def _update_known(
        self,
        session: Session,
        tickets: Sequence[Numbered],
        known: dict[str, KnownTicket],
        at_us: int,
        batch: Batch,
    ) -> None:
        update = ImportUpdate(session, self._policies, self.by, from_us(at_us))
        for number, cells, ticket in tickets:
            held = known[ticket.reference]
            changed = news(held, ticket)
            if not changed:
                batch.unchanged += 1
                continue
            session.sql("SAVEPOINT ticket")
            try:
                update.apply(held, ticket, changed, self._facts(number, ticket, at_us))
                batch.updated += 1
            except StoreError:
                raise
            except DeskError as error:
                session.sql("ROLLBACK TO ticket")
                batch.refused.append((number, cells, error))
            session.sql("RELEASE ticket")
        batch.reopened = update.reopened

    def _opening(
        self, number: int, ticket: Ticket, customer: Customer, owner_id: int | None, at_us: int
    ) -> Opening:
        return opening_of(
            ticket,
            customer,
            self._policy,
            self.by,
            system=self._mapping.system,
            owner_id=owner_id,
            facts=self._facts(number, ticket, at_us),
        )

    def _facts(self, number: int, ticket: Ticket, at_us: int) -> dict[str, Any]:
        return {"file": self._file, "row": number, "at": at_us, "prints": dict(ticket.prints or {})}

    def _known(self, session: Session, tickets: Sequence[Numbered]) -> dict[str, KnownTicket]:
        references = [ticket.reference for _, _, ticket in tickets]
        return queries.known_tickets(session, self._mapping.system, references)

    def _fresh_customers(self, session: Session, tickets: Iterable[Ticket]) -> dict[str, NewCustomer]:
        known = customers.ids_by_key(session)
        fresh: dict[str, NewCustomer] = {}
        for ticket in tickets:
            key = name_key(ticket.customer)
            if key not in known and key not in fresh and key not in self._met:
                fresh[key] = NewCustomer(
                    ticket.customer,
                    key,
                    ticket.tier or None,
                    None,
                    self._policy.currency,
                    ticket.region,
                    None,
                )
        return fresh

    def _customers(self, session: Session, tickets: Sequence[Ticket], batch: Batch) -> dict[str, Customer]:
        fresh = self._fresh_customers(session, tickets)
        customers.insert_many(session, fresh.values())
        every = customers.by_keys(session)
        batch.customers = tuple(every[key].id for key in fresh)
        return every

    def _people(self, session: Session, tickets: Sequence[Ticket], batch: Batch) -> dict[str, int]:
        known = queries.people_by_name(session)
        if not self._add_people:
            return known
        fresh = {ticket.owner.casefold(): ticket.owner for ticket in tickets if ticket.owner}
        added = [(name, initials_of(name)) for key, name in fresh.items() if key not in known]
        queries.insert_unroled_people(session, added)
        people = queries.people_by_name(session)
        batch.people = tuple(people[name.casefold()] for name, _ in added if name.casefold() in people)
        return people


#: Whoever it will be: a dry run adds no customers.
_STRANGER = Customer(0, "customer")
