"""Reads logs of ticket events, with the tickets themselves where they lie beside the log."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop import paths
from desktop.adapters.tickets import TicketTable, open_table
from desktop.domain.errors import DeskError
from desktop.domain.event_log import EventLog, LogEvent
from desktop.domain.event_mapping import EventMapping, EventReader
from desktop.domain.policy import Policy
from desktop.domain.ticket import Ticket, TicketReader
from desktop.domain.ticket_mapping import TicketMapping

_EVENTS = "_events"


def read_log(
    path: Path,
    mappings: Iterable[EventMapping],
    *,
    ticket_mapping: TicketMapping | None = None,
    tickets: Path | None = None,
    zone: str = "",
    fallback_zone: str = "UTC",
    policy: Policy,
    now: datetime,
) -> EventLog:
    """The log in a file; `fallback_zone` counts where neither the mapping nor `zone` says one.

    Raises: DeskError naming the first line that cannot be understood.
    """
    table = open_table(path)
    mapping = next((each for each in mappings if each.fits(table.columns)), None)
    if mapping is None:
        raise DeskError(
            f"{path.name} is no log of ticket events that the desk knows.",
            hint="It needs a column for the ticket, the time and the state, as in resources/replays.",
        )
    reading_zone = zone or mapping.zone or fallback_zone
    events = _events(table, EventReader(mapping, table.columns, reading_zone))
    beside = tickets or tickets_beside(path)
    known: dict[str, Ticket] = {}
    if beside is not None and ticket_mapping is not None:
        known = _tickets(open_table(beside), replace(ticket_mapping, zone=reading_zone), policy, now)
    return EventLog(path.name, tuple(events), known)


def tickets_beside(path: Path) -> Path | None:
    """The file of the tickets themselves, which is named like their log without `_events`."""
    if not path.stem.endswith(_EVENTS):
        return None
    beside = path.with_name(f"{path.stem.removesuffix(_EVENTS)}{path.suffix}")
    return beside if beside.is_file() else None


def shipped_documents() -> list[Path]:
    """The files of the mappings that ship with the program."""
    return sorted(paths.resource("replays").glob("*.yaml"))


def _events(table: TicketTable, reader: EventReader) -> list[LogEvent]:
    events = []
    for number, cells in table.rows():
        try:
            events.append(reader.read(cells))
        except DeskError as error:
            raise DeskError(f"Row {number} of {table.name}: {error.message}", hint=error.hint) from error
    return events


def _tickets(table: TicketTable, mapping: TicketMapping, policy: Policy, now: datetime) -> dict[str, Ticket]:
    reader = TicketReader(mapping, table.columns, policy, now)
    known: dict[str, Ticket] = {}
    for _, cells in table.rows():
        try:
            ticket = reader.read(cells)
        except DeskError:
            continue  # the log tells of it all the same, only its title is not known
        known[ticket.reference] = ticket
    return known
