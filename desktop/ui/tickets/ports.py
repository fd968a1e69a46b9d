"""What the import page asks of the desk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.domain.ticket_mapping import TicketMapping
from desktop.domain.ticket_words import Word
from desktop.services.importing import ImportReport, RefusedRow


class FoundTable(Protocol):
    """A file that was understood as a table; `sample` are its first rows with their numbers."""

    @property
    def path(self) -> Path: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def encoding(self) -> str: ...
    @property
    def separator(self) -> str: ...
    @property
    def sheet(self) -> str: ...
    @property
    def sheets(self) -> tuple[str, ...]: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def sample(self) -> tuple[tuple[int, tuple[str, ...]], ...]: ...
    @property
    def notes(self) -> tuple[str, ...]: ...
    @property
    def count(self) -> int | None: ...

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row with its number."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """A file with the mapping it looks made for, all mappings there are, and the desk's own zone.

    `zones` are the names of all zones that its dates may be in, for a list to choose from.
    """

    table: FoundTable
    mapping: TicketMapping
    is_recognised: bool
    mappings: tuple[TicketMapping, ...]
    zone: str
    zones: tuple[str, ...]


class Job(Protocol):
    """An import under way."""

    report: ImportReport

    @property
    def share(self) -> float:
        """How far it has come, 0 to 1."""
        ...

    def step(self) -> ImportReport:
        """Take the next rows; on the worker."""
        ...

    def cancel(self) -> None:
        """Take no more."""
        ...


class ImportsTickets(Protocol):
    """The desk's imports; every call is for the worker."""

    def read(self, path: Path, encoding: str = "", separator: str = "", sheet: str = "") -> Reading:
        """Understand a file; what is empty is found out.

        Raises: DeskError.
        """
        ...

    def words(self, table: FoundTable, mapping: TicketMapping) -> tuple[Word, ...]:
        """The words of fields with choices."""
        ...

    def start(self, table: FoundTable, mapping: TicketMapping, *, dry: bool, add_people: bool) -> Job:
        """Begin an import, or the trial of one.

        Raises: DeskError when the mapping does not fit; NotAllowed.
        """
        ...

    def save_mapping(self, mapping: TicketMapping) -> None:
        """Keep a mapping under its name."""
        ...

    def save_refused(self, path: Path, columns: Sequence[str], refused: Sequence[RefusedRow]) -> None:
        """Write refused rows with their reasons."""
        ...
