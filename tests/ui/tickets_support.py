"""A desk to import into that only remembers, and files in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.ticket_mapping import TicketMapping
from desktop.domain.ticket_words import Word
from desktop.services.importing import ImportReport, RefusedRow
from desktop.ui.tickets.ports import Reading
from tests.domain.tickets import COLUMNS, a_mapping, a_row


@dataclass
class AFile:
    """A file as the page sees it."""

    lines: tuple[tuple[str, ...], ...] = (a_row(), a_row("T2", text="=evil()"))
    path: Path = Path("tickets.csv")
    kind: str = "csv"
    encoding: str = "utf-8"
    separator: str = ";"
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    columns: tuple[str, ...] = COLUMNS
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def count(self) -> int:
        return len(self.lines)

    @property
    def sample(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        return tuple(enumerate(self.lines, start=2))

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        yield from self.sample


class AJob:
    """Takes one row a step and refuses `refused`."""

    def __init__(self, rows: int, dry: bool, refused: list[RefusedRow]) -> None:
        self.report = ImportReport(dry)
        self._rows = rows
        self._refused = refused

    @property
    def share(self) -> float:
        return self.report.read / self._rows

    def step(self) -> ImportReport:
        if self.report.cancelled:
            return self.report
        self.report.read += 1
        self.report.new += 1
        self.report.states["new"] += 1
        if self.report.read >= self._rows:
            self.report.refused = self._refused
            self.report.done = True
        return self.report

    def cancel(self) -> None:
        self.report.cancelled = True


@dataclass
class AnImporter:
    """What the page asks of the desk; `fault` is raised by the next call, imports have `steps`."""

    file: AFile = field(default_factory=AFile)
    mapping: TicketMapping = field(default_factory=a_mapping)
    is_recognised: bool = True
    steps: int = 2
    refused: list[RefusedRow] = field(default_factory=list)
    unknown: tuple[Word, ...] = ()
    fault: DeskError | None = None
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def read(self, path: Path, encoding: str = "", separator: str = "", sheet: str = "") -> Reading:
        self.asked.append(("read", path, encoding, separator, sheet))
        self._fail()
        zones = ("Europe/Lisbon", "UTC")
        return Reading(self.file, self.mapping, self.is_recognised, (self.mapping,), zones[0], zones)

    def words(self, table: AFile, mapping: TicketMapping) -> tuple[Word, ...]:
        self.asked.append(("words", mapping))
        self._fail()
        return (Word("state", "open", 2, "new"), *self.unknown)

    def start(self, table: AFile, mapping: TicketMapping, *, dry: bool, add_people: bool) -> AJob:
        self.asked.append(("start", mapping, dry, add_people))
        self._fail()
        return AJob(self.steps, dry, self.refused)

    def save_mapping(self, mapping: TicketMapping) -> None:
        self.asked.append(("save_mapping", mapping.name))

    def save_refused(self, path: Path, columns: object, refused: object) -> None:
        self.asked.append(("save_refused", path, columns, refused))

    def calls(self, name: str) -> list[tuple[Any, ...]]:
        return [call[1:] for call in self.asked if call[0] == name]

    def _fail(self) -> None:
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault
