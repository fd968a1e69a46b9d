"""Reads lists of injects (MSEL) from CSV and XLSX files: finds the sheet, the heading and the rows below."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from desktop.adapters.tickets_sheet import Sheet, is_workbook
from desktop.adapters.tickets_text import TextTable
from desktop.domain.drill_msel import fits, recognise
from desktop.domain.drill_msel_import import Imported, Wanted, import_rows
from desktop.domain.errors import DeskError
from desktop.services.drill_msel import MselTable

_MOST_PREAMBLE = 40
_MOST_ROWS = 5_000
_ZIP = b"PK\x03\x04"
_TITLES = ("name of exercise", "exercise name", "exercise title", "title of exercise")

_Rows = list[tuple[int, list[str]]]


def read_msel(path: Path, wanted: Wanted | None = None, *, sheet: str = "") -> Imported:
    """The draft scenario of a list.

    Raises: DeskError when the file cannot be read, or holds no list of injects.
    """
    wanted = wanted or Wanted()
    rows, at = _found(path, sheet, wanted)
    header = rows[at][1]
    columns = recognise(header, wanted.columns)
    title = wanted.title or _title(rows[:at])
    imported = import_rows(
        rows[at + 1 :],
        columns,
        name=path.name.split(".")[0],
        wanted=Wanted(wanted.times, wanted.start, title, wanted.columns),
    )
    if not imported.scenario.injects:
        raise DeskError(f"{path.name} has no row that can be an inject.", hint="Give each a title or a text.")
    return imported


def open_msel(path: Path, sheet: str = "") -> MselTable:
    """All rows of a file, of the sheet named or of the one that looks most like a list of injects.

    Raises: DeskError when the file cannot be read, or has no rows.
    """
    tables = _tables(path, sheet)
    names = _sheet_names(path)
    best = max(range(len(tables)), key=lambda at: _likeness(tables[at]))
    if not tables[best]:
        raise DeskError(f"{path.name} has no rows.", hint="Choose another file or sheet.")
    rows = tuple((number, tuple(cells)) for number, cells in tables[best])
    return MselTable(path.name, names, sheet or (names[best] if names else ""), rows)


def _sheet_names(path: Path) -> tuple[str, ...]:
    with path.open("rb") as file:
        is_zip = file.read(4) == _ZIP
    return Sheet(path).names if is_zip and is_workbook(path) else ()


def _likeness(rows: _Rows) -> int:
    return max((fits(cells) for _, cells in rows[:_MOST_PREAMBLE]), default=0)


def _found(path: Path, sheet: str, wanted: Wanted) -> tuple[_Rows, int]:
    """The rows of the sheet with the best heading, and where that heading stands."""
    best: tuple[int, _Rows, int] = (0, [], 0)
    for rows in _tables(path, sheet):
        for at, (_, cells) in enumerate(rows[:_MOST_PREAMBLE]):
            score = fits(cells) + sum(name in cells for name in wanted.columns.values())
            if score > best[0]:
                best = (score, rows, at)
    if not best[0]:
        raise DeskError(
            f"{path.name} has no heading of a list of injects.",
            hint="A row has to name columns such as Title, Time and To; say which is what with --mapping.",
        )
    return best[1], best[2]


def _tables(path: Path, sheet: str) -> list[_Rows]:
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        raise DeskError(
            f"{path} cannot be read: {error.strerror or error}.", hint="Check its name."
        ) from error
    if head == _ZIP and is_workbook(path):
        names = (sheet,) if sheet else Sheet(path).names
        return [_with_formulas(path, name) for name in names]
    return [_limited(TextTable(path).lines())]


def _limited(lines: Any) -> _Rows:  # noqa: ANN401 - any of the tables
    rows: _Rows = []
    for number, cells in lines:
        rows.append((number, list(cells)))
        if len(rows) > _MOST_ROWS:
            raise DeskError(f"The list has more than {_MOST_ROWS:,} rows.", hint="Is it the right file?")
    return rows


def _with_formulas(path: Path, name: str) -> _Rows:
    """The rows of a sheet; a formula nobody has worked out comes as its text."""
    rows = dict(_limited(Sheet(path, name).lines()))
    for number, column, text in _formulas(path, name):
        cells = rows.setdefault(number, [])
        cells.extend([""] * (column - len(cells)))
        cells[column - 1] = cells[column - 1] or text
    return sorted(rows.items())


def _formulas(path: Path, name: str) -> list[tuple[int, int, str]]:
    from openpyxl import load_workbook  # imported here: it costs more than the program's start

    with path.open("rb") as file:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        try:
            return [
                (cell.row, cell.column, cell.value)
                for cells in book[name].iter_rows(max_row=_MOST_ROWS, max_col=200)
                for cell in cells
                if isinstance(cell.value, str) and cell.value.startswith("=")
            ]
        finally:
            book.close()


def _title(preamble: Sequence[tuple[int, list[str]]]) -> str:
    """The exercise's name, where the lines above the heading tell it."""
    for _, cells in preamble:
        for label, value in pairwise(cells):
            if label.strip().rstrip(":").casefold() in _TITLES and value.strip():
                return " ".join(value.split())
    return ""
