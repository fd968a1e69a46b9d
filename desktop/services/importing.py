"""Takes in tickets of other systems: tried without writing, then in batches, repeated without doubling."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from db.queries import importing as queries
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, NotFound, StoreError
from desktop.domain.events import CustomersChanged, DataImported, PeopleChanged
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.rights import Action, may
from desktop.domain.ticket import Ticket, TicketReader
from desktop.domain.ticket_mapping import TicketMapping
from desktop.services.bus import Bus
from desktop.services.escalation import EscalationService
from desktop.services.import_batch import Batch, ImportBatch, Numbered
from desktop.services.policy import PolicyService
from desktop.services.transition import TransitionService

#: Rows of one transaction: few enough that other programs on the database wait for a moment only.
BATCH = 250


class Table(Protocol):
    """A file of rows, as an adapter reads it."""

    @property
    def name(self) -> str:
        """The file's name."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        ...

    @property
    def count(self) -> int | None:
        """About how many rows it has, None while unknown."""
        ...

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row with its number in the file, the first one after the header being 2.

        Raises: DeskError where the file cannot be read on.
        """
        ...


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken: its number in the file, why, the field concerned, and its cells."""

    row: int
    reason: str
    field: str
    cells: tuple[str, ...]


@dataclass
class ImportReport:
    """What came of an import so far, or would come of it when `dry`."""

    dry: bool
    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    customers: int = 0
    people: int = 0
    states: Counter[str] = field(default_factory=Counter)
    refused: list[RefusedRow] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    done: bool = False
    cancelled: bool = False

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why rows were refused, the most frequent reason first."""
        return Counter(row.reason for row in self.refused).most_common()


class ImportService:
    """Starts imports and keeps mappings by name."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        bus: Bus,
        policy: PolicyService,
        escalation: EscalationService,
        transition: TransitionService,
    ) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._policy = policy
        self._escalation = escalation
        self._transition = transition

    def start(
        self, table: Table, mapping: TicketMapping, by: Actor, *, dry: bool, add_people: bool = False
    ) -> "ImportJob":
        """An import that is carried out by `step()` until its report is done; a dry one writes nothing.

        Raises: NotAllowed; DeskError when the mapping does not fit the table.
        """
        may(by, Action.OPEN)
        policy = self._policy.active()
        reader = TicketReader(mapping.checked(), table.columns, policy, self._clock.now())
        batches = ImportBatch(
            store=self._store,
            policies=self._policy,
            policy=policy,
            escalation=self._escalation,
            mapping=mapping,
            by=by,
            file=table.name,
            add_people=add_people,
        )
        return ImportJob(table, reader, batches, ImportReport(dry), self)

    def published(self, batch: Batch, by: Actor) -> None:
        """Tell the desk of a batch that is kept, and carry out what needs a transaction of its own."""
        for escalation_id, reason in batch.reopened:
            self._transition.reopen(escalation_id, by, reason)
        if batch.customers:
            self._bus.publish(CustomersChanged(batch.customers, batch.revision))
        if batch.people:
            self._bus.publish(PeopleChanged(batch.people, batch.revision))
        if batch.new or batch.updated:
            self._bus.publish(DataImported(batch.new + batch.updated, batch.revision))

    def now_us(self) -> int:
        """The present instant, as imports note it."""
        return to_us(self._clock.now())

    def saved(self) -> tuple[TicketMapping, ...]:
        """The mappings saved at this desk, by name."""
        with self._store.read() as session:
            bodies = queries.mappings(session)
        return tuple(TicketMapping.from_mapping(json.loads(body)) for _, body in bodies)

    def mapping(self, name: str) -> TicketMapping:
        """A saved mapping.

        Raises: NotFound.
        """
        for mapping in self.saved():
            if mapping.name.casefold() == name.casefold():
                return mapping
        raise NotFound(f"There is no saved mapping “{name}”.", hint="Choose one of those listed.")

    def save(self, mapping: TicketMapping) -> None:
        """Keep a mapping under its name.

        Raises: DeskError without a name, or when it is at fault.
        """
        if not mapping.name.strip():
            raise DeskError("The mapping has no name.", field="name", hint="Type a name to save it under.")
        body = json.dumps(mapping.checked().to_mapping(), ensure_ascii=False)
        with self._store.begin() as session:
            queries.save_mapping(session, mapping.name.strip(), body, self.now_us())

    def delete(self, name: str) -> None:
        """Forget a saved mapping."""
        with self._store.begin() as session:
            queries.delete_mapping(session, name)


class ImportJob:
    """One import under way. Each `step` takes a batch of rows; between two the desk does other things."""

    def __init__(
        self,
        table: Table,
        reader: TicketReader,
        batches: ImportBatch,
        report: ImportReport,
        service: ImportService,
    ) -> None:
        self.report = report
        self._table = table
        self._reader = reader
        self._batches = batches
        self._service = service
        self._rows = table.rows()
        self._seen: dict[str, int] = {}

    @property
    def share(self) -> float:
        """How far it has come, 0 to 1."""
        if self.report.done:
            return 1.0
        return min(0.99, self.report.read / self._table.count) if self._table.count else 0.0

    def step(self, rows: int = BATCH) -> ImportReport:
        """Take the next rows; what was kept before stays kept.

        Raises: StoreError when the database cannot take them: the same step can be tried again.
        """
        report = self.report
        if report.done or report.cancelled:
            return report
        tickets = [read for read in map(self._read, self._next(rows)) if read is not None]
        self._take(tickets)
        return report

    def run(self) -> ImportReport:
        """All steps at once."""
        while not (self.report.done or self.report.cancelled):
            self.step()
        return self.report

    def cancel(self) -> None:
        """Take no further rows; those taken stay."""
        self.report.cancelled = True

    def _next(self, rows: int) -> list[tuple[int, tuple[str, ...]]]:
        try:
            found = list(islice(self._rows, rows))
        except DeskError as error:
            # What came before the damage is as good as it was; say that the rest is missing.
            self.report.problems.append(str(error))
            found = []
        if not found:
            self.report.done = True
        return found

    def _read(self, row: tuple[int, tuple[str, ...]]) -> Numbered | None:
        number, cells = row
        self.report.read += 1
        try:
            ticket = self._reader.read(cells)
            first = self._seen.setdefault(ticket.reference, number)
            if first != number:
                raise DeskError(
                    f"Row {first} has the reference {ticket.reference} already.", field="reference"
                )
        except DeskError as error:
            self._refuse(number, cells, error)
            return None
        return number, cells, ticket

    def _take(self, tickets: list[Numbered]) -> None:
        if not tickets:
            return
        try:
            batch = (
                self._batches.weigh(tickets)
                if self.report.dry
                else self._batches.write(tickets, self._service.now_us())
            )
        except StoreError:
            self._rows = _again(tickets, self._rows)
            self._forget(tickets)
            raise
        for number, cells, error in batch.refused:
            self._refuse(number, cells, error)
        self._count(batch, tickets)
        if not self.report.dry:
            self._service.published(batch, self._batches.by)

    def _count(self, batch: Batch, tickets: list[Numbered]) -> None:
        report = self.report
        report.new += batch.new
        report.updated += batch.updated
        report.unchanged += batch.unchanged
        report.customers += len(batch.customers)
        report.people += len(batch.people)
        bad = {number for number, _, _ in batch.refused}
        report.states.update(ticket.state.value for number, _, ticket in tickets if number not in bad)

    def _refuse(self, number: int, cells: tuple[str, ...], error: DeskError) -> None:
        self.report.refused.append(RefusedRow(number, str(error), error.field, cells))

    def _forget(self, tickets: list[Numbered]) -> None:
        for _, _, ticket in tickets:
            self._seen.pop(ticket.reference, None)
            self.report.read -= 1


def _again(
    tickets: list[Numbered], rest: Iterator[tuple[int, tuple[str, ...]]]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    yield from ((number, cells) for number, cells, _ in tickets)
    yield from rest


__all__ = ["BATCH", "ImportJob", "ImportReport", "ImportService", "RefusedRow", "Table", "Ticket"]
