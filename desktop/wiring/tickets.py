"""Imports for the window: files from the adapters, the rest from the desk's services."""

from collections.abc import Sequence
from pathlib import Path

from desktop.adapters.tickets import open_table
from desktop.adapters.tickets_refused import save_refused
from desktop.domain.person import Actor, Role
from desktop.domain.ticket import TicketReader
from desktop.domain.ticket_mapping import TicketMapping
from desktop.domain.ticket_words import Word, words_of
from desktop.options import local_zone
from desktop.services.desk import Desk
from desktop.services.import_preset import presets, recognised
from desktop.services.importing import ImportJob, ImportService, RefusedRow
from desktop.ui.tickets.ports import FoundTable, Reading

_FALLBACK = "helpdesk"


class TicketDesk:
    """What the import page asks of one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._service = ImportService(
            store=desk.store,
            clock=desk.clock,
            bus=desk.bus,
            policy=desk.policy,
            escalation=desk.escalations.escalation,
            transition=desk.escalations.transition,
        )

    def read(self, path: Path, encoding: str = "", separator: str = "", sheet: str = "") -> Reading:
        """Understand a file; what is empty is found out.

        Raises: DeskError.
        """
        table = open_table(path, encoding=encoding, separator=separator, sheet=sheet)
        shipped = presets()
        mappings = (*self._service.saved(), *shipped.values())
        found = recognised(table.columns, mappings)
        return Reading(
            table=table,
            mapping=found or shipped[_FALLBACK],
            is_recognised=found is not None,
            mappings=mappings,
            zone=self._desk.settings.current.zone or local_zone(),
        )

    def words(self, table: FoundTable, mapping: TicketMapping) -> tuple[Word, ...]:
        """The words of fields with choices, over the whole file.

        Raises: DeskError when the mapping does not fit.
        """
        reader = TicketReader(mapping, table.columns, self._desk.policy.active(), self._desk.clock.now())
        return words_of(table.rows(), reader, mapping)

    def start(self, table: FoundTable, mapping: TicketMapping, *, dry: bool, add_people: bool) -> ImportJob:
        """Begin an import, or the trial of one.

        Raises: DeskError when the mapping does not fit; NotAllowed.
        """
        return self._service.start(table, mapping, self._actor(), dry=dry, add_people=add_people)

    def save_mapping(self, mapping: TicketMapping) -> None:
        """Keep a mapping under its name."""
        self._service.save(mapping)

    def save_refused(self, path: Path, columns: Sequence[str], refused: Sequence[RefusedRow]) -> None:
        """Write refused rows with their reasons."""
        save_refused(path, columns, refused)

    def _actor(self) -> Actor:
        operator = self._desk.person.operator()
        if operator is None:
            return Actor("Nobody yet", None, frozenset())
        return Actor(operator.name, operator.id, operator.roles or frozenset[Role]())
