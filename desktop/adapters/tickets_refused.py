"""Saves the rows that an import refused, with their reasons, so that a person can mend and import them."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from desktop.domain.errors import DeskError

#: What makes a spreadsheet program take a cell for a formula.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class Refused(Protocol):
    """A row that was not taken."""

    @property
    def row(self) -> int:
        """Its number in the file."""
        ...

    @property
    def reason(self) -> str:
        """Why not."""
        ...

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in it."""
        ...


def save_refused(path: Path, columns: Sequence[str], refused: Iterable[Refused]) -> None:
    """Write them as CSV: row and reason, then the cells as they were, harmless to spreadsheet programs.

    Raises: DeskError when the file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["Row", "Reason", *map(harmless, columns)])
            for each in refused:
                writer.writerow([each.row, harmless(each.reason), *map(harmless, each.cells)])
    except OSError as error:
        raise DeskError(
            f"{path} cannot be written: {error.strerror or error}.", hint="Choose another place."
        ) from error


def harmless(cell: str) -> str:
    """The cell so that no spreadsheet program runs it: what could be a formula begins with an apostrophe."""
    text = cell.replace("\0", "\ufffd")
    if text.lstrip().startswith(_DANGEROUS) and not _is_number(text):
        return f"'{text}"
    return text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
