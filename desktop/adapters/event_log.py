"""Reads logs of ticket events, with the tickets themselves where they lie beside the log."""

from collections.abc import Callable, Iterable, Iterator
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
_TOLD_EVERY = 500
Row = tuple[int, tuple[str, ...]]


def unheard(_share: float) -> None:
    """For whom it is all the same how far the reading has come."""


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
    told: Callable[[float], None] = unheard,
) -> EventLog:
    """The log in a file; `fallback_zone` counts where neither the mapping nor `zone` says one.

    `told` hears again and again how far it has come, 0 to 1; what it raises ends the reading.

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
    beside = tickets or tickets_beside(path)
    other = open_table(beside) if beside is not None and ticket_mapping is not None else None
    progress = _Progress(told, (table, other))
    events = _events(table, progress, EventReader(mapping, table.columns, reading_zone))
    known: dict[str, Ticket] = {}
    if other is not None and ticket_mapping is not None:
        reader = TicketReader(replace(ticket_mapping, zone=reading_zone), other.columns, policy, now)
        known = _tickets(progress.rows(other), reader)
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


class _Progress:
    """Counts the rows of several tables as they are read."""

    def __init__(self, told: Callable[[float], None], tables: Iterable[TicketTable | None]) -> None:
        self._told = told
        self._total = max(1, sum(table.count or 0 for table in tables if table is not None))
        self._done = 0

    def rows(self, table: TicketTable) -> Iterator[Row]:
        for row in table.rows():
            if self._done % _TOLD_EVERY == 0:
                self._told(min(1.0, self._done / self._total))
            self._done += 1
            yield row


def _events(table: TicketTable, progress: _Progress, reader: EventReader) -> list[LogEvent]:
    events = []
    for number, cells in progress.rows(table):
        try:
            events.append(reader.read(cells))
        except DeskError as error:
            raise DeskError(f"Row {number} of {table.name}: {error.message}", hint=error.hint) from error
    return events


def _tickets(rows: Iterable[Row], reader: TicketReader) -> dict[str, Ticket]:
    known: dict[str, Ticket] = {}
    for _, cells in rows:
        try:
            ticket = reader.read(cells)
        except DeskError:
            continue  # the log tells of it all the same, only its title is not known
        known[ticket.reference] = ticket
    return known
