"""Tables as workbooks: XLSX, read row by row, its formulas never worked out."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from desktop.domain.errors import DeskError

#: What a workbook may hold once unpacked; a real one of a million rows stays far below.
MOST_UNPACKED = 2 << 30
_MOST_TIMES = 400
_SMALL = 50 << 20
_MOST_BLANK = 1_000
_MOST_COLUMNS = 2_000


class Sheet:
    """One sheet of a workbook."""

    def __init__(self, path: Path, sheet: str = "") -> None:
        """Raises: DeskError when the workbook is damaged, too large, or has no such sheet."""
        self._path = path
        _check_size(path)
        with _opened(path) as book:
            self.names = tuple(book.sheetnames)
            if not self.names:
                raise DeskError(f"{path.name} has no sheet with cells.")
            if sheet and sheet not in self.names:
                raise DeskError(
                    f"{path.name} has no sheet “{sheet}”.",
                    field="sheet",
                    hint=f"Sheets are: {', '.join(self.names)}.",
                )
            self.name = sheet or self.names[0]
            rows = book[self.name].max_row
        self.count: int | None = rows - 1 if rows and rows > 1 else None
        others = len(self.names) - 1
        self.notes = (
            [f"The first of {len(self.names)} sheets is read: {self.name}."] if others and not sheet else []
        )

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that is not blank with its number in the sheet.

        Raises: DeskError where the sheet is damaged.
        """
        blank = 0
        with _opened(self._path) as book:
            rows = book[self.name].iter_rows(values_only=True, max_col=_MOST_COLUMNS)
            for number, values in enumerate(_guarded(rows, self._path), start=1):
                cells = [_text(value) for value in values]
                while cells and not cells[-1]:
                    cells.pop()
                blank = 0 if cells else blank + 1
                if blank > _MOST_BLANK:
                    return
                if cells:
                    yield number, cells


def is_workbook(path: Path) -> bool:
    """Whether a zip file holds a workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def is_locked_or_old(path: Path) -> str:
    """What is the matter with a workbook in Microsoft's older container."""
    try:
        with path.open("rb") as file:
            data = file.read(1 << 20)
    except OSError:
        data = b""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"{path.name} is protected by a password."
    return f"{path.name} is a workbook of the old kind (XLS) or protected by a password."


def _check_size(path: Path) -> None:
    # A few kilobytes can unpack to more than any disk holds; the archive says so before anything is unpacked.
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
            if any(info.flag_bits & 1 for info in archive.infolist()):
                raise DeskError(f"{path.name} is protected by a password.", hint="Save it without one.")
    except (OSError, zipfile.BadZipFile) as error:
        raise _damaged(path, error) from error
    packed = path.stat().st_size
    if unpacked > MOST_UNPACKED or (unpacked > _SMALL and unpacked > packed * _MOST_TIMES):
        raise DeskError(
            f"{path.name} would unpack to {unpacked // (1 << 20):,} MiB, which no ticket export needs.",
            hint="Check where it is from, or export it as CSV.",
        )


class _opened:
    """The workbook of a path, closed at the end; openpyxl keeps the file open while rows are read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Any:  # noqa: ANN401 - openpyxl's classes stay in this module
        from openpyxl import load_workbook  # imported here: it costs more than the program's start

        self._file = self._path.open("rb")  # by its contents, whatever it is called
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # parts that openpyxl does not keep are none of ours
                self._book = load_workbook(self._file, read_only=True, data_only=True, keep_links=False)
        except Exception as error:
            self._file.close()
            raise _damaged(self._path, error) from error
        return self._book

    def __exit__(self, *_: object) -> None:
        self._book.close()
        self._file.close()


def _guarded(rows: Iterator[Any], path: Path) -> Iterator[Any]:
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception as error:
            raise _damaged(path, error) from error
        yield row


def _text(value: object) -> str:
    """A cell as its text; dates as ISO says, without a zone, for a sheet knows none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        # A sheet counts days as fractions, so that whole seconds come out as a hair beside them.
        return (value + timedelta(milliseconds=500)).replace(microsecond=0).isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _damaged(path: Path, error: Exception) -> DeskError:
    return DeskError(
        f"{path.name} cannot be read as a workbook: {str(error)[:200] or type(error).__name__}.",
        hint="Open it in a spreadsheet program and save it again.",
    )
