"""Files of tickets: CSV, TSV and XLSX, however they were written; opened once, read as often as wanted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from desktop.adapters.tickets_sheet import Sheet, is_locked_or_old, is_workbook
from desktop.adapters.tickets_text import TextTable
from desktop.domain.errors import DeskError

_ZIP, _OLE, _GZIP, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF"
_SAMPLE = 200


class Source(Protocol):
    """The rows of one file, header included."""

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that is not blank with its number, counted from 1 with the header's."""
        ...


@dataclass(frozen=True, slots=True)
class TicketTable:
    """A file as a table. `notes` are sentences on what was found odd and how it was understood."""

    path: Path
    name: str
    kind: str
    encoding: str
    separator: str
    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[str, ...]
    sample: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...]
    count: int | None
    source: Source

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row after the header with its number in the file.

        Raises: DeskError where the file cannot be read on.
        """
        lines = self.source.lines()
        next(lines, None)
        for number, cells in lines:
            yield number, tuple(cells)


def open_table(path: Path, *, encoding: str = "", separator: str = "", sheet: str = "") -> TicketTable:
    """The table in a file; what is not stated is found out.

    Raises: DeskError when it is no table, or cannot be read.
    """
    head = _head(path)
    if head.startswith(_ZIP) and is_workbook(path):
        return _of_sheet(path, Sheet(path, sheet))
    _refuse_other(path, head)
    text = TextTable(path, encoding, separator)
    kind = "tsv" if text.separator == "\t" else "csv"
    first = list(islice(text.lines(), _SAMPLE + 1))
    return _table(
        path, kind, text, first, text.encoding, text.separator, "", (), list(text.notes), text.count
    )


def _of_sheet(path: Path, sheet: Sheet) -> TicketTable:
    first = list(islice(sheet.lines(), _SAMPLE + 1))
    return _table(path, "xlsx", sheet, first, "", "", sheet.name, sheet.names, list(sheet.notes), sheet.count)


def _table(
    path: Path,
    kind: str,
    source: Source,
    first: list[tuple[int, list[str]]],
    encoding: str,
    separator: str,
    sheet: str,
    sheets: tuple[str, ...],
    notes: list[str],
    count: int | None,
) -> TicketTable:
    if not first:
        raise DeskError(
            f"{path.name} is empty.", hint="Choose a file with a row of column names and rows below."
        )
    if len(first) == 1:
        raise DeskError(
            f"{path.name} has column names and no rows.", hint="Export it again with its tickets."
        )
    columns, odd = _columns(first[0][1])
    sample = tuple((number, tuple(cells)) for number, cells in first[1:])
    return TicketTable(
        path=path,
        name=path.name,
        kind=kind,
        encoding=encoding,
        separator=separator,
        sheet=sheet,
        sheets=sheets,
        columns=columns,
        sample=sample,
        notes=tuple(notes + odd),
        count=count,
        source=source,
    )


def _columns(header: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Names that are all there and all different, and what had to be done for that."""
    names = [" ".join(name.split()) for name in header]
    while names and not names[-1]:
        names.pop()
    notes = []
    if not all(names):
        notes.append("Columns without a name are called by their place.")
    counts = Counter(name.casefold() for name in names if name)
    if twice := [name for name, count in counts.items() if count > 1]:
        notes.append(f"There is more than one column “{twice[0]}”; the later ones are numbered.")
    met: Counter[str] = Counter()
    columns = []
    for place, name in enumerate(names, start=1):
        name = name or f"Column {place}"
        met[name.casefold()] += 1
        again = met[name.casefold()]
        columns.append(name if again == 1 else f"{name} ({again})")
    if not columns:
        raise DeskError(
            "The first row has no column names.", hint="Put the names of the columns into the first row."
        )
    return tuple(columns), notes


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DeskError(f"{path} is a folder.", hint="Choose a file.")
        with path.open("rb") as file:
            return file.read(8)
    except FileNotFoundError:
        raise DeskError(f"There is no file {path}.", hint="Check its name.") from None
    except OSError as error:
        raise DeskError(f"{path} cannot be read: {error.strerror or error}.") from error


def _refuse_other(path: Path, head: bytes) -> None:
    if head.startswith(_OLE):
        raise DeskError(is_locked_or_old(path), hint="Save it as XLSX without a password, or as CSV.")
    for magic, what in ((_ZIP, "a zip archive"), (_GZIP, "compressed"), (_PDF, "a PDF")):
        if head.startswith(magic):
            raise DeskError(
                f"{path.name} is {what}, not a table.", hint="Unpack it, or export it as CSV or XLSX."
            )
