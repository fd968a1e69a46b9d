"""Imports as their page asks for them; every call is for the worker."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from desktop.adapters.tickets import open_table
from desktop.adapters.tickets_refused import save_refused
from desktop.command.importing import importer
from desktop.domain.errors import DeskError
from desktop.domain.person import Actor
from desktop.domain.ticket import TicketReader
from desktop.domain.ticket_mapping import TicketMapping
from desktop.domain.ticket_words import Word, words_of
from desktop.options import local_zone
from desktop.services.desk import Desk
from desktop.services.import_preset import presets, recognised
from desktop.services.importing import ImportJob, RefusedRow
from desktop.ui.tickets.ports import FoundTable, Reading

#: The mapping to begin with where none looks made for the file.
_ANY = "helpdesk"


class DeskImports:
    """The imports of one desk, in the operator's name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._service = importer(desk)

    def read(self, path: Path, encoding: str = "", separator: str = "", sheet: str = "") -> Reading:
        """Understand a file; what is empty is found out.

        Raises: DeskError.
        """
        table = open_table(path, encoding=encoding, separator=separator, sheet=sheet)
        mappings = (*self._service.saved(), *presets().values())
        found = recognised(table.columns, mappings)
        zone = self._desk.settings.current.zone or local_zone()
        return Reading(table, found or presets()[_ANY], found is not None, mappings, zone, _zones())

    def words(self, table: FoundTable, mapping: TicketMapping) -> tuple[Word, ...]:
        """The words of fields with choices."""
        reader = TicketReader(
            mapping.checked(), table.columns, self._desk.policy.active(), self._desk.clock.now()
        )
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
            raise DeskError("Nobody has said who works at this desk.", hint="Say so under Settings.")
        return operator.actor()


@cache
def _zones() -> tuple[str, ...]:
    """The zones that people name; to look for them takes longer than a page may take to come."""
    return tuple(sorted(name for name in available_timezones() if "/" in name or name == "UTC"))
